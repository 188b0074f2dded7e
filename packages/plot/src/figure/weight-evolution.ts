import { NeuroweaveError } from "@neuroweave/equations";
import { countInBins, quantile } from "../binning/bins.ts";
import { quantilesOver, weightColumns } from "../binning/weight-columns.ts";
import type { WeightColumns, WeightsOverTime } from "../binning/weight-columns.ts";
import { amountScale } from "../color-scale.ts";
import { checkDomain } from "./checks.ts";
import type { Domain } from "./axes.ts";
import { extent, padded } from "./domain.ts";
import { drawFramed, emptyNote, outline } from "./framed.ts";
import type { Frame, FrameMarks } from "./framed.ts";
import { colorBar, colorBarRoom, heatMap } from "./heat-map.ts";
import { leftOutNote, withNote } from "./left-out.ts";
import { bandPath, filledArea } from "./marks.ts";
import { tracePath } from "./path.ts";
import type { LegendEntry } from "./sheet.ts";
import type { FigureOptions } from "./traces.ts";
import { stroke } from "./strokes.ts";

/** One synapse, drawn as a line. */
export interface WeightTrajectory {
  readonly label: string;
  /** Which of the weights of each time it is, counted from 0. */
  readonly index: number;
  readonly color?: number;
}

export interface WeightEvolutionOptions extends FigureOptions, WeightsOverTime {
  /** Bands between quantiles, or a heat map of histograms; "bands" by default. */
  readonly show?: "bands" | "density";
  readonly trajectories?: readonly WeightTrajectory[];
  readonly yDomain?: Domain;
}

const mostColumns = 170;
const densityRows = 56;

/** Which part of the weights lies between two quantiles, and how dark its band is. */
const bands = [
  { label: "all weights", low: 0, high: 1, opacity: 0.16 },
  { label: "middle 90 %", low: 0.05, high: 0.95, opacity: 0.22 },
  { label: "middle half", low: 0.25, high: 0.75, opacity: 0.36 },
] as const;

/**
 * How the distribution of weights changes over time, as an SVG string: bands between quantiles with the median, or
 * with `show: "density"` a heat map whose columns are histograms; and single synapses as lines over it.
 *
 * Where there are more than 170 times, the weights of neighboring times are taken together. Weights that are not finite
 * are left out, and a note counts them. Throws `wrong-length` and `out-of-range`.
 */
export function weightEvolution(options: WeightEvolutionOptions): string {
  const { trajectories = [], show = "bands", xLabel = "Time (ms)", yLabel = "Weight" } = options;
  const weights = weightColumns(options, mostColumns);
  for (const one of trajectories) checkTrajectory(one, weights.synapses);
  const range = extent(weights.columns.map((column) => column?.sorted ?? []));
  const y = options.yDomain ?? padded(range ?? [0, 1], 0.05);
  checkDomain("yDomain", y);
  const note = leftOutNote({ "not finite": weights.notFinite });
  const lineColor = (index: number): number => trajectories[index]!.color ?? index + 1;
  const legend: LegendEntry[] = [
    ...(show === "bands" ? bandLegend : []),
    ...trajectories.map(({ label }, index) => ({ label, color: lineColor(index), mark: "line" as const })),
  ];
  const shown = show === "bands" ? "quantiles" : "histograms";
  const singles =
    trajectories.length === 0 ? "" : ` Single synapses: ${trajectories.map(({ label }) => label).join(", ")}.`;
  return drawFramed(
    {
      ...options,
      x: { name: xLabel, domain: [weights.from, weights.to] },
      y: { name: yLabel, domain: y },
      legend,
      sideRoom: show === "bands" ? 0 : colorBarRoom,
      note,
      description:
        options.description ??
        withNote(
          `${yLabel} of ${weights.synapses} synapses over ${xLabel} from ${weights.from} to ${weights.to}, as ${shown}.${singles}`,
          note,
        ),
    },
    (frame) => {
      const { below = "", marks } = show === "bands" ? drawBands(weights, frame) : drawDensity(weights, y, frame);
      const lines = trajectories.map(({ index }, k) => {
        const { times, values } = options;
        const own = Float64Array.from(times, (_, at) => values[at * weights.synapses + index]!);
        return stroke(lineColor(k), tracePath(times, own, frame, frame.bounds), 1.5);
      });
      return {
        below,
        marks: marks + lines.join("") + (range === undefined ? emptyNote(frame.bounds, "no weights") : ""),
      };
    },
  );
}

const bandLegend: readonly LegendEntry[] = [
  { label: "median", color: 0, mark: "line" },
  // Bands lie over one another, so that the inner ones are darker than their own opacity.
  ...bands
    .toReversed()
    .map(({ label }, k) => ({ label, color: 0, mark: "block" as const, opacity: [0.58, 0.34, 0.16][k]! })),
];

function drawBands(weights: WeightColumns, frame: Frame): FrameMarks {
  const times = weights.columns.map((column) => column?.time ?? Number.NaN);
  const areas = bands.map(({ low, high, opacity }) => {
    const d = bandPath(times, quantilesOver(weights, low), quantilesOver(weights, high), frame, frame.bounds);
    return filledArea(0, d, opacity);
  });
  const median = stroke(0, tracePath(times, quantilesOver(weights, 0.5), frame, frame.bounds), 1.8);
  return { marks: areas.join("") + median };
}

/** The darkest color is the 0.98-quantile of the shares above zero, so that one full bin does not pale all others. */
function drawDensity({ columns }: WeightColumns, [low, high]: Domain, frame: Frame): FrameMarks {
  const edges = Float64Array.from({ length: densityRows + 1 }, (_, j) => low + ((high - low) * j) / densityRows);
  const shares = new Float64Array(columns.length * densityRows);
  columns.forEach((column, k) => {
    if (column === undefined) return;
    const { counts } = countInBins(column.sorted, edges);
    shares.set(
      counts.map((count) => count / column.sorted.length),
      k * densityRows,
    );
  });
  const filled = shares.filter((share) => share > 0).sort();
  const scale = amountScale(filled.length === 0 ? 1 : quantile(filled, 0.98));
  const levels = Int16Array.from(shares, (share) => (share > 0 ? scale.levelOf(share) : -1));
  const grid = { columns: Math.max(1, columns.length), rows: densityRows, levels };
  return {
    below: columns.length === 0 ? "" : heatMap(grid, scale, frame.bounds),
    marks: outline(frame.bounds) + colorBar(scale, "Share", frame.bounds),
  };
}

function checkTrajectory({ label, index }: WeightTrajectory, synapses: number): void {
  if (Number.isInteger(index) && index >= 0 && index < synapses) return;
  throw new NeuroweaveError(
    "out-of-range",
    `the trajectory ${JSON.stringify(label)} is of synapse ${index}, and there are ${synapses}`,
    {
      remedy: "give the place of the synapse among the weights of one time, counted from 0",
    },
  );
}
