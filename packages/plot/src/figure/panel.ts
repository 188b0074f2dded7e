import { decimal, element } from "../markup.ts";
import { paper } from "../palette.ts";
import { drawAxes } from "./axes.ts";
import type { Domain, PanelFrame } from "./axes.ts";
import { checkDomain, checkSameLength } from "./checks.ts";
import { extent, padded, union } from "./domain.ts";
import { spikePath, tracePath } from "./path.ts";
import type { FrameBounds } from "./path.ts";
import { stroke } from "./strokes.ts";

/** One line of a figure. `values[k]` belongs to `times[k]` of the figure; `spikes` are times in the same unit. */
export interface TraceSeries {
  readonly label: string;
  readonly values: ArrayLike<number>;
  /** Drawn as vertical strokes from the trace up to the spike tip. */
  readonly spikes?: ArrayLike<number>;
  /** Index into the palette; by default series take its colors in turn. */
  readonly color?: number;
}

/** A part of the time axis that is shaded, such as the time a stimulus is on. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What one panel of traces shows. */
export interface PanelContent {
  readonly times: ArrayLike<number>;
  readonly series: readonly TraceSeries[];
  readonly spans?: readonly TimeSpan[];
}

/** Refuses series whose values do not run in parallel to the times. */
export function checkContent({ times, series }: PanelContent): void {
  for (const { label, values } of series)
    checkSameLength(`the series ${JSON.stringify(label)}`, values.length, times.length);
}

/** The values of y that panels need, spike tips included: `yDomain` where it is given, else what the data span. */
export function domainOfValues(contents: readonly PanelContent[], spikeTip?: number, yDomain?: Domain): Domain {
  if (yDomain !== undefined) {
    checkDomain("yDomain", yDomain);
    return yDomain;
  }
  const all = contents.flatMap(({ series }) => series);
  const values = extent(all.map((one) => one.values)) ?? [0, 1];
  const spiking = all.some(({ spikes }) => spikes !== undefined && spikes.length > 0);
  const needed = spiking ? union(values, [values[0], tipOf(values, spikeTip)])! : values;
  return padded(needed, 0.04);
}

/** The height of spike tips: the one that is asked for, or 30 % of the data's range above them. */
function tipOf([low, high]: Domain, spikeTip?: number): number {
  return spikeTip ?? high + 0.3 * (high - low || 1);
}

/**
 * The times that panels span: `xDomain` where it is given, else from the first time of all to one sampling interval
 * after the last.
 */
export function domainOfTimes(contents: readonly PanelContent[], xDomain?: Domain): Domain {
  if (xDomain !== undefined) {
    checkDomain("xDomain", xDomain);
    return xDomain;
  }
  const ends = contents.map(({ times }) => {
    const { length } = times;
    return length < 2 ? times : [times[0]!, 2 * times[length - 1]! - times[length - 2]!];
  });
  const [low, high] = padded(extent(ends) ?? [0, 1], 0);
  return [low, Number(high.toPrecision(12))];
}

/** Draws one panel: shaded spans below, axes over them, traces and spike tips on top. */
export function drawPanel(frame: PanelFrame, content: PanelContent, spikeTip?: number): string {
  const axes = drawAxes(frame);
  const bounds: FrameBounds = {
    left: frame.left,
    right: frame.left + frame.width,
    top: frame.top,
    bottom: frame.top + frame.height,
  };
  const lines = content.series.map(({ values, spikes, color }, index) => {
    const tip = tipOf(extent(content.series.map((one) => one.values)) ?? [0, 1], spikeTip);
    const path = tracePath(content.times, values, axes, bounds);
    const strokes = spikes === undefined ? "" : spikePath(spikes, tip, content.times, values, axes, bounds);
    return stroke(color ?? index, path + strokes, 1.25);
  });
  return [...(content.spans ?? []).map((span) => shade(span, axes.x, bounds)), axes.markup, ...lines].join("");
}

/** A shaded part of the time axis, cut at the frame. */
export function shade({ from, to }: TimeSpan, x: (time: number) => number, bounds: FrameBounds): string {
  const left = Math.max(bounds.left, x(from));
  const right = Math.min(bounds.right, x(to));
  if (!(right > left)) return "";
  const d = `M${decimal(left)},${decimal(bounds.top)}H${decimal(right)}V${decimal(bounds.bottom)}H${decimal(left)}Z`;
  return element("path", { d, class: "nw-span", fill: paper.light.span });
}
