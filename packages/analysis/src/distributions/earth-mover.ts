import { checkNumber, refusal } from "@neuroweave/equations";

/**
 * Earth-mover distance in one dimension: ∫ |F_a − F_b| dx of the distribution functions, the least mean way by which
 * values of one sample must move to become the other (first Wasserstein distance; Vallender 1974, Theory Probab. Appl.
 * 18:784). In the unit of the values; a metric between distributions. Each value weighs the same, or as much as its
 * entry of `weights`, which need not sum to 1.
 *
 *     earthMoverDistance([0, 1, 3], [5, 6, 8])   // 5
 *
 * Throws `wrong-length` for an empty sample and for weights that are not as many as the values, `not-finite`,
 * `out-of-range` for weights that are negative or all 0.
 */
export function earthMoverDistance(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  weights: { readonly a?: ArrayLike<number>; readonly b?: ArrayLike<number> } = {},
): number {
  const steps = [...stepsOf("a", a, weights.a, 1), ...stepsOf("b", b, weights.b, -1)].sort((p, q) => p.at - q.at);
  let [difference, area] = [0, 0];
  for (let k = 0; k + 1 < steps.length; k++) {
    difference += steps[k]!.height;
    area += Math.abs(difference) * (steps[k + 1]!.at - steps[k]!.at);
  }
  return area;
}

/** The steps of a distribution function, times `sign`. */
function stepsOf(name: string, values: ArrayLike<number>, weights: ArrayLike<number> | undefined, sign: number) {
  if (values.length === 0)
    throw refusal("wrong-length", `earthMoverDistance: ${name} is empty`, "Give samples of one value or more.");
  if (weights !== undefined && weights.length !== values.length)
    throw refusal(
      "wrong-length",
      `earthMoverDistance: ${name} has ${values.length} values and ${weights.length} weights`,
      "Give one weight for each value, or none at all.",
    );
  const found = Array.from(values, (value, k) => ({
    at: checkNumber(`earthMoverDistance: value ${k} of ${name}`, value),
    height: sign * checkNumber(`earthMoverDistance: weight ${k} of ${name}`, weights?.[k] ?? 1, { min: 0 }),
  }));
  const total = found.reduce((sum, { height }) => sum + Math.abs(height), 0);
  if (total === 0)
    throw refusal("out-of-range", `earthMoverDistance: all weights of ${name} are 0`, "Give one weight above 0.");
  return found.map(({ at, height }) => ({ at, height: height / total }));
}
