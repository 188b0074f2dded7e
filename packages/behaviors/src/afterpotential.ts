import { defineBehavior } from "@neuroweave/model";
import { positive } from "./membrane-parameters.ts";

/** A current that every spike sets to I_sp and that decays: it depolarizes after the spike. */
export const Afterpotential = defineBehavior({
  name: "afterpotential",
  doc: "After a spike a decaying current depolarizes the membrane.",
  source: "Clopath, Büsing, Vasilaki & Gerstner 2010, Nat. Neurosci. 13:344, methods and table 1",
  parameters: {
    tau_z: { default: 40, unit: "ms", min: positive, doc: "decay of the afterpotential current" },
    I_sp: { default: 400, unit: "pA", doc: "afterpotential current at a spike" },
  },
  state: { z: { init: 0, unit: "pA", doc: "afterpotential current" } },
  equations: `
    tau_z * dz/dt = -z
    I += z
  `,
  onSpike: "z = I_sp",
});
