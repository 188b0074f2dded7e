import { evaluate, parseExpression } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "./refusal.ts";

function valueOf(text: string, values: Readonly<Record<string, number>> = {}): number {
  return evaluate(parseExpression(text), { value: (name) => values[name] ?? Number.NaN });
}

describe("evaluating", () => {
  it.each([
    ["round(0.5)", 0],
    ["round(1.5)", 2],
    ["round(2.5)", 2],
    ["round(-0.5)", -0],
    ["round(-1.5)", -2],
    ["round(-2.4)", -2],
    ["round(0.49999999999999994)", 0],
    ["round(4503599627370497)", 4503599627370497],
    ["exprel(0)", 1],
    ["exprel(1)", Math.E - 1],
    ["exprel(-1e-300)", 1],
    ["exprel(-800)", 1 / 800],
    ["exprel(1 / 0)", Infinity],
    ["clip(5, 0, 3)", 3],
    ["clip(-5, 0, 3)", 0],
    ["clip(2, 0, 3)", 2],
    ["sign(-3) + sign(0) + sign(7) * 10", 9],
    ["floor(-1.5) * 10 + ceil(-1.5)", -21],
    ["-2^2", -4],
    ["2^3^2", 512],
    ["7 / 2 - 1", 2.5],
    ["min(0, 0 / 0)", Number.NaN],
    ["max(0 / 0, 0)", Number.NaN],
    ["clip(0 / 0, 0, 1)", Number.NaN],
    ["(1 < 2 and not 3 <= 2) ? 5 : 6", 5],
    ["(1 > 2 or 2 >= 3) ? 5 : 6", 6],
    ["2 == 2 ? 1 : 0", 1],
    ["2 != 2 ? 1 : 0", 0],
    ["log(8) / log(2)", 3],
  ])("%s is %d", (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });

  it("rounds to the nearest integer, and of two to the even one", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: -1000, max: 1000 }).map((each) => each / 2),
          fc.double({ noNaN: true }),
        ),
        (x) => {
          const rounded = valueOf("round(x)", { x });
          if (!Number.isFinite(x)) {
            expect(rounded).toBe(x);
            return;
          }
          expect(Number.isInteger(rounded)).toBe(true);
          expect(Math.abs(rounded - x)).toBeLessThanOrEqual(0.5);
          if (Math.abs(rounded - x) === 0.5) expect(Math.abs(rounded % 2)).toBe(0);
          if (rounded === 0) expect(1 / rounded > 0).toBe(x > 0 || Object.is(x, 0));
        },
      ),
    );
  });

  it("evaluates only the branch that is taken, and passes arguments on to draws and past values", () => {
    const expression = parseExpression("a > 0 ? normal(a, 2 * a) : delayed(v, a - 1)");
    const scope = {
      draw: ({ occurrence }: { readonly occurrence: string }, args: readonly number[]) =>
        Number(`${occurrence}${args.join("")}`),
      delayed: (variable: string, delay: number) => (variable === "v" ? delay * 100 : Number.NaN),
    };
    expect(evaluate(expression, { value: () => 3, ...scope })).toBe(36);
    expect(evaluate(expression, { value: () => -3, ...scope })).toBe(-400);
    expect(evaluate(expression, { value: () => 3, draw: scope.draw })).toBe(36);
  });

  it("says which value is missing", () => {
    const values = new Map([["v", 1]]);
    const value = (name: string): number => values.get(name) as number;
    const missing = refusal(() => evaluate(parseExpression("v + u"), { value }));
    expect(missing.code).toBe("unknown-symbol");
    expect(missing.summary).toContain("u has no value");
    expect(missing.span).toEqual({ start: 4, end: 5 });
    expect(refusal(() => evaluate(parseExpression("xi"), { value })).code).toBe("unknown-symbol");
    expect(refusal(() => evaluate(parseExpression("poisson(1)"), { value })).summary).toContain("the draw poisson");
    expect(refusal(() => evaluate(parseExpression("delayed(v, 1)"), { value })).code).toBe("unknown-symbol");
  });
});
