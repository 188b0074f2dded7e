import type { Connector, Rows } from "@neuroweave/model";
import { defineConnector } from "./define-connector.ts";
import { indexArray } from "./index-array.ts";
import { checkBelow, checkSameLength, indicesOf, listText, numbersOf, type NumberList } from "./number-list.ts";
import { callText, checkOptions, givenOf } from "./options.ts";

/** Synapses as lists of equal length. */
export interface SynapseLists {
  /** Index of the source of each synapse, in any order. */
  readonly sources: NumberList;
  /** Index of the target of each synapse. */
  readonly targets: NumberList;
  /** Weight of each synapse; without them, the projection's. */
  readonly weights?: NumberList;
  /** Delay of each synapse in ms, ≥ 0; without them, the projection's. */
  readonly delays?: NumberList;
}

/**
 * The synapses of a list, one entry of each array for each synapse; a pair may occur several times. They are sorted by source,
 * and those of one source stay in the order given. The arrays are copied. Refuses arrays of different length (wrong-length),
 * indices that are no whole numbers ≥ 0 or that an end does not have and delays below 0 (out-of-range), and weights or delays
 * that are not finite (not-finite).
 */
export function fromArrays(lists: SynapseLists): Connector {
  const name = "fromArrays";
  checkOptions(name, lists, ["sources", "targets", "weights", "delays"]);
  const sources = indicesOf(name, "sources", lists.sources);
  const targets = indicesOf(name, "targets", lists.targets);
  const weights = lists.weights === undefined ? undefined : numbersOf(name, "weights", lists.weights);
  const delays = lists.delays === undefined ? undefined : numbersOf(name, "delays", lists.delays, 0);
  checkSameLength(name, { sources, targets, weights, delays });
  const text = callText(name, {
    sources: listText(sources),
    targets: listText(targets),
    weights: listText(weights),
    delays: listText(delays),
  });
  return defineConnector({
    name,
    text,
    arguments: [givenOf({ sources, targets, weights, delays })],
    check({ source, target }) {
      checkBelow(text, "sources", sources, source);
      checkBelow(text, "targets", targets, target);
    },
    expected: () => sources.length,
    build({ source, target }): Rows {
      const pointers = new Uint32Array(source.n + 1);
      for (const s of sources) pointers[s + 1]!++;
      for (let s = 0; s < source.n; s++) pointers[s + 1]! += pointers[s]!;
      const next = pointers.slice(0, source.n);
      const places = sources.map((s) => next[s]!++);
      const sorted = <List extends { [index: number]: number }>(into: List, list: NumberList): List => {
        for (let j = 0; j < list.length; j++) into[places[j]!] = list[j]!;
        return into;
      };
      const { length } = sources;
      return {
        pointers,
        targets: sorted(indexArray(target.n, length), targets),
        ...(weights && { weights: sorted(new Float64Array(length), weights) }),
        ...(delays && { delays: sorted(new Float64Array(length), delays) }),
      };
    },
  });
}
