import { defineModel } from "@neuroweave/model";
import { Fire } from "../fire.ts";
import { QuadraticMembrane } from "../quadratic-membrane.ts";
import { Refractory } from "../refractory.ts";

/**
 * Quadratic integrate-and-fire neuron: tau dv/dt = v² + eta + I, a spike at V_peak, a reset to −V_peak. Infinity stands in
 * for both: from V_peak to infinity and from minus infinity to −V_peak the neuron would take tau / V_peak each, so it rests for
 * 2 tau / V_peak after a spike, rounded to whole steps; without that, rates come out too high. With eta Lorentzian and I = J · r · tau from
 * the population's own rate r, `QIFMeanField` is its limit.
 */
export const QIF = defineModel(
  "QIF",
  [
    QuadraticMembrane,
    Fire.rename({ threshold: "V_peak" })
      .bind({ v_reset: "-V_peak" })
      .redeclare({ V_peak: { default: 100, unit: "1", min: 1, doc: "voltage that stands in for infinity" } }),
    Refractory.bind({ tau_ref: "2 * tau / V_peak" }),
  ],
  {
    method: "euler",
    doc: "Quadratic integrate-and-fire neuron.",
    source: "Montbrió, Pazó & Roxin 2015, Phys. Rev. X 5:021028, eq. 1 and section II.A",
  },
);
