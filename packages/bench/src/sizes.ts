/** Cost against size, from a thousand neurons to ten million: whether it grows as the work does, as tables and as figures. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contest, type Result } from "./contest/contest.ts";
import { costFigure, type CostCurve } from "./contest/cost-figure.ts";
import { standingsOf } from "./contest/tables.ts";
import { adex, events, lif, type Task } from "./contest/task.ts";
import { everybody } from "./devices.ts";
import type { Section } from "./outcome.ts";
import type { Benchmark } from "./section.ts";

interface Series {
  /** The name of its figure. */
  readonly name: string;
  readonly title: string;
  readonly xLabel: string;
  readonly tasks: (quick: boolean) => readonly Task[];
  /** What the horizontal axis shows. */
  readonly sizeOf: (task: Task) => number;
}

/** Long enough for a time and for spikes, and not longer. */
const stepsFor = (n: number): number => Math.max(200, Math.min(10_000, 5e7 / n));

const powers = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, k) => 10 ** (first + k));

const population = (name: string, make: (n: number, steps: number) => Task): Series => ({
  name: name.toLowerCase(),
  title: `${name} without synapses: cost against size`,
  xLabel: "neurons",
  tasks: (quick) => powers(3, quick ? 5 : 7).map((n) => make(n, stepsFor(n))),
  sizeOf: ({ n }) => n,
});

const series: readonly Series[] = [
  population("LIF", lif),
  population("AdEx", adex),
  {
    name: "events",
    title: "synaptic events: cost against number",
    xLabel: "synaptic events in 100 ms",
    tasks: (quick) => powers(5, quick ? 6 : 8).map(events),
    sizeOf: ({ n }) => n * 375,
  },
];

/** Of other simulators those that compile, up to a size that they build in a minute. */
const takesPart = (name: string, n: number): boolean =>
  n <= 1e6 && (name === "ANNarchy" || name === "Brian2, C++ standalone");

function curvesOf(results: readonly Result[], sizeOf: Series["sizeOf"]): readonly CostCurve[] {
  const names = new Set(results.flatMap(({ standings }) => standings.map(({ name }) => name)));
  return [...names].map((label) => ({
    label,
    points: results.flatMap(({ task, standings }) => {
      const standing = standings.find(({ name }) => name === label);
      if (!standing) return [];
      const { median, lowest, highest } = standing.time;
      return [{ size: sizeOf(task), median, lowest, highest }];
    }),
  }));
}

export const sizes: Benchmark = async ({ quick, peers, plots, report }) => {
  const { contenders, notes, close } = await everybody(peers);
  const sections: Section[] = [];
  const count = series.reduce((sum, { tasks }) => sum + tasks(quick).length, 0);
  let begun = 0;
  if (plots !== undefined) mkdirSync(plots, { recursive: true });
  try {
    for (const { name, title, xLabel, tasks, sizeOf } of series) {
      const results: Result[] = [];
      for (const task of tasks(quick)) {
        const index = begun++;
        results.push(
          await contest(
            task,
            contenders.filter((each) => each.kind !== "peer" || takesPart(each.name, task.n)),
            { turns: quick ? 3 : 5, report: (done, total) => report(index * total + done, count * total) },
          ),
        );
      }
      sections.push(...results.map(standingsOf));
      if (plots !== undefined)
        writeFileSync(
          join(plots, `cost-${name}.svg`),
          costFigure({ title, xLabel, yLabel: results[0]!.task.unit, curves: curvesOf(results, sizeOf) }),
        );
    }
  } finally {
    close();
  }
  const last = sections.pop()!;
  return [...sections, { ...last, notes: [...last.notes, ...notes] }];
};
