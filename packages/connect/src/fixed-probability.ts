import type { Connector } from "@neuroweave/model";
import type { SelfOption } from "./all-to-all.ts";
import { pairsOf } from "./autapses.ts";
import { bernoulliRows } from "./bernoulli-rows.ts";
import { defineConnector } from "./define-connector.ts";
import { argumentsOf, callText, checkFlag, checkOptions, checkProbability } from "./options.ts";

/**
 * Every pair with probability p, 0 ≤ p ≤ 1, independently of all others; no autapses where `self` is false (it is true by
 * default). NEST's `pairwise_bernoulli`, ANNarchy's `connect_fixed_probability`, Brian2's `connect(p=…)`.
 */
export function fixedProbability(p: number, options: SelfOption = {}): Connector {
  const name = "fixedProbability";
  checkProbability(name, p);
  checkOptions(name, options, ["self"]);
  const { self = true } = options;
  checkFlag(name, "self", self);
  return defineConnector({
    name,
    text: callText(name, p, options),
    arguments: argumentsOf(p, options),
    expected: (ends) => p * pairsOf(ends, self),
    build: (site) => bernoulliRows(site, p, self),
  });
}
