import { defineBehavior, NeuroweaveError } from "@neuroweave/model";
import { onlyOnProjections } from "./only-on-projections.ts";

/** As many sites as counts can be drawn of, whatever the probability. */
const most = 64;

/**
 * Each synapse has n release sites, each of which transmits w/n of each spike with probability p, independently of all others:
 * binomially many, on average p · w. One site transmits all or nothing. Beside `TsodyksMarkram` the factors multiply; resources
 * are then used as on average, whatever a synapse has released.
 *
 * `n` is a whole number from 1 to 64, part of the structure; `p` is one value, or one for each synapse.
 */
export const StochasticRelease = defineBehavior({
  name: "stochasticRelease",
  doc: "Each release site of a synapse transmits its share of a spike with a probability, or not at all.",
  source: "del Castillo & Katz 1954, J. Physiol. 124:560; share of a site as in NEST's quantal_stp_synapse",
  scope: "instance",
  requires: onlyOnProjections,
  parameters: { p: { default: 0.5, unit: "1", min: 0, max: 1, doc: "probability of release at a site" } },
  options: { n: 1 as number },
  build({ n }) {
    if (!Number.isInteger(n) || n < 1 || n > most)
      throw new NeuroweaveError("out-of-range", `${String(n)} is no number of release sites`, {
        remedy: `Give a whole number from 1 to ${most}.`,
      });
    return { onPre: n === 1 ? "efficacy = uniform(0, 1) < p ? 1 : 0" : `efficacy = binomial(${n}, p) / ${n}` };
  },
});
