/** What ends the command early: an error and its exit code. */
import { NeuroweaveError, type ErrorCode, type ErrorPlace } from "@neuroweave/equations";
import { exitCodes, type ExitCode } from "./exit-codes.ts";

export class Failure extends Error {
  override readonly name = "Failure";
  readonly exitCode: ExitCode;
  /** What is told to the person. */
  readonly reason: unknown;

  constructor(exitCode: ExitCode, reason: unknown) {
    super(reason instanceof Error ? reason.message : String(reason));
    this.exitCode = exitCode;
    this.reason = reason;
  }
}

/** Wrong usage of the command. */
export function usageFailure(code: ErrorCode, what: string, place: ErrorPlace): Failure {
  return new Failure(exitCodes.usage, new NeuroweaveError(code, what, place));
}

/** Output that cannot be written. */
export function outputFailure(what: string, remedy: string, cause?: unknown): Failure {
  return new Failure(exitCodes.output, new NeuroweaveError("cannot-write", what, { remedy }, { cause }));
}

/** What was in the way, without code, place and remedy. */
export const reasonOf = (cause: unknown): string =>
  cause instanceof NeuroweaveError ? cause.summary : cause instanceof Error ? cause.message : String(cause);

/** Does something; whatever it throws ends the command with this code, unless it says itself with which. */
export async function endingWith<T>(exitCode: ExitCode, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(exitCode, error);
  }
}
