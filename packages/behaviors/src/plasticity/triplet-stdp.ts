/** Spike-timing dependent plasticity of triplets of spikes. */
import { defineBehavior, defineModel } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import type { Pairing } from "./pairing.ts";
import { PostTrace, PreTrace, traceBody } from "./spike-traces.ts";
import { tripletValues, type TripletFit, type TripletTerms } from "./triplet-fits.ts";

const source = "Pfister & Gerstner 2006, J. Neurosci. 26:9673, eqs. 2–4, tables 3 and 4";

/** Which fit the values are those of, unless they are given. */
const choice = {
  fit: "visual-cortex" as TripletFit,
  terms: "full" as TripletTerms,
  pairing: "all" as Pairing,
};

/* The slow traces hold what was before the spike, r2(t − ε) and o2(t − ε), so they stand behind learning whatever ties make. */
const SlowPreTrace = defineBehavior({
  name: "slowPreTrace",
  doc: "Presynaptic spikes leave a slow trace.",
  source,
  requires: onlyOnProjections,
  parameters: { tau_x: { default: 101, unit: "ms", min: positive, per: "source", doc: "decay of the slow trace of presynaptic spikes" } },
  state: { r2: { init: 0, unit: "1", per: "source", doc: "slow trace of presynaptic spikes" } },
  options: choice,
  build: (given) => ({
    ...traceBody("r2", "tau_x", "pre", { ahead: false, pairing: given.pairing }),
    defaults: { tau_x: tripletValues(given).tau_x },
  }),
}); // prettier-ignore

const SlowPostTrace = defineBehavior({
  name: "slowPostTrace",
  doc: "Postsynaptic spikes leave a slow trace.",
  source,
  requires: onlyOnProjections,
  parameters: { tau_y: { default: 125, unit: "ms", min: positive, per: "target", doc: "decay of the slow trace of postsynaptic spikes" } },
  state: { o2: { init: 0, unit: "1", per: "target", doc: "slow trace of postsynaptic spikes" } },
  options: choice,
  build: (given) => ({
    ...traceBody("o2", "tau_y", "post", { ahead: false, pairing: given.pairing }),
    defaults: { tau_y: tripletValues(given).tau_y },
  }),
}); // prettier-ignore

const TripletRule = defineBehavior({
  name: "tripletRule",
  doc: "A presynaptic spike depresses by what postsynaptic spikes have left, a postsynaptic one potentiates by what presynaptic ones have; earlier spikes of its own end add to either.",
  source,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "r1", "o1", "r2", "o2"],
  parameters: {
    A2_plus: { default: 5e-10, doc: "potentiation by pairs, in the unit of w" },
    A3_plus: { default: 6.2e-3, doc: "potentiation by post-pre-post triplets, in the unit of w" },
    A2_minus: { default: 7e-3, doc: "depression by pairs, in the unit of w" },
    A3_minus: { default: 2.3e-4, doc: "depression by pre-post-pre triplets, in the unit of w" },
  },
  options: choice,
  build(given) {
    const { A2_plus, A3_plus, A2_minus, A3_minus } = tripletValues(given);
    return {
      defaults: { A2_plus, A3_plus, A2_minus, A3_minus },
      onPre: "w += -o1 * (A2_minus + A3_minus * r2)",
      onPost: "w += r1 * (A2_plus + A3_plus * o2)",
    };
  },
});

/**
 * Triplet STDP: Δw = −o1 (A2_minus + A3_minus r2) at a presynaptic spike, +r1 (A2_plus + A3_plus o2) at a postsynaptic one, where r1 and
 * r2 are traces of presynaptic spikes (tau_plus, tau_x in ms), o1 and o2 of postsynaptic ones (tau_minus, tau_y), and the slow ones, r2
 * and o2, are those just before the spike. `fit`, `terms` and `pairing` (`all`, or `nearest`, where traces go to 1) choose the values of
 * the paper's tables; every value may be given as well. `tie` says what two spikes of one step make of the fast traces: nothing unless
 * given. Amplitudes are in the unit of w, and changes do not depend on w; bounds are those of `WeightBounds`.
 */
export const TripletSTDP = defineModel(
  "TripletSTDP",
  [PreTrace.rename({ x_pre: "r1" }), PostTrace.rename({ x_post: "o1" }), SlowPreTrace, SlowPostTrace, TripletRule],
  {
    defaults: { tau_plus: 16.8, tau_minus: 33.7 },
    doc: "Spike-timing dependent plasticity of triplets of spikes.",
    source,
  },
);
