import { defineBehavior } from "@neuroweave/model";
import { tau } from "./membrane-parameters.ts";

/** The normal form of a membrane that spikes through a saddle-node bifurcation. Declares `v`, a pure number. */
export const QuadraticMembrane = defineBehavior({
  name: "quadraticMembrane",
  doc: "The voltage grows quadratically from its excitability and its input.",
  source:
    "Ermentrout & Kopell 1986, SIAM J. Appl. Math. 46:233; Montbrió, Pazó & Roxin 2015, Phys. Rev. X 5:021028, eq. 1",
  parameters: {
    tau: { ...tau, default: 1 },
    eta: { default: -5, unit: "1", doc: "excitability: the neuron is spontaneously active above 0" },
  },
  state: {
    v: { init: "-sqrt(max(-eta, 0))", unit: "1", doc: "voltage; begins at rest, or at 0 where there is none" },
  },
  inputs: { I: { default: 0, unit: "1", doc: "input; set as a parameter, it is a constant part of the sum" } },
  equations: "tau * dv/dt = v * v + eta + I",
});
