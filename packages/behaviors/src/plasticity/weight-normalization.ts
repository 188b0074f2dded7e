import { defineBehavior, Phase } from "@neuroweave/model";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";
import { formNamed } from "./chosen-option.ts";

/** What is kept: the sum of the magnitudes of the weights, or the root of the sum of their squares. */
export type WeightNorm = "sum" | "L2";

/**
 * `default`: magnitudes are summed, and weights that are all zero stay so. `conex`: weights are summed with their signs, and where they
 * cancel they are multiplied by `norm`, as CoNeX 0.1.5 does; for weights ≥ 0 both are the same.
 */
export type NormalizationDialect = "default" | "conex";

const measures: Readonly<Record<WeightNorm, readonly [of: string, size: string]>> = {
  sum: ["abs(w)", "total"],
  L2: ["w * w", "sqrt(total)"],
};

/**
 * All weights onto a target, or with `by: "source"` from a source, are multiplied by one factor, so that their norm is `norm`; their
 * ratios stay. In every step, or each so many ms (`every`); behind learning, so that what others change in a step is shared out in it.
 * Bounds hold afterwards, and may keep a norm from being reached.
 */
export const WeightNormalization = defineBehavior({
  name: "weightNormalization",
  doc: "The weights of each target or source are multiplied by one factor, so that their norm stays.",
  source: "von der Malsburg 1973, Kybernetik 14:85; Diehl & Cook 2015, Front. Comput. Neurosci. 9:99; dialect conex: CoNeX 0.1.5",
  scope: "instance",
  adaptive: true,
  priority: Phase.Normalization,
  requires: [...onlyOnProjections, "w"],
  parameters: { norm: { default: 1, min: 0, per: "target", doc: "norm of the weights of a target or source, in the unit of w; default of CoNeX" } },
  options: {
    by: "target" as "target" | "source",
    measure: "sum" as WeightNorm,
    dialect: "default" as NormalizationDialect,
    /** Interval in ms, a whole number of steps; every step unless given. */
    every: undefined as number | undefined,
  },
  build({ by, measure, dialect, every }) {
    const per = formNamed("end", by, { target: "target", source: "source" } as const);
    const [magnitudes, size] = formNamed("measure of weights", measure, measures);
    const [of, scaled] = formNamed("dialect of normalization", dialect, {
      default: [magnitudes, `total > 0 ? w * (norm / ${size}) : w`],
      conex: [measure === "sum" ? "w" : magnitudes, `w * (norm / (total == 0 ? 1 : ${size}))`],
    });
    return {
      per: { norm: per },
      signals: { total: { of, by: "sum", per } },
      equations: `w = ${scaled}`,
      ...(every === undefined ? {} : { every }),
    };
  },
}); // prettier-ignore
