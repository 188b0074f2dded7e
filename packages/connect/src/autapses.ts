/** Synapses of a neuron with itself: which pairs they are, and how many pairs are left without them. */
import type { ConnectorEnds } from "./define-connector.ts";

/** Index of a neuron within a population of n, or −1 where it is outside. */
export function within(index: number, n: number): number {
  return index >= 0 && index < n ? index : -1;
}

/** The target that source s must not have, or −1. */
export function ownTarget({ shift, target }: ConnectorEnds, self: boolean, s: number): number {
  return self || shift === null ? -1 : within(s + shift, target.n);
}

/** Number of pairs that a rule without autapses leaves out. */
function ownPairs({ source, target, shift }: ConnectorEnds, self: boolean): number {
  if (self || shift === null) return 0;
  return Math.max(0, Math.min(source.n, target.n - shift) - Math.max(0, -shift));
}

/** Number of pairs that may be connected. */
export function pairsOf(ends: ConnectorEnds, self: boolean): number {
  return ends.source.n * ends.target.n - ownPairs(ends, self);
}
