import { defineBehavior } from "@neuroweave/model";
import { gate } from "./gating.ts";
import { traubMilesParameters } from "./traub-miles-parameters.ts";

/** 0.32 (13 − x) / (exp((13 − x) / 4) − 1) is 1.28 / exprel((13 − x) / 4), which is finite at x = 13. */
const m = gate("m", "1.28 / exprel((13 - x) / 4)", "1.4 / exprel((x - 40) / 5)", "V_T");
const h = gate("h", "0.128 * exp((17 - x) / 18)", "4 / (exp((40 - x) / 5) + 1)", "V_T");

/** The sodium channel of a pyramidal cell. Its rates depend on the distance from the threshold `V_T`. */
export const TraubMilesSodium = defineBehavior({
  name: "traubMilesSodium",
  doc: "Sodium conductance with three fast activating gates and one slow inactivating gate.",
  source:
    "Traub & Miles 1991, Neuronal Networks of the Hippocampus; in this form Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 3",
  parameters: {
    ...traubMilesParameters,
    g_Na: { default: 100, unit: "mS/cm^2", min: 0, doc: "maximal sodium conductance per area" },
    E_Na: { default: 50, unit: "mV", doc: "reversal potential of sodium" },
  },
  state: {
    m: { init: m.init, unit: "1", doc: "sodium activation" },
    h: { init: h.init, unit: "1", doc: "sodium inactivation; 1 is not inactivated" },
  },
  requires: ["v"],
  equations: `
    ${m.equation}
    ${h.equation}
    C * dv/dt += -g_Na * m * m * m * h * (v - E_Na)
  `,
});
