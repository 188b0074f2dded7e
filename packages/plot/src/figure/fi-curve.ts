import { NeuroweaveError } from "@neuroweave/equations";
import { checkPairs } from "./checks.ts";
import type { Domain } from "./axes.ts";
import { extent, padded, union } from "./domain.ts";
import { drawFramed, emptyNote } from "./framed.ts";
import { leftOutNote, unusablePairs } from "./left-out.ts";
import { dots, dotsPath, errorBarsPath } from "./marks.ts";
import { tracePath } from "./path.ts";
import { colorAt, legendEntries, legendOf, seriesDescription } from "./series-words.ts";
import type { FigureOptions } from "./traces.ts";
import { dashedLine, stroke } from "./strokes.ts";

/** Rates that were measured at currents, in Hz. */
export interface MeasuredRates {
  readonly label: string;
  readonly currents: ArrayLike<number>;
  readonly rate: ArrayLike<number>;
  /** Error bars reach this far to both sides, in Hz, such as a standard error: one for all, or one for each rate. */
  readonly errors?: number | ArrayLike<number>;
  readonly color?: number;
}

export interface FiCurveOptions extends FigureOptions {
  readonly measured: readonly MeasuredRates[];
  /** Rates that are expected, drawn in dashes; by default in the color of the measured rates at the same place. */
  readonly theory?: readonly Omit<MeasuredRates, "errors">[];
  readonly xDomain?: Domain;
  readonly yDomain?: Domain;
}

/**
 * Firing rate against input current, as an SVG string: discs with error bars for what was measured, and under them
 * theory in dashes. Points that are not finite are left out, and a note counts them. Throws `wrong-length` and
 * `out-of-range`, the latter for errors below zero too.
 */
export function fiCurve(options: FiCurveOptions): string {
  const { measured, theory = [], xLabel = "Current (pA)", yLabel = "Rate (Hz)" } = options;
  const all = [...measured, ...theory];
  for (const { label, currents, rate } of all)
    checkPairs(`the curve ${JSON.stringify(label)}`, ["currents", currents], ["rates", rate]);
  const bars = measured.map(errorBars);
  const xExtent = extent(all.map(({ currents }) => currents));
  const yExtent = extent([...all.map(({ rate }) => rate), ...bars.flatMap(({ lows, highs }) => [lows, highs])]);
  const x = options.xDomain ?? padded(xExtent ?? [0, 1], 0.03);
  const [low, high] = union(yExtent, [0, 0])!;
  const y = options.yDomain ?? (high > low ? [low, high + 0.06 * (high - low)] : [0, 1]);
  const note = leftOutNote({
    "not finite": measured.reduce((sum, one) => sum + unusablePairs(one.currents, one.rate), 0),
  });
  const legend = [...legendEntries(measured, "disc"), ...legendEntries(theory, "dash")];
  return drawFramed(
    {
      ...options,
      x: { name: xLabel, domain: x },
      y: { name: yLabel, domain: y },
      legend: legendOf(legend),
      note,
      description: seriesDescription(legend, {
        description: options.description,
        xLabel,
        yLabel,
        x,
        note,
        relation: "against",
      }),
    },
    (frame) => ({
      marks: [
        ...theory.map((one, index) =>
          dashedLine(colorAt(one, index), tracePath(one.currents, one.rate, frame, frame.bounds), 1.8),
        ),
        ...measured.map((one, index) =>
          stroke(
            colorAt(one, index),
            errorBarsPath(one.currents, bars[index]!.lows, bars[index]!.highs, frame, frame.bounds),
            1.2,
          ),
        ),
        ...measured.map((one, index) =>
          dots(colorAt(one, index), dotsPath(one.currents, one.rate, frame, frame.bounds), 6),
        ),
        xExtent === undefined || yExtent === undefined ? emptyNote(frame.bounds, "no rates") : "",
      ].join(""),
    }),
  );
}

function errorBars({ label, rate, errors }: MeasuredRates): { lows: number[]; highs: number[] } {
  if (errors === undefined) return { lows: [], highs: [] };
  const list = typeof errors === "number" ? Array.from(rate, () => errors) : errors;
  checkPairs(`the curve ${JSON.stringify(label)}`, ["rates", rate], ["errors", list]);
  for (let k = 0; k < list.length; k++) checkError(label, list[k]!, k);
  return {
    lows: Array.from(rate, (value, k) => value - list[k]!),
    highs: Array.from(rate, (value, k) => value + list[k]!),
  };
}

function checkError(label: string, error: number, k: number): void {
  if (!(error < 0)) return;
  throw new NeuroweaveError("out-of-range", `error ${k} of the curve ${JSON.stringify(label)} is ${error}`, {
    remedy: "give how far the bar reaches to both sides, 0 or more; NaN for no bar",
  });
}
