import { defineBehavior } from "@neuroweave/model";
import { gate } from "./gating.ts";
import { traubMilesParameters } from "./traub-miles-parameters.ts";

/** 0.032 (15 − x) / (exp((15 − x) / 5) − 1) is 0.16 / exprel((15 − x) / 5), which is finite at x = 15. */
const n = gate("n_K", "0.16 / exprel((15 - x) / 5)", "0.5 * exp((10 - x) / 40)", "V_T");

/** The delayed rectifier of a pyramidal cell. Its rates depend on the distance from the threshold `V_T`. */
export const TraubMilesPotassium = defineBehavior({
  name: "traubMilesPotassium",
  doc: "Potassium conductance with four slow activating gates.",
  source:
    "Traub & Miles 1991, Neuronal Networks of the Hippocampus; in this form Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 3",
  parameters: {
    ...traubMilesParameters,
    g_K: { default: 30, unit: "mS/cm^2", min: 0, doc: "maximal potassium conductance per area" },
    E_K: { default: -90, unit: "mV", doc: "reversal potential of potassium" },
  },
  state: { n_K: { init: n.init, unit: "1", doc: "potassium activation" } },
  requires: ["v"],
  equations: `
    ${n.equation}
    C * dv/dt += -g_K * n_K * n_K * n_K * n_K * (v - E_K)
  `,
});
