/** Ctrl-C: the first ends the run at a step border, the second ends the command at once. */
import { exitCodes } from "../exit-codes.ts";

export interface Interruption {
  readonly signal: AbortSignal;
  /** Lets signals do again what they do without the command. */
  end(): void;
}

const signals = ["SIGINT", "SIGTERM"] as const;

/** Listens to SIGINT and SIGTERM from now on; `tell` is called at the first of them. */
export function listenForInterruption(tell: () => void): Interruption {
  const controller = new AbortController();
  const heard = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
    tell();
  };
  for (const each of signals) process.on(each, heard);
  return {
    signal: controller.signal,
    end: () => {
      for (const each of signals) process.off(each, heard);
    },
  };
}
