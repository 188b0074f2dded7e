import { weightCells } from "../binning/weight-cells.ts";
import type { WeightCells, Weights } from "../binning/weight-cells.ts";
import { signedScale } from "../color-scale.ts";
import { element } from "../markup.ts";
import { checkDomain } from "./checks.ts";
import type { Domain } from "./axes.ts";
import { extent, union } from "./domain.ts";
import { drawFramed, emptyNote, outline } from "./framed.ts";
import { colorBar, colorBarRoom, crossedCells, heatMap } from "./heat-map.ts";
import { withNote } from "./left-out.ts";
import type { FigureOptions } from "./traces.ts";

export interface WeightMatrixOptions extends FigureOptions {
  /** Synapses one by one, as `projection.weights()` lists them, or all pairs. */
  readonly weights: Weights;
  /** Numbers of sources and of targets. */
  readonly shape: readonly [sources: number, targets: number];
  /** What the color bar is called, "Weight" by default. */
  readonly weightLabel?: string;
  /** Weights at the ends of the color scale; by default the range of the data, zero included. */
  readonly domain?: Domain;
}

const mostColumns = 210;
const mostRows = 100;

/**
 * Weights as a heat map with a color bar, as an SVG string: sources to the right, targets upwards. Positive weights are
 * orange, negative ones blue, zero is gray. A pair without a synapse stays the color of the paper, and one whose weight
 * is not finite is crossed out; a note names and counts both.
 *
 * Large matrices are drawn in at most 210 × 100 cells, each the mean of the synapses in it, so that a file stays small;
 * one weight that is not finite crosses out its cell. Throws `wrong-length`, `invalid-n` and `out-of-range`.
 */
export function weightMatrix(options: WeightMatrixOptions): string {
  const { weights, shape, weightLabel = "Weight", height = 420 } = options;
  const { xLabel = "Source neuron", yLabel = "Target neuron" } = options;
  const cells = weightCells(weights, shape, mostColumns, mostRows);
  const [low, high] = options.domain ?? dataDomain(cells);
  checkDomain("the color scale", [low, high]);
  const scale = signedScale(low, high);
  const levels = Int16Array.from(cells.means, (mean, cell) => (cells.counts[cell]! > 0 ? scale.levelOf(mean) : -1));
  const grid = { columns: cells.columns, rows: cells.rows, levels };
  const broken = brokenCells(cells);
  const note = noteOf(cells, shape, broken.length > 0);
  return drawFramed(
    {
      ...options,
      height,
      x: { name: xLabel, domain: [-0.5, shape[0] - 0.5] },
      y: { name: yLabel, domain: [-0.5, shape[1] - 0.5] },
      sideRoom: colorBarRoom,
      note,
      description: options.description ?? describe(cells, shape, weightLabel, [low, high], note),
    },
    (frame) => ({
      below: element("g", {}, heatMap(grid, scale, frame.bounds) + crossedCells(broken, grid, frame.bounds)),
      marks: [
        outline(frame.bounds),
        colorBar(scale, weightLabel, frame.bounds),
        cells.synapses === 0 ? emptyNote(frame.bounds, "no synapses") : "",
      ].join(""),
    }),
  );
}

function dataDomain({ means, counts }: WeightCells): Domain {
  const [low, high] = union(extent([means.filter((_, cell) => counts[cell]! > 0)]), [0, 0])!;
  return low < high ? [low, high] : [0, 1];
}

function brokenCells({ broken, rows }: WeightCells): (readonly [number, number])[] {
  return Array.from(broken.entries())
    .filter(([, count]) => count > 0)
    .map(([cell]) => [Math.floor(cell / rows), cell % rows] as const);
}

function noteOf(cells: WeightCells, [sources, targets]: readonly [number, number], crossed: boolean): string {
  const { columns, rows, counts, broken, synapses } = cells;
  const absent = synapses > 0 && counts.some((count, cell) => count === 0 && broken[cell] === 0);
  const bad = broken.reduce((sum, count) => sum + count, 0);
  const parts = [
    columns < sources || rows < targets ? "cells: means of several synapses" : "",
    absent ? "paper: no synapse" : "",
    crossed ? `crossed out: weight not finite (${bad})` : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function describe(
  { synapses }: WeightCells,
  [sources, targets]: readonly [number, number],
  weightLabel: string,
  [low, high]: Domain,
  note: string,
): string {
  const what = `${weightLabel} of ${synapses} synapses from ${sources} sources to ${targets} targets`;
  return withNote(`${what}, colors from ${low} to ${high}.`, note);
}
