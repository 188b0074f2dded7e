import { defineBehavior } from "@neuroweave/model";
import { positive } from "./membrane-parameters.ts";

/** A conductance that is always open. */
export const LeakConductance = defineBehavior({
  name: "leakConductance",
  doc: "A constant conductance pulls the voltage to its reversal potential.",
  source: "Hodgkin & Huxley 1952, J. Physiol. 117:500, table 3",
  parameters: {
    C: { default: 1, unit: "uF/cm^2", min: positive, doc: "capacitance per area" },
    g_L: { default: 0.3, unit: "mS/cm^2", min: 0, doc: "leak conductance per area" },
    E_L: { default: -54.387, unit: "mV", doc: "reversal potential of the leak" },
  },
  requires: ["v"],
  equations: "C * dv/dt += -g_L * (v - E_L)",
});
