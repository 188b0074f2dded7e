/** Kernels: arrays of weights with two to four axes, given as nested lists or as values with a shape. */
import { numbersOf, type NumberList } from "./number-list.ts";
import { refusal } from "./options.ts";

/** Nested lists of numbers, such as `[[0, 1], [2, 3]]`. */
export type Nested = NumberList | readonly Nested[];

/** A kernel: nested lists, or values in the order of the shape, slowest axis first. */
export type KernelOption = Nested | { readonly values: NumberList; readonly shape: readonly number[] };

export interface Kernel {
  readonly values: Float64Array;
  readonly shape: readonly number[];
}

/** Reads a kernel with one of the given numbers of axes. */
export function kernelOf(name: string, what: string, given: unknown, axes: readonly number[]): Kernel {
  const kernel = isFlat(given) ? flatKernel(name, what, given) : nestedKernel(name, what, given);
  if (!axes.includes(kernel.shape.length))
    throw refusal(
      "wrong-length",
      `${what} of ${name}() has ${kernel.shape.length} axes`,
      `Give one with ${axes.join(" or ")}.`,
    );
  return kernel;
}

export function shapeText(shape: readonly number[]): string {
  return shape.join("×");
}

function isFlat(given: unknown): given is { readonly values: unknown; readonly shape: unknown } {
  return typeof given === "object" && given !== null && "values" in given && "shape" in given;
}

function flatKernel(name: string, what: string, given: { readonly values: unknown; readonly shape: unknown }): Kernel {
  const values = numbersOf(name, `values of ${what}`, given.values);
  const lengths: readonly unknown[] = Array.isArray(given.shape) ? given.shape : [];
  const shape = lengths.filter((length): length is number => Number.isSafeInteger(length) && (length as number) > 0);
  if (shape.length === 0 || shape.length !== lengths.length)
    throw refusal(
      "invalid-value",
      `the shape of ${what} of ${name}() is ${String(given.shape)}`,
      "Give positive whole numbers.",
    );
  const length = shape.reduce((product, each) => product * each, 1);
  if (values.length !== length)
    throw refusal(
      "wrong-length",
      `${what} of ${name}() has ${values.length} values for a shape of ${shapeText(shape)}`,
      `Give ${length} values.`,
    );
  return { values, shape };
}

function nestedKernel(name: string, what: string, given: unknown): Kernel {
  const shape: number[] = [];
  for (let level: unknown = given; isList(level); level = level[0]) shape.push(level.length);
  if (shape.length === 0 || shape.includes(0))
    throw refusal(
      "invalid-value",
      `${what} of ${name}() is no nested list of numbers`,
      "Give lists of equal length, none empty.",
    );
  const values: number[] = [];
  const read = (level: unknown, path: string, depth: number): void => {
    const inner = isList(level) ? level.length : undefined;
    if (inner !== shape[depth])
      throw refusal(
        "wrong-length",
        `${path} of ${name}() ${inner === undefined ? "is a number" : `has ${inner} entries`} where ${
          shape[depth] === undefined ? "a number" : `a list of ${shape[depth]}`
        } is due`,
        "Give lists of equal length along each axis.",
      );
    if (isList(level)) for (let j = 0; j < level.length; j++) read(level[j], `${path}[${j}]`, depth + 1);
    else if (typeof level === "number" && Number.isFinite(level)) values.push(level);
    else throw refusal("not-finite", `${path} of ${name}() is ${String(level)}`, "Give finite numbers.");
  };
  read(given, what, 0);
  return { values: Float64Array.from(values), shape };
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
