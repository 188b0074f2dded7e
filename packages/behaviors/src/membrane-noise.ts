import { defineBehavior } from "@neuroweave/model";

/**
 * White noise on the voltage. A membrane that decays with tau fluctuates with standard deviation sigma √(tau/2). It is part
 * of dv/dt, so it stands still while the voltage is held.
 */
export const MembraneNoise = defineBehavior({
  name: "membraneNoise",
  doc: "White noise on the voltage: the variance that it adds grows by sigma² per ms.",
  source: "Tuckwell 1988, Introduction to Theoretical Neurobiology 2, ch. 9",
  scope: "instance",
  parameters: { sigma: { default: 1, unit: "mV/ms^0.5", min: 0, doc: "noise amplitude" } },
  requires: ["v"],
  equations: "dv/dt += sigma * xi",
});
