/** x^y against its true value, and against JavaScript wherever that is exact by rule. */
import { library, roundTo, type Precision } from "@neuroweave/kernel";
import { describe, expect, it } from "vitest";
import { bits } from "./bits.ts";
import { interpret } from "./interpret.ts";
import { anyExponent, pointsOf, type Kind } from "./library-points.ts";
import { pow } from "./oracle-functions.ts";
import { distance, negate, round, wide } from "./oracle-wide.ts";

const count = 2000;

/** Exponents y that bring x^y near 2^p. */
const reaching = (x: number, p: number): number => p / Math.log2(x);

/** Kinds of pairs: the base by its own kind of points, the exponent from the base and a number in (−1, 1). */
const pairs: Readonly<
  Record<string, { base: Kind; exponent: (x: number, u: number, precision: Precision) => number }>
> = {
  "results over the whole range": {
    base: (u, precision) => Math.abs(anyExponent(u, precision)),
    exponent: (x, u, precision) => reaching(x, u * (precision === "f64" ? 1080 : 152)),
  },
  "bases near 1": {
    base: ([u, v], precision) => 1 + (2 * u - 1) * 2 ** (-(precision === "f64" ? 50 : 21) * v),
    exponent: (x, u, precision) => reaching(x, u * (precision === "f64" ? 1080 : 152)),
  },
  "bases where the exponent of two changes": {
    base: ([u, v]) => (v < 0.5 ? Math.SQRT2 : Math.SQRT1_2) * (1 + (2 * u - 1) * 2 ** -6),
    exponent: (x, u, precision) => reaching(x, u * (precision === "f64" ? 1080 : 152)),
  },
  "bases and exponents of moderate size": { base: ([u]) => 20 * u, exponent: (_, u) => 20 * u },
  "integral exponents": { base: ([u, v]) => (v < 0.5 ? -1 : 1) * 8 * u, exponent: (_, u) => Math.round(60 * u) },
  "half-integral exponents": { base: ([u]) => 8 * u, exponent: (_, u) => Math.round(60 * u) + 0.5 },
  "exponents near 0": { base: ([u]) => 2 ** (200 * u - 100), exponent: (_, u) => u ** 9 },
  "where it overflows": {
    base: ([u]) => 2 ** (60 * u - 30),
    exponent: (x, u, precision) => reaching(x, (precision === "f64" ? 1024 : 128) * (1 + u ** 7 / 8)),
  },
  "where results become subnormal": {
    base: ([u]) => 2 ** (60 * u - 30),
    exponent: (x, u, precision) => reaching(x, (precision === "f64" ? -1022 : -126) * (1 + u ** 7 / 8)),
  },
};

/** The correctly rounded x^y for finite x ≠ 0 and finite y, y integral where x is negative. */
function exact(x: number, y: number, precision: Precision): number {
  const magnitude = pow(wide(Math.abs(x)), wide(y));
  return round(x < 0 && y % 2 !== 0 ? negate(magnitude) : magnitude, precision);
}

describe.each<Precision>(["f64", "f32"])("pow in %s", (precision) => {
  const { call, operations } = interpret(library.pow, 2, precision);

  it.each(Object.keys(pairs))("is within one unit in the last place: %s", (kind) => {
    const { base, exponent } = pairs[kind]!;
    const drawn = pointsOf(([, , , u]) => 2 * u - 1, precision, count);
    const points = pointsOf(base, precision, count)
      .map((x, i) => ({ x, y: roundTo(precision, exponent(Math.abs(x), drawn[i]!, precision)) }))
      .filter(({ x, y }) => x !== 0 && Math.abs(y * Math.log2(Math.abs(x))) < 2000);
    expect(points.length).toBeGreaterThan(count / 2);
    const misses = points
      .map(({ x, y }) => ({ x, y, given: call(x, y), exact: exact(x, y, precision) }))
      .filter((point) => distance(point.given, point.exact, precision) > 1);
    expect(misses).toEqual([]);
  });

  it("agrees with JavaScript on every combination of special operands", () => {
    const special = [0, 0.5, 1, 1.5, 2, 3, 2 ** 24 - 1, 2 ** 25, 2 ** 60, 2 ** 120, 2 ** -120, 2 ** -140, Infinity];
    const operands = [...special, ...special.map((x) => -x), NaN];
    const given: string[] = [];
    const wanted: string[] = [];
    for (const x of operands)
      for (const y of operands) {
        const rule = roundTo(precision, x ** y);
        const isByRule = Number.isNaN(rule) || !Number.isFinite(rule) || rule === 0 || Math.abs(rule) === 1;
        if (!isByRule) continue;
        given.push(`${x} ^ ${y} = ${bits(call(x, y))}`);
        wanted.push(`${x} ^ ${y} = ${bits(rule)}`);
      }
    expect(given).toEqual(wanted);
    expect(given.length).toBeGreaterThan(400);
  });

  it("is exact where the result is a number of the precision", () => {
    const digits = precision === "f64" ? 53 : 24;
    for (let x = 2; x <= 40; x++)
      for (let y = 1; x ** y < 2 ** digits; y++) {
        expect(`${x} ^ ${y} = ${call(x, y)}`).toBe(`${x} ^ ${y} = ${x ** y}`);
        expect(`${-x} ^ ${y} = ${call(-x, y)}`).toBe(`${-x} ^ ${y} = ${(-x) ** y}`);
      }
    for (let y = -100; y <= 100; y++) expect(call(2, y)).toBe(2 ** y);
    for (const x of pointsOf(anyExponent, precision, 500)) expect(call(x, 1)).toBe(x);
  });

  it("takes every exponent too large to matter for what it is", () => {
    const [largest, beside] = precision === "f64" ? [2 ** 1000, 2 ** -52] : [2 ** 120, 2 ** -23];
    expect(call(1 + beside, largest)).toBe(Infinity);
    expect(call(1 + beside, -largest)).toBe(0);
    expect(call(1 - beside, largest)).toBe(0);
    expect(call(beside - 1, -largest)).toBe(Infinity);
    expect(call(1, largest)).toBe(1);
    expect(call(-1, largest)).toBe(1);
  });

  it("costs no more operations than it did", () => {
    expect(operations).toBeLessThanOrEqual(precision === "f64" ? 170 : 150);
  });
});
