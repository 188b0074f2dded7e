/**
 * What the compiler knows of a behavior: flat unions of names, so that composing forty behaviors is a union and never a
 * recursion. A `Shape` exists in types only.
 */
export interface Shape {
  /** Names that may be set. */
  readonly parameters: string;
  /** Names that can be read, recorded and initialised: state variables and inputs. */
  readonly variables: string;
  /** Names that another behavior of the population must provide. */
  readonly requires: string;
  /** Options that decide the form of the behavior. */
  readonly options: object;
}

/** A shape of which nothing is known; every name is accepted. */
export interface AnyShape {
  readonly parameters: string;
  readonly variables: string;
  readonly requires: never;
  readonly options: object;
}

/** Columns that every population has. */
export type SpecialVariable = "spike" | "refractory" | "t_last_spike";

/** Carries a shape through the types; never present at run time. */
export interface Shaped<S extends Shape = Shape> {
  readonly "~shape"?: S;
}

export type ShapeOf<B> = B extends Shaped<infer S> ? S : never;

/** Names renamed by a map, all others unchanged. */
export type Renamed<Names extends string, Map extends Readonly<Record<string, string>>> = Names extends keyof Map
  ? Map[Names]
  : Names;

export type RenamedShape<S extends Shape, Map extends Readonly<Record<string, string>>> = {
  readonly parameters: Renamed<S["parameters"], Map>;
  readonly variables: Renamed<S["variables"], Map>;
  readonly requires: Renamed<S["requires"], Map>;
  readonly options: S["options"];
};

/** One shape from a union of shapes. */
export type UnionShape<S extends Shape> = {
  readonly parameters: S["parameters"];
  readonly variables: S["variables"];
  readonly requires: S["requires"];
  readonly options: UnionToIntersection<S["options"]>;
};

type UnionToIntersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I & object
  : object;

/** Required names that nobody provides. */
export type Missing<S extends Shape> = Exclude<S["requires"], S["parameters"] | S["variables"] | SpecialVariable>;

/** Lists are accepted when nothing is missing; otherwise the red line shows which names are. */
export type Complete<S extends Shape> = [Missing<S>] extends [never]
  ? unknown
  : { readonly "a behavior that provides": Missing<S> };
