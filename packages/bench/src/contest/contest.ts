/** One network, everybody who can build it, and turns that go round. */
import { spreadOf, speedup, type Spread } from "../spread.ts";
import type { Reading } from "./answers.ts";
import type { Contender } from "./contender.ts";
import { matchedRate, rateOf } from "./matched.ts";
import type { Player } from "./player.ts";
import { perSecond, type Task } from "./task.ts";

/** What somebody did, in turns. */
export interface Standing {
  readonly name: string;
  readonly kind: Contender["kind"];
  readonly threads: number;
  /** In the unit of the task: processor time on one thread where it is told, else time on the clock. */
  readonly time: Spread;
  readonly clock: Spread;
  /** In the unit of the task; absent where it is not told. */
  readonly processor?: Spread;
  /** In Hz. */
  readonly rate: number;
  readonly buildSeconds?: number;
  readonly version?: string;
}

/** Somebody who took no part, and why. */
interface Absence {
  readonly name: string;
  readonly kind: Contender["kind"];
  readonly reason: string;
}

export interface Result {
  readonly task: Task;
  readonly standings: readonly Standing[];
  readonly absent: readonly Absence[];
  /** What was checked before times counted. */
  readonly checks: readonly string[];
}

export interface Course {
  readonly turns: number;
  readonly report: (done: number, total: number) => void;
  /** Told who is being waited for. */
  readonly say?: (line: string) => void;
}

interface Participant {
  readonly contender: Contender;
  readonly player: Player;
  readonly rate: number;
  /** Runs in a turn. */
  readonly runs: number;
  readonly readings: Reading[];
}

/** ms that a turn takes at least, unless that were too many runs: what is short is told by the median of several. */
const turnTime = 100;
const mostRuns = 20;

/** So many runs, as one reading: the medians. */
async function turnOf(player: Player, runs: number): Promise<Reading> {
  const readings: Reading[] = [];
  for (let run = 0; run < runs; run++) readings.push(await player.turn());
  const cpu = readings.flatMap((reading) => reading.cpu ?? []);
  return {
    seconds: spreadOf(readings.map(({ seconds }) => seconds)).median,
    ...(cpu.length === runs ? { cpu: spreadOf(cpu).median } : {}),
    spikes: readings[0]!.spikes,
  };
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;

/**
 * Everybody builds; everybody runs once, which tells the rate, and for the length of a turn; neither counts. Then turns go round, odd ones backwards. Who
 * cannot build, has another rate, or fails in a turn is named with the reason, and the others go on.
 */
export async function contest(
  task: Task,
  contenders: readonly Contender[],
  { turns, report, say = () => {} }: Course,
): Promise<Result> {
  const meant = contenders.filter((each) => each.takes?.(task) ?? true);
  const total = meant.length * (turns + 1);
  const participants = new Set<Participant>();
  const absent: Absence[] = [];
  const checks: string[] = [];
  const leave = ({ name, kind }: Contender, error: unknown): void =>
    void absent.push({ name, kind, reason: reasonOf(error) });
  let first: Reading | undefined;
  let done = 0;
  try {
    for (const contender of meant) {
      say(`${task.title}: ${contender.name} builds`);
      let player: Player | undefined;
      try {
        player = await contender.start(task);
        const begun = performance.now();
        const reading = await player.turn();
        checks.push(matchedRate(contender.name, task, reading, first));
        first ??= reading;
        const runs = Math.min(mostRuns, Math.ceil(turnTime / (performance.now() - begun)));
        // What is compiled while it runs is so by then.
        await turnOf(player, runs);
        participants.add({ contender, player, rate: rateOf(task, reading), runs, readings: [] });
      } catch (error) {
        player?.close();
        leave(contender, error);
      }
      report(++done, total);
    }
    for (let turn = 0; turn < turns; turn++) {
      const order = [...participants];
      if (turn % 2 === 1) order.reverse();
      for (const participant of order) {
        say(`${task.title}: turn ${turn + 1} of ${turns}, ${participant.contender.name}`);
        try {
          participant.readings.push(await turnOf(participant.player, participant.runs));
        } catch (error) {
          participant.player.close();
          participants.delete(participant);
          leave(participant.contender, error);
        }
        report(++done, total);
      }
    }
  } finally {
    for (const { player } of participants) player.close();
  }
  return { task, standings: [...participants].map((each) => standingOf(task, each)), absent, checks };
}

function standingOf(task: Task, { contender, player, rate, readings }: Participant): Standing {
  const unit = perSecond(task);
  const clock = spreadOf(readings.map(({ seconds }) => seconds * unit));
  const cpu = readings.map((reading) => reading.cpu);
  const processor = cpu.every((each) => each !== undefined) ? spreadOf(cpu.map((each) => each * unit)) : undefined;
  const { name, kind, threads } = contender;
  const { buildSeconds, version } = player.ready;
  return {
    name,
    kind,
    threads,
    time: threads === 1 && processor ? processor : clock,
    clock,
    ...(processor ? { processor } : {}),
    rate,
    ...(buildSeconds === undefined ? {} : { buildSeconds }),
    ...(version === undefined ? {} : { version }),
  };
}

/** How many times faster, turn by turn: in processor time where both have it on one thread, else on the clock. */
export function ratio(reference: Standing, measured: Standing): Spread {
  const single = reference.threads === 1 && measured.threads === 1;
  if (single && reference.processor && measured.processor) return speedup(reference.processor, measured.processor);
  return speedup(reference.clock, measured.clock);
}

/** The peer with the lowest median on the clock, and on one thread where those are asked for. */
export function bestPeer({ standings }: Result, threads?: number): Standing | undefined {
  const peers = standings.filter((each) => each.kind === "peer" && (threads === undefined || each.threads === threads));
  return peers.toSorted((a, b) => a.time.median - b.time.median)[0];
}

export const boundOf = ({ standings }: Result): Standing | undefined => standings.find(({ kind }) => kind === "bound");
