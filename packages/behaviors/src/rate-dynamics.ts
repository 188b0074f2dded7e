import { defineBehavior } from "@neuroweave/model";
import { tau } from "./membrane-parameters.ts";

/** The state x of a neuron that has a rate instead of spikes: it follows the sum of its inputs with the time constant tau. */
export const RateDynamics = defineBehavior({
  name: "rateDynamics",
  doc: "A state follows the sum of all inputs.",
  source: "Wilson & Cowan 1972, Biophys. J. 12:1; Dayan & Abbott 2001, Theoretical Neuroscience, eq. 7.6",
  parameters: { tau },
  state: { x: { init: 0, unit: "1", doc: "filtered input" } },
  inputs: { I: { default: 0, doc: "input; set as a parameter, it is a constant part of the sum" } },
  equations: "tau * dx/dt += -x + I",
});
