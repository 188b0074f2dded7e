/** A point in the units of the axes. */
export type PlanePoint = readonly [x: number, y: number];

/**
 * The lines on which a function on a grid is zero: marching squares, with crossings interpolated along the edges of cells
 * and the two ways through a saddle told apart by the mean of its corners. Cells with a corner that is not finite are left
 * out. Closed lines end where they began. `values[row * x.length + column]`; axes ascend.
 *
 * After W. E. Lorensen and H. E. Cline (1987), Marching cubes, in two dimensions.
 */
export function zeroContour(x: ArrayLike<number>, y: ArrayLike<number>, values: ArrayLike<number>): PlanePoint[][] {
  const columns = x.length;
  const points = new Map<number, PlanePoint>();
  const neighbours = new Map<number, number[]>();

  // Edge 2p leads from grid point p to its right neighbour, edge 2p + 1 to the one above.
  const crossing = (row: number, column: number, upwards: boolean): number => {
    const p = row * columns + column;
    const edge = 2 * p + (upwards ? 1 : 0);
    if (!points.has(edge)) {
      const [a, b] = [values[p]!, values[upwards ? p + columns : p + 1]!];
      const part = a / (a - b);
      points.set(
        edge,
        upwards
          ? [x[column]!, y[row]! + part * (y[row + 1]! - y[row]!)]
          : [x[column]! + part * (x[column + 1]! - x[column]!), y[row]!],
      );
    }
    return edge;
  };
  const join = (a: number, b: number): void => {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    neighbours.set(b, [...(neighbours.get(b) ?? []), a]);
  };

  for (let row = 0; row + 1 < y.length; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const p = row * columns + column;
      const corners = [values[p]!, values[p + 1]!, values[p + columns + 1]!, values[p + columns]!];
      if (!corners.every(Number.isFinite)) continue;
      const above = corners.map((value) => value > 0);
      const sides = [
        () => crossing(row, column, false),
        () => crossing(row, column + 1, true),
        () => crossing(row + 1, column, false),
        () => crossing(row, column, true),
      ];
      const crossed = sides.filter((_, side) => above[side] !== above[(side + 1) % 4]).map((side) => side());
      if (crossed.length === 2) join(crossed[0]!, crossed[1]!);
      if (crossed.length < 4) continue;
      const [bottom, right, top, left] = crossed as [number, number, number, number];
      const middle = corners.reduce((sum, value) => sum + value, 0) > 0;
      if (middle === above[0]) {
        join(bottom, right);
        join(top, left);
      } else {
        join(bottom, left);
        join(top, right);
      }
    }
  return chains(neighbours).map((edges) => edges.map((edge) => points.get(edge)!));
}

/** Joined ends as lines: those with loose ends first, then the closed ones. */
function chains(neighbours: ReadonlyMap<number, readonly number[]>): number[][] {
  const seen = new Set<number>();
  const lines: number[][] = [];
  const follow = (start: number): void => {
    const line = [start];
    seen.add(start);
    for (let at: number | undefined = start; at !== undefined;) {
      const next: number | undefined = neighbours.get(at)!.find((each) => !seen.has(each));
      if (next === undefined) {
        if (line.length > 2 && neighbours.get(at)!.includes(start)) line.push(start);
        break;
      }
      seen.add(next);
      line.push(next);
      at = next;
    }
    lines.push(line);
  };
  const ends = [...neighbours.keys()].filter((edge) => neighbours.get(edge)!.length === 1);
  for (const edge of [...ends, ...neighbours.keys()]) if (!seen.has(edge)) follow(edge);
  return lines;
}
