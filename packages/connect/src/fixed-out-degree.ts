import type { Connector } from "@neuroweave/model";
import { defineConnector } from "./define-connector.ts";
import { checkDegree, checkMultapses, drawPartners, fromSources, type MultapsesOption } from "./fixed-degree.ts";
import { argumentsOf, callText } from "./options.ts";

/**
 * k synapses from every source, k a whole number ≥ 0, to targets drawn uniformly: with replacement, or k different ones where
 * `multapses` is false; no autapses where `self` is false. Both are true by default. Refuses a k for which a source has too few
 * targets (out-of-range). NEST's `fixed_outdegree`, ANNarchy's `connect_fixed_number_post`.
 */
export function fixedOutDegree(k: number, options: MultapsesOption = {}): Connector {
  const name = "fixedOutDegree";
  const degree = checkMultapses(name, "the out-degree", k, options);
  const text = callText(name, k, options);
  return defineConnector({
    name,
    text,
    arguments: argumentsOf(k, options),
    check: (ends) => checkDegree(text, fromSources(ends, degree), degree),
    expected: ({ source }) => k * source.n,
    build(site) {
      const targets = drawPartners(fromSources(site, degree), degree, site.random);
      const pointers = new Uint32Array(site.source.n + 1).map((_, s) => s * k);
      for (let s = 0; s < site.source.n; s++) targets.subarray(s * k, (s + 1) * k).sort();
      return { pointers, targets };
    },
  });
}
