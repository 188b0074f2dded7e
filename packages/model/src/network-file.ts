/** Types of a network as data: what `net.toJSON()` gives and `loadNetwork` takes. The form is described in the guide on network files. */

/** Numbers that JSON cannot say are texts: "NaN", "Infinity", "-Infinity", "-0". */
export type FileNumber = number | string;

/** Whatever a factory or connector takes: numbers, texts, switches, lists and objects of them, distributions. */
export type FileValue =
  FileNumber | boolean | null | readonly FileValue[] | { readonly [key: string]: FileValue } | FileDistribution;

export interface FileDistribution {
  readonly distribution: string;
  readonly arguments: readonly FileValue[];
}

export type FileValues = Readonly<Record<string, FileValue>>;

/** One change of a behavior: exactly one of the fields. */
export interface FileChange {
  readonly rename?: Readonly<Record<string, string>>;
  readonly bind?: Readonly<Record<string, string>>;
  readonly redeclare?: Readonly<Record<string, FileValues>>;
  readonly named?: string;
}

/** A behavior or a model with its values. The changes that it bears itself happen in the order rename, bind, redeclare, named. */
export interface FileBehavior extends FileChange {
  /** A name that the package exports, or one of the file's own behaviors. */
  readonly use: string;
  /** Name of the instance. */
  readonly as?: string;
  /** Changes in another order. */
  readonly changes?: readonly FileChange[];
  readonly values?: FileValues;
  /** False for a behavior that is attached and switched off. */
  readonly enabled?: boolean;
  /** Behaviors of a model that are switched off. */
  readonly disabled?: readonly string[];
}

/** What `defineBehavior` takes, without functions. */
export type FileDeclaration = Readonly<Record<string, FileValue>>;

/** A signal of a network file. */
export interface FileSignal {
  readonly name: string;
  readonly tau?: FileNumber;
  readonly baseline?: FileNumber;
  readonly init?: FileNumber;
  readonly behaviors?: readonly FileBehavior[];
  /** Of the two behaviors that every signal has, those that are switched off. */
  readonly disabled?: readonly string[];
  readonly set?: FileValues;
}

/** A population of a network file. */
export interface FilePopulation {
  readonly name: string;
  readonly n: number | readonly number[];
  readonly method?: string;
  readonly tags?: readonly string[];
  readonly keepSpikes?: number;
  readonly positions?: readonly (readonly FileNumber[])[];
  readonly behaviors: readonly FileBehavior[];
  readonly set?: FileValues;
}

/** A population, or neurons [from, to) of one. */
export type FileEnd = string | { readonly population: string; readonly from: number; readonly to: number };

export interface FileConnector {
  readonly use: string;
  readonly arguments?: readonly FileValue[];
}

/** A projection of a network file. */
export interface FileProjection {
  readonly name: string;
  readonly source: FileEnd;
  readonly target: FileEnd;
  readonly connect: FileConnector;
  readonly receptor?: string;
  readonly weight?: FileNumber | readonly FileNumber[] | FileDistribution;
  readonly delay?: FileNumber | readonly FileNumber[] | FileDistribution;
  readonly axonal?: FileNumber | readonly FileNumber[];
  readonly dendritic?: FileNumber | readonly FileNumber[];
  readonly weights?: "f64" | "f32" | "i16";
  readonly tags?: readonly string[];
  readonly behaviors?: readonly FileBehavior[];
  readonly disabled?: readonly string[];
  readonly enabled?: boolean;
  readonly set?: FileValues;
}

/** Own members of a region, by their full names, and the regions within it. */
export interface FileRegion {
  readonly populations?: readonly string[];
  readonly projections?: readonly string[];
  readonly regions?: readonly string[];
}

/** A network as data. */
export interface NetworkFile {
  readonly $schema?: string;
  readonly format: "neuroweave network";
  readonly version: 1;
  readonly name?: string;
  readonly doc?: string;
  readonly network: {
    /** In ms. */
    readonly dt: number;
    readonly seed?: number | string;
    readonly precision?: "f64" | "f32";
    readonly learning?: boolean;
  };
  /** Behaviors of the file's own, by the name that `use` calls them. */
  readonly behaviors?: Readonly<Record<string, FileDeclaration>>;
  readonly signals?: readonly FileSignal[];
  readonly populations: readonly FilePopulation[];
  readonly projections?: readonly FileProjection[];
  readonly regions?: Readonly<Record<string, FileRegion>>;
  /** What the command runs unless it is told otherwise. */
  readonly run?: { readonly duration: number };
}
