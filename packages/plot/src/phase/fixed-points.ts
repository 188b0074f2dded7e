import { checkField, slopesOnGrid } from "./field.ts";
import type { PlaneField, PlaneSlopes } from "./field.ts";

/** What the flow does around a fixed point. */
export type FixedPointKind =
  "stable node" | "unstable node" | "stable focus" | "unstable focus" | "saddle" | "center" | "degenerate";

/** A point at which nothing changes. Eigenvalues of the linearised flow are per ms; `imaginary` is 0 or the positive one. */
export interface FixedPoint {
  readonly x: number;
  readonly y: number;
  readonly kind: FixedPointKind;
  readonly eigenvalues: { readonly real: readonly [number, number]; readonly imaginary: number };
}

/**
 * The fixed points inside a field, from left to right: looked for in each cell in which both slopes change their sign, made exact
 * by Newton's method, and classified by the eigenvalues of a Jacobian of central differences. With `slopes` the function
 * itself is asked, otherwise what lies between the points of the grid is interpolated.
 *
 * Two of them in one cell may count as one: take a finer grid. Throws `wrong-length` and `out-of-range`.
 */
export function fixedPoints(field: PlaneField, slopes: PlaneSlopes = slopesOnGrid(field)): FixedPoint[] {
  checkField(field);
  const { x, y } = field;
  const [left, right] = [x.values[0]!, x.values[x.values.length - 1]!];
  const [bottom, top] = [y.values[0]!, y.values[y.values.length - 1]!];
  const [width, height] = [right - left, top - bottom];
  let roots = candidateCells(field);
  for (let round = 0; round < 40 && roots.length > 0; round++) {
    const jacobians = jacobiansAt(roots, slopes, width, height);
    roots = roots.map((root, j) => {
      const { f, g, a, b, c, d } = jacobians[j]!;
      const determinant = a * d - b * c;
      if (!Number.isFinite(determinant) || determinant === 0) return root;
      // A step of at most half the plane: what Newton's method throws out of the plane comes to nothing anyway.
      const limit = (step: number, most: number): number => Math.max(-most, Math.min(most, step));
      return [
        root[0] - limit((d * f - b * g) / determinant, width / 2),
        root[1] - limit((a * g - c * f) / determinant, height / 2),
      ];
    });
  }
  const found: FixedPoint[] = [];
  jacobiansAt(roots, slopes, width, height).forEach(({ f, g, a, b, c, d }, j) => {
    const [px, py] = roots[j]!;
    const scale = Math.hypot(a * width, b * height) + Math.hypot(c * width, d * height);
    const inside = px >= left && px <= right && py >= bottom && py <= top;
    if (!inside || !(Math.hypot(f, g) <= 1e-9 * scale)) return;
    const near = ({ x: ox, y: oy }: FixedPoint): boolean => Math.hypot((ox - px) / width, (oy - py) / height) < 1e-6;
    if (!found.some(near)) found.push({ x: px, y: py, ...classified(a, b, c, d) });
  });
  return found.sort((one, other) => one.x - other.x || one.y - other.y);
}

/** Centers of the cells in which neither slope is of one sign. */
function candidateCells({ x, y, dx, dy }: PlaneField): [number, number][] {
  const columns = x.values.length;
  const cells: [number, number][] = [];
  const changes = (list: ArrayLike<number>, p: number): boolean => {
    const corners = [list[p]!, list[p + 1]!, list[p + columns]!, list[p + columns + 1]!];
    return corners.some((value) => value >= 0) && corners.some((value) => value <= 0);
  };
  for (let row = 0; row + 1 < y.values.length; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const p = row * columns + column;
      if (changes(dx, p) && changes(dy, p))
        cells.push([(x.values[column]! + x.values[column + 1]!) / 2, (y.values[row]! + y.values[row + 1]!) / 2]);
    }
  return cells;
}

interface Linearised {
  readonly f: number;
  readonly g: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** Slopes (f, g) and the Jacobian ((a, b), (c, d)) at each point, in one call of the function. */
function jacobiansAt(
  points: readonly (readonly [number, number])[],
  slopes: PlaneSlopes,
  width: number,
  height: number,
): Linearised[] {
  const [hx, hy] = [width * 1e-6, height * 1e-6];
  const stencil = [[0, 0], [hx, 0], [-hx, 0], [0, hy], [0, -hy]] as const; // prettier-ignore
  const all = points.flatMap(([px, py]) => stencil.map(([x, y]) => [px + x, py + y] as const));
  if (all.length === 0) return [];
  const { dx, dy } = slopes(Float64Array.from(all, ([x]) => x), Float64Array.from(all, ([, y]) => y)); // prettier-ignore
  return points.map((_, j) => {
    const k = 5 * j;
    const slope = (list: ArrayLike<number>, first: number, h: number): number =>
      (list[k + first]! - list[k + first + 1]!) / (2 * h);
    return { f: dx[k]!, g: dy[k]!, a: slope(dx, 1, hx), b: slope(dx, 3, hy), c: slope(dy, 1, hx), d: slope(dy, 3, hy) };
  });
}

/** Eigenvalues of ((a, b), (c, d)) by trace and determinant, and what they say. */
function classified(a: number, b: number, c: number, d: number): Pick<FixedPoint, "kind" | "eigenvalues"> {
  const trace = a + d;
  const determinant = a * d - b * c;
  const exact = (trace * trace) / 4 - determinant;
  // Differences leave some 10 digits: what is smaller than their error is a pair of equal eigenvalues.
  const discriminant = Math.abs(exact) <= 1e-8 * (trace * trace) ? 0 : exact;
  const spread = Math.sqrt(Math.abs(discriminant));
  const real =
    discriminant < 0 ? ([trace / 2, trace / 2] as const) : ([trace / 2 - spread, trace / 2 + spread] as const);
  const imaginary = discriminant < 0 ? spread : 0;
  const size = Math.max(Math.abs(real[0]), Math.abs(real[1]), imaginary);
  const zero = (value: number): boolean => Math.abs(value) <= 1e-6 * size;
  const kind = ((): FixedPointKind => {
    if (imaginary > 0) return zero(trace / 2) ? "center" : trace < 0 ? "stable focus" : "unstable focus";
    if (zero(real[0]) || zero(real[1])) return "degenerate";
    if (determinant < 0) return "saddle";
    return trace < 0 ? "stable node" : "unstable node";
  })();
  return { kind, eigenvalues: { real, imaginary } };
}
