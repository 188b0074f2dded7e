import { defineModel } from "@neuroweave/model";
import { Adaptation } from "../adaptation.ts";
import { CurrentInput } from "../current-input.ts";
import { ExponentialUpstroke } from "../exponential-upstroke.ts";
import { Fire } from "../fire.ts";
import { Leak } from "../leak.ts";
import { MembraneConstants } from "../membrane-constants.ts";

const tau = "C / gL";
/** Currents act on the capacitance: C dv/dt += I, which rounds less than dividing I by gL and the sum by C / gL. */
const capacitive = { tau: "C", R: "1" } as const;
const E_L = { default: -70, doc: "leak reversal potential" };

/**
 * Adaptive exponential integrate-and-fire neuron in capacitance and conductance, under ANNarchy's names:
 * C dv/dt = gL (E_L − v + delta_T e^((v − v_T) / delta_T)) + I − w, tau_w dw/dt = a (v − E_L) − w.
 */
export const AdEx = defineModel(
  "AdEx",
  [
    MembraneConstants,
    Leak.rename({ v_rest: "E_L" }).bind({ tau }).redeclare({ E_L }),
    CurrentInput.bind(capacitive).redeclare({ I: { unit: "pA" } }),
    ExponentialUpstroke.rename({ delta: "delta_T", theta_rh: "v_T" })
      .bind({ tau })
      .redeclare({ v_T: { default: -50 } }),
    Adaptation.rename({ omega: "w", alpha: "a", beta: "b", w_tau: "tau_w", v_rest: "E_L" })
      .bind(capacitive)
      .redeclare({
        E_L,
        w: { unit: "pA" },
        a: { default: 2, unit: "nS" },
        b: { default: 0, unit: "pA" },
        tau_w: { default: 30 },
      }),
    Fire.rename({ threshold: "v_spike", v_reset: "v_r" }).redeclare({ v_spike: { default: 0 }, v_r: { default: -58 } }),
  ],
  {
    method: "euler",
    doc: "Adaptive exponential integrate-and-fire neuron in physical units.",
    source: "Brette & Gerstner 2005, J. Neurophysiol. 94:3637; names and step of ANNarchy 5",
  },
);
