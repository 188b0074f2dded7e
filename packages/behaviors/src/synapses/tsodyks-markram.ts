import { defineBehavior, NeuroweaveError } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "./only-on-projections.ts";

/**
 * Which equations. From rest, with spikes an interval Δ apart:
 *
 * - `update-then-use`: u decays to 0 and jumps by U (1 − u) before it is used; resources recover to 1 and lose what is used.
 *   Tsodyks, Pawelzik & Markram 1998; also BrainPy's STP. u and R are those just after a spike.
 * - `use-then-update`: u′ = U + u (1 − U) e^(−Δ/tau_facil), R′ = 1 + (R − u R − 1) e^(−Δ/tau_rec), first U and 1. Maass & Markram
 *   2002; also NEST's tsodyks2_synapse. In continuous time u decays to U, is used, and then jumps by U (1 − u), as in Brian 1 and
 *   ANNarchy. u and R are those that the spike used.
 * - `inactivation`: what is released is active first and recovers from there in two stages, active → inactive (tau_psc) →
 *   available (tau_rec). Tsodyks, Uziel & Markram 2000, eqs. 3 and 4; also NEST's tsodyks_synapse.
 *
 * The first two are one sequence of u R, written in other variables: the u that one uses after its jump is the u that the other
 * uses before it. The third differs as far as tau_psc is not short against the intervals; as tau_psc → 0 it becomes the first.
 */
export type ShortTermConvention = "update-then-use" | "use-then-update" | "inactivation";

const decays = `
  let facilitated = tau_facil > 0 ? exp(-(t - t_before) / tau_facil) : 0
  let depressed = tau_rec > 0 ? exp(-(t - t_before) / tau_rec) : 0
  t_before = t
`;

/*
 * Between spikes of `inactivation`, with a = Δ/tau_rec and b = Δ/tau_psc:
 * active′ = active e^(−b), inactive′ = inactive e^(−a) + active b e^(−min(a, b)) exprel(−|a − b|), which has no pole at a = b.
 */
const conventions: Readonly<Record<ShortTermConvention, string>> = {
  "update-then-use": `${decays}
    let used = u * facilitated + U * (1 - u * facilitated)
    let available = 1 + (R - 1) * depressed
    efficacy = used * available
    u = used
    R = available * (1 - used)
  `,
  "use-then-update": `${decays}
    let used = U + u * (1 - U) * facilitated
    let available = 1 + (R - u * R - 1) * depressed
    efficacy = used * available
    u = used
    R = available
  `,
  inactivation: `${decays}
    let a = (t - t_before) / tau_rec
    let b = (t - t_before) / tau_psc
    let still_active = active * exp(-b)
    let passed = active * b * exp(-min(a, b)) * exprel(-abs(a - b))
    let inactive = tau_rec > 0 ? (1 - R - active) * depressed + passed : 0
    let used = u * facilitated + U * (1 - u * facilitated)
    let available = 1 - still_active - inactive
    efficacy = used * available
    u = used
    R = available * (1 - used)
    active = still_active + used * available
  `,
};

/**
 * Short-term depression and facilitation: a spike transmits w · u · R, where u is the fraction of the available resources R that
 * it uses. Values per source neuron, exact at the moments of its spikes, at rest in the beginning; so w is the most that a
 * synapse could transmit, and a first spike transmits w · U.
 */
export const TsodyksMarkram = defineBehavior({
  name: "tsodyksMarkram",
  doc: "Spikes use up resources that recover, and raise for a while the fraction that the next ones use.",
  source: "Tsodyks, Pawelzik & Markram 1998, Neural Comput. 10:821; Maass & Markram 2002, Neural Netw. 15:155; Tsodyks, Uziel & Markram 2000, J. Neurosci. 20:RC50; defaults of NEST's tsodyks_synapse",
  scope: "instance",
  requires: onlyOnProjections,
  parameters: {
    U: { default: 0.5, unit: "1", min: 0, max: 1, per: "source", doc: "fraction that a spike at rest uses" },
    tau_rec: { default: 800, unit: "ms", min: 0, per: "source", doc: "recovery of resources; 0: at once, no depression" },
    tau_facil: { default: 0, unit: "ms", min: 0, per: "source", doc: "decay of facilitation; 0: at once, no facilitation" },
    tau_psc: { default: 3, unit: "ms", min: positive, per: "source", doc: "inactivation of what was released, in convention inactivation only" },
  },
  state: {
    u: { init: 0, unit: "1", per: "source", doc: "fraction of resources used by the last spike" },
    R: { init: 1, unit: "1", per: "source", doc: "available resources, at or after the last spike by convention" },
    active: { init: 0, unit: "1", per: "source", doc: "released and not yet inactive resources after the last spike, in convention inactivation only" },
    t_before: { init: 0, unit: "ms", per: "source", doc: "moment of the last spike" },
  },
  options: { convention: "update-then-use" as ShortTermConvention },
  build({ convention }) {
    if (Object.hasOwn(conventions, convention)) return { onPre: conventions[convention] };
    throw new NeuroweaveError("invalid-value", `tsodyksMarkram has no convention ${String(convention)}`, {
      candidates: Object.keys(conventions),
      remedy: `The conventions are ${Object.keys(conventions).join(", ")}.`,
    });
  },
}); // prettier-ignore
