import { checkSameLength } from "../figure/checks.ts";
import { checkField, slopesOnGrid } from "../phase/field.ts";
import { fixedPoints } from "../phase/fixed-points.ts";
import type { FixedPointKind } from "../phase/fixed-points.ts";
import { fixedPointInWords } from "../phase/phase-plane.ts";
import type { PhasePlaneOptions, Trajectory } from "../phase/phase-plane.ts";
import { zeroContour } from "../phase/zero-contour.ts";
import type { PlanePoint } from "../phase/zero-contour.ts";
import { layeredPlot } from "./layered-plot.ts";
import type { TextSeries } from "./layered-plot.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/** The field, what is drawn over it, and how wide and high it is in characters. */
export interface TerminalPhasePlaneOptions
  extends Omit<TextPlotOptions, "timeUnit">, Pick<PhasePlaneOptions, "field" | "slopes" | "trajectories"> {}

/** From the right, against the clock. */
const arrows = { unicode: [..."→↗↑↖←↙↓↘"], ascii: [..."> ^ < v "] };
const every = { rows: 2, columns: 6 } as const;

/**
 * The plane of two variables as lines of text: both nullclines, trajectories, fixed points, and characters that point where the
 * state moves, as seen in the plot; without Unicode there are four directions, and none where it moves aslant. The key line
 * names the fixed points. Throws `wrong-length`, and `out-of-range` for less than 20 columns or 6 rows.
 */
export function terminalPhasePlane({
  field,
  slopes,
  trajectories = [],
  ...options
}: TerminalPhasePlaneOptions): string {
  checkField(field);
  for (const each of trajectories) checkSameLength(`y of ${each.label}`, each.y.length, each.x.length);
  const { unicode = true } = options;
  const { x, y } = field;
  const nullcline = (name: string, values: ArrayLike<number>): TextSeries => ({
    label: `d${name}/dt = 0`,
    ...joined(zeroContour(x.values, y.values, values)),
    mark: "line",
  });
  const points = fixedPoints(field, slopes).map((point): TextSeries => ({
    label: fixedPointInWords(point),
    x: [point.x],
    y: [point.y],
    mark: "points",
    glyph: glyphOf(point.kind, unicode),
  }));
  const corners = [0, 1].map((end) => [ends(x.values)[end]!, ends(y.values)[end]!] as const);
  // The whole plane is shown, wherever its lines run.
  const whole: TextSeries = { label: "", x: [corners[0]![0], Number.NaN, corners[1]![0]], y: [corners[0]![1], Number.NaN, corners[1]![1]], mark: "line", hidden: true }; // prettier-ignore
  const series = [
    whole,
    nullcline(x.name, field.dx),
    nullcline(y.name, field.dy),
    ...trajectories.map(pathOf),
    ...points,
  ];
  const below = flowCharacters(field, unicode ? arrows.unicode : arrows.ascii);
  const unit = x.unit === undefined || x.unit === "1" ? "" : ` ${x.unit}`;
  return layeredPlot(series, { yName: y.name, xUnit: `${x.name}${unit === "" ? "" : ` in${unit}`}`, below, empty: "" }, options); // prettier-ignore
}

const ends = (values: ArrayLike<number>): readonly [number, number] => [values[0]!, values[values.length - 1]!];

/** Lines one after the other, with a gap between them. */
function joined(lines: readonly (readonly PlanePoint[])[]): { readonly x: number[]; readonly y: number[] } {
  const points = lines.flatMap((line) => [...line, [Number.NaN, Number.NaN] as const]);
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
}

function pathOf({ label, x, y, breaks = [] }: Trajectory): TextSeries {
  const anew = new Set(breaks);
  const gapBefore = (values: ArrayLike<number>): number[] =>
    Array.from(values, (value, k) => (anew.has(k) ? [Number.NaN, value] : [value])).flat();
  return { label, x: gapBefore(x), y: gapBefore(y), mark: "line" };
}

function glyphOf(kind: FixedPointKind, unicode: boolean): string {
  if (kind === "saddle") return unicode ? "×" : "#";
  return kind.startsWith("stable") ? (unicode ? "●" : "@") : unicode ? "○" : "O";
}

/** Which way the state moves at some of the characters: the slopes as parts of the whole axes, which the plot stretches. */
function flowCharacters(field: TerminalPhasePlaneOptions["field"], directions: readonly string[]) {
  const slopes = slopesOnGrid(field);
  const [width, height] = [field.x, field.y].map(({ values }) => ends(values)[1] - ends(values)[0]);
  return (px: number, py: number, row: number, column: number): string | undefined => {
    if (row % every.rows !== 1 || column % every.columns !== 3) return undefined;
    const { dx, dy } = slopes([px], [py]);
    const angle = Math.atan2(dy[0]! / height!, dx[0]! / width!);
    if (Number.isNaN(angle) || (dx[0] === 0 && dy[0] === 0)) return undefined;
    return directions[(Math.round((angle / Math.PI) * 4) + 8) % 8];
  };
}
