import { defineBehavior } from "@neuroweave/model";
import { positive, v_rest } from "./membrane-parameters.ts";

/** A capacitance that is charged by the input. Declares `v`; channels add their currents to `C * dv/dt`. */
export const CapacitiveMembrane = defineBehavior({
  name: "capacitiveMembrane",
  doc: "The input charges the membrane; channels add their currents.",
  source: "Hodgkin & Huxley 1952, J. Physiol. 117:500, eq. 1",
  parameters: { C: { default: 1, unit: "uF/cm^2", min: positive, doc: "capacitance per area" }, v_rest },
  state: { v: { init: "v_rest", unit: "mV", doc: "membrane potential" } },
  inputs: {
    I: { default: 0, unit: "uA/cm^2", doc: "current density; set as a parameter, it is a constant part of the sum" },
  },
  equations: "C * dv/dt += I",
});
