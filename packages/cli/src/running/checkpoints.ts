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
  /** Number of steps of the whole run, also where it goes on from the middle. */
  readonly steps: number;
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
/** By the clock: the borders that come into question, of a whole run at most, and steps between two of them at least. */
const mostBorders = 1000;
const leastSteps = 10;

/**
 * Takes checkpoints of the runs of a network from now on. One that cannot be written does not end the run: it is told, those before stay, and the
 * next is tried. Refuses an interval that is no whole number of steps ≥ 1.
 */
export function keepCheckpoints({ network, path, every, steps, tell, clock = () => performance.now() }: CheckpointRequest): Checkpoints {
  const save = async (): Promise<void> => {
    const store = await checkpointFolder(path);
    await store.write(network.steps, network.snapshotPieces());
  };
  if (every === 0) return { save, end: () => undefined };
  let failed = false;
  let since = clock();
  let wait = every === undefined ? interval : 0;
  const due = async (): Promise<void> => {
    const before = clock();
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
  const borders = Math.max(leastSteps, Math.ceil(steps / mostBorders)) * network.dt;
  return { save, end: borderCalls(network, every ?? borders, due) };
} // prettier-ignore

function borderCalls(network: Network, every: number, due: () => Promise<void>): () => void {
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
