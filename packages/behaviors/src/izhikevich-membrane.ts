import { defineBehavior } from "@neuroweave/model";

/** The fast variable of Izhikevich's model. Needs a recovery variable `u`. */
export const IzhikevichMembrane = defineBehavior({
  name: "izhikevichMembrane",
  doc: "A quadratic membrane, fitted to the spike initiation of cortical neurons, minus its recovery variable.",
  source: "Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, eq. 1; constants under BrainPy's names",
  parameters: {
    p1: { default: 0.04, unit: "1/(mV*ms)", doc: "coefficient of v²" },
    p2: { default: 5, unit: "1/ms", doc: "coefficient of v" },
    p3: { default: 140, unit: "mV/ms", doc: "constant" },
  },
  state: { v: { init: -65, unit: "mV", doc: "membrane potential" } },
  inputs: { I: { default: 0, doc: "input; set as a parameter, it is a constant part of the sum" } },
  requires: ["u"],
  equations: "dv/dt = p1 * v * v + p2 * v + p3 - u + I",
});
