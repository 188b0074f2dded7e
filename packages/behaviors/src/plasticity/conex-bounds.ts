/** How CoNeX's rules hold weights within bounds, and over how many positions they take the mean. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { ParameterDeclaration } from "@neuroweave/model";

/**
 * Factor of a change. `no_bound`: 1. `hard_bound`: 1 where w_min < w < w_max, else 0. `soft_bound`: (w − w_min)(w_max − w), for changes of
 * either sign.
 */
export type ConexBound = "no_bound" | "hard_bound" | "soft_bound";

const factors: Readonly<Record<ConexBound, ((w: string) => string) | null>> = {
  no_bound: null,
  hard_bound: (w) => ` * (${w} > w_min and ${w} < w_max ? 1 : 0)`,
  soft_bound: (w) => ` * ((${w} - w_min) * (w_max - ${w}))`,
};

/** The text behind a change of a weight that `w` spells. Refuses bounds that do not exist. */
export function boundFactor(bound: ConexBound, w: string): string {
  if (Object.hasOwn(factors, bound)) return factors[bound]?.(w) ?? "";
  throw new NeuroweaveError("invalid-value", `there is no bound ${String(bound)}`, {
    candidates: Object.keys(factors),
    remedy: `The bounds are ${Object.keys(factors).join(", ")}.`,
  });
}

/** The text that divides a change by the number of positions. Refuses what is no number of positions. */
export function meanOver(positions: number): string {
  if (Number.isInteger(positions) && positions >= 1) return positions === 1 ? "" : ` / ${positions}`;
  throw new NeuroweaveError("out-of-range", `${String(positions)} is no number of positions`, {
    remedy: "Give the number of positions at which a kernel is applied: height times width of the target.",
  });
}

/** Sizes of the changes and bounds, which CoNeX's STDP and RSTDP have in common. */
export const conexPairParameters = {
  a_plus: { default: 0.01, doc: "potentiation by a postsynaptic spike, times the presynaptic trace" },
  a_minus: { default: 0.012, doc: "depression by a presynaptic spike, times the postsynaptic trace" },
  w_min: { default: 0, doc: "smallest weight" },
  w_max: { default: 1, doc: "largest weight" },
} as const satisfies Readonly<Record<string, ParameterDeclaration>>;
