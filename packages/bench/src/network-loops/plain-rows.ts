/** Synapses by chance as a loop that somebody writes by hand. */
import { nextUniform, wordState } from "./random.ts";

/**
 * Every pair with probability p, 0 < p < 1: the number of pairs passed over before the next one taken is geometric
 * (Batagelj & Brandes 2005, Phys. Rev. E 71:036113).
 */
export function plainRows(sources: number, targets: number, p: number, seed = 3) {
  const state = wordState(seed);
  const expected = sources * targets * p;
  const pointers = new Uint32Array(sources + 1);
  const list = new Uint16Array(Math.ceil(expected + 10 * Math.sqrt(expected)) + 10);
  const perLog = 1 / Math.log1p(-p);
  let count = 0;
  let next = Math.floor(Math.log(1 - nextUniform(state)) * perLog);
  for (let s = 0; s < sources; s++) {
    while (next < targets) {
      list[count++] = next;
      next += 1 + Math.floor(Math.log(1 - nextUniform(state)) * perLog);
    }
    next -= targets;
    pointers[s + 1] = count;
  }
  return { pointers, targets: list.subarray(0, count) };
}
