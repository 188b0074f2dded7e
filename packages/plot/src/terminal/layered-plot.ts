import { checkDomain } from "../figure/checks.ts";
import { extent } from "../figure/domain.ts";
import { createDotCanvas, joinDots } from "./dot-canvas.ts";
import { inkedLine, inkedPieces } from "./inked-text.ts";
import type { InkedCharacter } from "./inked-text.ts";
import { fitColumns, plainText } from "./plain-text.ts";
import type { Ink } from "./plain-text.ts";
import { frameText, roomInside, shortNumber } from "./text-frame.ts";
import type { TextPlotOptions, TextRoom } from "./text-frame.ts";
import { finiteRange, roundOutwards } from "./text-range.ts";

/** A curve, or points, of a text plot. */
export interface TextSeries {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly mark: "line" | "points";
  /** The character of its points, whatever the color. */
  readonly glyph?: string;
  /** Belongs to the ranges of the axes, and is not shown. */
  readonly hidden?: boolean;
}

export interface TextAxes {
  /** What the key line calls y, with its unit. */
  readonly yName: string;
  readonly xUnit: string;
  /** Zero belongs to the range of y. */
  readonly fromZero?: boolean;
  /** Lines at x = 0 and y = 0. */
  readonly zeroLines?: boolean;
  /** Axes on which equal ratios are equally far apart; the series hold nothing that they cannot show. */
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** What shows at a place where no series is, in the units of the axes, for the character at a row and a column. */
  readonly below?: (x: number, y: number, row: number, column: number) => string | undefined;
  /** Stands behind the key, where it is not empty. */
  readonly note?: string;
  /** What stands in the key line of a plot without a point to show. */
  readonly empty: string;
}

const inks: readonly Ink[] = ["trace", "second", "third", "fourth"];
const glyphs = ["*", "o", "+", "x"];

/**
 * Several series over one another, later ones on top, with a key line below. Series are told apart by color; without
 * color each of several has a character of its own, so that nothing depends on color alone.
 */
export function layeredPlot(given: readonly TextSeries[], axes: TextAxes, options: TextPlotOptions): string {
  const { unicode = true, color = false, height = 14 } = options;
  const series = given.map((one) => ({ ...one, x: scaled(one.x, axes.logX), y: scaled(one.y, axes.logY) }));
  const points = series.map(({ x, y }) => finitePoints(x, y));
  const [from, to] = finiteRange(extent(points.map(({ x }) => x)) ?? []);
  const [lowest, highest] = finiteRange(extent([...points.map(({ y }) => y), axes.fromZero === true ? [0] : []]) ?? []);
  checkDomain("the x axis", [from, to]);
  checkDomain("the y axis", [lowest, highest]);
  const [low, high] = axes.logY === true ? [lowest, highest] : roundOutwards(lowest, highest);
  const [bottom, top] = [low, high].map((end) => shortNumber(axes.logY === true ? powerOf(end) : end));
  const [left, right] = [from, to].map((end) => (axes.logX === true ? powerOf(end) : end));
  const frame = { high: top!, low: bottom!, from: left!, to: right! };
  const framed = { ...options, height: height - 1, timeUnit: axes.xUnit };
  const room = roomInside(frame, framed);
  const layers = series.map((one) => drawLayer(one, { from, to, low, high }, room, unicode));
  const below = axes.below === undefined ? () => undefined : belowCells({ from, to, low, high }, room, axes.below);
  const zero = axes.zeroLines === true ? zeroCells({ from, to, low, high }, room, unicode) : () => undefined;
  /** The character of a series that is not drawn in dots: points, and any of several without color. */
  const markOf = (k: number): string | undefined => {
    if (series[k]!.glyph !== undefined) return series[k]!.glyph;
    if (!color && series.length > 1) return glyphs[k % glyphs.length]!;
    return series[k]!.mark === "points" ? (unicode ? "•" : "o") : undefined;
  };
  const cellAt = (row: number, column: number): InkedCharacter => {
    for (let k = layers.length - 1; k >= 0; k--) {
      if (series[k]!.hidden === true) continue;
      const character = layers[k]![row]![column]!;
      if (character !== " ") return { character: markOf(k) ?? character, ink: inkOf(k) };
    }
    return zero(row, column) ?? below(row, column) ?? { character: " " };
  };
  const lines = Array.from({ length: room.rows }, (_, row) =>
    inkedLine(
      Array.from({ length: room.columns }, (_, column) => cellAt(row, column)),
      color,
    ),
  );
  const empty = points.every(({ x }) => x.length === 0);
  const key = empty ? [{ text: `${axes.yName}: ${axes.empty}` }] : keyPieces(series, axes.yName, unicode, markOf);
  const note = axes.note === undefined || axes.note === "" ? [] : [{ text: `; ${axes.note}` }];
  return `${frameText(lines, frame, framed, true)}\n${inkedPieces([...key, ...note], options)}`;
}

