import { weightCells } from "../binning/weight-cells.ts";
import type { Weights } from "../binning/weight-cells.ts";
import { inkedLine, inkedPieces } from "./inked-text.ts";
import type { InkedCharacter } from "./inked-text.ts";
import { frameText, roomInside, shortNumber } from "./text-frame.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/** Shades from weak to strong for either sign, which differ without color too. */
const shades = {
  unicode: { positive: [..."░▒▓█"], negative: [..."⠂⠆⠶⣿"], zero: "·", broken: "×" },
  ascii: { positive: [..."+*%#"], negative: [..."-~=@"], zero: ".", broken: "!" },
} as const;

/**
 * Weights as a heat map in lines of text: sources to the right, targets upwards, in cells of characters that hold the
 * mean of their synapses. Positive and negative weights differ in color and in shape; a blank is no synapse, and a
 * cross marks a weight that is not finite. The last line is the key.
 *
 * Throws `wrong-length`, `invalid-n` and `out-of-range`, the latter for less than 20 columns or 6 rows too.
 */
export function terminalWeightMatrix(
  weights: Weights,
  shape: readonly [sources: number, targets: number],
  options: Omit<TextPlotOptions, "timeUnit"> = {},
): string {
  const { unicode = true, color = false, height = 14 } = options;
  const framed = { ...options, height: height - 1, timeUnit: "source" };
  const frame = { high: String(shape[1] - 1), low: "0", from: 0, to: shape[0] - 1 };
  const room = roomInside(frame, framed);
  const cells = weightCells(weights, shape, room.columns, room.rows);
  const strongest = cells.means.reduce((most, mean) => Math.max(most, Math.abs(mean)), 0);
  const marks = shades[unicode ? "unicode" : "ascii"];
  const markOf = (cell: number): InkedCharacter => {
    if (cells.broken[cell]! > 0) return { character: marks.broken, ink: "strong" };
    if (cells.counts[cell] === 0) return { character: " " };
    const mean = cells.means[cell]!;
    if (mean === 0) return { character: marks.zero, ink: "muted" };
    const sign = mean > 0 ? "positive" : "negative";
    const shade = Math.min(3, Math.floor((Math.abs(mean) / strongest) * 4));
    return { character: marks[sign][shade]!, ink: sign };
  };
  const lines = Array.from({ length: room.rows }, (_, line) => {
    const row = Math.floor(((room.rows - 1 - line) * cells.rows) / room.rows);
    const characters = Array.from({ length: room.columns }, (_, column) =>
      markOf(Math.floor((column * cells.columns) / room.columns) * cells.rows + row),
    );
    return inkedLine(characters, color);
  });
  const end = shortNumber(Number(strongest.toPrecision(3)));
  const key = [
    { text: `-${end} ` },
    { text: marks.negative.toReversed().join(""), ink: "negative" as const },
    { text: ` 0 ` },
    { text: marks.positive.join(""), ink: "positive" as const },
    { text: ` ${end}; blank: none` },
    { text: cells.broken.some((count) => count > 0) ? `; ${marks.broken} not finite` : "" },
  ];
  const none = [{ text: "no synapses" }];
  return `${frameText(lines, frame, framed, true)}\n${inkedPieces(cells.synapses === 0 ? none : key, options)}`;
}
