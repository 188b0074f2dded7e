/**
 * Variables that do nothing but decay come to rest: (x + c) − c leaves every ordinary number as it is and makes 0 of what is
 * far below c, before it reaches the subnormal numbers, with which processors are many times slower. In double precision
 * c = 2⁻⁹⁰⁰, so that what is below 2⁻⁹⁵³ becomes 0; in single precision c = 2⁻⁸⁰, and 2⁻¹⁰⁴.
 */
import { isZero, linearIn, symbolsOf } from "@neuroweave/equations";
import type { Builder, Value } from "@neuroweave/kernel";
import type { Entity } from "@neuroweave/model";
import type { ComposedDerivative } from "@neuroweave/schedule";

/**
 * Variables whose equations are linear in themselves and each other with nothing added; in a population with receptors also
 * those to whose equations only parameters add, since a resting voltage may be 0.
 */
export function decayingVariables(entity: Entity, derivatives: readonly ComposedDerivative[]): ReadonlySet<string> {
  const receives = entity.attached.some(({ instance }) => instance.declaration.onArrival.length > 0);
  const isParameter = (name: string): boolean => entity.symbols.get(name)?.kind === "parameter";
  const left = new Set(derivatives.map(({ variable }) => variable));
  const decays = ({ parts }: ComposedDerivative): boolean =>
    parts.every(({ value }) => {
      const linear = linearIn(value, [...left]);
      if ("offending" in linear) return false;
      return isZero(linear.rest) || (receives && [...symbolsOf(linear.rest)].every(isParameter));
    });
  for (let size = -1; size !== left.size;) {
    size = left.size;
    for (const each of derivatives) if (left.has(each.variable) && !decays(each)) left.delete(each.variable);
  }
  return left;
}

/** The value, or 0 where it is all but 0. */
export function settled(b: Builder, value: Value): Value {
  const c = b.constant(2 ** (b.precision === "f64" ? -900 : -80));
  return b.apply("sub", b.apply("add", value, c), c);
}
