import { defineBehavior } from "@neuroweave/model";
import { tau, v_rest } from "./membrane-parameters.ts";

/** A voltage that decays to rest. Declares `v`. */
export const Leak = defineBehavior({
  name: "leak",
  doc: "The voltage decays exponentially to rest, where it begins.",
  source: "Lapicque 1907; Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, eq. 1.5",
  parameters: { tau, v_rest },
  state: { v: { init: "v_rest", unit: "mV", doc: "membrane potential" } },
  equations: "tau * dv/dt += v_rest - v",
});
