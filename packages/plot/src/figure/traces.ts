import { tickRoom } from "./axes.ts";
import type { Domain } from "./axes.ts";
import { checkSize } from "./checks.ts";
import { checkContent, domainOfTimes, domainOfValues, drawPanel } from "./panel.ts";
import type { PanelContent } from "./panel.ts";
import { drawHead, drawSheet, sheetMargin, textAt } from "./sheet.ts";
import { legendEntries, legendOf, seriesDescription } from "./series-words.ts";
import { typeSize } from "./typography.ts";

/** What every figure takes. Sizes in pixels; `description` is what a screen reader adds to the title. */
export interface FigureOptions {
  readonly title: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly width?: number;
  readonly height?: number;
  readonly description?: string;
}

export interface TracesOptions extends FigureOptions, PanelContent {
  /** The value that spike tips reach, in units of y; by default 30 % of the data's range above them. */
  readonly spikeTip?: number;
  readonly xDomain?: Domain;
  readonly yDomain?: Domain;
}

/**
 * Traces over time in one frame, with a legend where there are several, as an SVG string.
 *
 * Spikes of a series are drawn as vertical strokes up to `spikeTip`. Long traces are thinned to the lowest and
 * highest value of each pixel. Values that are not finite leave gaps. The same input gives the same bytes. Throws
 * `wrong-length` and `out-of-range`.
 */
export function traces(options: TracesOptions): string {
  const {
    title,
    xLabel = "Time (ms)",
    yLabel = "Membrane potential (mV)",
    width = 760,
    height = 340,
    spikeTip,
  } = options;
  checkSize("the width of the figure", width, 240);
  checkSize("the height of the figure", height, 160);
  checkContent(options);
  const legend = legendOf(legendEntries(options.series, "line"));
  const head = drawHead(title, legend, width);
  const x = domainOfTimes([options], options.xDomain);
  const y = domainOfValues([options], spikeTip, options.yDomain);
  const frame = frameBelow(head.height, width, height);
  return drawSheet({
    width,
    height,
    title,
    description: seriesDescription(options.series, { description: options.description, xLabel, yLabel, x }),
    content: [
      head.markup,
      axisNames(frame, xLabel, yLabel),
      drawPanel({ ...frame, x, y, labelX: true, labelY: true }, options, spikeTip),
    ].join(""),
  });
}

/** The one frame of a figure below its head: what the names and labels of the axes leave. */
export function frameBelow(headHeight: number, width: number, height: number) {
  const left = sheetMargin + tickRoom.left;
  const top = headHeight + 30;
  return { left, top, width: width - left - sheetMargin - 6, height: height - top - tickRoom.bottom - 24 };
}

/** Names of the axes: y level above the frame, so that nobody has to tilt the head; x below its right end. */
export function axisNames(frame: ReturnType<typeof frameBelow>, xLabel: string, yLabel: string): string {
  const right = frame.left + frame.width;
  const below = frame.top + frame.height + tickRoom.bottom + 14;
  return (
    textAt(sheetMargin, frame.top - 11, yLabel, { size: typeSize.label, muted: true }) +
    textAt(right, below, xLabel, { size: typeSize.label, muted: true, anchor: "end" })
  );
}
