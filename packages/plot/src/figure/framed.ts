import { NeuroweaveError } from "@neuroweave/equations";
import { decimal, element } from "../markup.ts";
import { drawAxes } from "./axes.ts";
import type { AxisScale, Domain, DrawnAxes } from "./axes.ts";
import { checkDomain, checkScale, checkSize } from "./checks.ts";
import { superscript } from "./log-ticks.ts";
import type { FrameBounds } from "./path.ts";
import { drawHead, drawSheet, sheetMargin, textAt } from "./sheet.ts";
import type { LegendEntry } from "./sheet.ts";
import { fitText, textWidth } from "./text-width.ts";
import { axisNames, frameBelow } from "./traces.ts";
import type { FigureOptions } from "./traces.ts";
import { typeSize } from "./typography.ts";

/** One axis of a figure with one frame. */
interface Axis {
  readonly name: string;
  readonly domain: Domain;
  readonly scale?: AxisScale;
}

/** What surrounds the data of a figure with one frame. */
export interface FramedFigure extends Omit<FigureOptions, "xLabel" | "yLabel"> {
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly legend?: readonly LegendEntry[];
  /** Room to the right of the frame in pixels, such as for a color bar. */
  readonly sideRoom?: number;
  /** Muted text below the frame at its left, such as what had to be left out. */
  readonly note?: string;
}

/** The frame that data are drawn in: its scales, and its borders in pixels of the sheet. */
export interface Frame extends DrawnAxes {
  readonly bounds: FrameBounds;
}

/** Markup of the data: `below` grid and axes, and over them. */
export interface FrameMarks {
  readonly below?: string;
  readonly marks: string;
}

/**
 * A whole figure with one frame. Where all values of a linear axis are very large or very small, its name says by
 * which power of ten the tick labels are to be multiplied. Throws `out-of-range` for sizes and domains.
 */
export function drawFramed(figure: FramedFigure, draw: (frame: Frame) => FrameMarks): string {
  const { title, description, width = 760, height = 340, legend = [], sideRoom = 0, note = "" } = figure;
  checkSize("the width of the figure", width, 240);
  checkSize("the height of the figure", height, 160);
  checkAxis("xDomain", figure.x);
  checkAxis("yDomain", figure.y);
  const head = drawHead(title, legend, width);
  const place = frameBelow(head.height, width - sideRoom, height);
  const [xExponent, yExponent] = [sharedExponent(figure.x), sharedExponent(figure.y)];
  const axes = drawAxes({
    ...place,
    x: figure.x.domain,
    y: figure.y.domain,
    labelX: true,
    labelY: true,
    xScale: figure.x.scale ?? "linear",
    yScale: figure.y.scale ?? "linear",
    xExponent,
    yExponent,
  });
  const bounds = {
    left: place.left,
    right: place.left + place.width,
    top: place.top,
    bottom: place.top + place.height,
  };
  const { below = "", marks } = draw({ ...axes, bounds });
  const xName = axisName(figure.x.name, xExponent);
  const foot = fitText(note, typeSize.tick, place.width - textWidth(xName, typeSize.label) - 20);
  return drawSheet({
    width,
    height,
    title,
    description,
    content: [
      head.markup,
      axisNames(place, xName, axisName(figure.y.name, yExponent)),
      below,
      axes.markup,
      marks,
      note === "" ? "" : textAt(sheetMargin, height - 10, foot, { size: typeSize.tick, muted: true }),
    ].join(""),
  });
}

/** What an honest empty figure says in the middle of its frame. */
export function emptyNote({ left, right, top, bottom }: FrameBounds, text: string): string {
  return textAt((left + right) / 2, (top + bottom) / 2, text, { size: typeSize.panel, muted: true, anchor: "middle" });
}

/** A fine line through the frame at a value of x or y, such as zero; nothing where the frame does not hold it. */
export function guideLine(frame: Frame, axis: "x" | "y", value: number): string {
  const { left, right, top, bottom } = frame.bounds;
  const at = frame[axis](value);
  const [low, high] = axis === "x" ? [left, right] : [top, bottom];
  if (!(at >= low && at <= high)) return "";
  return element("path", {
    d:
      axis === "x"
        ? `M${decimal(at)},${decimal(top)}V${decimal(bottom)}`
        : `M${decimal(left)},${decimal(at)}H${decimal(right)}`,
    class: "nw-guide",
    stroke: "currentColor",
    "stroke-width": 1,
    "stroke-opacity": 0.55,
    fill: "none",
  });
}

/** A line around the frame, for figures whose ground is data. */
export function outline({ left, right, top, bottom }: FrameBounds): string {
  return element("rect", {
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
    fill: "none",
    stroke: "currentColor",
    "stroke-opacity": 0.35,
  });
}

function checkAxis(what: string, { domain, scale = "linear" }: Axis): void {
  checkScale(what, scale);
  checkDomain(what, domain);
  if (scale === "logarithmic" && domain[0] <= 0) {
    throw new NeuroweaveError("out-of-range", `${what} runs from ${domain[0]} to ${domain[1]} on a logarithmic axis`, {
      remedy: "give numbers above zero, the lower one first",
    });
  }
}

/** 0, or the multiple of three that the values of an axis are divided by, to keep tick labels short. */
function sharedExponent({ domain: [low, high], scale }: Axis): number {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (scale === "logarithmic" || (largest >= 0.04 && largest < 99_999)) return 0;
  return 3 * Math.floor(Math.log10(largest) / 3);
}

function axisName(name: string, exponent: number): string {
  return exponent === 0 ? name : `${name} × 10${superscript(exponent)}`;
}
