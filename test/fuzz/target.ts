/** What is fuzzed. */
import { NeuroweaveError } from "@neuroweave/equations";

/** A door through which bytes of others come in. */
export interface Target {
  readonly name: string;
  /** Inputs to begin with, beside those of the corpus. */
  readonly seeds: readonly (string | Uint8Array)[];
  /** Pieces that inputs are made of. */
  readonly words: readonly string[];
  /**
   * Takes an input in. What it throws is a defect, unless it is a refusal; so is what it does not come back from. It checks by itself
   * whether what was accepted is what was meant.
   */
  readonly enter: (input: Uint8Array) => unknown;
}

/** The text of an input; bytes that are no UTF-8 become the sign for that. */
export const textOf = (input: Uint8Array): string => new TextDecoder().decode(input);

/** Whether an error is a refusal: it has a code, and the code is not that of a defect. */
export const isRefusal = (error: unknown): boolean => error instanceof NeuroweaveError && error.code !== "internal";

/** Fails an input that was accepted but is not what was meant. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
