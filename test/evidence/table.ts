/** What the files of tests left, as one table and one list. */
import { tallied, type Tallied, type Tally } from "./tally.ts";

/** What one file of tests leaves. */
export interface FileEvidence {
  readonly file: string;
  readonly codes: readonly string[];
  readonly tallies: Readonly<Partial<Record<Tallied, Tally>>>;
}

/** All of a run. */
export interface RunEvidence {
  readonly files: readonly FileEvidence[];
  /** Files of which a test failed. */
  readonly failed: readonly string[];
  readonly long: boolean;
}

const grouped = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, " ");

/**
 * The table in Markdown. Nothing lost is said of a row only where its tests counted nothing as lost and where no test of the files that
 * counted for it failed.
 */
export function evidenceTable({ files, failed, long }: RunEvidence): string {
  const rows = (Object.keys(tallied) as Tallied[]).flatMap((what) => {
    const counting = files.filter((each) => each.tallies[what] !== undefined);
    if (counting.length === 0) return [];
    const sum = (of: (row: Tally) => number): number =>
      counting.reduce((total, { tallies }) => total + of(tallies[what]!), 0);
    const spoiled = counting.filter(({ file }) => failed.includes(file));
    const lost = sum((row) => row.lost);
    const words = [
      ...(lost > 0 ? [grouped(lost)] : []),
      ...(spoiled.length > 0 ? [`tests failed in ${spoiled.map(({ file }) => file).join(", ")}`] : []),
    ];
    return [`| ${what} | ${grouped(sum((row) => row.tried))} | ${words.join("; ") || "nothing"} | ${tallied[what]} |`];
  });
  const mode = long
    ? "Long mode (`NEUROWEAVE_LONG=1`)."
    : "Short mode: few kills, a short time of fuzzing. `NEUROWEAVE_LONG=1` sets the long one.";
  return ["| tried | how many | lost | a loss would be |", "| --- | ---: | --- | --- |", ...rows, "", mode, ""].join(
    "\n",
  );
}

/** Every code that was raised, with the files that raised it. */
export function codesRaised(files: readonly FileEvidence[]): Record<string, string[]> {
  const all = new Map<string, string[]>();
  for (const { file, codes } of files) for (const code of codes) all.set(code, [...(all.get(code) ?? []), file].sort());
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}
