import { NeuroweaveError } from "@neuroweave/equations";
import { fitColumns, paint, plainText } from "./plain-text.ts";

/** What every text plot takes. `terminalCapabilities` gives values that fit the terminal. */
export interface TextPlotOptions {
  /** Columns and rows of the whole plot, axes included. */
  readonly width?: number;
  readonly height?: number;
  readonly unicode?: boolean;
  readonly color?: boolean;
  readonly title?: string;
  /** Unit of the time axis, "ms" by default. */
  readonly timeUnit?: string;
}

/** The room that a frame leaves for dots, in characters. */
export interface TextRoom {
  readonly columns: number;
  readonly rows: number;
}

export interface TextFrame {
  /** Labels of the y axis at the upper and the lower end. */
  readonly high: string;
  readonly low: string;
  readonly from: number;
  readonly to: number;
}

/** Room inside a frame; refuses sizes below 20 × 5, in which no plot can be read. */
export function roomInside(
  { high, low }: TextFrame,
  { width = 80, height = 14, title = "" }: TextPlotOptions,
): TextRoom {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width >= 20 && height >= 5)) {
    throw new NeuroweaveError("out-of-range", `a text plot of ${width} columns and ${height} rows cannot be read`, {
      remedy: "give whole numbers, at least 20 columns and 5 rows",
    });
  }
  return { columns: width - labelWidth(high, low) - 2, rows: height - 2 - (title === "" ? 0 : 1) };
}

/** Puts axes, labels and title around lines of dots; those that are `painted` keep their colors. */
export function frameText(
  dots: readonly string[],
  frame: TextFrame,
  options: TextPlotOptions,
  painted = false,
): string {
  const { unicode = true, color = false, title = "", timeUnit = "ms", width = 80 } = options;
  const strokes = unicode
    ? { tick: "┤", side: "│", corner: "└", floor: "─" }
    : { tick: "+", side: "|", corner: "+", floor: "-" };
  const margin = labelWidth(frame.high, frame.low);
  const lines = dots.map((line, row) => {
    const label = row === 0 ? frame.high : row === dots.length - 1 ? frame.low : "";
    const side = label === "" ? strokes.side : strokes.tick;
    return (
      paint(`${label.padStart(margin)} ${side}`, "muted", color) +
      (painted ? line : paint(line.trimEnd(), "trace", color))
    );
  });
  const columns = width - margin - 2;
  const left = shortNumber(Number(frame.from.toPrecision(6)));
  const right = fitColumns(
    `${shortNumber(Number(frame.to.toPrecision(6)))} ${plainText(timeUnit)}`,
    columns - left.length - 1,
    unicode,
  );
  const floor = `${" ".repeat(margin)} ${strokes.corner}${strokes.floor.repeat(columns)}`;
  const times = `${" ".repeat(margin + 2)}${left}${right.padStart(columns - left.length)}`;
  lines.push(paint(floor, "muted", color), paint(times, "muted", color));
  if (title !== "") lines.unshift(paint(fitColumns(plainText(title), width, unicode), "strong", color));
  return lines.join("\n");
}

function labelWidth(high: string, low: string): number {
  return Math.max(high.length, low.length);
}

/** A number in at most ten characters: exact where that is enough, else with four digits. */
export function shortNumber(value: number): string {
  const written = (digits?: number): string[] => [
    digits === undefined ? String(value || 0) : String(Number(value.toPrecision(digits))),
    (digits === undefined ? value.toExponential() : Number(value.toPrecision(digits)).toExponential()).replace(
      "e+",
      "e",
    ),
  ];
  const shortest = (candidates: string[]): string => candidates.reduce((a, b) => (b.length < a.length ? b : a));
  const exact = shortest(written());
  return exact.length <= 10 ? exact : shortest(written(4));
}
