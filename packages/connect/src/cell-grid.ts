/** Points sorted into cells, so that those near a place are found without looking at the others. */
import { axisOf, cellAlong, touch, wrapped, type Axis } from "./cell-axis.ts";
import { indexArray, type Indices } from "./index-array.ts";

/** One to three coordinates for each point; the missing ones are zero. */
export type Coordinates = readonly [Float64Array, Float64Array, Float64Array];

/** Length of each dimension that is closed to a ring; Infinity where it is open. */
export type Periods = readonly [number, number, number];

/** Told the points of one cell, as a range of `order`, and a number that no squared distance of theirs from the place is below. */
type VisitCell = (from: number, to: number, leastSquared: number) => void;

export interface CellGrid {
  /** The points, cell by cell. */
  readonly order: Indices;
  /** Visits cells so that every point within reach of the place is in one of them, each cell once. */
  search(x: number, y: number, z: number, visit: VisitCell): void;
  /** Square of the distance from the place last searched to the point at a place of `order`. */
  squaredDistance(at: number): number;
}

/** Points in a cell, on average, below which looking at cells would cost more than looking at points. */
const crowd = 4;

export function createCellGrid(points: Coordinates, n: number, reach: number, periods: Periods): CellGrid {
  const axes = axesOf(points, n, reach, periods);
  const [ax, ay, az] = axes;
  const [xs, ys, zs] = points;

  const cellOf = (point: number): number =>
    (cellAlong(az, zs[point]!) * ay.cells + cellAlong(ay, ys[point]!)) * ax.cells + cellAlong(ax, xs[point]!);
  const pointers = new Uint32Array(ax.cells * ay.cells * az.cells + 1);
  for (let point = 0; point < n; point++) pointers[cellOf(point) + 1]!++;
  for (let cell = 1; cell < pointers.length; cell++) pointers[cell]! += pointers[cell - 1]!;
  const next = pointers.slice(0, -1);
  const order = indexArray(n, n);
  for (let point = 0; point < n; point++) order[next[cellOf(point)]!++] = point;
  const along = (axis: Axis, coordinates: Float64Array): Float64Array =>
    Float64Array.from(order, (point) => wrapped(axis, coordinates[point]!));
  const [sortedX, sortedY, sortedZ] = [along(ax, xs), along(ay, ys), along(az, zs)];

  const place = new Float64Array(3);
  const squaredReach = reach * reach;
  return {
    order,
    search(x, y, z, visit) {
      for (const [d, coordinate] of [x, y, z].entries()) {
        place[d] = wrapped(axes[d]!, coordinate);
        touch(axes[d]!, place[d]);
      }
      for (let jz = 0; jz < az.touched; jz++)
        for (let jy = 0; jy < ay.touched; jy++) {
          const plane = az.squared[jz]! + ay.squared[jy]!;
          const row = (az.list[jz]! * ay.cells + ay.list[jy]!) * ax.cells;
          for (let jx = 0; jx < ax.touched; jx++) {
            const least = plane + ax.squared[jx]!;
            const cell = row + ax.list[jx]!;
            if (least <= squaredReach) visit(pointers[cell]!, pointers[cell + 1]!, least);
          }
        }
    },
    squaredDistance(at) {
      const dx = apart(ax.period, place[0]!, sortedX[at]!);
      const dy = apart(ay.period, place[1]!, sortedY[at]!);
      const dz = apart(az.period, place[2]!, sortedZ[at]!);
      return dx * dx + dy * dy + dz * dz;
    },
  };
}

/** Cells of one side in all dimensions: an eighth of the reach, or more where cells would hold too few points. */
function axesOf(points: Coordinates, n: number, reach: number, periods: Periods): readonly [Axis, Axis, Axis] {
  const axesWith = (side: number): readonly [Axis, Axis, Axis] => {
    const axis = (d: 0 | 1 | 2): Axis => axisOf(points[d], reach, periods[d], side);
    return [axis(0), axis(1), axis(2)];
  };
  const most = Math.max(1, n / crowd);
  let side = reach / 8;
  let axes = axesWith(side);
  while (axes.reduce((product, { cells }) => product * cells, 1) > most) axes = axesWith((side *= 1.25));
  return axes;
}

/** Distance along one dimension, the short way round a closed one, of coordinates that are wrapped. */
function apart(period: number, a: number, b: number): number {
  const straight = Math.abs(a - b);
  return straight + straight > period ? period - straight : straight;
}
