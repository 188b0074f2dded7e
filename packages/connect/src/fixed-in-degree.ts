import type { Connector, Rows } from "@neuroweave/model";
import { defineConnector } from "./define-connector.ts";
import { checkDegree, checkMultapses, drawPartners, fromTargets, type MultapsesOption } from "./fixed-degree.ts";
import { indexArray, type Indices } from "./index-array.ts";
import { argumentsOf, callText } from "./options.ts";

/**
 * k synapses onto every target, k a whole number ≥ 0, from sources drawn uniformly: with replacement, or k different ones where
 * `multapses` is false; no autapses where `self` is false. Both are true by default. Refuses a k for which a target has too few
 * sources (out-of-range). NEST's `fixed_indegree`, ANNarchy's `connect_fixed_number_pre`.
 */
export function fixedInDegree(k: number, options: MultapsesOption = {}): Connector {
  const name = "fixedInDegree";
  const degree = checkMultapses(name, "the in-degree", k, options);
  const text = callText(name, k, options);
  return defineConnector({
    name,
    text,
    arguments: argumentsOf(k, options),
    check: (ends) => checkDegree(text, fromTargets(ends, degree), degree),
    expected: ({ target }) => k * target.n,
    build(site) {
      const sources = drawPartners(fromTargets(site, degree), degree, site.random);
      return rowsBySource(sources, k, site.source.n, site.target.n);
    },
  });
}

/** Counting sort by source of k synapses onto each target; targets ascend within a row. */
function rowsBySource(sources: Indices, k: number, sourceCount: number, targetCount: number): Rows {
  const pointers = new Uint32Array(sourceCount + 1);
  for (let j = 0; j < sources.length; j++) pointers[sources[j]! + 1]!++;
  for (let s = 0; s < sourceCount; s++) pointers[s + 1]! += pointers[s]!;
  const next = pointers.slice(0, sourceCount);
  const targets = indexArray(targetCount, sources.length);
  for (let t = 0, j = 0; t < targetCount; t++)
    for (const end = j + k; j < end; j++) {
      const s = sources[j]!;
      targets[next[s]!++] = t;
    }
  return { pointers, targets };
}
