/** Stochastic spikes at an intensity that follows the voltage, and intrinsic plasticity of that intensity. */
import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";

const source =
  "Joshi & Triesch 2009, Rules for information maximization in spiking neurons using intrinsic plasticity, Proc. IJCNN 1456";

const parameters = {
  r_0: { default: 10, unit: "Hz", min: positive, doc: "intensity for each u_alpha above the bend; own choice" },
  u_0: { default: -50, unit: "mV", doc: "voltage at which the intensity bends; own choice" },
  u_alpha: { default: 2, unit: "mV", min: positive, doc: "width of the bend; own choice" },
} as const;

/**
 * Spikes at random with the intensity r_0 log(1 + e^((v − u_0) / u_alpha)) in Hz, in the place of `Fire`: a step holds a spike with
 * probability 1 − e^(−intensity · dt), and then the voltage is reset.
 */
export const StochasticFire = defineBehavior({
  name: "stochasticFire",
  doc: "Spikes at random, the more often the higher the voltage is.",
  source,
  requires: ["v"],
  priority: Phase.Firing - 1,
  parameters: {
    ...parameters,
    v_reset: { default: -70, unit: "mV", doc: "voltage after a spike" },
  },
  state: {
    drive: { init: 0, unit: "1", doc: "distance of the voltage from the bend, in u_alpha, before a reset" },
    intensity: { init: 0, unit: "Hz", doc: "expected spikes per second" },
  },
  // log(1 + e^z) = max(z, 0) + log(1 + e^−|z|), which never overflows; 1 − e^(−x) = x exprel(−x).
  equations: `
    let z = (v - u_0) / u_alpha
    drive = z
    intensity = r_0 * (max(z, 0) + log(1 + exp(-abs(z))))
  `,
  spike: "uniform(0, 1) < intensity * dt / 1000 * exprel(-intensity * dt / 1000)",
  onSpike: "v = v_reset",
});

/** What r_0 and u_alpha do not fall below: a neuron with neither could not come back. */
const least = 1e-3;

/**
 * Moves r_0, u_0 and u_alpha of `StochasticFire` so that the intensity comes to be distributed exponentially with mean `intensity_goal`,
 * which carries most information at that mean. They descend the gradient of the Kullback–Leibler distance from that distribution: with
 * y the intensity, μ its goal, z = (v − u_0) / u_alpha and σ = 1 − e^(−y / r_0), the slope of y over that of z and r_0,
 * dr_0/dt = η_r (1 − y/μ) / r_0, du_0/dt = η_u ((1 + r_0/μ) σ − 1) / u_alpha, du_alpha/dt = η_α (z ((1 + r_0/μ) σ − 1) − 1) / u_alpha.
 */
export const IntrinsicPlasticity = defineBehavior({
  name: "intrinsicPlasticity",
  doc: "The intensity of spikes bends until it is distributed exponentially.",
  source,
  adaptive: true,
  priority: Phase.Homeostasis,
  requires: ["drive", "intensity"],
  parameters: {
    ...parameters,
    intensity_goal: { default: 20, unit: "Hz", min: positive, doc: "mean of the intensity that is wanted; own choice" },
    eta_r: { default: 1e-3, min: 0, doc: "rate of change of r_0, in Hz² per ms; own choice" },
    eta_u: { default: 1e-3, min: 0, doc: "rate of change of u_0, in mV² per ms; own choice" },
    eta_alpha: { default: 1e-3, min: 0, doc: "rate of change of u_alpha, in mV² per ms; own choice" },
  },
  equations: `
    let slope = 1 - exp(-intensity / r_0)
    let pull = (1 + r_0 / intensity_goal) * slope - 1
    r_0 = max(r_0 + dt * eta_r * (1 - intensity / intensity_goal) / r_0, ${least})
    u_0 = u_0 + dt * eta_u * pull / u_alpha
    u_alpha = max(u_alpha + dt * eta_alpha * (drive * pull - 1) / u_alpha, ${least})
  `,
});
