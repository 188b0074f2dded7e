/** Sections as tables. */
import { meets, type Goal, type Row, type Section } from "./outcome.ts";
import type { Spread } from "./spread.ts";

type Alignment = "left" | "right";

const alignments: readonly Alignment[] = ["left", "right", "left", "left", "right", "left", "left", "left"];

/** Three significant digits, and no exponent: 0.338, 4.52, 117. */
export function shortNumber(x: number): string {
  if (!Number.isFinite(x)) return String(x);
  const digits = x === 0 ? 0 : Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(Number(x.toPrecision(3)))))));
  return x.toFixed(digits);
}

const range = ({ lowest, highest }: Spread): string => `${shortNumber(lowest)} – ${shortNumber(highest)}`;

function goalText({ of, atLeast, atMost }: Goal): string {
  const sign = of === "speedup" ? "×" : "";
  if (atLeast !== undefined && atMost !== undefined) return `${atLeast}${sign} – ${atMost}${sign}`;
  return atLeast === undefined ? `≤ ${atMost}${sign}` : `≥ ${atLeast}${sign}`;
}

/** Name, median time, its range, others, median speedup, its range, goal, verdict. */
function cellsOf(row: Row): readonly string[] {
  const { name, time, against, speedup, goal } = row;
  const verdict = meets(row);
  return [
    name,
    shortNumber(time.median),
    range(time),
    against ?? "",
    speedup ? `${shortNumber(speedup.median)}×` : "",
    speedup ? range(speedup) : "",
    goal ? goalText(goal) : "",
    verdict === undefined ? "" : verdict ? "met" : "missed",
  ];
}

const header: readonly string[] = ["", "median", "range", "against", "speedup", "range", "goal", ""];

const titleOf = ({ title, unit, reference }: Section): string =>
  [title, unit, ...(reference === undefined ? [] : [`speedup over ${reference}`])].join("; ");

/** Header and rows, without the columns that no row fills. */
function filledColumns(section: Section): {
  readonly cells: readonly (readonly string[])[];
  readonly aligned: readonly Alignment[];
} {
  const rows = section.rows.map(cellsOf);
  const filled = alignments.map((_, column) => rows.some((row) => row[column] !== ""));
  return {
    cells: [header, ...rows].map((row) => row.filter((_, column) => filled[column])),
    aligned: alignments.filter((_, column) => filled[column]),
  };
}

/** The section for a terminal: columns aligned, in lines without trailing blanks. */
export function terminalTable(section: Section): string {
  const { cells, aligned } = filledColumns(section);
  const widths = aligned.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const fit = (cell: string, column: number): string =>
    aligned[column] === "right" ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
  const lines = [...cells.map((row) => row.map(fit).join("  ").trimEnd()), ...section.notes];
  return [titleOf(section), ...lines.map((line) => `  ${line}`)].join("\n");
}

/** The section as Markdown: a heading, a table and a list. */
export function markdownTable(section: Section): string {
  const { cells, aligned } = filledColumns(section);
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell) => cell.trim().replaceAll("|", "\\|")).join(" | ")} |`;
  const [names, ...rows] = cells.map(line);
  const rule = line(aligned.map((alignment) => (alignment === "right" ? "---:" : "---")));
  const notes = section.notes.map((note) => `- ${note}`);
  return [`### ${titleOf(section)}`, "", names, rule, ...rows, "", ...notes, ""].join("\n");
}
