import { checkStatementTypes, parseExpression, parseStatements, typeOf, withPlace } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { typedExpressions } from "./random-expressions.ts";
import { refusal, underlined } from "./refusal.ts";

describe("types", () => {
  it("of well-typed expressions are what they were built as", () => {
    const { number, boolean } = typedExpressions({ chance: true });
    fc.assert(fc.property(number, (expression) => typeOf(expression) === "number"));
    fc.assert(fc.property(boolean, (expression) => typeOf(expression) === "boolean"));
  });

  it.each([
    ["spike ? 1 : 0", "spike", "`spike > 0`"],
    ["a + b ? 1 : 0", "a + b", "`a + b > 0`"],
    ["(v > 1) + 2", "(v > 1)", "`(v > 1) ? 1 : 0`"],
    ["2 * (a and b > 1)", "a", "`a > 0`"],
    ["not spike", "spike", "`spike > 0`"],
    ["-(a > b)", "(a > b)", "`(a > b) ? 1 : 0`"],
    ["(a > b) > c", "(a > b)", "`(a > b) ? 1 : 0`"],
    ["(a > b) == (c > d)", "(a > b)", "`(a > b) ? 1 : 0`"],
    ["a > 1 or b", "b", "`b > 0`"],
    ["exp(a > b)", "a > b", "`(a > b) ? 1 : 0`"],
    ["normal(a > b, 1)", "a > b", "`(a > b) ? 1 : 0`"],
    ["poisson(a > b)", "a > b", "`(a > b) ? 1 : 0`"],
    ["sharedUniform(0, a > b)", "a > b", "`(a > b) ? 1 : 0`"],
    ["delayed(v, a > b)", "a > b", "`(a > b) ? 1 : 0`"],
    ["a > b ? a > c : 1", "1", "`1 > 0`"],
    ["(a > b ? 1 : 2) ? 3 : 4", "(a > b ? 1 : 2)", "`(a > b ? 1 : 2) > 0`"],
  ])("do not mix in %j", (source, place, remedy) => {
    const error = withPlace(
      refusal(() => typeOf(parseExpression(source))),
      { source },
    );
    expect(error.code).toBe("type-mismatch");
    expect(underlined(error)).toBe(place);
    expect(error.remedy).toContain(remedy);
  });

  it.each([
    ["x = a > b", "a > b"],
    ["dx/dt += not a > b", "not a > b"],
    ["(a > b) * dx/dt = 1", "(a > b)"],
    ["let y = 1 + (a > b)", "(a > b)"],
  ])("refuse %j", (source, place) => {
    const [statement] = parseStatements(source);
    if (statement === undefined) throw new Error("no statement");
    const error = withPlace(
      refusal(() => checkStatementTypes(statement)),
      { source },
    );
    expect(error.code).toBe("type-mismatch");
    expect(underlined(error)).toBe(place);
  });

  it("let an intermediate be a truth value", () => {
    for (const statement of parseStatements("let up = v > 3; let w = 3; x = v; tau * dv/dt = -v")) {
      expect(() => checkStatementTypes(statement)).not.toThrow();
    }
  });
});
