/** Contests as sections: one of each network, and one of goals. */
import type { Goal, Row, Section } from "../outcome.ts";
import { shortNumber } from "../table.ts";
import { bestPeer, boundOf, ratio, type Result, type Standing } from "./contest.ts";

/** Standings of one network, against the best peer or else the bound. */
export function standingsOf(result: Result): Section {
  const { task, standings, absent, checks } = result;
  const reference = bestPeer(result) ?? boundOf(result);
  const named = (each: Standing): string => (each.threads > 1 ? `${each.name} (on the clock)` : each.name);
  const notes = [...checks];
  for (const { name, reason } of absent) notes.push(`${name} takes no part: ${reason}`);
  for (const { name, buildSeconds } of standings)
    if (buildSeconds !== undefined) notes.push(`${name} is built in ${shortNumber(buildSeconds)} s`);
  return {
    title: task.title,
    unit: task.unit,
    ...(reference ? { reference: reference.name } : {}),
    rows: standings.map((each): Row => ({
      name: named(each),
      time: each.time,
      ...(reference && each !== reference ? { speedup: ratio(reference, each) } : {}),
    })),
    notes,
  };
}

/** What is demanded of one of ours against somebody else, as the speedup over them. */
interface Demand {
  readonly ours: string;
  readonly of: (result: Result) => Standing | undefined;
  readonly goal: Goal;
  /** Networks it is made of; without them, all. */
  readonly tasks?: readonly string[];
}

const atLeast = (speedup: number): Goal => ({ of: "speedup", atLeast: speedup });

const ownOf =
  (name: string) =>
  ({ standings }: Result): Standing | undefined =>
    standings.find((each) => each.kind === "ours" && each.name === name);

/** Two and a half times as fast as the best peer; at most one and a half times the bound; two threads at most 0.6 of one. */
const demands: readonly Demand[] = [
  { ours: "native", of: (result) => bestPeer(result, 1), goal: atLeast(2.5) },
  { ours: "native, 2 threads", of: bestPeer, goal: atLeast(2.5) },
  { ours: "wasm", of: (result) => bestPeer(result, 1), goal: atLeast(1) },
  { ours: "native", of: boundOf, goal: atLeast(0.667) },
  { ours: "native, 2 threads", of: ownOf("native"), goal: atLeast(1.667), tasks: ["cuba-40000"] },
  { ours: "wasm, 2 threads", of: ownOf("wasm"), goal: atLeast(1.667), tasks: ["cuba-40000"] },
];

/** Our figure, that of the best peer or the bound, and what was aimed at. */
export function goalsOf(results: readonly Result[]): Section {
  const rows: Row[] = [];
  for (const result of results) {
    for (const { ours, of, goal, tasks } of demands) {
      if (tasks && !tasks.includes(result.task.id)) continue;
      const own = ownOf(ours)(result);
      const other = of(result);
      if (!own || !other || own === other) continue;
      rows.push({
        name: `${result.task.title}, ${ours}`,
        time: own.time,
        against: `${other.name}: ${shortNumber(other.time.median)}`,
        speedup: ratio(other, own),
        goal,
      });
    }
  }
  return {
    title: "goals",
    unit: "units of the tables above",
    reference: "what is named in the line",
    rows,
    notes: ["0.667× of the bound is one and a half times its time; 1.667× with two threads is 0.6 of the time"],
  };
}
