import {
  equal,
  equalStatements,
  evaluate,
  num,
  parseExpression,
  parseStatements,
  print,
  simplify,
} from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyValues, scopeOf, statementLists, typedExpressions, untypedExpressions } from "./random-expressions.ts";

describe("printing", () => {
  it("gives text that parses to the same tree, whatever the tree", () => {
    fc.assert(
      fc.property(untypedExpressions, (expression) => {
        const text = print(expression);
        expect(equal(parseExpression(text), expression), text).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives statements that parse to the same statements, one a line or separated by semicolons", () => {
    fc.assert(
      fc.property(
        statementLists,
        fc.constantFrom("\n", ";", " ; ", "\r\n", "  # note\n", "\n// note\n\n"),
        (list, gap) => {
          const text = list.map(print).join(gap);
          const read = parseStatements(text);
          expect(read.length, text).toBe(list.length);
          for (const [index, statement] of list.entries()) {
            expect(equalStatements(read[index] as typeof statement, statement), text).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("gives text of the same bits where numbers are negative or folded", () => {
    fc.assert(
      fc.property(typedExpressions().number, anyValues, (expression, values) => {
        const folded = simplify(expression);
        const reread = parseExpression(print(folded));
        expect(evaluate(reread, scopeOf(values))).toBe(evaluate(folded, scopeOf(values)));
      }),
    );
  });

  it("writes no bracket that is not needed", () => {
    const minimal = [
      "-a^2",
      "(-a)^2",
      "a^b^c",
      "(a^b)^c",
      "a^-b",
      "-a * b",
      "-(a * b)",
      "a - (b - c)",
      "a + b - c",
      "a / (b * c)",
      "a / b * c",
      "not a > b",
      "not (a > b and c > d)",
      "a > b or c > d and e > f",
      "(a > b or c > d) and e > f",
      "a > b ? 1 : c > d ? 2 : 3",
      "a > b ? (c > d ? 1 : 2) : 3",
      "(a > b ? 1 : 2) * c",
      "clip(v, -80, 0) + normal(0, 1) * xi",
      "poisson(a + b) * binomial(n, p) + sharedUniform(0, 1) - sharedNormal(mu, sd)",
      "delayed(g_exc.g, d + 1)",
      "2 * pi",
    ];
    for (const text of minimal) expect(print(parseExpression(text))).toBe(text);
  });

  it("spells negative, infinite and missing numbers as operations of the same value", () => {
    for (const value of [-1.5, -0, Infinity, -Infinity, Number.NaN]) {
      const reread = parseExpression(`1 * (${print(num(value))})`);
      expect(evaluate(reread, { value: () => 0 })).toBe(value);
    }
  });
});
