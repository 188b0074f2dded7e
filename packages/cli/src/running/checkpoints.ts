/** Checkpoints of a run: at every so many ms of simulated time, or by the clock. */
import { checkpointFolder, NeuroweaveError, type Network } from "neuroweave";
import { exitCodes } from "../exit-codes.ts";
import { Failure, reasonOf } from "../failure.ts";
import { shortTime } from "./run-network.ts";

export interface CheckpointRequest {
  readonly network: Network;
  /** The folder that they are kept in, the last two. */
  readonly path: string;
  /** Simulated time in ms between two; 0 for none, undefined for the clock. */
  readonly every: number | undefined;
  /** Says that one could not be written, or can be again. */
  tell(line: string): void;
  /** Wall time in ms; `performance.now` unless given. */
  readonly clock?: () => number;
}

export interface Checkpoints {
  /** Takes one of the border at which the network is; refuses (`cannot-write`) where it cannot be written. */
  save(): Promise<void>;
  /** Takes no more of them. */
  end(): void;
}

/** By the clock: wall time in ms between two, and how many times longer than its own writing one is apart from the next, at least. */
const interval = 60_000;
const leastRatio = 20;
/** By the clock: wall time in ms between two borders at which it is looked at, about. */
const stretch = 1000;

/**
 * Takes checkpoints of the runs of a network from now on. One that cannot be written does not end the run: it is told, those before stay, and the
 * next is tried. Refuses an interval that is no whole number of steps ≥ 1.
 */
export function keepCheckpoints({ network, path, every, tell, clock = () => performance.now() }: CheckpointRequest): Checkpoints {
  const save = async (): Promise<void> => {
    const store = await checkpointFolder(path);
    await store.write(network.steps, network.snapshotPieces());
  };
  if (every === 0) return { save, end: () => undefined };
  let failed = false;
  const started = clock();
  let since = started;
  let wait = every === undefined ? interval : 0;
  const due = async (before: number): Promise<void> => {
    if (before - since < wait) return;
    try {
      await save();
      if (failed) tell("checkpoints are written again");
      failed = false;
    } catch (cause) {
      if (!failed) tell(`no checkpoint at ${shortTime(network.t)}: ${reasonOf(cause)}; the run goes on, and tries again`);
      failed = true;
    }
    since = clock();
    if (every === undefined) wait = Math.max(interval, leastRatio * (since - before));
  };
  const end = every === undefined ? byTheClock(network, started, clock, due) : atInterval(network, every, () => due(clock()));
  return { save, end };
} // prettier-ignore

/** Calls about once in a stretch of wall time. Where the borders are depends on the speed of the run; what the run does, does not. */
function byTheClock(
  network: Network,
  started: number,
  clock: () => number,
  due: (now: number) => Promise<void>,
): () => void {
  let steps = 1;
  let last = { at: network.steps, now: started };
  const look = async (): Promise<void> => {
    const now = clock();
    // Fewer than `steps` up to the first border at a new distance; more where the network was restored in between.
    const done = Math.max(1, Math.min(network.steps - last.at, steps));
    const fit = Math.floor((done * stretch) / Math.max(now - last.now, 1e-6));
    end();
    steps = Math.max(1, Math.min(fit, 2 * steps));
    end = network.every(steps * network.dt, look);
    await due(now);
    last = { at: network.steps, now: clock() };
  };
  let end = network.every(network.dt, look);
  return () => end();
}

function atInterval(network: Network, every: number, due: () => Promise<void>): () => void {
  try {
    return network.every(every, due);
  } catch (cause) {
    if (!(cause instanceof NeuroweaveError)) throw cause;
    const { code, summary, remedy } = cause;
    throw new Failure(
      exitCodes.usage,
      new NeuroweaveError(code, `--checkpoint: ${summary}`, remedy === undefined ? {} : { remedy }, { cause }),
    );
  }
}
