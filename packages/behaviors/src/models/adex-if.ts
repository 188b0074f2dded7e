import { defineModel } from "@neuroweave/model";
import { Adaptation } from "../adaptation.ts";
import { CurrentInput } from "../current-input.ts";
import { ExponentialUpstroke } from "../exponential-upstroke.ts";
import { Fire } from "../fire.ts";
import { Leak } from "../leak.ts";

/**
 * Adaptive exponential integrate-and-fire neuron in time constant and resistance, under the names of brainmodels:
 * tau dv/dt = V_rest − v + delta_T e^((v − V_T) / delta_T) − R w + R I, tau_w dw/dt = a (v − V_rest) − w. It begins at rest;
 * `init_v: 0` begins where brainmodels does, above threshold.
 */
export const AdExIF = defineModel(
  "AdExIF",
  [
    Leak.rename({ v_rest: "V_rest" }),
    CurrentInput,
    ExponentialUpstroke.rename({ delta: "delta_T", theta_rh: "V_T" }).redeclare({
      delta_T: { default: 3.48 },
      V_T: { default: -59.9 },
    }),
    Adaptation.rename({ omega: "w", alpha: "a", beta: "b", w_tau: "tau_w", v_rest: "V_rest" }).redeclare({
      a: { default: 1 },
      b: { default: 1 },
      tau_w: { default: 30 },
    }),
    Fire.rename({ threshold: "V_th", v_reset: "V_reset" }).redeclare({
      V_th: { default: -30 },
      V_reset: { default: -68 },
    }),
  ],
  {
    method: "exponentialEuler",
    doc: "Adaptive exponential integrate-and-fire neuron in time constant and resistance.",
    source: "Fourcaud-Trocmé et al. 2003, Brette & Gerstner 2005; names and defaults of brainmodels 0.4.1",
  },
);
