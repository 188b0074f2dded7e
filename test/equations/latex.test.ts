import { num, parseExpression, parseStatements, printLatex } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statementLists, untypedExpressions } from "./random-expressions.ts";

describe("LaTeX", () => {
  it.each([
    ["tau", "\\tau"],
    ["tau_m", "\\tau_{m}"],
    ["v_rest", "v_{\\mathrm{rest}}"],
    ["w_tau", "w_{\\tau}"],
    ["omega + Omega", "\\omega + \\Omega"],
    ["gL", "\\mathrm{gL}"],
    ["x1", "x_{1}"],
    ["A_plus_2", "A_{\\mathrm{plus},2}"],
    ["g_exc.tau", "\\tau_{\\mathrm{g\\_exc}}"],
    ["_a_", "\\mathrm{\\_a\\_}"],
    ["a / (b + c)", "\\frac{a}{b + c}"],
    ["(a + b) * c", "\\left(a + b\\right) \\, c"],
    ["a * (b * c)", "a \\, b \\, c"],
    ["a - (b - c)", "a - \\left(b - c\\right)"],
    ["a + (b + c)", "a + b + c"],
    ["2 * 3", "2 \\cdot 3"],
    ["a * -b", "a \\, \\left(-b\\right)"],
    ["-a^2", "-a^{2}"],
    ["(-a)^2", "\\left(-a\\right)^{2}"],
    ["(a / b)^2", "\\left(\\frac{a}{b}\\right)^{2}"],
    ["a^b^c", "a^{b^{c}}"],
    ["pow(a + b, c)", "\\left(a + b\\right)^{c}"],
    ["1e-7 * 2.5e21 * pi", "10^{-7} \\cdot 2.5 \\cdot 10^{21} \\, \\pi"],
    ["exp(-v / delta_T)", "\\exp\\left(\\frac{-v}{\\delta_{T}}\\right)"],
    ["sqrt(abs(v)) + floor(w)", "\\sqrt{\\left|v\\right|} + \\left\\lfloor w \\right\\rfloor"],
    ["log(v) * exprel(v)", "\\ln\\left(v\\right) \\, \\operatorname{exprel}\\left(v\\right)"],
    ["min(v, w)", "\\min\\left(v, w\\right)"],
    ["xi", "\\xi"],
    ["normal(mu, sigma)", "\\mathcal{N}\\left(\\mu, \\sigma^{2}\\right)"],
    ["sharedNormal(0, a + b)", "\\mathcal{N}_{\\mathrm{shared}}\\left(0, \\left(a + b\\right)^{2}\\right)"],
    ["sharedUniform(0, 1)", "\\mathcal{U}_{\\mathrm{shared}}\\left(0, 1\\right)"],
    ["poisson(lambda)", "\\operatorname{Poisson}\\left(\\lambda\\right)"],
    ["binomial(N, p)", "\\operatorname{Binomial}\\left(N, p\\right)"],
    ["uniform(0, 1)", "\\mathcal{U}\\left(0, 1\\right)"],
    ["delayed(v, d_1)", "v\\left(t - d_{1}\\right)"],
    ["v >= 1 and not w != 2", "v \\ge 1 \\land \\lnot w \\ne 2"],
    [
      "v > 1 ? a : w > 2 ? b : c",
      "\\begin{cases} a & \\text{if } v > 1 \\\\ b & \\text{if } w > 2 \\\\ c & \\text{otherwise} \\end{cases}",
    ],
  ])("sets %s", (text, expected) => {
    expect(printLatex(parseExpression(text))).toBe(expected);
  });

  it.each([
    ["tau_m * dv/dt = v_rest - v", "\\tau_{m} \\, \\frac{dv}{dt} = v_{\\mathrm{rest}} - v"],
    ["(a + b) * domega/dt += 1", "\\left(a + b\\right) \\, \\frac{d\\omega}{dt} \\mathrel{+}= 1"],
    ["I += g", "I \\mathrel{+}= g"],
    ["let alpha_n = v", "\\alpha_{n} = v"],
  ])("sets the statement %s", (text, expected) => {
    const [statement] = parseStatements(text);
    if (statement === undefined) throw new Error("no statement");
    expect(printLatex(statement)).toBe(expected);
  });

  it("balances its brackets, braces and environments, whatever it sets", () => {
    const balanced = (text: string): void => {
      let open = 0;
      for (const sign of text.replaceAll("\\{", "").replaceAll("\\}", "")) {
        open += sign === "{" ? 1 : sign === "}" ? -1 : 0;
        expect(open).toBeGreaterThanOrEqual(0);
      }
      expect(open).toBe(0);
      for (const [begin, end] of [
        ["\\left", "\\right"],
        ["\\begin{cases}", "\\end{cases}"],
      ] as const) {
        // \leftarrow and the like do not occur.
        expect(text.split(begin).length).toBe(text.split(end).length);
      }
      // A name with a raw underscore or two indices in a row would not compile.
      expect(text).not.toMatch(/[A-Za-z0-9]_[A-Za-z]|\}_\{[^{}]*\}_/);
    };
    fc.assert(fc.property(untypedExpressions, (expression) => balanced(printLatex(expression))));
    fc.assert(fc.property(statementLists, (list) => list.forEach((statement) => balanced(printLatex(statement)))));
  });
});

describe("numbers that no text spells", () => {
  it.each([
    [Infinity, "\\infty"],
    [-Infinity, "-\\infty"],
    [Number.NaN, "\\mathrm{NaN}"],
    [-0, "-0"],
  ])("are set too: %s", (value, expected) => {
    expect(printLatex(num(value))).toBe(expected);
  });
});
