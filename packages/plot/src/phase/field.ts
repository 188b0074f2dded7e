import { NeuroweaveError } from "@neuroweave/equations";

/** The values of one axis, ascending, in the unit of its variable. */
export interface PlaneScale {
  readonly name: string;
  readonly unit?: string;
  readonly values: ArrayLike<number>;
}

/**
 * Slopes of two variables on a grid, row by row: `dx[row * x.values.length + column]` is dx/dt at the column-th value of x and
 * the row-th of y. What `phaseField` of package neuroweave samples from a population.
 */
export interface PlaneField {
  readonly x: PlaneScale;
  readonly y: PlaneScale;
  readonly dx: ArrayLike<number>;
  readonly dy: ArrayLike<number>;
}

/** Slopes at any points, where more is known than a grid. */
export type PlaneSlopes = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
) => { readonly dx: ArrayLike<number>; readonly dy: ArrayLike<number> };

/** Refuses a field whose grid does not ascend or does not fit its slopes. */
export function checkField({ x, y, dx, dy }: PlaneField): void {
  for (const { name, values } of [x, y]) {
    if (values.length < 2)
      throw new NeuroweaveError("wrong-length", `the axis ${name} has ${values.length} values`, {
        remedy: "give a grid of at least 2 by 2 points",
      });
    for (let j = 0; j < values.length; j++)
      if (!Number.isFinite(values[j]!) || (j > 0 && values[j]! <= values[j - 1]!))
        throw new NeuroweaveError("out-of-range", `value ${j} of the axis ${name} is ${values[j]}`, {
          remedy: "give finite values in ascending order",
        });
  }
  const expected = x.values.length * y.values.length;
  for (const [what, list] of [
    [`d${x.name}/dt`, dx],
    [`d${y.name}/dt`, dy],
  ] as const)
    if (list.length !== expected)
      throw new NeuroweaveError("wrong-length", `${what} has ${list.length} values for ${expected} points`, {
        remedy: "give one value for each point of the grid, row by row",
      });
}

/** The slopes of a grid between its points: bilinear, and the nearest edge outside. */
export function slopesOnGrid({ x, y, dx, dy }: PlaneField): PlaneSlopes {
  const columns = x.values.length;
  const between = (list: ArrayLike<number>, px: number, py: number): number => {
    const [i, u] = placeOf(x.values, px);
    const [j, v] = placeOf(y.values, py);
    const at = (row: number, column: number): number => list[row * columns + column]!;
    const low = at(j, i) * (1 - u) + at(j, i + 1) * u;
    return low * (1 - v) + (at(j + 1, i) * (1 - u) + at(j + 1, i + 1) * u) * v;
  };
  return (xs, ys) => ({
    dx: Float64Array.from(xs, (px, k) => between(dx, px, ys[k]!)),
    dy: Float64Array.from(xs, (px, k) => between(dy, px, ys[k]!)),
  });
}

/** The interval of ascending values in which a value lies, and how far into it, from 0 to 1. */
function placeOf(values: ArrayLike<number>, value: number): [index: number, part: number] {
  let [low, high] = [0, values.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= value) low = middle;
    else high = middle;
  }
  const part = (value - values[low]!) / (values[low + 1]! - values[low]!);
  return [low, Math.min(1, Math.max(0, part))];
}
