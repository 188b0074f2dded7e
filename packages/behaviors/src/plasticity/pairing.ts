/** Which spikes of a source and a target make pairs. */
import { NeuroweaveError } from "@neuroweave/model";

/**
 * Morrison, Diesmann & Gerstner 2008, Biol. Cybern. 98:459, figs. 7 and 8. `all`: every spike of one end with every earlier one of the
 * other. `nearest`: with the last earlier one of the other. `reduced`: with that one only if neither end has spiked in between; such a
 * pair is made once.
 */
export type Pairing = "all" | "nearest" | "reduced";

/** What two spikes that reach a synapse in one step make: nothing, the pair that potentiates, the one that depresses, or both. */
export type Tie = "none" | "potentiation" | "depression" | "both";

const pairings: readonly Pairing[] = ["all", "nearest", "reduced"];
const ties: readonly Tie[] = ["none", "potentiation", "depression", "both"];

/** Refuses pairings and ties that do not exist. */
export function checkPairing(pairing: Pairing, tie: Tie): void {
  require("pairing", pairing, pairings);
  require("tie rule", tie, ties);
}

function require(what: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return;
  throw new NeuroweaveError("invalid-value", `there is no ${what} ${String(given)}`, {
    candidates: known,
    remedy: `Choose one of ${known.join(", ")}.`,
  });
}

/** Whether the trace of presynaptic spikes has those of the present step when weights change. */
export const preAhead = (tie: Tie): boolean => tie === "potentiation" || tie === "both";

/** The same of postsynaptic spikes. */
export const postAhead = (tie: Tie): boolean => tie === "depression" || tie === "both";
