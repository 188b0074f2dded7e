import type { ConnectorSite } from "@neuroweave/model";
import { ownTarget, pairsOf } from "./autapses.ts";
import { geometricGaps } from "./geometric-gaps.ts";
import { grown, indexArray, roomFor, trimmed, type Indices } from "./index-array.ts";

/** Every pair with probability p, independently; time and memory are proportional to the synapses. */
export function bernoulliRows(
  site: ConnectorSite,
  p: number,
  self: boolean,
): { pointers: Uint32Array; targets: Indices } {
  const { source, target, random } = site;
  const pairs = pairsOf(site, self);
  const pointers = new Uint32Array(source.n + 1);
  const gaps = geometricGaps(p);
  let targets = indexArray(target.n, roomFor(p * pairs, pairs));
  let count = 0;
  /** The next candidate taken, counted from the first one of the row; a gap reaches across rows. */
  let next = gaps(random);
  for (let s = 0; s < source.n; s++) {
    const own = ownTarget(site, self, s);
    const candidates = own < 0 ? target.n : target.n - 1;
    const hole = own < 0 ? target.n : own;
    while (next < candidates) {
      if (count === targets.length) targets = grown(targets, target.n);
      targets[count++] = next < hole ? next : next + 1;
      next += 1 + gaps(random);
    }
    next -= candidates;
    pointers[s + 1] = count;
  }
  return { pointers, targets: trimmed(targets, count) };
}
