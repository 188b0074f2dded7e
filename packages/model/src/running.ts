/** A run: steps in portions, with reports and pauses for the event loop in between. */
import type { NetworkCore, Runtime } from "./runtime.ts";

/** Wall time in ms that runs take between two reports of progress, and pauses. */
const longestHold = 40;

/**
 * Wall time in ms that runs have taken since the last pause, of whatever network: a program of many short runs must pause as well, or
 * timers, and what compiles in the background, would wait for its end.
 */
let held = 0;

/** What a run can be told. */
export interface RunOptions {
  /** Stops the run at the next step border. */
  readonly signal?: AbortSignal;
  /** Called before the first step, once nothing is in its way: the network is compiled and the device started. A promise is awaited. */
  readonly ready?: () => void | Promise<void>;
}

/** Something to be done at the borders before the steps k ≡ 0 (mod every). */
export interface Chore {
  /** In steps, ≥ 1. */
  readonly every: number;
  readonly call: () => void | Promise<void>;
}

export interface RunRequest {
  readonly steps: number;
  readonly options: RunOptions;
  /** Ends the run at a step border. */
  readonly until: (() => boolean) | undefined;
  /** In the order in which they are done at the same border. They may come and go in between. */
  readonly chores: ReadonlySet<Chore>;
}

/** Steps to the next border at which a chore is due, or Infinity. */
const untilDue = (step: number, chores: ReadonlySet<Chore>): number =>
  [...chores].reduce((least, { every }) => Math.min(least, every - (step % every)), Infinity);

/** Runs and tells whether `until` came to hold. Emits `run:start`, `progress` and `run:end`. */
export async function run(
  core: NetworkCore,
  runtime: Runtime,
  { steps, options: { signal, ready }, until, chores }: RunRequest,
): Promise<boolean> {
  const { events, dt } = core;
  const first = core.step;
  const started = performance.now();
  let since = started;
  const progress = (now: number): void => {
    const done = core.step - first;
    const seconds = Math.max(now - started, 1e-3) / 1000;
    events.emit("progress", {
      t: core.step * dt,
      fraction: steps === 0 ? 1 : done / steps,
      realTimeFactor: (done * dt) / 1000 / seconds,
    });
  };
  events.emit("run:start", { t: first * dt, duration: steps * dt });
  try {
    if (ready) {
      await runtime.advance(core, 0, steps, () => true);
      await ready();
    }
    let reached = until?.() ?? false;
    const stopped = (): boolean => signal?.aborted === true;
    while (!reached && core.step - first < steps && !stopped()) {
      const left = steps - (core.step - first);
      const before = core.step;
      const portion = until ? 1 : Math.min(left, untilDue(before, chores));
      // Nobody knows when a condition will hold.
      await runtime.advance(core, portion, until ? 0 : left - portion, stopped);
      const due = core.step > before ? [...chores].filter(({ every }) => core.step % every === 0) : [];
      for (const chore of due) if (chores.has(chore)) await chore.call();
      reached = until?.() ?? false;
      const now = performance.now();
      held += now - since;
      since = now;
      if (held < longestHold) continue;
      held = 0;
      progress(now);
      await new Promise((resolve) => setTimeout(resolve, 0));
      since = performance.now();
    }
    progress(performance.now());
    return reached;
  } finally {
    events.emit("run:end", { t: core.step * dt, steps: core.step - first });
  }
}
