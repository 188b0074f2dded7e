/** A network runs, is watched, and may be stopped. */
import type { Network } from "neuroweave";
import { endingWith } from "../failure.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Screen } from "../screen/screen.ts";
import { listenForInterruption } from "./interruption.ts";
import { followProgress, speedText, timeText } from "./progress.ts";

export interface RunResult {
  /** Whether it was stopped before its end. */
  readonly interrupted: boolean;
  /** Wall time. */
  readonly seconds: number;
  /** Simulated over wall time. */
  readonly realTimeFactor: number;
}

export interface RunRequest {
  readonly network: Network;
  /** In ms, from the moment at which the file handed the network over. */
  readonly duration: number;
  /** Step of that moment; the network may be past it already. */
  readonly first: number;
  readonly screen: Screen;
  readonly quiet: boolean;
  /** Awaited once nothing is in the way of the first step. */
  readonly ready?: () => Promise<void>;
}

/** Runs a network to its end, or to the step border at which the person stops it. What the run throws ends the command with 1. */
export async function runNetwork({ network, duration, first, screen, quiet, ready = async () => {} }: RunRequest): Promise<RunResult> {
  const { dt, steps: before } = network;
  const last = first + Math.round(duration / dt);
  const progress = followProgress({ network, to: last * dt, stream: screen.errorStream, terminal: screen.errors, quiet });
  const { signal, end } = listenForInterruption(() => {
    if (!quiet) screen.note(`${screen.errors.interactive ? "\n" : ""}stopping at the next step border; once more: at once`);
  });
  try {
    // `run` knows what a duration must be.
    const run = before === first ? network.run(duration, { signal, ready }) : network.step(last - before, { signal, ready });
    await endingWith(exitCodes.failed, () => run);
    const seconds = progress.seconds();
    const simulated = (network.steps - before) * dt;
    const interrupted = signal.aborted && network.steps < last;
    const realTimeFactor = simulated / 1000 / Math.max(seconds, 1e-6);
    const done = `${shortTime(simulated)} in ${timeText(seconds)}, ${speedText(realTimeFactor)}`;
    progress.finish(interrupted ? `stopped at ${shortTime(network.t)}` : done);
    return { interrupted, seconds, realTimeFactor };
  } catch (error) {
    if (network.steps > before) progress.finish("failed");
    throw error;
  } finally {
    end();
  }
} // prettier-ignore

/** Milliseconds without the noise of their last digits. */
export const shortTime = (ms: number): string => `${Number(ms.toPrecision(12))} ms`;
