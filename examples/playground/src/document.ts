/** What the page edits: a network as data, in the shape of network files. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface BehaviorEntry {
  readonly use: string;
  readonly as?: string;
  readonly rename?: Readonly<Record<string, string>>;
  readonly bind?: Readonly<Record<string, string>>;
  readonly redeclare?: Readonly<Record<string, Json>>;
  readonly values?: Readonly<Record<string, Json>>;
  readonly enabled?: boolean;
}

export interface PopulationEntry {
  readonly name: string;
  readonly n: number;
  readonly method?: string;
  readonly keepSpikes?: number;
  readonly behaviors: readonly BehaviorEntry[];
}

export interface ProjectionEntry {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly connect: { readonly use: string; readonly arguments?: readonly Json[] };
  readonly receptor?: string;
  readonly weight?: Json;
  readonly delay?: Json;
  readonly behaviors?: readonly BehaviorEntry[];
  readonly enabled?: boolean;
}

/** What `defineBehavior` takes, without functions. */
export interface BehaviorText {
  readonly doc?: string;
  readonly source?: string;
  readonly priority?: number;
  readonly scope?: "shared" | "instance";
  readonly parameters?: Readonly<Record<string, Json>>;
  readonly state?: Readonly<Record<string, Json>>;
  readonly inputs?: Readonly<Record<string, Json>>;
  readonly [part: string]: unknown;
}

export interface NetworkDocument {
  readonly format: "neuroweave network";
  readonly version: 1;
  readonly name?: string;
  readonly doc?: string;
  readonly network: { readonly dt: number; readonly seed?: number | string };
  readonly behaviors?: Readonly<Record<string, BehaviorText>>;
  readonly signals?: readonly { readonly name: string; readonly tau?: number; readonly behaviors?: readonly BehaviorEntry[] }[];
  readonly populations: readonly PopulationEntry[];
  readonly projections?: readonly ProjectionEntry[];
  readonly run?: { readonly duration: number };
}
