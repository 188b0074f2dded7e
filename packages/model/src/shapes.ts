/**
 * What the compiler knows of a behavior: flat unions of names, so that composing forty behaviors is a union and never a
 * recursion. A `Shape` exists in types only.
 */
export interface Shape {
  /** Name of the behavior. */
  readonly behavior: string;
  /** Names that may be set: parameters and constant terms of inputs. */
  readonly parameters: string;
  /** State variables, which have initial values. */
  readonly states: string;
  /** Names that can be read and recorded: state variables and inputs. */
  readonly variables: string;
  /** Names that another behavior of the population must provide. */
  readonly requires: string;
  /** Options that decide the form of the behavior. */
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
type Renamed<Names extends string, Map extends Readonly<Record<string, string>>> = Names extends keyof Map
  ? Map[Names]
  : Names;

/** A shape, or each of a union of shapes, with other names. */
export type RenamedShape<S extends Shape, Map extends Readonly<Record<string, string>>> = S extends Shape
  ? {
      readonly behavior: S["behavior"];
      readonly parameters: Renamed<S["parameters"], Map>;
      readonly states: Renamed<S["states"], Map>;
      readonly variables: Renamed<S["variables"], Map>;
      readonly requires: Renamed<S["requires"], Map>;
      readonly options: S["options"];
    }
  : never;

/** A shape with some of its members replaced. */
export type Reshaped<S extends Shape, Changes extends Partial<Shape>> = Omit<S, keyof Changes> & Changes;

/**
 * The shapes of a union that are of another behavior than `B`. (Written with names, not with `Exclude` of an object type:
 * that is decided before `B` is known.)
 */
export type OtherShapes<U extends Shape, B> = U extends Shape
  ? U["behavior"] extends ShapeOf<B>["behavior"]
    ? never
    : U
  : never;

/** One shape from a union of shapes. */
export type UnionShape<S extends Shape> = {
  readonly behavior: S["behavior"];
  readonly parameters: S["parameters"];
  readonly states: S["states"];
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
