/** What the page and the simulation tell each other. */
import type { Json, NetworkDocument } from "./document.ts";

export interface ShownParameter {
  readonly name: string;
  readonly unit: string;
  readonly doc: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly standard: number | null;
  /** One number, one for each neuron (up to `longestList`), or null where it is neither. */
  readonly value: number | readonly number[] | null;
  /** What it is, in words, where `value` is null. */
  readonly text: string;
  /** The expression that stands in its place. */
  readonly bound: string | null;
}

/** The texts of a behavior that can be edited, by the name that they have in a declaration. */
export type BehaviorTexts = Readonly<Partial<Record<TextPart, string>>>;
export type TextPart = "equations" | "spike" | "onSpike" | "onArrival" | "onPre" | "onPost";

/** Symbols that a behavior is given in addition. */
export type Declared = readonly {
  readonly kind: "parameter" | "state";
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}[];

export interface ShownBehavior {
  /** Name of the instance. */
  readonly name: string;
  readonly behavior: string;
  readonly doc: string;
  readonly source: string;
  readonly priority: number;
  readonly phase: string;
  readonly enabled: boolean;
  /** Which entry of the file it comes from, and the name of that one where it is a model. */
  readonly entry: number;
  readonly model: string | null;
  /** Whether its symbols are those of all behaviors, or its own. */
  readonly shares: boolean;
  /** Whether the file itself defines it. */
  readonly own: boolean;
  readonly parameters: readonly ShownParameter[];
  readonly states: readonly { readonly name: string; readonly unit: string; readonly doc: string }[];
  readonly texts: BehaviorTexts;
  /** What cannot be changed here, in words; empty where everything can. */
  readonly fixed: string;
}

export interface ShownEquation {
  readonly mathml: string;
  readonly text: string;
  readonly terms: readonly { readonly text: string; readonly behavior: string }[];
}

export interface ShownPopulation {
  readonly name: string;
  readonly n: number;
  readonly method: string;
  readonly spikes: boolean;
  readonly behaviors: readonly ShownBehavior[];
  /** Variables that can be drawn, the voltage first. */
  readonly variables: readonly { readonly name: string; readonly unit: string; readonly doc: string }[];
  /** Those that a phase plane can have, with derivatives. */
  readonly integrated: readonly string[];
  /** Inputs that behaviors add to. */
  readonly inputs: readonly string[];
  readonly equations: readonly ShownEquation[];
}

export interface ShownProjection {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly receptor: string;
  readonly connector: string;
  readonly synapses: number;
  readonly delay: string;
  readonly enabled: boolean;
  readonly plastic: boolean;
  /** One weight, where all have the same. */
  readonly weight: number | null;
  readonly behaviors: readonly ShownBehavior[];
}

export interface Description {
  readonly name: string;
  readonly doc: string;
  readonly dt: number;
  readonly seed: number | string;
  /** Where the run stops by itself, in ms. */
  readonly duration: number | null;
  readonly device: string;
  /** Integration methods. */
  readonly methods: readonly string[];
  readonly populations: readonly ShownPopulation[];
  readonly projections: readonly ShownProjection[];
  readonly theory: readonly Theory[];
}

/** Known answers to draw beside what is simulated. */
export type Theory =
  | {
      readonly kind: "rates";
      readonly population: string;
      /** What the curve is, and where it comes from. */
      readonly title: string;
      readonly source: string;
      readonly unit: string;
      /** Input of each neuron. */
      readonly inputs: readonly number[];
      /** The rate that theory gives at inputs of its own, or nothing. */
      readonly curve: { readonly inputs: readonly number[]; readonly rates: readonly number[] } | null;
    }
  | {
      readonly kind: "fixed points";
      readonly population: string;
      readonly source: string;
      readonly points: readonly { readonly r: number; readonly v: number; readonly stable: boolean }[];
    }
  | {
      readonly kind: "window";
      readonly projection: string;
      readonly title: string;
      readonly source: string;
      readonly delays: readonly number[];
      readonly changes: readonly number[];
    };

/** A change of the network as a person asks for it. */
export type Change =
  | {
      readonly do: "set";
      readonly in: string;
      readonly behavior: string;
      readonly parameter: string;
      readonly value: Json;
    }
  | { readonly do: "switch"; readonly in: string; readonly behavior: string; readonly enabled: boolean }
  | { readonly do: "remove"; readonly in: string; readonly behavior: string }
  | { readonly do: "add"; readonly in: string; readonly use: string }
  /** A behavior of one's own, which adds to an input. */
  | { readonly do: "write"; readonly in: string; readonly into: string }
  | {
      readonly do: "rewrite";
      readonly in: string;
      readonly behavior: string;
      readonly texts: BehaviorTexts;
      readonly declared: Declared;
    }
  | { readonly do: "prioritize"; readonly in: string; readonly behavior: string; readonly priority: number }
  | { readonly do: "resize"; readonly in: string; readonly n: number }
  | { readonly do: "integrate"; readonly in: string; readonly method: string }
  | { readonly do: "weigh"; readonly in: string; readonly weight: number }
  | { readonly do: "connect"; readonly in: string; readonly enabled: boolean }
  | { readonly do: "clock"; readonly dt?: number; readonly seed?: number | string };

