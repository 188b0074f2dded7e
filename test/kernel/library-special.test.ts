/** What the functions of the library give at the ends of their domains, and what holds of them exactly. */
import { createBuilder, library, roundTo, type Precision } from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bits } from "./bits.ts";
import { interpret, type Written } from "./interpret.ts";
import { rows } from "./library-functions.ts";

const precisions: readonly Precision[] = ["f64", "f32"];
const smallestNormal: Readonly<Record<Precision, number>> = { f64: 2 ** -1022, f32: 2 ** -126 };
const smallest: Readonly<Record<Precision, number>> = { f64: 2 ** -1074, f32: 2 ** -149 };
const largest: Readonly<Record<Precision, number>> = { f64: Number.MAX_VALUE, f32: (2 - 2 ** -23) * 2 ** 127 };

/** Argument and exact result. */
type Facts = readonly (readonly [number, number])[];

function factsOf(precision: Precision): Readonly<Record<string, Facts>> {
  const [tiny, normal, huge] = [smallest[precision], smallestNormal[precision], largest[precision]];
  const odd: Facts = [
    [0, 0],
    [-0, -0],
    [tiny, tiny],
    [-tiny, -tiny],
    [normal, normal],
    [-3 * normal, -3 * normal],
    [NaN, NaN],
  ];
  const angle: Facts = [
    [Infinity, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
  ];
  return {
    exp: [
      [0, 1],
      [-0, 1],
      [tiny, 1],
      [-tiny, 1],
      [huge, Infinity],
      [-huge, 0],
      [Infinity, Infinity],
      [-Infinity, 0],
      [NaN, NaN],
    ],
    exprel: [
      [0, 1],
      [-0, 1],
      [tiny, 1],
      [-tiny, 1],
      [huge, Infinity],
      [-(2 ** 100), 2 ** -100],
      [Infinity, Infinity],
      [-Infinity, 0],
      [NaN, NaN],
    ],
    log: [
      [0, -Infinity],
      [-0, -Infinity],
      [1, 0],
      [-tiny, NaN],
      [-1, NaN],
      [-huge, NaN],
      [Infinity, Infinity],
      [-Infinity, NaN],
      [NaN, NaN],
    ],
    sin: [...odd, ...angle],
    cos: [[0, 1], [-0, 1], [tiny, 1], [-tiny, 1], ...angle],
    tan: [...odd, ...angle],
    sinh: [...odd, [huge, Infinity], [-huge, -Infinity], [Infinity, Infinity], [-Infinity, -Infinity]],
    cosh: [
      [0, 1],
      [-0, 1],
      [tiny, 1],
      [huge, Infinity],
      [-huge, Infinity],
      [-Infinity, Infinity],
      [NaN, NaN],
    ],
    tanh: [...odd, [30, 1], [-30, -1], [huge, 1], [-huge, -1], [Infinity, 1], [-Infinity, -1]],
  };
}

describe.each(precisions)("in %s", (precision) => {
  const facts = factsOf(precision);
  const named = (name: string): Written => rows.find((row) => row.name === name)!.written;
  const call = (written: Written): ((x: number) => number) => interpret(written, 1, precision).call;
  const numbers = precision === "f64" ? fc.double() : fc.float();
  const angles = fc.double({ min: -(2 ** 20), max: 2 ** 20, noNaN: true }).map((x) => roundTo(precision, x));

  it.each(rows)("$name has the values that IEEE 754 recommends where a result is special", ({ name, written }) => {
    const results = facts[name]!.map(([x]) => `${name}(${bits(x)}) = ${bits(call(written)(x))}`);
    expect(results).toEqual(facts[name]!.map(([x, y]) => `${name}(${bits(x)}) = ${bits(y)}`));
  });

  it("exp goes straight from the smallest normal number to 0, and from the largest finite one to ∞", () => {
    const exp = call(library.exp);
    const last = precision === "f64" ? -708.3964185322641 : -87.33654022216797;
    const below = precision === "f64" ? -708.3964185322642 : -87.3365478515625;
    expect(exp(last)).toBeGreaterThanOrEqual(smallestNormal[precision]);
    expect(exp(last)).toBeLessThan(smallestNormal[precision] * 1.0001);
    expect(exp(below)).toBe(0);
    const top = precision === "f64" ? 709.782712893384 : 88.72283172607422;
    const above = precision === "f64" ? 709.7827128933841 : 88.72283935546875;
    expect(exp(top)).toBeGreaterThan(largest[precision] * 0.9999);
    expect(exp(top)).toBeLessThan(Infinity);
    expect(exp(above)).toBe(Infinity);
  });

  it.each([
    ["sin", angles],
    ["tan", angles],
    ["sinh", numbers],
    ["tanh", numbers],
  ] as const)("%s is odd to the bit", (name, domain) => {
    const f = call(named(name));
    fc.assert(fc.property(domain, (x) => bits(f(-x)) === bits(-f(x))));
  });

  it.each([
    ["cos", angles],
    ["cosh", numbers],
  ] as const)("%s is even to the bit", (name, domain) => {
    const f = call(named(name));
    fc.assert(fc.property(domain, (x) => bits(f(-x)) === bits(f(x))));
  });

  it.each(["sin", "cos", "tanh"] as const)("%s is nowhere beyond ±1", (name) => {
    const f = call(named(name));
    fc.assert(fc.property(angles, (x) => Math.abs(f(x)) <= 1));
  });

  it.each(rows)("$name does not depend on what operations leave unspecified", ({ written }) => {
    const variants = [-3.25, 1e30, NaN].map((garbage) => interpret(written, 1, precision, garbage).call);
    const f = call(written);
    fc.assert(fc.property(numbers, (x) => variants.every((variant) => bits(variant(x)) === bits(f(x)))));
  });

  it("pow does not depend on what operations leave unspecified", () => {
    const variants = [-3.25, 1e30, NaN].map((garbage) => interpret(library.pow, 2, precision, garbage).call);
    const f = interpret(library.pow, 2, precision).call;
    fc.assert(fc.property(numbers, numbers, (x, y) => variants.every((each) => bits(each(x, y)) === bits(f(x, y)))));
  });

  it.each(rows)("$name of a constant is folded to what it is at run time", ({ written }) => {
    const f = call(written);
    fc.assert(
      fc.property(numbers, (x) => {
        const b = createBuilder({ precision, dt: 1, n: 1 });
        const folded = b.constantOf(written(b, b.constant(x)));
        return folded !== undefined && bits(folded) === bits(f(x));
      }),
    );
  });
});
