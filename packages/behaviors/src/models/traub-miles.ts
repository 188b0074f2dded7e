import { defineModel } from "@neuroweave/model";
import { CapacitiveMembrane } from "../capacitive-membrane.ts";
import { LeakConductance } from "../leak-conductance.ts";
import { TraubMilesPotassium } from "../traub-miles-potassium.ts";
import { TraubMilesSodium } from "../traub-miles-sodium.ts";
import { UpwardCrossing } from "../upward-crossing.ts";

/**
 * A cortical or hippocampal cell of Hodgkin and Huxley's type: the reduced model of Traub and Miles with the conductances and the
 * threshold that Brette et al. give it. It rests at −65 mV; with their leak to `E_L: -60` it fires by itself at 14 Hz. Everything
 * is per area: with their 20,000 µm², 1 nS is 0.005 mS/cm². Exponential Euler allows steps of 0.1 ms.
 */
export const TraubMiles = defineModel(
  "TraubMiles",
  [CapacitiveMembrane, TraubMilesSodium, TraubMilesPotassium, LeakConductance, UpwardCrossing],
  {
    method: "exponentialEuler",
    defaults: { v_rest: -65, g_L: 0.05, E_L: -65, threshold: -20 },
    doc: "A pyramidal cell with sodium and potassium channels.",
    source: "Traub & Miles 1991, Neuronal Networks of the Hippocampus; Brette et al. 2007, J. Comput. Neurosci. 23:349",
  },
);
