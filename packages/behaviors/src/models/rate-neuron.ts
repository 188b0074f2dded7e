import { defineModel } from "@neuroweave/model";
import { RateDynamics } from "../rate-dynamics.ts";
import { Transfer } from "../transfer.ts";

/**
 * A neuron that has a rate instead of spikes: tau dx/dt = −x + I, r = f(x), with f = `transfer`. x is exact for an input that is
 * held over the step. Projections between such neurons carry `RateCoupling` and end in a `CouplingReceptor`.
 */
export const RateNeuron = defineModel("RateNeuron", [RateDynamics, Transfer], {
  method: "exponentialEuler",
  doc: "Firing-rate neuron.",
  source: "Wilson & Cowan 1972, Biophys. J. 12:1; Dayan & Abbott 2001, Theoretical Neuroscience, section 7.2",
});
