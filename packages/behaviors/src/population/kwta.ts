import { defineBehavior, NeuroweaveError, Phase } from "@neuroweave/model";

/** Among whom the k highest voltages are sought: all neurons, as CoNeX does, or those that have reached their thresholds. */
export type WinnersAmong = "neurons" | "candidates";

/**
 * k winners take all: of the neurons that have reached their thresholds, those lose that are not among the k highest voltages,
 * and are reset without a spike. Nobody loses in a step in which no more than k have reached theirs. With `dimension`, the
 * neurons of each line of the grid along that dimension compete among themselves.
 *
 * As in CoNeX, the k highest voltages are sought among all neurons. Where thresholds differ, one that has not reached its own may
 * so be in the place of a winner, and fewer than k spike; `among: "candidates"` leaves it out. Of equal voltages the lower index
 * wins; CoNeX leaves the choice to `torch.topk`, which decides so in lines of at least 64 k neurons and as it happens in shorter.
 * Along a dimension, CoNeX also spares every line unless one has more than k candidates; here the lines together must.
 */
export const KWTA = defineBehavior({
  name: "kWTA",
  doc: "Of the neurons at threshold, at most k spike: those with the highest voltages; the others are reset.",
  source: "CoNeX 0.1.5, KWTA",
  scope: "instance",
  priority: Phase.Competition,
  requires: ["v", "threshold", "v_reset"],
  options: {
    /** Winners in each line, a whole number ≥ 1. */
    k: 1,
    /** Dimension of the population's shape along which neurons compete, 0 for the slowest; all together unless given. */
    dimension: undefined as number | undefined,
    among: "neurons" as WinnersAmong,
  },
  build({ k, dimension, among }) {
    if (!Number.isSafeInteger(k) || k < 1)
      throw new NeuroweaveError("out-of-range", `${String(k)} is no number of winners`, {
        remedy: "Give a whole number ≥ 1.",
      });
    const competition = { by: "v", among: "v >= threshold", k, dimension };
    if (among === "candidates") return { competition, onLose: "v = v_reset" };
    if (among !== "neurons")
      throw new NeuroweaveError("invalid-value", `winners cannot be sought among ${String(among)}`, {
        candidates: ["neurons", "candidates"],
        remedy: "Choose neurons or candidates.",
      });
    return {
      signals: {
        candidates: { of: "v >= threshold ? 1 : 0", by: "sum" },
        // Whoever is below every threshold cannot be above a candidate.
        lowest: { of: "threshold", by: "min" },
      },
      competition: { ...competition, among: "v >= lowest" },
      onLose: `v = v >= threshold and candidates > ${k} ? v_reset : v`,
    };
  },
});
