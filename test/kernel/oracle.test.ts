/** The oracle itself: known digits, identities, and rounding by rule. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cos, cosh, exp, exprel, log, pi, pow, sin, sinh, tan, tanh } from "./oracle-functions.ts";
import { add, distance, divide, fixed, multiply, round, scale, subtract, wide, type Wide } from "./oracle-wide.ts";

/** The first 50 decimals, cut off. */
const decimals = (x: Wide): string => {
  const digits = (fixed(multiply(x, { m: 10n ** 50n, e: 0 }), 8) >> 8n).toString().padStart(51, "0");
  return `${digits.slice(0, -50)}.${digits.slice(-50)}`;
};
const one = wide(1);
const moderate = fc.double({ min: -20, max: 20, noNaN: true }).filter((x) => Math.abs(x) > 1e-3);

/** Whether two numbers differ by less than 2^-150 of the larger. */
const agree = (a: Wide, b: Wide): boolean => {
  const difference = subtract(a, b);
  return difference.m === 0n || Math.abs(round(scale(divide(difference, b), 150), "f64")) < 1;
};

describe("the oracle", () => {
  it("knows π, e, ln 2, ln 10 and √2 to fifty decimals", () => {
    expect(decimals(pi)).toBe("3.14159265358979323846264338327950288419716939937510");
    expect(decimals(exp(one))).toBe("2.71828182845904523536028747135266249775724709369995");
    expect(decimals(log(wide(2)))).toBe("0.69314718055994530941723212145817656807550013436025");
    expect(decimals(log(wide(10)))).toBe("2.30258509299404568401799145468436420760110148862877");
    expect(decimals(pow(wide(2), wide(0.5)))).toBe("1.41421356237309504880168872420969807856967187537694");
  });

  it("knows sin 1, cos 1 and sinh 1 to fifty decimals", () => {
    expect(decimals(sin(one))).toBe("0.84147098480789650665250232163029899962256306079837");
    expect(decimals(cos(one))).toBe("0.54030230586813971740093660744297660373231042061792");
    expect(decimals(sinh(one))).toBe("1.17520119364380145688238185059560081515571798133409");
  });

  it("inverts exp by log", () => {
    fc.assert(fc.property(moderate, (x) => agree(log(exp(wide(x))), wide(x))));
  });

  it("has sin² + cos² = cosh² − sinh² = 1", () => {
    const square = (x: Wide): Wide => multiply(x, x);
    fc.assert(fc.property(moderate, (x) => agree(add(square(sin(wide(x))), square(cos(wide(x)))), one)));
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (x) =>
        agree(subtract(square(cosh(wide(x))), square(sinh(wide(x)))), one),
      ),
    );
  });

  it("has tan, tanh, exprel by their definitions", () => {
    fc.assert(
      fc.property(moderate, (x) => {
        const w = wide(x);
        return (
          agree(multiply(tan(w), cos(w)), sin(w)) &&
          agree(multiply(tanh(w), cosh(w)), sinh(w)) &&
          agree(add(multiply(exprel(w), w), one), exp(w))
        );
      }),
    );
  });

  it("rounds every number of a precision to itself", () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => round(wide(x), "f64") === x));
    fc.assert(fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (x) => round(wide(x), "f32") === x));
  });

  it("rounds doubles to single precision as the machine does", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => round(wide(x), "f32") === Math.fround(x)),
    );
  });

  it("rounds sums and quotients of doubles as the machine does", () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(numbers, numbers, (x, y) => round(add(wide(x), wide(y)), "f64") === x + y));
    fc.assert(fc.property(numbers, moderate, (x, y) => round(divide(wide(x), wide(y)), "f64") === x / y || x === 0));
  });

  it("counts representable numbers between two", () => {
    expect(distance(1, 1 + 2 ** -52, "f64")).toBe(1);
    expect(distance(1, 1 + 2 ** -23, "f32")).toBe(1);
    expect(distance(-(2 ** -1074), 2 ** -1074, "f64")).toBe(2);
    expect(distance(2, 2 - 3 * 2 ** -52, "f64")).toBe(3);
    expect(distance(NaN, NaN, "f64")).toBe(0);
    expect([distance(0, -0, "f64"), distance(NaN, 1, "f32")]).toEqual([Infinity, Infinity]);
  });
});
