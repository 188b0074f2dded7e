/** Plasticity by the calcium that spikes of both ends let in. */
import { defineBehavior, defineModel, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { calciumValues, type CalciumFit } from "./calcium-fits.ts";

const source = "Graupner & Brunel 2012, PNAS 109:3991, eqs. 1 and 2, tables S1 and S2";
const fit = "DP" as CalciumFit;

/** Everything here that advances does so from the step before to the present one, so that spikes of a step count from it on. */
const priority = Phase.Learning;

/* Late ahead of the rest: what is delayed is read as it was at the start of a step, when calcium_post is what it has been, too. */
const CalciumArrival = defineBehavior({
  name: "calciumArrival",
  doc: "Calcium of presynaptic spikes rises after a delay.",
  source,
  priority: Phase.Trace,
  requires: [...onlyOnProjections, "calcium_pre"],
  state: { calcium_arrived: { init: 0, unit: "1", per: "source", doc: "calcium of presynaptic spikes, after the delay" } },
  options: { fit, D: undefined as number | undefined },
  build: ({ fit: chosen, D }) => ({ equations: `calcium_arrived = delayed(calcium_pre, ${D ?? calciumValues(chosen).D})` }),
}); // prettier-ignore

const CalciumTrace = defineBehavior({
  name: "calciumTrace",
  doc: "Spikes of either end let calcium in, which decays.",
  source,
  priority,
  requires: onlyOnProjections,
  parameters: {
    tau_Ca: { default: 20, unit: "ms", min: positive, doc: "decay of calcium" },
    C_pre: { default: 1, unit: "1", min: 0, per: "source", doc: "calcium of a presynaptic spike" },
    C_post: { default: 2, unit: "1", min: 0, per: "target", doc: "calcium of a postsynaptic spike" },
  },
  state: {
    calcium_pre: { init: 0, unit: "1", per: "source", doc: "calcium of presynaptic spikes, ahead of the delay" },
    calcium_post: { init: 0, unit: "1", per: "target", doc: "calcium of postsynaptic spikes" },
  },
  options: { fit },
  build({ fit: chosen }) {
    const { tau_Ca, C_pre, C_post } = calciumValues(chosen);
    return {
      defaults: { tau_Ca, C_pre, C_post },
      equations: `
        calcium_pre = calcium_pre * exp(-dt / tau_Ca)
        calcium_post = calcium_post * exp(-dt / tau_Ca)
      `,
      onPre: "calcium_pre += C_pre",
      onPost: "calcium_post += C_post",
    };
  },
});

/*
 * Calcium decays within a step, so it is above a threshold for the first part of it: tau_Ca log(calcium / theta). As long as it is above
 * both, rho approaches gamma_p / (gamma_p + gamma_d); above one alone, 0 or 1. These parts are solved exactly. The cubic of the two stable
 * states advances by an Euler step: it changes rho by less than 0.1 dt / tau_rho.
 */
const driven = `
  let calcium = calcium_arrived + calcium_post
  let above_d = clip(tau_Ca * log(calcium / theta_d), 0, dt)
  let above_p = clip(tau_Ca * log(calcium / theta_p), 0, dt)
  let both = min(above_d, above_p)
  let level = gamma_p / (gamma_p + gamma_d)
  let common = level + (rho - level) * exp(-(gamma_p + gamma_d) * both / tau_rho)
  let depressed = common * exp(-gamma_d * (above_d - both) / tau_rho)
  let driven = 1 - (1 - depressed) * exp(-gamma_p * (above_p - both) / tau_rho)
`;

const CalciumRule = defineBehavior({
  name: "calciumRule",
  doc: "Calcium above one threshold depresses, above another potentiates; the weight follows the efficacy.",
  source,
  priority,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "calcium_arrived", "calcium_post", "tau_Ca"],
  parameters: {
    theta_d: { default: 1, unit: "1", min: positive, doc: "calcium above which the synapse depresses" },
    theta_p: { default: 1.3, unit: "1", min: positive, doc: "calcium above which it potentiates" },
    gamma_d: { default: 200, unit: "1", min: positive, doc: "rate of depression, in 1 / tau_rho" },
    gamma_p: { default: 321.808, unit: "1", min: positive, doc: "rate of potentiation, in 1 / tau_rho" },
    tau_rho: { default: 150e3, unit: "ms", min: positive, doc: "time constant of the efficacy" },
    rho_star: { default: 0.5, unit: "1", min: 0, max: 1, doc: "unstable state between the two stable ones, for bistable synapses" },
    sigma: { default: 2.8284, unit: "1", min: 0, doc: "amplitude of noise while calcium is above thresholds" },
    w_down: { default: 1, doc: "weight at efficacy 0, in the unit of w" },
    b: { default: 5, unit: "1", doc: "weight at efficacy 1, in units of w_down" },
  },
  state: { rho: { init: 0, unit: "1", doc: "efficacy: 0 down, 1 up" } },
  options: {
    fit,
    /** Whether 0 and 1 are stable; otherwise every efficacy is, while calcium is low. */
    bistable: true,
    /** Whether calcium above thresholds brings noise with it. */
    noise: true,
  },
  build({ fit: chosen, bistable, noise }) {
    const { theta_p, gamma_d, gamma_p, sigma, tau_rho, b } = calciumValues(chosen);
    const parts = [
      "driven",
      ...(bistable ? ["- rho * (1 - rho) * (rho_star - rho) * dt / tau_rho"] : []),
      ...(noise ? ["+ sigma * sqrt((above_d + above_p) / tau_rho) * normal(0, 1)"] : []),
    ];
    return {
      defaults: { theta_p, gamma_d, gamma_p, sigma, tau_rho, b },
      equations: `${driven}
        let after = ${parts.join(" ")}
        rho = after
        w = w_down * (1 + (b - 1) * after)
      `,
    };
  },
}); // prettier-ignore

/**
 * Calcium-based plasticity: tau_rho dρ/dt = −ρ(1−ρ)(rho_star−ρ) + gamma_p (1−ρ) Θ(c−theta_p) − gamma_d ρ Θ(c−theta_d) + noise, where
 * calcium c jumps by C_post at a postsynaptic spike and by C_pre a time D (ms, a whole number of steps) after a presynaptic one, and decays
 * with tau_Ca. The weight is w_down (1 + (b−1) ρ) from the first step on, whatever the projection was given; `init_rho` is its start.
 * `fit` chooses values of the paper, each of which may be given as well; `bistable` and `noise` switch those terms off. Exact in time,
 * whatever dt is, but for the small cubic term. Every synapse is advanced in every step.
 */
export const CalciumSTDP = defineModel("CalciumSTDP", [CalciumArrival, CalciumTrace, CalciumRule], {
  doc: "Plasticity by calcium with two thresholds.",
  source,
});
