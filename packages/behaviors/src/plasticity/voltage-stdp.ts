/** Plasticity by the voltage of the target. */
import { defineBehavior, defineModel } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { PreTrace } from "./spike-traces.ts";

const source = "Clopath, Büsing, Vasilaki & Gerstner 2010, Nat. Neurosci. 13:344, eqs. 1–4, table 1 (visual cortex)";

const VoltageRule = defineBehavior({
  name: "voltageRule",
  doc: "A presynaptic spike depresses where the voltage has been high; a voltage that is and has been high potentiates by what presynaptic spikes have left.",
  source,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "x_bar", "tau_x_bar"],
  parameters: {
    A_LTD: { default: 14e-5, unit: "1/mV", doc: "amplitude of depression, for weights of about 1" },
    A_LTP: { default: 8e-5, unit: "1/mV^2", doc: "amplitude of potentiation, for weights of about 1" },
    theta_minus: { default: -70.6, unit: "mV", doc: "voltage above which averages count, the resting potential in the paper" },
    theta_plus: { default: -45.3, unit: "mV", doc: "voltage above which the present one counts" },
    u_ref_squared: { default: 60, unit: "mV^2", min: positive, doc: "square of the mean depolarization at which depression is A_LTD, for homeostasis" },
  },
  options: { homeostasis: false },
  build({ homeostasis }) {
    const amplitude = homeostasis
      ? "A_LTD * (post.u_mean - theta_minus) * (post.u_mean - theta_minus) / u_ref_squared"
      : "A_LTD";
    return {
      equations: `
        w += A_LTP * dt * x_bar / tau_x_bar * max(post.v - theta_plus, 0) * max(post.u_plus_late - theta_minus, 0)
      `,
      onPre: `w += -${amplitude} * max(post.u_minus_late - theta_minus, 0)`,
    };
  },
}); // prettier-ignore

/**
 * Voltage-based STDP: −A_LTD [u_minus − theta_minus]₊ at a presynaptic spike, and dw/dt = A_LTP x [v − theta_plus]₊ [u_plus − theta_minus]₊
 * all the time, with a trace x of presynaptic spikes that jumps by 1 / tau_x_bar; here x = x_bar / tau_x_bar. The target needs
 * `VoltageTraces` and spikes that its voltage shows, such as those of `AdExAfterpotential`: where v is reset in the step of a spike, nothing
 * is potentiated. `homeostasis` scales A_LTD by the square of the mean depolarization, (u_mean − theta_minus)² / u_ref_squared. Every
 * synapse is advanced in every step, by v at its end; the error is proportional to dt.
 */
export const VoltageSTDP = defineModel(
  "VoltageSTDP",
  [PreTrace.rename({ x_pre: "x_bar", tau_plus: "tau_x_bar" }).redeclare({ tau_x_bar: { default: 15 } }), VoltageRule],
  { doc: "Spike-timing dependent plasticity by the voltage of the target.", source },
);
