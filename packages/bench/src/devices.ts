/** Ours on every device and thread count, a loop by hand in C and, where they are asked for, other simulators. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findCompiler } from "./bounds/compiler.ts";
import { boundIn, ours, type Contender } from "./contest/contender.ts";
import { contest, type Result } from "./contest/contest.ts";
import { goalsOf, standingsOf } from "./contest/tables.ts";
import { adex, brunel, coba, cuba, izhikevich, lif, stdp, type Task } from "./contest/task.ts";
import { peersIn } from "./peers/peers.ts";
import { terminalTable } from "./table.ts";
import type { Benchmark, Circumstances } from "./section.ts";

const networks: readonly Task[] = [
  lif(1000),
  adex(1000),
  adex(100_000),
  adex(1_000_000),
  cuba(4000),
  cuba(40_000),
  coba(4000, "euler"),
  coba(4000, "exponentialEuler"),
  izhikevich(),
  stdp(1),
  stdp(100),
  brunel(),
];

/** For a first look. */
const few: readonly Task[] = [
  lif(1000),
  adex(100_000),
  cuba(4000),
  coba(4000, "euler"),
  coba(4000, "exponentialEuler"),
  izhikevich(),
  stdp(1),
  stdp(100),
];

/** Everybody who may take part, and what they are compiled with. `close` removes what they compiled. */
export async function everybody(peers: boolean): Promise<{
  readonly contenders: readonly Contender[];
  readonly notes: readonly string[];
  close(): void;
}> {
  const folder = mkdtempSync(join(tmpdir(), "neuroweave-bench-"));
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", close);
  const contenders: Contender[] = [...ours];
  const notes: string[] = [];
  try {
    const compiler = await findCompiler();
    contenders.push(boundIn(folder, compiler));
    notes.push(`C by hand: ${compiler.version}, ${compiler.flags.join(" ")}`);
  } catch (error) {
    notes.push(`C by hand takes no part: ${(error as Error).message.split("\n", 1)[0]}`);
  }
  if (peers) contenders.push(...peersIn(folder));
  else notes.push("other simulators take part with --peers");
  return { contenders, notes, close };
}

/** Writes who is being waited for and what is finished, where minutes may pass: with peers, and without a bar that shows it. */
const say = (peers: boolean): ((line: string) => void) =>
  peers && !process.stderr.isTTY ? (line) => void process.stderr.write(`${line}\n`) : () => {};

export const devices: Benchmark = async ({ quick, peers, report }: Circumstances) => {
  const { contenders, notes, close } = await everybody(peers);
  const tasks = quick ? few : networks;
  const results: Result[] = [];
  try {
    for (const [index, task] of tasks.entries()) {
      const course = {
        turns: quick ? 3 : 7,
        report: (done: number, total: number): void => report(index * total + done, tasks.length * total),
        say: say(peers),
      };
      const result = await contest(task, contenders, course);
      results.push(result);
      course.say(terminalTable(standingsOf(result)));
    }
  } finally {
    close();
  }
  const versions = new Set(results.flatMap(({ standings }) => standings.flatMap(({ version }) => version ?? [])));
  const goals = goalsOf(results);
  return [
    ...results.map(standingsOf),
    {
      ...goals,
      notes: [
        ...notes,
        ...versions,
        ...goals.notes,
        "the loop over the steps alone, from the beginning in every turn; processor time on one thread where it is told, else time on the clock",
        "ours and ANNarchy list their spikes within the time, the others count them",
      ],
    },
  ];
};
