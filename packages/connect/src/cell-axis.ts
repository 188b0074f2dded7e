/** One dimension of a grid of cells: which cell a coordinate is in, and which cells a neighbourhood touches. */

export interface Axis {
  /** Length of a closed dimension; Infinity for an open one. */
  readonly period: number;
  readonly start: number;
  readonly cells: number;
  readonly side: number;
  readonly reach: number;
  /** More than rounding can move a coordinate or a border. */
  readonly tolerance: number;
  /** What `touch` found: so many cells, … */
  touched: number;
  /** … which they are, … */
  readonly list: number[];
  /** … and the square of the distance to each, or less. */
  readonly squared: number[];
}

/** Cells of about the given side over the coordinates, or over the whole of a closed dimension. */
export function axisOf(xs: Float64Array, reach: number, period: number, side: number): Axis {
  let least = Infinity;
  let most = -Infinity;
  for (const x of xs) {
    if (x < least) least = x;
    if (x > most) most = x;
  }
  const open = period === Infinity;
  const extent = open ? most - least : period;
  const cells = Math.max(1, Math.floor(extent / side));
  return {
    period,
    start: open ? least : 0,
    cells,
    side: extent > 0 ? extent / cells : side,
    reach,
    tolerance: 1e-9 * reach + 1e-12 * Math.max(extent, Math.abs(least), Math.abs(most)),
    touched: 0,
    list: [],
    squared: [],
  };
}

/** The equivalent coordinate in [0, period) of a closed dimension. */
export function wrapped({ period }: Axis, x: number): number {
  if (period === Infinity) return x;
  const inside = x - period * Math.floor(x / period);
  return inside < period ? inside : 0;
}

export function cellAlong(axis: Axis, x: number): number {
  const cell = Math.floor((wrapped(axis, x) - axis.start) / axis.side);
  return Math.max(0, Math.min(axis.cells - 1, cell));
}

/** Lists the cells that may hold points within reach of x, which is wrapped; none twice. */
export function touch(axis: Axis, x: number): void {
  const { start, cells, side, reach, tolerance, period } = axis;
  const from = Math.floor((x - reach - tolerance - start) / side);
  const to = Math.floor((x + reach + tolerance - start) / side);
  axis.touched = 0;
  if (period === Infinity) {
    // A place beyond the points looks at the cell on the border, which its distance then rules out.
    const last = Math.min(cells - 1, Math.max(0, to));
    for (let cell = Math.min(cells - 1, Math.max(0, from)); cell <= last; cell++) add(axis, cell, gap(axis, cell, x));
  } else if (to - from + 1 >= cells)
    for (let cell = 0; cell < cells; cell++)
      add(axis, cell, Math.min(gap(axis, cell, x - period), gap(axis, cell, x), gap(axis, cell, x + period)));
  else for (let cell = from; cell <= to; cell++) add(axis, ((cell % cells) + cells) % cells, gap(axis, cell, x));
}

/** Distance from a place to the interval of a cell. */
function gap({ start, side }: Axis, cell: number, place: number): number {
  const border = start + cell * side;
  return Math.max(0, border - place, place - border - side);
}

function add(axis: Axis, cell: number, distance: number): void {
  const least = Math.max(0, distance - axis.tolerance);
  axis.list[axis.touched] = cell;
  axis.squared[axis.touched++] = least * least;
}
