import { binEdges, countInBins } from "../binning/bins.ts";
import type { BinOptions } from "../binning/bins.ts";
import { inkedPieces } from "./inked-text.ts";
import { frameText, roomInside, shortNumber } from "./text-frame.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/** Bins and units of a histogram. */
export interface TerminalHistogramOptions extends Omit<TextPlotOptions, "timeUnit">, BinOptions {
  /** Unit of the values, none by default. */
  readonly valueUnit?: string;
}

const eighths = { unicode: [..." ▁▂▃▄▅▆▇█"], ascii: [..." ._-=+*%#"] };

/**
 * A histogram as lines of text: each bin is a bar of blocks, from zero to the highest count, all stretched to one width.
 * Bins are given or automatic as in `histogram`; where there are more than columns, the width says how many. Values
 * that are not finite, outside the bins or, on a log axis, not positive are left out and counted in the last line.
 *
 * Throws `out-of-range` for bins, and for less than 20 columns or 6 rows.
 */
export function terminalHistogram(values: ArrayLike<number>, options: TerminalHistogramOptions = {}): string {
  const { valueUnit = "", unicode = true, height = 14, scale = "linear" } = options;
  const framed = { ...options, height: height - 1, timeUnit: valueUnit };
  let edges = binEdges([values], options);
  const room = roomInside({ high: "0".repeat(String(values.length).length), low: "0", from: 0, to: 1 }, framed);
  if (edges.length - 1 > room.columns)
    edges = binEdges([values], { from: edges[0]!, to: edges.at(-1)!, bins: room.columns, scale });
  const { counts, outside, unusable } = countInBins(values, edges, scale === "logarithmic");
  const highest = counts.reduce((a, b) => Math.max(a, b), 0);
  const frame = { high: shortNumber(Math.max(1, highest)), low: "0", from: edges[0]!, to: edges.at(-1)! };
  const { columns, rows } = roomInside(frame, framed);
  const bars = Array.from({ length: columns }, (_, column) => counts[Math.floor((column * counts.length) / columns)]!);
  const parts = unicode ? eighths.unicode : eighths.ascii;
  const lines = Array.from({ length: rows }, (_, row) =>
    bars
      .map((count) => {
        const height = Math.round((count / Math.max(1, highest)) * rows * 8) || (count > 0 ? 1 : 0);
        return parts[Math.min(8, Math.max(0, height - (rows - 1 - row) * 8))]!;
      })
      .join(""),
  );
  const shown = counts.reduce((a, b) => a + b, 0);
  const left = outside + unusable;
  const text = `${shown === 0 ? "no values" : `${shown} values, ${counts.length} bins`}${left > 0 ? `, ${left} left out` : ""}`;
  return `${frameText(lines, frame, framed)}\n${inkedPieces([{ text, ink: "muted" }], options)}`;
}