const inkOf = (index: number): Ink => inks[index % inks.length]!;

interface Ranges {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** The rows of one series, as lists of characters. */
function drawLayer(
  { x, y, mark }: TextSeries,
  range: Ranges,
  { columns, rows }: TextRoom,
  unicode: boolean,
): string[][] {
  const canvas = createDotCanvas(columns, rows, unicode);
  const place = (k: number) =>
    [
      Math.round(((x[k]! - range.from) / (range.to - range.from)) * (canvas.width - 1)),
      Math.round(((range.high - y[k]!) / (range.high - range.low)) * (canvas.height - 1)),
    ] as const;
  let previous: readonly [number, number] | undefined;
  for (let k = 0; k < x.length; k++) {
    if (!Number.isFinite(x[k]) || !Number.isFinite(y[k])) {
      previous = undefined;
      continue;
    }
    const [column, row] = place(k);
    if (previous === undefined || mark === "points") canvas.set(column, row);
    else joinDots(canvas, ...previous, column, row);
    previous = [column, row];
  }
  return canvas.lines().map((line) => [...line]);
}

/** Logarithms to base 10 where the axis has them. */
const scaled = (values: ArrayLike<number>, log = false): ArrayLike<number> =>
  log ? Float64Array.from(values, Math.log10) : values;

/** The number at the end of a logarithmic axis, in three digits. */
const powerOf = (exponent: number): number => Number((10 ** exponent).toPrecision(3));

function belowCells({ from, to, low, high }: Ranges, { columns, rows }: TextRoom, of: NonNullable<TextAxes["below"]>) {
  return (row: number, column: number): InkedCharacter | undefined => {
    const x = from + ((to - from) * (column + 0.5)) / columns;
    const y = high - ((high - low) * (row + 0.5)) / rows;
    const character = of(x, y, row, column);
    return character === undefined ? undefined : { character, ink: "muted" };
  };
}

function zeroCells({ from, to, low, high }: Ranges, { columns, rows }: TextRoom, unicode: boolean) {
  const column = from <= 0 && to >= 0 ? Math.min(columns - 1, Math.floor((-from / (to - from)) * columns)) : -1;
  const row = low <= 0 && high >= 0 ? Math.min(rows - 1, Math.floor((high / (high - low)) * rows)) : -1;
  const [across, upright] = unicode ? ["─", "│"] : ["-", "|"];
  return (atRow: number, atColumn: number): InkedCharacter | undefined => {
    if (atColumn === column) return { character: upright, ink: "muted" };
    return atRow === row ? { character: across, ink: "muted" } : undefined;
  };
}

function keyPieces(
  series: readonly TextSeries[],
  yName: string,
  unicode: boolean,
  markOf: (index: number) => string | undefined,
) {
  return [
    { text: `${yName}:` },
    ...series.flatMap(({ label, hidden }, k) =>
      hidden === true
        ? []
        : [
            { text: ` ${markOf(k) ?? (unicode ? "⠶" : ":")} `, ink: inkOf(k) },
            { text: fitColumns(plainText(label), 40, unicode) },
          ],
    ),
  ];
}

function finitePoints(x: ArrayLike<number>, y: ArrayLike<number>): { x: number[]; y: number[] } {
  const kept = { x: [] as number[], y: [] as number[] };
  for (let k = 0; k < x.length; k++) {
    if (!Number.isFinite(x[k]) || !Number.isFinite(y[k])) continue;
    kept.x.push(x[k]!);
    kept.y.push(y[k]!);
  }
  return kept;
}
