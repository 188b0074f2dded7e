/** Random well-formed kernels, as recipes that shrink: each line picks its operands among the values before it. */
import {
  createBuilder,
  library,
  operations,
  type Builder,
  type Kernel,
  type OperationName,
  type Precision,
  type Slot,
  type Value,
  type ValueType,
} from "@neuroweave/kernel";
import fc from "fast-check";
import type { Contents } from "./run-kernel.ts";

/** One line of a recipe: an operation and numbers that pick its operands. */
interface Line {
  readonly op: OperationName | "exp" | "sin";
  readonly picks: readonly number[];
}

/** Values to begin with, instructions, and what is done with the results. */
export interface Recipe {
  readonly constants: readonly number[];
  readonly lines: readonly Line[];
  readonly stores: readonly { readonly pick: number; readonly when: number | null }[];
  readonly spikes: number | null;
  readonly finite: readonly number[];
  /** Content of each column, repeated over the neurons. */
  readonly columns: readonly (readonly number[])[];
}

export const columns = ["a", "b", "c", "d"] as const;
const streams = [
  { low: 1, high: 2 },
  { low: 3, high: 0xffffffff },
] as const;

/** Numbers where floating point is most itself. */
export const specialNumbers = [
  0,
  -0,
  1,
  -1,
  0.5,
  -2,
  3,
  0.1,
  1e-3,
  1e3,
  4503599627370495.5,
  8388609,
  1e-310,
  -1e-40,
  1.17549435e-38,
  3.4e38,
  1e300,
  -1e300,
  Number.MIN_VALUE,
  Number.MAX_VALUE,
  Infinity,
  -Infinity,
  NaN,
] as const;

export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(...specialNumbers),
  fc.double({ min: -50, max: 50, noNaN: true }),
  fc.double(),
);

const plain: readonly OperationName[] = [
  "add", "sub", "mul", "div", "neg", "abs", "sqrt", "floor", "ceil", "nearest", "min", "max", "lesser",
  "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not", "select",
]; // prettier-ignore

const pick = fc.nat({ max: 40 });

/** Recipes with many `rarely`s under few masks, so that regions nest, follow one another and share values. */
export const recipes: fc.Arbitrary<Recipe> = fc.record({
  constants: fc.array(anyNumber, { maxLength: 3 }),
  lines: fc.array(
    fc.record<Line>({
      op: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...plain) },
        { weight: 4, arbitrary: fc.constant("rarely" as const) },
        { weight: 1, arbitrary: fc.constantFrom("exp" as const, "sin" as const) },
      ),
      picks: fc.tuple(pick, pick, pick),
    }),
    { minLength: 1, maxLength: 25, size: "max" },
  ),
  stores: fc.array(fc.record({ pick, when: fc.option(pick) }), { minLength: 1, maxLength: 4 }),
  spikes: fc.option(pick),
  finite: fc.array(pick, { maxLength: 3 }),
  columns: fc.array(fc.array(anyNumber, { minLength: 1, maxLength: 7 }), { minLength: 4, maxLength: 4 }),
});

/** The values that a recipe begins with. `folded` makes constants of the columns that have one value only. */
function sourcesOf(b: Builder, recipe: Recipe): Value[] {
  return [
    ...columns.map((name) => b.load({ name, shape: "column" })),
    b.load({ name: "cell", shape: "cell" }),
    b.lane(),
    b.time(),
    ...streams.flatMap((stream) => [b.random(stream, 0), b.random(stream, 1)]),
    b.loadRow({ name: "table", shape: "table", narrow: true }, { kind: "table", every: 3, rows: 2 }),
    b.loadRow({ name: "ring", shape: "table" }, { kind: "ring", lag: 2, rows: 3 }),
    ...recipe.constants.map((x) => b.constant(x)),
  ];
}

/** The kernel of a recipe. */
export function kernelOf(recipe: Recipe, options: { precision: Precision; n: number; dt?: number }): Kernel {
  const b = createBuilder({ dt: 0.1, ...options });
  const values: Record<ValueType, Value[]> = { float: sourcesOf(b, recipe), mask: [] };
  values.mask.push(b.apply("lt", values.float[0]!, values.float[1]!), b.apply("gt", values.float[2]!, b.constant(0.5)));
  const choose = (type: ValueType, index: number): Value => values[type].at(-1 - (index % values[type].length))!;
  for (const { op, picks } of recipe.lines) {
    if (op === "exp" || op === "sin") {
      const make = op === "exp" ? library.exp : library.sin;
      values.float.push(make(b, choose("float", picks[0]!)));
      continue;
    }
    const { args, result } = operations[op];
    values[result].push(b.apply(op, ...args.map((type, position) => choose(type, picks[position]!))));
  }
  const column = (name: string): Slot => ({ name, shape: "column" });
  if (recipe.spikes !== null) b.effect({ kind: "spikes", mask: choose("mask", recipe.spikes) });
  recipe.stores.forEach(({ pick, when }, index) => {
    const value = choose("float", pick);
    const slot = `out${index}`;
    if (when === null) b.effect({ kind: "store", slot, value }, column(slot));
    else b.effect({ kind: "store", slot, value, when: choose("mask", when) }, column(slot));
  });
  b.effect(
    { kind: "storeRow", slot: "ring", row: { kind: "ring", lag: 0, rows: 3 }, value: values.float[0]! },
    { name: "ring", shape: "table" },
  );
  if (recipe.finite.length > 0)
    b.effect({ kind: "finite", values: recipe.finite.map((index) => choose("float", index)) });
  return b.finish("random");
}

/** What the slots hold when a recipe's kernel begins. */
export function contentsOf(recipe: Recipe, n: number): Contents {
  const spread = (values: readonly number[], count: number): number[] =>
    Array.from({ length: count }, (_, i) => values[i % values.length]!);
  return {
    ...Object.fromEntries(columns.map((name, index) => [name, spread(recipe.columns[index]!, n)])),
    cell: recipe.columns[0]![0]!,
    table: [0.25, -3],
    ring: spread([1, 2, -0, 4, 5], 3 * n),
    ...Object.fromEntries(recipe.stores.map((_, index) => [`out${index}`, spread([7, 8, 9], n)])),
  };
}

/** A kernel as lines of text, for the message of a failing test. */
export function kernelText({ instructions, effects }: Kernel): string {
  const lines = instructions.map(({ op, args, number, slot, word }, index) => {
    const immediate = [number, slot, word].filter((x) => x !== undefined).map(String);
    return `${index} = ${[op, ...args, ...immediate].join(" ")}`;
  });
  return [...lines, ...effects.map((effect) => JSON.stringify(effect))].join("\n");
}
