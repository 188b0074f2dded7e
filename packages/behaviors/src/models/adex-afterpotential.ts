import { defineModel } from "@neuroweave/model";
import { Adaptation } from "../adaptation.ts";
import { Afterpotential } from "../afterpotential.ts";
import { CurrentInput } from "../current-input.ts";
import { ExponentialUpstroke } from "../exponential-upstroke.ts";
import { Fire } from "../fire.ts";
import { JumpingThreshold } from "../jumping-threshold.ts";
import { Leak } from "../leak.ts";
import { MembraneConstants } from "../membrane-constants.ts";
import { SpikeClamp } from "../spike-clamp.ts";

const tau = "C / gL";
/** Currents act on the capacitance, as in `AdEx`. */
const capacitive = { tau: "C", R: "1" } as const;
const E_L = { default: -70.6, doc: "leak reversal potential" };

/**
 * Adaptive exponential integrate-and-fire neuron whose spikes have a width, a depolarizing afterpotential and a threshold that jumps:
 * C dv/dt = gL (E_L − v + delta_T e^((v − v_T) / delta_T)) + I − w + z. A spike holds v at v_clamp for t_clamp, w standing still, and
 * leaves w += b, z = I_sp, v_T = v_T_max. Made for rules that read the voltage.
 */
export const AdExAfterpotential = defineModel(
  "AdExAfterpotential",
  [
    MembraneConstants,
    Leak.rename({ v_rest: "E_L" }).bind({ tau }).redeclare({ E_L }),
    CurrentInput.bind(capacitive).redeclare({ I: { unit: "pA" } }),
    JumpingThreshold,
    ExponentialUpstroke.rename({ delta: "delta_T" }).bind({ tau, theta_rh: "v_T" }),
    Adaptation.rename({ omega: "w", alpha: "a", beta: "b", w_tau: "tau_w", v_rest: "E_L" })
      .bind(capacitive)
      .redeclare({
        E_L,
        w: { unit: "pA" },
        a: { default: 4, unit: "nS" },
        b: { default: 80.5, unit: "pA" },
        tau_w: { default: 144 },
      }),
    Afterpotential,
    Fire.rename({ threshold: "v_spike", v_reset: "v_clamp" }).redeclare({
      v_spike: { default: 33 },
      v_clamp: { default: 33, doc: "voltage during a spike" },
    }),
    SpikeClamp({ hold: ["v", "w"] }),
  ],
  {
    method: "rk4",
    defaults: { C: 281, gL: 30 },
    doc: "Adaptive exponential integrate-and-fire neuron with an afterpotential.",
    source:
      "Clopath, Büsing, Vasilaki & Gerstner 2010, Nat. Neurosci. 13:344, table 1; v_spike, v_clamp, t_clamp and v_r of NEST 3, aeif_psc_delta_clopath",
  },
);
