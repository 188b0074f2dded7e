import { describe, expect, it } from "vitest";
import { erfcx } from "../../packages/analysis/src/theory/erfcx.ts";
import { integrate } from "../../packages/analysis/src/theory/gauss-legendre.ts";
import exact from "./erfcx.json" with { type: "json" };

describe("erfcx", () => {
  it("is within 1e-15 of values computed with more than 50 digits, from -25 to 1e300", () => {
    for (const [x, value] of exact as [number, number][])
      expect(Math.abs(erfcx(x) / value - 1), String(x)).toBeLessThan(1e-15);
  });

  it("has its limits at the ends", () => {
    expect(erfcx(0)).toBeCloseTo(1, 15);
    expect(erfcx(-0)).toBeCloseTo(1, 15);
    expect(erfcx(Infinity)).toBe(0);
    expect(erfcx(-30)).toBe(Infinity);
    expect(erfcx(Number.NaN)).toBeNaN();
  });

  it("falls everywhere", () => {
    for (let x = -20; x < 20; x += 0.01) expect(erfcx(x)).toBeGreaterThan(erfcx(x + 0.01));
  });
});

describe("integration", () => {
  it("is exact for polynomials up to degree 39", () => {
    for (let degree = 0; degree < 40; degree++)
      expect(integrate((x) => x ** degree, 0, 2) / (2 ** (degree + 1) / (degree + 1))).toBeCloseTo(1, 14);
  });

  it("has the stated error for exponentials", () => {
    for (const rate of [-13, -5, 0.1, 7, 13])
      expect(Math.abs(integrate((x) => Math.exp(rate * x), -1, 1) / ((2 * Math.sinh(rate)) / rate) - 1)).toBeLessThan(
        4e-15,
      );
  });
});
