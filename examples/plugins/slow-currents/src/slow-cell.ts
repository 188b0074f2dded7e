import { AdEx } from "neuroweave";
import { Afterhyperpolarization } from "./afterhyperpolarization.ts";
import { MCurrent } from "./m-current.ts";

/** AdEx with a = b = 0: both slow currents take the place of its own adaptation. */
export const SlowCell = AdEx.with(MCurrent, Afterhyperpolarization).named("SlowCell", {
  doc: "An exponential integrate-and-fire neuron that slow potassium currents adapt.",
  source: "Brette & Gerstner 2005, J. Neurophysiol. 94:3637, with the currents of this package",
  defaults: { a: 0, b: 0 },
});
