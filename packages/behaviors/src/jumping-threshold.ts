import { defineBehavior } from "@neuroweave/model";
import { positive } from "./membrane-parameters.ts";

/** A threshold that every spike sets to v_T_max and that returns to v_T_rest. */
export const JumpingThreshold = defineBehavior({
  name: "jumpingThreshold",
  doc: "A spike lifts the threshold, which then returns to rest.",
  source: "Clopath, Büsing, Vasilaki & Gerstner 2010, Nat. Neurosci. 13:344, methods and table 1",
  parameters: {
    v_T_rest: { default: -50.4, unit: "mV", doc: "threshold at rest" },
    v_T_max: { default: 30.4, unit: "mV", doc: "threshold at a spike" },
    tau_v_T: { default: 50, unit: "ms", min: positive, doc: "return of the threshold" },
  },
  state: { v_T: { init: "v_T_rest", unit: "mV", doc: "threshold of spike initiation" } },
  equations: "tau_v_T * dv_T/dt = v_T_rest - v_T",
  onSpike: "v_T = v_T_max",
});
