import { NeuroweaveError } from "@neuroweave/equations";
import { tickRoom } from "./axes.ts";
import type { Domain } from "./axes.ts";
import { checkSize } from "./checks.ts";
import { checkContent, domainOfTimes, domainOfValues, drawPanel } from "./panel.ts";
import type { PanelContent } from "./panel.ts";
import { drawHead, drawSheet, sheetMargin, textAt } from "./sheet.ts";
import type { LegendEntry } from "./sheet.ts";
import { fitText, textWidth } from "./text-width.ts";
import type { FigureOptions } from "./traces.ts";
import { typeSize } from "./typography.ts";

/** One panel of a grid: its traces, its title, and a note that stands muted beside or below the title. */
export interface Panel extends PanelContent {
  readonly title: string;
  readonly note?: string;
}

/** How small figures are put side by side. */
export interface SmallMultiplesOptions extends Omit<FigureOptions, "height"> {
  /** Row by row. */
  readonly panels: readonly Panel[];
  /** 2 by default. */
  readonly columns?: number;
  /** One heading for each column, such as the names of two parameter tables that are compared. */
  readonly columnTitles?: readonly string[];
  /** Height of the frame of one panel in pixels, 96 by default. */
  readonly panelHeight?: number;
  readonly spikeTip?: number;
  readonly xDomain?: Domain;
  readonly yDomain?: Domain;
}

const columnGap = 30;
const rowGap = 16;
const lineHeight = 17;

/**
 * A grid of trace panels with common axes, as an SVG string: all panels have the same scales, so that they can be
 * compared at a glance. Tick labels stand at the left column and at the lowest panel of each column only. A legend
 * appears where a panel has several series.
 *
 * Throws `wrong-length` (values beside times, column titles beside columns) and `out-of-range`.
 */
export function smallMultiples(options: SmallMultiplesOptions): string {
  const { panels, title, columns = 2, columnTitles, panelHeight = 96, spikeTip } = options;
  const { xLabel = "Time (ms)", yLabel = "Membrane potential (mV)", width = 900 } = options;
  checkSize("the width of the figure", width, 240);
  checkSize("the height of a panel", panelHeight, 40);
  checkColumns(columns, columnTitles, width);
  panels.forEach(checkContent);
  const legend = legendOf(panels);
  const head = drawHead(title, legend, width);
  const x = domainOfTimes(panels, options.xDomain);
  const y = domainOfValues(panels, spikeTip, options.yDomain);
  const frameWidth = (width - 2 * sheetMargin - tickRoom.left - 6 - (columns - 1) * columnGap) / columns;
  const twoLines = panels.some((panel) => !fitsOneLine(panel, frameWidth));
  const labelHeight = (twoLines ? 2 : 1) * lineHeight + 6;
  const rowHeight = labelHeight + panelHeight + rowGap;
  const firstRow = head.height + (columnTitles === undefined ? 24 : 50);
  const rows = Math.ceil(panels.length / columns);
  const leftOf = (column: number): number => sheetMargin + tickRoom.left + column * (frameWidth + columnGap);
  const parts = [head.markup, textAt(sheetMargin, firstRow - 6, yLabel, { size: typeSize.label, muted: true })];
  columnTitles?.forEach((text, column) => {
    const look = { size: typeSize.panel + 1, weight: 600 };
    parts.push(textAt(leftOf(column), firstRow - 28, fitText(text, look.size * 1.05, frameWidth), look));
  });
  panels.forEach((panel, index) => {
    const left = leftOf(index % columns);
    const top = firstRow + Math.floor(index / columns) * rowHeight + labelHeight;
    const lowest = index + columns >= panels.length;
    const frame = {
      left,
      top,
      width: frameWidth,
      height: panelHeight,
      x,
      y,
      labelX: lowest,
      labelY: index % columns === 0,
    };
    parts.push(panelLabel(panel, left, top - labelHeight, frameWidth, twoLines), drawPanel(frame, panel, spikeTip));
  });
  const bottom = firstRow + rows * rowHeight - rowGap + tickRoom.bottom;
  const right = width - sheetMargin - 6;
  parts.push(textAt(right, bottom + 14, xLabel, { size: typeSize.label, muted: true, anchor: "end" }));
  return drawSheet({
    width,
    height: bottom + 26,
    title,
    description: options.description ?? describe(panels, xLabel, yLabel),
    content: parts.join(""),
  });
}

function panelLabel(panel: Panel, left: number, top: number, frameWidth: number, twoLines: boolean): string {
  const { size, noteSize } = labelSizes;
  const title = textAt(left, top + lineHeight - 4, fitText(panel.title, size * 1.05, frameWidth), {
    size,
    weight: 600,
  });
  if (panel.note === undefined) return title;
  const note = fitText(panel.note, noteSize, frameWidth);
  return twoLines
    ? title + textAt(left, top + 2 * lineHeight - 3, note, { size: noteSize, muted: true })
    : title + textAt(left + frameWidth, top + lineHeight - 4, note, { size: noteSize, muted: true, anchor: "end" });
}

const labelSizes = { size: typeSize.panel, noteSize: typeSize.label };

function fitsOneLine({ title, note = "" }: Panel, frameWidth: number): boolean {
  return textWidth(title, labelSizes.size * 1.05) + 16 + textWidth(note, labelSizes.noteSize) <= frameWidth;
}

/** Labels that stand for the same line in every panel, where any panel has more than one. */
function legendOf(panels: readonly Panel[]): LegendEntry[] {
  if (!panels.some(({ series }) => series.length > 1)) return [];
  const entries = new Map<string, LegendEntry>();
  for (const { series } of panels) {
    series.forEach(({ label, color = 0 }, index) => {
      const shown = series[index]!.color === undefined ? index : color;
      if (!entries.has(`${label} ${shown}`)) entries.set(`${label} ${shown}`, { label, color: shown, mark: "line" });
    });
  }
  return [...entries.values()];
}

function checkColumns(columns: number, columnTitles: readonly string[] | undefined, width: number): void {
  if (!Number.isInteger(columns) || columns < 1 || width / columns < 120) {
    throw new NeuroweaveError("out-of-range", `${columns} columns do not fit into a figure of ${width} pixels`, {
      remedy: "choose a whole number of columns with at least 120 pixels for each",
    });
  }
  if (columnTitles !== undefined && columnTitles.length !== columns) {
    throw new NeuroweaveError("wrong-length", `there are ${columnTitles.length} column titles for ${columns} columns`, {
      remedy: "give one title for each column",
    });
  }
}

function describe(panels: readonly Panel[], xLabel: string, yLabel: string): string {
  const names = panels.map(({ title, note }) => (note === undefined ? title : `${title} (${note})`));
  return `${panels.length} panels of ${yLabel} over ${xLabel}: ${names.join("; ")}.`;
}
