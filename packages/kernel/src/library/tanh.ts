/**
 * tanh x = x − x·x²·P(x²)/Q(x²) where |x| is below `border`, ±(1 − 2/(e^|2x| + 1)) above: one division, whose operands
 * are chosen first.
 *
 * P and Q (monic) by Remez's exchange on the linear problem P − Q·(x − tanh x)/x³, reweighted by 1/Q until Q settled.
 * Relative error: f64, |x| ≤ 0.7, degrees 2 and 3 in x², 2.9e-18; f32, |x| ≤ 0.65, degrees 1 and 1, 6.8e-9.
 *
 * Largest error of the function: f64 1.10 ulp, f32 1.36 ulp.
 */
import type { Builder } from "../builder.ts";
import type { Precision, Value } from "../ir.ts";
import { arithmetic } from "./arithmetic.ts";
import { exp } from "./exp.ts";
import { polynomial } from "./polynomial.ts";

interface Constants {
  readonly border: number;
  /** From here on tanh x = 1. */
  readonly highest: number;
  readonly P: readonly number[];
  readonly Q: readonly number[];
}

const constants: Readonly<Record<Precision, Constants>> = {
  f64: {
    border: 0.7,
    highest: 20,
    P: [1616.1921888386723, 99.36057472140784, 0.9644276859000817],
    Q: [4848.5765665160225, 2237.5123507704084, 112.89058879017195, 1],
  },
  f32: {
    border: 0.65,
    highest: 10,
    P: [0.8238595128059387, 0.0038012368604540825],
    Q: [2.471580982208252, 1],
  },
};

/** tanh x, exactly ±1 where nothing else is nearer. */
export function tanh(b: Builder, x: Value): Value {
  const { c, add, sub, mul, div, neg, abs, lesser, lt, eq, when } = arithmetic(b);
  const { border, highest, P, Q } = constants[b.precision];
  const magnitude = lesser(abs(x), c(highest));
  const growth = exp(b, add(magnitude, magnitude));
  const z = mul(magnitude, magnitude);
  const isSmall = lt(magnitude, c(border));
  const above = when(isSmall, mul(mul(magnitude, z), polynomial(b, z, P)), c(2));
  const below = when(isSmall, polynomial(b, z, Q), add(growth, c(1)));
  const result = sub(when(isSmall, magnitude, c(1)), div(above, below));
  return when(eq(x, c(0)), x, when(lt(x, c(0)), neg(result), result));
}
