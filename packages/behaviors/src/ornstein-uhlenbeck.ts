import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "./membrane-parameters.ts";

/** Names that one Ornstein–Uhlenbeck process goes by. */
interface ProcessNames {
  readonly state: string;
  readonly mean: string;
  readonly sigma: string;
  readonly tau: string;
}

/**
 * One step of tau dx/dt = mean − x + tau sigma ξ without an error in dt: over a step x keeps e^(−dt/tau) of its distance
 * to the mean and gains a normal number of variance sigma² tau/2 (1 − e^(−2dt/tau)). Gillespie 1996, Phys. Rev. E 54:2084.
 */
export const exactProcess = ({ state, mean, sigma, tau }: ProcessNames): string => `
  let kept = exp(-dt / ${tau})
  ${state} = ${mean} + kept * (${state} - ${mean}) + ${sigma} * sqrt(${tau} / 2 * (1 - kept * kept)) * normal(0, 1)
`;

export const processSource =
  "Uhlenbeck & Ornstein 1930, Phys. Rev. 36:823; exact update: Gillespie 1996, Phys. Rev. E 54:2084";

/** Colored noise that adds to `I`; its symbols are the population's. Begins at its mean. */
export const OrnsteinUhlenbeck = defineBehavior({
  name: "ornsteinUhlenbeck",
  doc: "Colored noise on an input: stationary standard deviation sigma √(tau/2), correlation time tau.",
  source: processSource,
  priority: Phase.Input,
  parameters: {
    ou_mean: { default: 0, doc: "mean, in the unit of the input" },
    ou_sigma: { default: 0, min: 0, doc: "noise amplitude, in the unit of the input per √ms" },
    ou_tau: { default: 5, unit: "ms", min: positive, doc: "correlation time" },
  },
  state: { ou: { init: "ou_mean", doc: "present value of the noise" } },
  requires: ["I"],
  equations: `
    ${exactProcess({ state: "ou", mean: "ou_mean", sigma: "ou_sigma", tau: "ou_tau" })}
    I += ou
  `,
});
