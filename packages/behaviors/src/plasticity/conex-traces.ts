/** Traces as CoNeX's synapses keep them. */
import { defineBehavior, Phase, type ParameterDeclaration, type ParameterValue } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";

const source = "CoNeX 0.1.5, behaviors/synapses/specs.py: PreTrace, PostTrace";

const spike_scale = { default: 1, unit: "1", doc: "what a spike adds to a trace, before the trace decays" } as const satisfies ParameterDeclaration; // prettier-ignore

/** tr += spike · scale, then tr −= tr / tau · dt: a spike leaves scale · (1 − dt/tau) in the trace that its own step learns from. */
function body(end: "pre" | "post") {
  const rest = `(1 - dt / tau_${end})`;
  const spike = `
    ${end}_trace += spike_scale * ${rest}
    caught_${end} = t
  `;
  return {
    priority: Phase.Trace,
    equations: `${end}_trace = ${end}_trace * ${rest}`,
    ...(end === "pre" ? { onPre: spike } : { onPost: spike }),
  };
}

/** A time before all spikes. */
const never = -1e30;

/** `tau_s` is CoNeX's name of the time constant of either trace; `tau_pre` of this one alone. */
export const ConexPreTrace = defineBehavior({
  name: "conexPreTrace",
  doc: "Presynaptic spikes leave a trace that decays by Euler's method, from the step of the spike on.",
  source,
  requires: onlyOnProjections,
  parameters: {
    tau_pre: { default: 10, unit: "ms", min: positive, per: "source", doc: "decay of the trace of presynaptic spikes" },
    spike_scale,
  },
  state: {
    pre_trace: { init: 0, unit: "1", per: "source", doc: "trace of presynaptic spikes" },
    caught_pre: { init: never, unit: "ms", per: "source", doc: "when the last presynaptic spike reached the synapse" },
  },
  options: { tau_s: 10 as ParameterValue },
  build: ({ tau_s }) => ({ ...body("pre"), defaults: { tau_pre: tau_s } }),
});

/** The same of postsynaptic spikes. */
export const ConexPostTrace = defineBehavior({
  name: "conexPostTrace",
  doc: "Postsynaptic spikes leave a trace that decays by Euler's method, from the step of the spike on.",
  source,
  requires: onlyOnProjections,
  parameters: {
    tau_post: { default: 10, unit: "ms", min: positive, per: "target", doc: "decay of the trace of postsynaptic spikes" },
    spike_scale,
  },
  state: {
    post_trace: { init: 0, unit: "1", per: "target", doc: "trace of postsynaptic spikes" },
    caught_post: { init: never, unit: "ms", per: "target", doc: "when the last postsynaptic spike reached the synapse" },
  },
  options: { tau_s: 10 as ParameterValue },
  build: ({ tau_s }) => ({ ...body("post"), defaults: { tau_post: tau_s } }),
}); // prettier-ignore
