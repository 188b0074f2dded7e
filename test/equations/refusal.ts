import { NeuroweaveError } from "@neuroweave/equations";

/** The error that a call refuses with; fails the test if it does not refuse, or with something else. */
export function refusal(attempt: () => unknown): NeuroweaveError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof NeuroweaveError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** The part of the source that an error underlines. */
export function underlined(error: NeuroweaveError): string | undefined {
  const { source, span } = error;
  return source === undefined || span === undefined ? undefined : source.slice(span.start, span.end);
}
