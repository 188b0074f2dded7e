/** Polynomials with constant coefficients. */
import type { Builder } from "../builder.ts";
import type { Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";

/**
 * Σ coefficients[i]·xⁱ. Neighbors are paired (Estrin 1960) until at most three terms are left, which Horner's rule
 * closes: the depth is logarithmic, and no power is made that only one term would use.
 */
export function polynomial(b: Builder, x: Value, coefficients: readonly number[]): Value {
  return combine(
    b,
    x,
    coefficients.map((a) => b.constant(a)),
  );
}

function combine(b: Builder, x: Value, terms: readonly Value[]): Value {
  const { add, mul } = arithmetic(b);
  if (terms.length <= 3) return terms.reduceRight((sum, term) => add(term, mul(sum, x)));
  const pairs: Value[] = [];
  for (let i = 0; i < terms.length; i += 2) {
    const [low, high] = terms.slice(i, i + 2);
    pairs.push(high === undefined ? low! : add(low!, mul(high, x)));
  }
  return combine(b, mul(x, x), pairs);
}
