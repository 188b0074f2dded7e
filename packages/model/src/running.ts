/** A run: steps in portions, with reports and pauses for the event loop in between. */
import type { NetworkCore, Runtime } from "./runtime.ts";

/** Wall time between two reports of progress, in ms. */
const reportInterval = 40;

export interface RunRequest {
  readonly steps: number;
  readonly signal: AbortSignal | undefined;
  /** Ends the run at a step border. */
  readonly until: (() => boolean) | undefined;
}

/** Runs and tells whether `until` came to hold. Emits `run:start`, `progress` and `run:end`. */
export async function run(core: NetworkCore, runtime: Runtime, { steps, signal, until }: RunRequest): Promise<boolean> {
  const { events, dt } = core;
  const first = core.step;
  const started = performance.now();
  let reported = started;
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
    let reached = until?.() ?? false;
    const stopped = (): boolean => signal?.aborted === true;
    while (!reached && core.step - first < steps && !stopped()) {
      const left = steps - (core.step - first);
      await runtime.advance(core, until ? 1 : left, stopped);
      reached = until?.() ?? false;
      const now = performance.now();
      if (now - reported < reportInterval) continue;
      reported = now;
      progress(now);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    progress(performance.now());
    return reached;
  } finally {
    events.emit("run:end", { t: core.step * dt, steps: core.step - first });
  }
}
