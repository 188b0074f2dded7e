import { refusal } from "@neuroweave/equations";

/** Texts keep what they say, so that they fit options that take a few words; numbers are numbers, to be computed with. */
type Widened<Value> = Value extends number ? number : Value extends boolean ? boolean : Value;

/** One record with one entry of every list. */
type GridPoint<Lists extends Readonly<Record<string, readonly unknown[]>>> = {
  readonly [Name in keyof Lists]: Widened<Lists[Name][number]>;
};

/**
 * All combinations of the entries of named lists, the last name varying fastest: `grid({ a: [1, 2], b: [3] })` is
 * `[{ a: 1, b: 3 }, { a: 2, b: 3 }]`. An empty list is refused.
 */
export function grid<const Lists extends Readonly<Record<string, readonly unknown[]>>>(
  lists: Lists,
): readonly GridPoint<Lists>[] {
  let points: readonly Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(lists)) {
    if (!Array.isArray(values))
      throw refusal("invalid-value", `grid: ${name} is ${String(values)}`, "Give a list of values for each name.");
    if (values.length === 0) throw refusal("wrong-length", `grid: ${name} is empty`, "Give at least one value.");
    points = points.flatMap((point) => values.map((value: unknown) => ({ ...point, [name]: value })));
  }
  return points as readonly GridPoint<Lists>[];
}
