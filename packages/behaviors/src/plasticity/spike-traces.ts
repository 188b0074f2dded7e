/** Traces of the spikes that reach a synapse: one value for each neuron at either end. */
import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { checkPairing, postAhead, preAhead, type Pairing, type Tie } from "./pairing.ts";

/** A time before all spikes. */
const never = -1e30;

/**
 * How a trace goes on, from values of the step before. Ahead of learning it decays, and spikes of the step join it; behind learning they
 * join it with what will be left of them in the next step, for which it has decayed already. `further` happens at the spikes too.
 */
export function traceBody(
  x: string,
  tau: string,
  end: "pre" | "post",
  { ahead, pairing, further = "" }: { readonly ahead: boolean; readonly pairing: Pairing; readonly further?: string },
) {
  const jump = ahead ? "1" : `exp(-dt / ${tau})`;
  const spike = `
    ${x} ${pairing === "all" ? "+=" : "="} ${jump}
    ${further}
  `;
  return {
    priority: ahead ? Phase.Trace : Phase.Learning + 10,
    equations: `${x} = ${x} * exp(-dt / ${tau})`,
    ...(end === "pre" ? { onPre: spike } : { onPost: spike }),
  };
}

/** Keeps the moments of the last two spikes. */
const moments = (end: "pre" | "post"): string => `
  t_${end}_before = t_${end}
  t_${end} = t
`;

/**
 * Trace of presynaptic spikes: x_pre grows by 1 with each (`pairing: "all"`) or goes to 1, and decays with tau_plus, exactly whatever
 * dt is. `tie` decides whether learning finds the spikes of its own step in it.
 */
export const PreTrace = defineBehavior({
  name: "preTrace",
  doc: "Presynaptic spikes leave a trace that decays exponentially.",
  source: "Morrison, Diesmann & Gerstner 2008, Biol. Cybern. 98:459, eqs. 9–11",
  requires: onlyOnProjections,
  parameters: { tau_plus: { default: 20, unit: "ms", min: positive, per: "source", doc: "decay of the trace of presynaptic spikes" } },
  state: {
    x_pre: { init: 0, unit: "1", per: "source", doc: "trace of presynaptic spikes" },
    t_pre: { init: never, unit: "ms", per: "source", doc: "when the last presynaptic spike reached the synapse" },
    t_pre_before: { init: never, unit: "ms", per: "source", doc: "the same of the one before" },
  },
  options: { pairing: "all" as Pairing, tie: "none" as Tie },
  build({ pairing, tie }) {
    checkPairing(pairing, tie);
    return traceBody("x_pre", "tau_plus", "pre", { ahead: preAhead(tie), pairing, further: moments("pre") });
  },
}); // prettier-ignore

/** The same of postsynaptic spikes: x_post, with tau_minus. */
export const PostTrace = defineBehavior({
  name: "postTrace",
  doc: "Postsynaptic spikes leave a trace that decays exponentially.",
  source: "Morrison, Diesmann & Gerstner 2008, Biol. Cybern. 98:459, eqs. 9–11",
  requires: onlyOnProjections,
  parameters: { tau_minus: { default: 20, unit: "ms", min: positive, per: "target", doc: "decay of the trace of postsynaptic spikes" } },
  state: {
    x_post: { init: 0, unit: "1", per: "target", doc: "trace of postsynaptic spikes" },
    t_post: { init: never, unit: "ms", per: "target", doc: "when the last postsynaptic spike reached the synapse" },
    t_post_before: { init: never, unit: "ms", per: "target", doc: "the same of the one before" },
  },
  options: { pairing: "all" as Pairing, tie: "none" as Tie },
  build({ pairing, tie }) {
    checkPairing(pairing, tie);
    return traceBody("x_post", "tau_minus", "post", { ahead: postAhead(tie), pairing, further: moments("post") });
  },
}); // prettier-ignore
