/** Spike-timing dependent plasticity of pairs of spikes. */
import { defineBehavior, defineModel, NeuroweaveError, type ParameterDeclaration } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { checkPairing, postAhead, preAhead, type Pairing, type Tie } from "./pairing.ts";
import { PostTrace, PreTrace } from "./spike-traces.ts";

/**
 * How a change depends on the weight. `additive`: not at all (Song, Miller & Abbott 2000). `multiplicative`: in proportion to the distance
 * from the bound (Kistler & van Hemmen 2000). `power`: to a power mu of that distance (Gütig, Aharonov, Rotter & Sompolinsky 2003).
 */
export type WeightDependence = "additive" | "multiplicative" | "power";

const factors: Readonly<Record<WeightDependence, readonly [up: string, down: string]>> = {
  additive: ["", ""],
  multiplicative: [" * (w_max - w)", " * (w - w_min)"],
  power: [" * pow(w_max - w, mu)", " * pow(w - w_min, mu)"],
};

/** When a pair of `reduced` pairing has not been made yet and no other spike lies between: the last spike of one end came behind that of the other. */
function fresh(pairing: Pairing, tie: Tie): readonly [up: string, down: string] {
  if (pairing !== "reduced") return ["", ""];
  const lastPost = postAhead(tie) ? "t_post_before" : "t_post";
  const lastPre = preAhead(tie) ? "t_pre_before" : "t_pre";
  // A pair that a tie has made is used up.
  return [`t_pre ${preAhead(tie) ? ">" : ">="} ${lastPost}`, `t_post ${postAhead(tie) ? ">" : ">="} ${lastPre}`];
}

const chosen = (condition: string, value: string): string =>
  condition === "" ? value : `(${condition} ? ${value} : 0)`;

/** What decides the change that a pair makes. */
export interface PairOptions {
  readonly pairing: Pairing;
  readonly tie: Tie;
  readonly dependence: WeightDependence;
}

/** What a postsynaptic spike adds, `up`, and a presynaptic one takes, `down`. Refuses options that do not exist. */
export function pairChanges({ pairing, tie, dependence }: PairOptions): { readonly up: string; readonly down: string } {
  checkPairing(pairing, tie);
  if (!Object.hasOwn(factors, dependence))
    throw new NeuroweaveError("invalid-value", `pairs have no dependence ${String(dependence)}`, {
      candidates: Object.keys(factors),
      remedy: `Choose one of ${Object.keys(factors).join(", ")}.`,
    });
  const [up, down] = factors[dependence];
  const [freshUp, freshDown] = fresh(pairing, tie);
  return { up: chosen(freshUp, `A_plus * x_pre${up}`), down: chosen(freshDown, `A_minus * x_post${down}`) };
}

/** Sizes of the changes; rules that share them by name declare them alike. */
export const pairParameters = {
  A_plus: { default: 0.01, doc: "potentiation by a pair without delay, in the unit of w times that of the dependence" },
  A_minus: { default: 0.012, doc: "depression by a pair without delay, alike" },
  mu: { default: 0.4, unit: "1", min: 0, doc: "exponent of dependence power; Morrison, Aertsen & Diesmann 2007" },
} as const satisfies Readonly<Record<string, ParameterDeclaration>>;

const PairRule = defineBehavior({
  name: "pairRule",
  doc: "A presynaptic spike depresses by what postsynaptic spikes have left, a postsynaptic one potentiates by what presynaptic ones have.",
  source: "Song, Miller & Abbott 2000, Nat. Neurosci. 3:919; Morrison, Diesmann & Gerstner 2008, Biol. Cybern. 98:459",
  adaptive: true,
  requires: [...onlyOnProjections, "w"],
  parameters: pairParameters,
  options: { pairing: "all" as Pairing, tie: "none" as Tie, dependence: "additive" as WeightDependence },
  build({ pairing, tie, dependence }) {
    const { up, down } = pairChanges({ pairing, tie, dependence });
    return {
      onPre: `w += -${down}`,
      onPost: `w += ${up}`,
    };
  },
}); // prettier-ignore

/**
 * Pair-based STDP: Δw = A_plus e^(−Δt/tau_plus) for a presynaptic spike Δt before a postsynaptic one, −A_minus e^(−Δt/tau_minus) for the
 * reverse, times what `dependence` says. `pairing` says which spikes make pairs, `tie` what two of one step make. Bounds are those of
 * `WeightBounds`, which the dependences other than `additive` need.
 */
export const PairSTDP = defineModel("PairSTDP", [PreTrace, PostTrace, PairRule], {
  doc: "Pair-based spike-timing dependent plasticity.",
  source: "Song, Miller & Abbott 2000, Nat. Neurosci. 3:919; Morrison, Diesmann & Gerstner 2008, Biol. Cybern. 98:459",
});
