import type { ParameterDeclaration } from "@neuroweave/model";

/** Factor by which a current falls from step to step, 1 − 1 / I_tau. */
export const I_tau = {
  default: 1,
  unit: "1",
  min: 1,
  doc: "steps in which a current would fall to zero in a straight line; 1 for a current that lasts one step",
} as const satisfies ParameterDeclaration;

export const provocativeness = {
  default: 0.5,
  unit: "1",
  doc: "how far priming can lift the voltage: 0 to rest, 1 to the threshold",
} as const satisfies ParameterDeclaration;

/**
 * What both priming compartments do with the current `arrived` of this step: with tau / R it becomes a current that, in one
 * Euler step of 1 ms, moves v by tanh(arrived) of the way to v_rest + provocativeness · (threshold − v_rest), and never down.
 */
export const primingBy = (arrived: string): string => `
  let way = max(v_rest + provocativeness * (threshold - v_rest) - v, 0)
  I_primed = I_primed - I_primed / I_tau + tau * (tanh(${arrived}) * way) / R
  I += I_primed
`;
