/** Declarations of what a behavior owns, and the values that people give. */
import { NeuroweaveError } from "@neuroweave/equations";
import { isDistribution, type Distribution } from "./distributions.ts";

/** One value, one per neuron, or a distribution to draw one per neuron from. */
export type ParameterValue = number | ArrayLike<number> | Distribution;

/** A parameter of a behavior. */
export interface ParameterDeclaration {
  /** The value where none is given. */
  readonly default: ParameterValue;
  /** For example "mV", "nS", "1/ms"; "1" is dimensionless; without it the symbol matches any unit. */
  readonly unit?: string;
  /** Smallest and largest value that is accepted. */
  readonly min?: number;
  /** Largest value that is taken. */
  readonly max?: number;
  /** The value is a duration or moment in ms and becomes a whole number of steps. */
  readonly onGrid?: boolean;
  /** For behaviors of projections: one value for each source or target neuron instead of for each synapse. */
  readonly per?: Per;
  /** What it means. */
  readonly doc?: string;
}

/** What the values of a projection's symbol belong to, where it is not its synapses. `weight`: to those that share a weight, else to each. */
type Per = "source" | "target" | "weight";

/** A state variable of a behavior: one value per neuron. */
export interface StateDeclaration {
  /** A value, a distribution, or an expression of parameters and other initial values such as `"b * v"`. */
  readonly init: ParameterValue | string;
  /** Unit of the variable; derivatives have it per ms. */
  readonly unit?: string;
  /** For behaviors of projections: one value for each source or target neuron instead of for each synapse. */
  readonly per?: Per;
  /** What it means. */
  readonly doc?: string;
}

/** A symbolic sum that behaviors add to with `+=`. The default is its constant term. */
export interface InputDeclaration {
  /** Constant term of the sum where none is given. */
  readonly default?: ParameterValue;
  /** Unit of the sum. */
  readonly unit?: string;
  /** What it means. */
  readonly doc?: string;
}

/** Refuses a value that is no number, array of numbers or distribution, is not finite, out of range or of wrong length. */
export function checkValue(
  name: string,
  value: unknown,
  declaration: { readonly min?: number; readonly max?: number; readonly unit?: string },
  n: number,
): asserts value is ParameterValue {
  if (isDistribution(value)) return;
  if (typeof value === "number") return checkNumber(name, value, declaration, null);
  if (!isNumbers(value))
    throw new NeuroweaveError("invalid-value", `${name} is ${describe(value)}`, {
      remedy: `Give one number, an array of ${n} numbers, or a distribution such as uniform(0, 1).`,
    });
  if (value.length !== n)
    throw new NeuroweaveError("wrong-length", `${name} has ${value.length} values for ${n} neurons`, {
      remedy: `Give one number, or exactly ${n}.`,
    });
  for (let i = 0; i < n; i++) checkNumber(name, value[i]!, declaration, i);
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** What somebody gave, for a message. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return `the text ${JSON.stringify(value)}`;
  if (typeof value === "number") return `the number ${value}`;
  return value === undefined ? "undefined" : `of type ${Array.isArray(value) ? "array" : typeof value}`;
}

function checkNumber(
  name: string,
  x: unknown,
  { min = -Infinity, max = Infinity, unit }: { readonly min?: number; readonly max?: number; readonly unit?: string },
  index: number | null,
): void {
  const where = index === null ? name : `${name}[${index}]`;
  if (typeof x !== "number" || !Number.isFinite(x))
    throw new NeuroweaveError(typeof x === "number" ? "not-finite" : "invalid-value", `${where} is ${describe(x)}`, {
      remedy: "Give a finite number.",
    });
  if (x < min || x > max)
    throw new NeuroweaveError(
      "out-of-range",
      `${where} = ${x}${unit && unit !== "1" ? ` ${unit}` : ""} is outside [${min}, ${max}]`,
      { remedy: `Give a value between ${min} and ${max}.` },
    );
}
