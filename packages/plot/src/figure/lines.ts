import { drawAxes } from "./axes.ts";
import type { Domain } from "./axes.ts";
import { checkDomain, checkSameLength, checkSize } from "./checks.ts";
import { extent, padded } from "./domain.ts";
import { shade } from "./panel.ts";
import type { TimeSpan } from "./panel.ts";
import { tracePath } from "./path.ts";
import { drawHead, drawSheet } from "./sheet.ts";
import { axisNames, frameBelow } from "./traces.ts";
import { legendOf, seriesDescription } from "./series-words.ts";
import type { FigureOptions } from "./traces.ts";
import { stroke } from "./strokes.ts";

/** A curve with times of its own. */
export interface Curve {
  readonly label: string;
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** How a curve looks; by default a line of 1.5 pixels in the next color of the palette. */
export interface CurveLook {
  readonly color?: number;
  readonly thickness?: number;
  readonly opacity?: number;
}

export interface LinesOptions extends FigureOptions {
  readonly series: readonly (Curve & CurveLook)[];
  readonly spans?: readonly TimeSpan[];
  readonly xDomain?: Domain;
  /** By default the range of the data, down to zero where no value is negative. */
  readonly yDomain?: Domain;
}

/**
 * Curves over time with times of their own each, a legend and common axes, as an SVG string; for rates, weights, and
 * whatever else is measured over time. Later series are drawn over earlier ones. Throws `wrong-length` and
 * `out-of-range`.
 */
export function lines(options: LinesOptions): string {
  const { series, title, spans = [], xLabel = "Time (ms)", yLabel = "Rate (Hz)", width = 760, height = 340 } = options;
  checkSize("the width of the figure", width, 240);
  checkSize("the height of the figure", height, 160);
  for (const { label, values, times } of series)
    checkSameLength(`the series ${JSON.stringify(label)}`, values.length, times.length);
  const x = options.xDomain ?? padded(extent(series.map(({ times }) => times)) ?? [0, 1], 0);
  const y = options.yDomain ?? fromZero(extent(series.map(({ values }) => values)) ?? [0, 1]);
  checkDomain("xDomain", x);
  checkDomain("yDomain", y);
  const legend = series.map(({ label, color, thickness }, index) => ({
    label,
    color: color ?? index,
    mark: "line" as const,
    thickness: Math.max(2.2, thickness ?? 0),
  }));
  const head = drawHead(title, legendOf(legend), width);
  const place = frameBelow(head.height, width, height);
  const axes = drawAxes({ ...place, x, y, labelX: true, labelY: true });
  const bounds = {
    left: place.left,
    right: place.left + place.width,
    top: place.top,
    bottom: place.top + place.height,
  };
  const drawn = series.map(({ times, values, color, thickness = 1.5, opacity }, index) =>
    stroke(color ?? index, tracePath(times, values, axes, bounds), thickness, opacity),
  );
  return drawSheet({
    width,
    height,
    title,
    description: seriesDescription(series, { description: options.description, xLabel, yLabel, x }),
    content: [
      head.markup,
      axisNames(place, xLabel, yLabel),
      ...spans.map((span) => shade(span, axes.x, bounds)),
      axes.markup,
      ...drawn,
    ].join(""),
  });
}

/** How lines are compared. */
export interface CompareOptions extends Omit<LinesOptions, "series"> {
  /** What is compared against, such as the rate of a mean-field model: drawn as a thin line on top. */
  readonly expected: Curve;
  /** What was measured, such as the rate of a spiking network: drawn as a broad, pale line below. */
  readonly measured: Curve;
}

/**
 * Two curves that should agree, one over the other, as an SVG string: a fine line for what is expected lies on a
 * broad pale one for what was measured, so that both stay visible where they coincide. Throws as `lines` does.
 */
export function compare({ expected, measured, ...figure }: CompareOptions): string {
  return lines({
    ...figure,
    series: [
      { ...measured, color: 4, thickness: 2.4, opacity: 0.8 },
      { ...expected, color: 0, thickness: 1.7 },
    ],
  });
}

/**
 * The data's range with a margin; a range without negative values begins at zero, since rates and weights are
 * compared by height.
 */
function fromZero([low, high]: Domain): Domain {
  if (low < 0) return padded([low, high], 0.05);
  return high === 0 ? [0, 1] : [0, high * 1.05];
}
