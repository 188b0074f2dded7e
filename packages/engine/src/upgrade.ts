/** A program that runs on one device changes over to a faster one at a step border, once that is ready. */
import type { RunningProgram } from "@neuroweave/kernel";

/**
 * Wall time in ms that a run must still take for compiling to be worth it, which takes about as long. Where nobody knows how long it
 * will be, it is taken to be half over.
 */
const worthwhile = 500;

/** What a run has cost so far, per program. */
export interface Upgrade {
  /** Told after every portion of a run; may start compiling, which goes on in the background. */
  report(portion: { readonly steps: number; readonly milliseconds: number; readonly left: number }): void;
  /** The faster program, once; null while there is none. */
  take(): RunningProgram | null;
  /** The program will not be run any more. */
  cancel(): void;
}

/** `start` compiles; a failure is told to `warn`, and the program runs on where it is: on the device `from`. */
export function createUpgrade(
  start: () => Promise<RunningProgram>,
  warn: (message: string) => void,
  from: string,
): Upgrade {
  let spent = 0;
  let done = 0;
  let started = false;
  let cancelled = false;
  let ready: RunningProgram | null = null;
  return {
    report({ steps, milliseconds, left }) {
      spent += milliseconds;
      done += steps;
      const expected = Math.max((spent / Math.max(done, 1)) * left, spent);
      if (started || cancelled || expected < worthwhile) return;
      started = true;
      start().then(
        (running) => {
          if (cancelled) running.dispose?.();
          else ready = running;
        },
        (error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          warn(`the network stays on ${from}: ${why}`);
        },
      );
    },
    take() {
      const found = ready;
      ready = null;
      return found;
    },
    cancel() {
      cancelled = true;
      ready?.dispose?.();
      ready = null;
    },
  };
}
