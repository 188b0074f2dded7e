import { WordStream, type Connector, type ConnectorSite, type Rows } from "@neuroweave/model";
import { ownTarget, pairsOf } from "./autapses.ts";
import { bernoulliRows } from "./bernoulli-rows.ts";
import { defineConnector } from "./define-connector.ts";
import { distinctIndices } from "./distinct-draws.ts";
import { checkMultapses, type MultapsesOption } from "./fixed-degree.ts";
import { indexArray } from "./index-array.ts";
import { argumentsOf, callText, refusal } from "./options.ts";
import { spreadSorter } from "./sort-indices.ts";

/**
 * Exactly `total` synapses, a whole number ≥ 0, between pairs drawn uniformly: with replacement, or different ones where
 * `multapses` is false; no autapses where `self` is false. Both are true by default. Refuses more synapses than there are
 * pairs (out-of-range). NEST's `fixed_total_number`.
 */
export function fixedTotal(total: number, options: MultapsesOption = {}): Connector {
  const name = "fixedTotal";
  const { self, multapses } = checkMultapses(name, "the number of synapses", total, options);
  const text = callText(name, total, options);
  return defineConnector({
    name,
    text,
    arguments: argumentsOf(total, options),
    check(ends) {
      const pairs = pairsOf(ends, self);
      if (total > (multapses && pairs > 0 ? Infinity : pairs))
        throw refusal(
          "out-of-range",
          `${text} exceeds the ${pairs} pairs between ${ends.source.name} and ${ends.target.name}`,
          multapses ? "Allow autapses, or take another population." : `Ask for at most ${pairs}, or allow multapses.`,
        );
    },
    expected: () => total,
    build: (site) => (multapses ? withReplacement(site, total, self) : differentPairs(site, total, self)),
  });
}

const largest = (counts: Uint32Array): number => counts.reduce((most, each) => Math.max(most, each), 0);

/** Sources first, each as likely as it has pairs; then the targets of each row. */
function withReplacement(site: ConnectorSite, total: number, self: boolean): Rows {
  const { source, target } = site;
  const words = new WordStream(site.random);
  const lacking = !self && site.shift !== null;
  const pointers = new Uint32Array(source.n + 1);
  const piece = indexArray(source.n, Math.min(total, 4096));
  for (let left = total; left > 0;) {
    const drawn = Math.min(left, piece.length);
    words.fillBelow(piece, 0, drawn, source.n);
    for (let k = 0; k < drawn; k++) {
      const s = piece[k]!;
      if (lacking) {
        const own = ownTarget(site, self, s);
        if (own >= 0 && words.below(target.n) === own) continue;
      }
      pointers[s + 1]!++;
      left--;
    }
  }
  const sort = spreadSorter(target.n, largest(pointers));
  const targets = indexArray(target.n, total);
  for (let s = 0; s < source.n; s++) {
    const own = ownTarget(site, self, s);
    const available = own < 0 ? target.n : target.n - 1;
    const start = pointers[s]!;
    const end = start + pointers[s + 1]!;
    pointers[s + 1] = end;
    words.fillBelow(targets, start, end, available);
    if (own >= 0) for (let j = start; j < end; j++) if (targets[j]! >= own) targets[j]!++;
    sort(targets, start, end);
  }
  return { pointers, targets };
}

/**
 * Every pair with a probability that makes four deviations more than are wanted; then as many are removed, all equally likely.
 * Whatever their number, the pairs drawn are a uniform set of that number, so those that remain are one too.
 */
function differentPairs(site: ConnectorSite, total: number, self: boolean): Rows {
  const pairs = pairsOf(site, self);
  const p = pairs === 0 ? 0 : Math.min(1, (total + 4 * Math.sqrt(total) + 4) / pairs);
  let rows = bernoulliRows(site, p, self);
  while (rows.targets.length < total) rows = bernoulliRows(site, p, self);
  const { pointers, targets } = rows;
  const surplus = distinctIndices(targets.length - total, targets.length, site.random);
  let removed = 0;
  for (let s = 0, j = 0; s < site.source.n; s++) {
    for (const end = pointers[s + 1]!; j < end; j++)
      if (j === surplus[removed]) removed++;
      else targets[j - removed] = targets[j]!;
    pointers[s + 1] = j - removed;
  }
  return { pointers, targets: targets.subarray(0, total) };
}
