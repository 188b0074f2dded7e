import type { Connector } from "@neuroweave/model";
import { ownTarget, pairsOf } from "./autapses.ts";
import { defineConnector } from "./define-connector.ts";
import { indexArray } from "./index-array.ts";
import { argumentsOf, callText, checkFlag, checkOptions } from "./options.ts";

/** Whether neurons are connected to themselves, where both ends are the same population. */
export interface SelfOption {
  /** Whether a neuron may be connected to itself, where source and target share neurons. */
  readonly self?: boolean;
}

/**
 * Every source to every target: n_source · n_target synapses, without autapses where `self` is false (it is true by default).
 * NEST's `all_to_all`.
 */
export function allToAll(options: SelfOption = {}): Connector {
  const name = "allToAll";
  checkOptions(name, options, ["self"]);
  const { self = true } = options;
  checkFlag(name, "self", self);
  return defineConnector({
    name,
    text: callText(name, options),
    arguments: argumentsOf(options),
    expected: (ends) => pairsOf(ends, self),
    build(site) {
      const { source, target } = site;
      const pointers = new Uint32Array(source.n + 1);
      const targets = indexArray(target.n, pairsOf(site, self));
      const row = indexArray(target.n, target.n).map((_, t) => t);
      let count = 0;
      for (let s = 0; s < source.n; s++) {
        const own = ownTarget(site, self, s);
        targets.set(own < 0 ? row : row.subarray(0, own), count);
        if (own >= 0) targets.set(row.subarray(own + 1), count + own);
        count += own < 0 ? target.n : target.n - 1;
        pointers[s + 1] = count;
      }
      return { pointers, targets };
    },
  });
}