/** A refusal, with its place. */
export interface Refusal {
  readonly code: string;
  readonly summary: string;
  readonly behavior: string;
  readonly entity: string;
  /** The line of source with carets below it, or empty. */
  readonly caret: string;
  readonly remedy: string;
  readonly candidates: readonly string[];
}

/** What the page looks at. */
export interface View {
  /** Population of the traces and the phase plane. */
  readonly population: string;
  readonly variables: readonly string[];
  readonly neurons: readonly number[];
  /** Neuron of the phase plane and its axes; null where there is none. */
  readonly plane: { readonly neuron: number; readonly axes: readonly string[] } | null;
  /** Time that the plots show, in ms, and the pixels they have for it. */
  readonly window: number;
  readonly columns: number;
  /** Pixels of the raster for each population, by name. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface TraceFrame {
  /** Times in ms; value i of lane l stands at l · times.length + i. */
  readonly times: Float64Array;
  readonly values: Float32Array;
  /** Indices of the times at which the neuron of the phase plane begins anew, since a spike has moved it. */
  readonly breaks: readonly number[];
}

export interface Frame {
  readonly t: number;
  readonly playing: boolean;
  /** Simulated over real time of the last frame. */
  readonly pace: number;
  /** Column (since the start) and row of every pixel of the raster with a spike, pair by pair; by population. */
  readonly raster: Readonly<Record<string, Uint32Array>>;
  /** Spikes since the last reset. */
  readonly spikes: Readonly<Record<string, number>>;
  /** Spikes in each column that is complete, from `firstColumn`. */
  readonly counts: Readonly<Record<string, Uint32Array>>;
  readonly firstColumn: number;
  readonly traces: TraceFrame;
}

export interface NeuronCounts {
  readonly population: string;
  readonly since: number;
  readonly t: number;
  readonly counts: Uint32Array;
  /** What the firing pattern is called, where there are few neurons. */
  readonly patterns: readonly string[];
}

export interface Weights {
  readonly projection: string;
  readonly low: number;
  readonly high: number;
  readonly counts: Uint32Array;
  readonly mean: number;
  readonly matrix: { readonly rows: number; readonly columns: number; readonly values: Float32Array } | null;
}

/** The plane of two variables, or the slope of one. */
export interface PhasePlane {
  readonly x: string;
  readonly y: string;
  readonly xs: Float64Array;
  /** dx/dt at `xs`, where there is one variable. */
  readonly line: Float64Array | null;
  /** Polylines on which dx/dt and dy/dt are zero: x and y in turn. */
  readonly nullclines: readonly [readonly Float64Array[], readonly Float64Array[]];
  /** x, y and direction (in parts of the plane per ms) of each arrow, four numbers each. */
  readonly arrows: Float64Array;
  readonly fixed: readonly { readonly x: number; readonly y: number; readonly kind: string }[];
  /** Values of y in and nearest to the plane at which dx/dt, and dy/dt, are zero: where nullclines can be found. */
  readonly nearest: readonly number[];
  /** Where x has to come to for a spike; null where that is not known. */
  readonly threshold: number | null;
}

export interface CatalogueEntry {
  readonly name: string;
  readonly kind: string;
  readonly where: string;
  readonly doc: string;
}

export type Request =
  | { readonly kind: "open"; readonly file: NetworkDocument }
  | { readonly kind: "open link"; readonly hash: string }
  | { readonly kind: "open text"; readonly text: string }
  | { readonly kind: "change"; readonly change: Change }
  | {
      readonly kind: "advance";
      readonly elapsed: number;
      readonly speed: number;
      readonly playing: boolean;
      readonly view: View;
    }
  | { readonly kind: "step"; readonly steps: number }
  | { readonly kind: "reset" }
  | { readonly kind: "counts"; readonly population: string }
  | { readonly kind: "weights"; readonly projection: string }
  | {
      readonly kind: "phase";
      readonly population: string;
      readonly neuron: number;
      readonly x: string;
      readonly y: string;
      readonly ranges: readonly [number, number, number, number];
    }
  | { readonly kind: "code" }
  | { readonly kind: "file" }
  | { readonly kind: "link" }
  | { readonly kind: "catalogue" };

interface Opened {
  readonly file: NetworkDocument;
  readonly description: Description;
}

/** What each request is answered with. */
export interface Answers {
  readonly open: Opened;
  readonly "open link": Opened;
  readonly "open text": Opened;
  readonly change: { readonly description: Description | null };
  readonly advance: Frame;
  readonly step: null;
  readonly reset: null;
  readonly counts: NeuronCounts | null;
  readonly weights: Weights | null;
  readonly phase: PhasePlane | null;
  readonly code: string;
  readonly file: string;
  readonly link: string;
  readonly catalogue: readonly CatalogueEntry[];
}

export type Reply = { readonly id: number; readonly answer?: unknown; readonly refusal?: Refusal };
