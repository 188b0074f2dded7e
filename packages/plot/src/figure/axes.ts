import { axisX, axisY, gridX, gridY, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { decimal, element } from "../markup.ts";
import { logTicks } from "./log-ticks.ts";
import { typeSize } from "./typography.ts";

/** An interval of data values, low < high. */
export type Domain = readonly [low: number, high: number];

/**
 * Where a panel stands on its sheet and what its axes show; lengths in pixels. The frame is the rectangle that data
 * are drawn in.
 */
export interface PanelFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Domain;
  readonly y: Domain;
  /** Tick labels at the bottom and at the left; grid lines are always drawn. */
  readonly labelX: boolean;
  readonly labelY: boolean;
  /** Explicit places of the ticks of y, in data units. */
  readonly yTicks?: readonly number[];
  /** Linear by default; a logarithmic axis has a domain above zero. */
  readonly xScale?: AxisScale;
  readonly yScale?: AxisScale;
  /** Tick labels show the value divided by this power of ten, 0 by default; linear axes only. */
  readonly xExponent?: number;
  readonly yExponent?: number;
}

/** Whether equal distances on an axis are equal differences or equal ratios. */
export type AxisScale = "linear" | "logarithmic";

/** A drawn frame: its axes as markup, and the scales that put data on it, in pixels of the sheet. */
export interface DrawnAxes {
  readonly markup: string;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** Room for tick labels left of and below a frame, in pixels. */
export const tickRoom = { left: 46, bottom: 24 } as const;

/**
 * Draws grid, ticks and tick labels of one panel with Observable Plot, on a document of linkedom, and hands back the
 * markup in coordinates of the sheet. Plot chooses the ticks and formats them (en-US, whatever the machine's
 * language).
 */
export function drawAxes(frame: PanelFrame): DrawnAxes {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const right = 12;
  const top = 8;
  const { xScale = "linear", yScale = "linear" } = frame;
  const xTicks =
    xScale === "logarithmic"
      ? logTicks(frame.x, Math.floor(frame.width / 55))
      : { tickSpacing: 70, ...dividedBy(frame.xExponent) };
  const yTicks =
    yScale === "logarithmic"
      ? logTicks(frame.y, Math.floor(frame.height / 24))
      : frame.yTicks === undefined
        ? { tickSpacing: frame.height < 110 ? 22 : 36, ...dividedBy(frame.yExponent) }
        : { ticks: [...frame.yTicks] };
  const figure = plot({
    document,
    width: frame.width + tickRoom.left + right,
    height: frame.height + tickRoom.bottom + top,
    marginLeft: tickRoom.left,
    marginRight: right,
    marginTop: top,
    marginBottom: tickRoom.bottom,
    x: { domain: [...frame.x], type: typeOf(xScale), axis: null },
    y: { domain: [...frame.y], type: typeOf(yScale), axis: null },
    marks: [
      gridX({ strokeOpacity: 0.1, ...xTicks }),
      gridY({ strokeOpacity: 0.1, ...yTicks }),
      ...(frame.labelX ? [axisX({ tickSize: 4, label: null, ...xTicks })] : []),
      ...(frame.labelY ? [axisY({ tickSize: 4, label: null, ...yTicks })] : []),
    ],
  });
  const offsetX = frame.left - tickRoom.left;
  const offsetY = frame.top - top;
  const x = position(frame.x, xScale, figure.scale("x")!.range!);
  const y = position(frame.y, yScale, figure.scale("y")!.range!);
  figure.querySelector("style")?.remove();
  for (const part of figure.querySelectorAll("*")) {
    for (const name of part.getAttributeNames()) {
      if (geometry.has(name)) part.setAttribute(name, roundNumbers(part.getAttribute(name)!));
      if (name.startsWith("aria-")) part.removeAttribute(name);
    }
  }
  const markup = element(
    "g",
    {
      transform: `translate(${decimal(offsetX)},${decimal(offsetY)})`,
      "font-size": typeSize.tick,
      "text-anchor": "middle",
      fill: "currentColor",
      "aria-hidden": "true",
    },
    figure.innerHTML,
  );
  return {
    markup,
    x: (value) => x(value) + offsetX,
    y: (value) => y(value) + offsetY,
  };
}

/**
 * What the scale of Plot computes, without its cost per call, which counts for traces of millions of samples: the
 * domain is mapped on 0 … 1, and that on the range, in the same order of operations.
 */
function position([low, high]: Domain, scale: AxisScale, range: Iterable<unknown>): (value: number) => number {
  const [start = 0, end = 0] = Array.from(range, Number);
  const along = (part: number): number => start * (1 - part) + end * part;
  if (scale === "linear") return (value) => along((value - low) / (high - low));
  const from = Math.log(low);
  const length = Math.log(high) - from;
  return (value) => along((Math.log(value) - from) / length);
}

/** What Plot calls it. */
const typeOf = (scale: AxisScale): "linear" | "log" => (scale === "logarithmic" ? "log" : scale);

function dividedBy(exponent = 0): { tickFormat?: (value: number) => string } {
  if (exponent === 0) return {};
  return { tickFormat: (value) => String(Number((value / 10 ** exponent).toPrecision(6))).replace("-", "−") };
}

const geometry = new Set(["x", "y", "x1", "x2", "y1", "y2", "d", "transform", "width", "height"]);

function roundNumbers(value: string): string {
  return value.replace(/(?<!\d)-?\d+\.\d{3,}/g, (digits) => decimal(Number(digits)));
}
