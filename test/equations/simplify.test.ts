import { equal, evaluate, parseExpression, print, simplify } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyValues, scopeOf, typedExpressions } from "./random-expressions.ts";

/** Small trees full of zeros, ones and signs, where rules fire at nearly every node. */
const pliable = typedExpressions({
  numbers: fc.constantFrom(0, 1, 2, 0.1, 3, 1e308),
  names: ["v", "w"],
  functions: ["pow", "min", "abs", "sqrt", "exp", "round"],
  chance: true,
});

describe("simplifying", () => {
  it.each([
    ["numbers, zeros and ones", pliable],
    ["all functions", typedExpressions({ chance: true })],
  ])("keeps every bit for every input, infinities, NaN and -0 included: %s", (_, { number, boolean }) => {
    fc.assert(
      fc.property(fc.oneof(number, boolean), anyValues, (expression, values) => {
        expect(evaluate(simplify(expression), scopeOf(values))).toBe(evaluate(expression, scopeOf(values)));
      }),
      { numRuns: 3000 },
    );
  });

  it("leaves nothing to simplify", () => {
    fc.assert(
      fc.property(pliable.number, (expression) => {
        const once = simplify(expression);
        expect(equal(simplify(once), once)).toBe(true);
      }),
    );
  });

  it.each([
    ["v * 1", "v"],
    ["1 * v", "v"],
    ["v / 1", "v"],
    ["-1 * v", "-v"],
    ["(2 - 3) * v", "-v"],
    ["v ^ 1", "v"],
    ["pow(v, 1)", "v"],
    ["v - 0", "v"],
    ["--v", "v"],
    ["2 * 3 * v", "6 * v"],
    ["v + f * (2 / 10)", "v + f * 0.2"],
    ["sqrt(9) + min(2, 5) - round(2.5)", "3"],
    ["2 > 1 ? v : w", "v"],
    ["not (2 > 1) ? v : w", "w"],
    ["v > 0 and 1 > 0 ? v : w", "v > 0 ? v : w"],
    ["v > 0 or 1 > 0 ? v : w", "v"],
    ["-(2 * 3) + v", "-6 + v"],
  ])("makes %s into %s", (text, expected) => {
    expect(print(simplify(parseExpression(text)))).toBe(expected);
  });

  it.each(["v + 0", "0 * v", "v - v", "v / v", "0 - v", "2 * v * 3", "exp(0)", "2^3", "v * 2 / 2", "-0 + v", "1 / 0"])(
    "leaves %s, which is not exact, not regrouped or not fixed by IEEE 754",
    (text) => {
      expect(print(simplify(parseExpression(text)))).toBe(text);
    },
  );
});
