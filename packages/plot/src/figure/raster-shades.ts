import { quantile } from "../binning/bins.ts";
import { decimal } from "../markup.ts";
import type { FrameBounds } from "./path.ts";
import { stroke } from "./strokes.ts";

/** Spikes in cells of a frame: `counts[row * columns + column]`, row 0 lowest. */
export interface SpikeCounts {
  readonly rows: number;
  readonly columns: number;
  readonly counts: Float64Array;
}

/** Width and height of a cell in pixels, at least. */
export const shadePitch = 2;

const shades = 5;

/**
 * A raster that holds more spikes than it has room for strokes, as shades: the opacity of a cell is in proportion to
 * the spikes per neuron in it, in five steps, up to the 0.98-quantile of all cells with a spike. One entry for each
 * color; all have one scale.
 */
export function rasterShades(byColor: readonly SpikeCounts[], n: number, bounds: FrameBounds): string {
  const perNeuron = byColor.map(({ rows, columns, counts }) =>
    counts.map((count, cell) => count / neuronsInRow(Math.floor(cell / columns), rows, n)),
  );
  const filled = perNeuron.flatMap((list) => Array.from(list.filter((value) => value > 0)));
  const full = filled.length === 0 ? 1 : quantile(Float64Array.from(filled).sort(), 0.98);
  return byColor
    .map(({ rows, columns }, color) => {
      const steps = Uint8Array.from(perNeuron[color]!, (value) => Math.min(shades, Math.ceil((value / full) * shades)));
      const paths = shadePaths(steps, rows, columns, bounds);
      const height = (bounds.bottom - bounds.top) / rows;
      return paths.map((d, step) => stroke(color, d, height, (step + 1) / shades)).join("");
    })
    .join("");
}

/** Neurons of a population of n that share a row. */
function neuronsInRow(row: number, rows: number, n: number): number {
  return Math.ceil(((row + 1) * n) / rows) - Math.ceil((row * n) / rows);
}

/** For each shade the runs of cells that have it. */
function shadePaths(steps: Uint8Array, rows: number, columns: number, bounds: FrameBounds): string[] {
  const paths = Array.from({ length: shades }, () => "");
  const width = (bounds.right - bounds.left) / columns;
  const height = (bounds.bottom - bounds.top) / rows;
  for (let row = 0; row < rows; row++) {
    const y = decimal(bounds.bottom - (row + 0.5) * height);
    for (let column = 0; column < columns;) {
      const step = steps[row * columns + column]!;
      let end = column + 1;
      while (end < columns && steps[row * columns + end] === step) end++;
      if (step > 0)
        paths[step - 1] += `M${decimal(bounds.left + column * width)},${y}h${decimal((end - column) * width)}`;
      column = end;
    }
  }
  return paths;
}
