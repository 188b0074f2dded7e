/** Sections as tables. */
import { meets, type Goal, type Row, type Section } from "./outcome.ts";
import type { Spread } from "./spread.ts";

type Alignment = "left" | "right";

const alignments: readonly Alignment[] = ["left", "right", "left", "right", "left", "left", "left"];

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

/** Name, median time, its range, median speedup, its range, goal, verdict. */
export function cellsOf(row: Row): readonly string[] {
  const { name, time, speedup, goal } = row;
  const verdict = meets(row);
  return [
    name,
    shortNumber(time.median),
    range(time),
    speedup ? `${shortNumber(speedup.median)}×` : "",
    speedup ? range(speedup) : "",
    goal ? goalText(goal) : "",
    verdict === undefined ? "" : verdict ? "met" : "missed",
  ];
}

const headerOf = ({ unit, reference }: Section): readonly string[] => [
  "",
  unit,
  "range",
  reference === undefined ? "" : "speedup",
  reference === undefined ? "" : "range",
  "goal",
  "",
];

/** The section for a terminal: columns aligned, in lines without trailing blanks. */
export function terminalTable(section: Section): string {
  const cells = [headerOf(section), ...section.rows.map(cellsOf)];
  const used = alignments.map((_, column) => cells.some((row) => row[column] !== ""));
  const widths = alignments.map((_, column) => Math.max(...cells.map((row) => [...row[column]!].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        alignments[column] === "right" ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .filter((_, column) => used[column])
      .join("  ")
      .trimEnd();
  const title = section.reference === undefined ? section.title : `${section.title}; speedup over ${section.reference}`;
  return [title, ...cells.map((row) => `  ${line(row)}`), ...section.notes.map((note) => `  ${note}`)].join("\n");
}

/** The section as Markdown: a heading, a table and a list. */
export function markdownTable(section: Section): string {
  const cells = [headerOf(section), ...section.rows.map(cellsOf)];
  const used = alignments.map((_, column) => cells.some((row) => row[column] !== ""));
  const line = (row: readonly string[]): string =>
    `| ${row
      .filter((_, column) => used[column])
      .map((cell) => cell.trim().replaceAll("|", "\\|"))
      .join(" | ")} |`;
  const rule = line(alignments.map((alignment) => (alignment === "right" ? "---:" : "---")));
  const title =
    section.reference === undefined ? section.title : `${section.title} (speedup over ${section.reference})`;
  const notes = section.notes.map((note) => `- ${note}`);
  return [`### ${title}`, "", line(cells[0]!), rule, ...cells.slice(1).map(line), "", ...notes, ""].join("\n");
}
