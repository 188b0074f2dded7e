import { defineBehavior } from "@neuroweave/model";
import { positive } from "./membrane-parameters.ts";

/** Capacitance and leak conductance, for models that are written in those instead of tau = C / gL and R = 1 / gL. */
export const MembraneConstants = defineBehavior({
  name: "membraneConstants",
  doc: "Capacitance and leak conductance, which other behaviors take tau = C / gL and R = 1 / gL from.",
  source: "Brette & Gerstner 2005, J. Neurophysiol. 94:3637",
  parameters: {
    C: { default: 200, unit: "pF", min: positive, doc: "membrane capacitance" },
    gL: { default: 10, unit: "nS", min: positive, doc: "leak conductance" },
  },
});
