import { defineBehavior } from "@neuroweave/model";
import { R, tau } from "./membrane-parameters.ts";

/** What drives the voltage: the sum `I` of everything that adds to it. */
export const CurrentInput = defineBehavior({
  name: "currentInput",
  doc: "The sum of all input currents drives the voltage through the membrane resistance.",
  source: "Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, eq. 1.5",
  parameters: { tau, R },
  inputs: { I: { default: 0, doc: "input current; set as a parameter, it is a constant part of the sum" } },
  requires: ["v"],
  equations: "tau * dv/dt += R * I",
});
