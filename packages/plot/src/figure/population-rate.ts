import { checkPairs } from "./checks.ts";
import type { Domain } from "./axes.ts";
import { extent, padded } from "./domain.ts";
import { drawFramed, emptyNote } from "./framed.ts";
import { leftOutNote, unusablePairs } from "./left-out.ts";
import { shade } from "./panel.ts";
import type { TimeSpan } from "./panel.ts";
import { tracePath } from "./path.ts";
import { colorAt, legendEntries, legendOf, seriesDescription } from "./series-words.ts";
import type { FigureOptions } from "./traces.ts";
import { dashedLine, stroke } from "./strokes.ts";

/** A rate over time, such as `populationRate` of the analysis gives: times in ms, rates in Hz. */
export interface RateSeries {
  readonly label: string;
  readonly times: ArrayLike<number>;
  readonly rate: ArrayLike<number>;
  readonly color?: number;
  /** The same rate before it was smoothed, drawn pale below it. */
  readonly raw?: { readonly times: ArrayLike<number>; readonly rate: ArrayLike<number> };
}

export interface PopulationRateOptions extends FigureOptions {
  readonly populations: readonly RateSeries[];
  /** Rates that are expected, drawn in dashes; by default in the color of the population at the same place. */
  readonly theory?: readonly Omit<RateSeries, "raw">[];
  /** Parts of time that are shaded, such as the time a stimulus is on. */
  readonly spans?: readonly TimeSpan[];
  readonly xDomain?: Domain;
  /** By default from zero to the highest rate. */
  readonly yDomain?: Domain;
}

/**
 * The rates of one or several populations over time, as an SVG string. Rates are drawn as they are given: smoothing is
 * the caller's, who may add the raw rate, drawn pale below. Rates that are not finite leave gaps, and a note counts
 * them. Throws `wrong-length` and `out-of-range`.
 */
export function populationRate(options: PopulationRateOptions): string {
  const { populations, theory = [], spans = [], xLabel = "Time (ms)", yLabel = "Rate (Hz)" } = options;
  const raws = populations.flatMap(({ label, raw }) => (raw === undefined ? [] : [{ label: `${label}, raw`, ...raw }]));
  const all = [...populations, ...raws, ...theory];
  for (const { label, times, rate } of all)
    checkPairs(`the rate ${JSON.stringify(label)}`, ["times", times], ["rates", rate]);
  const x = options.xDomain ?? padded(extent(all.map(({ times }) => times)) ?? [0, 1], 0);
  const highest = extent(all.map(({ rate }) => rate));
  const y = options.yDomain ?? [Math.min(0, highest?.[0] ?? 0), (highest?.[1] ?? 0) > 0 ? highest![1] * 1.05 : 1];
  const note = leftOutNote({ "not finite": all.reduce((sum, { times, rate }) => sum + unusablePairs(times, rate), 0) });
  const legend = [...legendEntries(populations, "line"), ...legendEntries(theory, "dash")];
  return drawFramed(
    {
      ...options,
      x: { name: xLabel, domain: x },
      y: { name: yLabel, domain: y },
      legend: legendOf(legend),
      note,
      description: seriesDescription(legend, { description: options.description, xLabel, yLabel, x, note }),
    },
    (frame) => {
      const path = ({ times, rate }: Pick<RateSeries, "times" | "rate">): string =>
        tracePath(times, rate, frame, frame.bounds);
      return {
        below: spans.map((span) => shade(span, frame.x, frame.bounds)).join(""),
        marks: [
          ...populations.map((one, index) =>
            one.raw === undefined ? "" : stroke(colorAt(one, index), path(one.raw), 1, 0.35),
          ),
          ...populations.map((one, index) => stroke(colorAt(one, index), path(one), 1.6)),
          ...theory.map((one, index) => dashedLine(colorAt(one, index), path(one), 1.6)),
          highest === undefined ? emptyNote(frame.bounds, "no rates") : "",
        ].join(""),
      };
    },
  );
}
