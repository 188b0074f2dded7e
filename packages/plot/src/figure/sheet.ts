import { darkStyle, paletteIndex, paper, seriesColors } from "../palette.ts";
import { decimal, element, escapeText } from "../markup.ts";
import { dashedLine, stroke } from "./strokes.ts";
import { textWidth, wrapText } from "./text-width.ts";
import { fontFamily, typeSize } from "./typography.ts";

/** One entry of a legend: a line, dashed line, disc or block in a color of the palette. */
export interface LegendEntry {
  readonly label: string;
  readonly color: number;
  readonly mark: "line" | "dash" | "disc" | "block";
  readonly thickness?: number;
  /** Of a block, 1 by default. */
  readonly opacity?: number;
}

/** The head of a sheet: title and legend, laid out from the top; `height` is where the first panel may begin. */
export interface SheetHead {
  readonly markup: string;
  readonly height: number;
}

/** Space left and right of everything on a sheet, in pixels. */
export const sheetMargin = 14;

/** Lays out the title, broken into lines where it is long, and below it the legend, in as many rows as it needs. */
export function drawHead(title: string, legend: readonly LegendEntry[], width: number): SheetHead {
  const room = width - 2 * sheetMargin;
  let y = 10;
  const parts: string[] = [];
  for (const line of wrapText(title, typeSize.title * 1.05, room)) {
    y += 20;
    parts.push(textAt(sheetMargin, y, line, { size: typeSize.title, weight: 600 }));
  }
  if (title.trim() !== "") y += 8;
  let x = sheetMargin;
  let baseline = y + 16;
  for (const entry of legend) {
    const entryWidth = 24 + textWidth(entry.label, typeSize.label) + 18;
    if (x > sheetMargin && x + entryWidth > sheetMargin + room) {
      x = sheetMargin;
      baseline += 20;
    }
    parts.push(swatch(entry, x, baseline), textAt(x + 24, baseline, entry.label, { size: typeSize.label }));
    x += entryWidth;
  }
  return { markup: parts.join(""), height: legend.length === 0 ? y : baseline + 6 };
}

function swatch(entry: LegendEntry, x: number, baseline: number): string {
  const y = baseline - 4;
  if (entry.mark === "line") return stroke(entry.color, `M${decimal(x)},${decimal(y)}h18`, entry.thickness ?? 2.2);
  if (entry.mark === "dash") return dashedLine(entry.color, `M${decimal(x)},${decimal(y)}h18`, entry.thickness ?? 2.2);
  const { onLight } = seriesColors[paletteIndex(entry.color)]!;
  const look = { fill: onLight, class: `nw-fill-${paletteIndex(entry.color)}`, "fill-opacity": entry.opacity };
  if (entry.mark === "disc") return element("circle", { cx: x + 9, cy: y, r: 3.2, ...look });
  return element("rect", { x: x + 3, y: y - 5, width: 12, height: 10, rx: 1.5, ...look });
}

export interface TextLook {
  readonly size: number;
  readonly weight?: number;
  readonly muted?: boolean;
  readonly anchor?: "start" | "middle" | "end";
}

/** A line of text with its baseline at y. */
export function textAt(x: number, y: number, text: string, { size, weight, muted = false, anchor }: TextLook): string {
  const attributes = {
    x,
    y,
    "font-size": size,
    "font-weight": weight,
    "text-anchor": anchor,
    class: muted ? "nw-muted" : undefined,
    fill: muted ? paper.light.muted : "currentColor",
  };
  return element("text", attributes, escapeText(text));
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** What the figure is called and, in one or two sentences, what it shows: read aloud by screen readers. */
  readonly title: string;
  readonly description: string;
  readonly content: string;
}

/**
 * The whole figure as one `<svg>` element. It needs nothing from outside and carries no ids, so that any number of
 * figures can stand in one document; its class names all begin with `nw-`.
 */
export function drawSheet({ width, height, title, description, content }: Sheet): string {
  const name = title.trim() === "" ? description : title;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${decimal(width)} ${decimal(height)}`,
      width,
      height,
      role: "img",
      "aria-label": name,
      class: "nw-figure",
      color: paper.light.ink,
      "font-family": fontFamily,
    },
    [
      element("title", {}, escapeText(name)),
      element("desc", {}, escapeText(description)),
      element("style", {}, darkStyle()),
      element("rect", { class: "nw-paper", width, height, fill: paper.light.paper }),
      content,
    ].join(""),
  );
}
