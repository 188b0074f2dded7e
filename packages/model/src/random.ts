/** Random numbers on the host: one stream per seed and name, so that order of creation never matters. */
import alea from "seedrandom/lib/alea.js";
import type { RandomSource } from "./distributions.ts";

/** The stream of a named thing, from its start. */
export function hostStream(seed: number | string, ...names: readonly string[]): RandomSource {
  return alea(JSON.stringify([String(seed), ...names]));
}
