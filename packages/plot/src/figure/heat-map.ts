import type { ColorScale } from "../color-scale.ts";
import { decimal, element } from "../markup.ts";
import type { FrameBounds } from "./path.ts";
import { linearTicks } from "./linear-ticks.ts";
import { textAt } from "./sheet.ts";
import { typeSize } from "./typography.ts";

/** Levels of a grid of cells, column by column from the left and upwards in each; −1 for an empty cell. */
export interface LevelGrid {
  readonly columns: number;
  readonly rows: number;
  readonly levels: Int16Array;
}

/** Colored cells that fill a frame: one path for each color, and neighbors of one color in a row joined. */
export function heatMap({ columns, rows, levels }: LevelGrid, { colors }: ColorScale, bounds: FrameBounds): string {
  const paths = colors.map(() => "");
  const x = (column: number): number => bounds.left + ((bounds.right - bounds.left) * column) / columns;
  const y = (row: number): number => bounds.bottom - ((bounds.bottom - bounds.top) * row) / rows;
  for (let row = 0; row < rows; row++) {
    const [foot, head] = [decimal(y(row)), decimal(y(row + 1))];
    for (let column = 0; column < columns;) {
      const level = levels[column * rows + row]!;
      let end = column + 1;
      while (end < columns && levels[end * rows + row] === level) end++;
      if (level >= 0) paths[level] += `M${decimal(x(column))},${foot}V${head}H${decimal(x(end))}V${foot}Z`;
      column = end;
    }
  }
  const cells = paths.map((d, level) => (d === "" ? "" : element("path", { d, fill: colors[level] })));
  return element("g", { class: "nw-cells", "shape-rendering": "crispEdges" }, cells.join("") || " ");
}

/** Crosses over cells, given as (column, row). */
export function crossedCells(
  cells: readonly (readonly [number, number])[],
  { columns, rows }: LevelGrid,
  bounds: FrameBounds,
): string {
  if (cells.length === 0) return "";
  const [width, height] = [(bounds.right - bounds.left) / columns, (bounds.bottom - bounds.top) / rows];
  const d = cells
    .map(([column, row]) => {
      const [left, top] = [bounds.left + column * width, bounds.bottom - (row + 1) * height];
      const [w, h] = [decimal(width), decimal(height)];
      return `M${decimal(left)},${decimal(top)}l${w},${h}m0,${decimal(-height)}l${decimal(-width)},${h}`;
    })
    .join("");
  return element("path", { d, class: "nw-broken", stroke: "currentColor", "stroke-width": 1.2, fill: "none" });
}

/** Room that a color bar takes to the right of a frame, in pixels. */
export const colorBarRoom = 78;

/** The colors of a scale in a bar beside the frame, low at its foot, with ticks and a name above. */
export function colorBar({ colors, low, high }: ColorScale, name: string, bounds: FrameBounds): string {
  const { top, bottom } = bounds;
  const left = bounds.right + 24;
  const barWidth = 13;
  const step = (bottom - top) / colors.length;
  const blocks = colors.map((fill, level) =>
    element("rect", { x: left, y: bottom - (level + 1) * step, width: barWidth, height: step + 0.3, fill }),
  );
  const { values, label } = linearTicks(low, high, 5);
  const ticks = values.map((value) => {
    const at = bottom - ((value - low) / (high - low)) * (bottom - top);
    return (
      element("path", { d: `M${decimal(left + barWidth)},${decimal(at)}h4`, stroke: "currentColor" }) +
      textAt(left + barWidth + 7, at + 4, label(value), { size: typeSize.tick })
    );
  });
  return [
    element("g", { class: "nw-color-bar", "shape-rendering": "crispEdges" }, blocks.join("")),
    ...ticks,
    textAt(left + barWidth + 36, top - 11, name, { size: typeSize.label, muted: true, anchor: "end" }),
  ].join("");
}
