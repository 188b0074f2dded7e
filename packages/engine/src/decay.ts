/**
 * Variables that do nothing but decay come to rest: what is smaller than 2⁻⁹⁵⁰, in single precision 2⁻¹⁰⁰, becomes 0, before it
 * reaches the subnormal numbers, with which processors are many times slower. A comparison, since a rounding such as
 * (x + c) − c never gets rid of numbers that decay by less than half of a unit in a step.
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
  const least = b.constant(2 ** (b.precision === "f64" ? -950 : -100));
  return b.apply("select", b.apply("lt", b.apply("abs", value), least), b.constant(0), value);
}
