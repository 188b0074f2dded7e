import {
  drawsOf,
  equal,
  equalStatements,
  evaluate,
  mapExpression,
  parseExpression,
  parseStatements,
  print,
  renameStatement,
  renameSymbols,
  structuralKey,
  substitute,
  substituteStatement,
  symbolsOf,
  visitExpression,
} from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyValues, scopeOf, symbols, typedExpressions, untypedExpressions } from "./random-expressions.ts";
import { refusal } from "./refusal.ts";

const { number } = typedExpressions();

describe("substituting", () => {
  it("has the bits of evaluating with the values of what is put in", () => {
    fc.assert(
      fc.property(number, number, number, anyValues, (expression, forV, forTau, values) => {
        const bindings = new Map([
          ["v", forV],
          ["tau_m", forTau],
        ]);
        const scope = scopeOf(values);
        const bound = new Map(values);
        for (const [name, value] of bindings) bound.set(name, evaluate(value, scope));
        expect(evaluate(substitute(expression, bindings), scope)).toBe(evaluate(expression, scopeOf(bound)));
      }),
      { numRuns: 1000 },
    );
  });

  it("reaches into draws, delays and conditionals, and does not search what it put in", () => {
    const bindings = new Map([
      ["a", parseExpression("a + b")],
      ["b", parseExpression("2 * a")],
    ]);
    const text = "normal(a, b) + delayed(x, a) + (a > b ? a : -b)";
    expect(print(substitute(parseExpression(text), bindings))).toBe(
      "normal(a + b, 2 * a) + delayed(x, a + b) + (a + b > 2 * a ? a + b : -(2 * a))",
    );
  });

  it("marks what it puts in with the place it stands in", () => {
    const source = "v * tau";
    const bound = substitute(parseExpression(source), new Map([["tau", parseExpression("C_m / (g_L + g_max)")]]));
    visitExpression(bound, (node) => {
      const inside = source.slice(node.span?.start, node.span?.end);
      expect(["v * tau", "v", "tau"]).toContain(inside);
      if (node.kind === "symbol" && node.name !== "v") expect(inside).toBe("tau");
    });
  });

  it("lets the variable of delayed become another variable and nothing else", () => {
    const expression = parseExpression("1 + delayed(x, 5)");
    expect(print(substitute(expression, new Map([["x", parseExpression("g.x")]])))).toBe("1 + delayed(g.x, 5)");
    const error = refusal(() => substitute(expression, new Map([["x", parseExpression("y + 1")]])));
    expect(error.code).toBe("not-a-variable");
    expect(error.span).toEqual({ start: 4, end: 17 });
    expect(error.summary).toContain("`y + 1`");
  });

  it("changes the left side of an equation to another variable and to nothing else", () => {
    const [equation] = parseStatements("tau * dx/dt = -x");
    if (equation === undefined) throw new Error("no equation");
    const bindings = new Map([
      ["x", parseExpression("y")],
      ["tau", parseExpression("C / gL")],
    ]);
    expect(print(substituteStatement(equation, bindings))).toBe("C / gL * dy/dt = -y");
    expect(refusal(() => substituteStatement(equation, new Map([["x", parseExpression("2")]]))).code).toBe(
      "not-a-variable",
    );
  });
});

describe("renaming", () => {
  const there = (name: string): string => `q.${name}`;
  const back = (name: string): string => name.replace(/^q\./, "");

  it("renames every symbol and nothing else, and can be undone", () => {
    fc.assert(
      fc.property(untypedExpressions, (expression) => {
        const renamed = renameSymbols(expression, there);
        expect([...symbolsOf(renamed)]).toEqual([...symbolsOf(expression)].map(there));
        expect(drawsOf(renamed).length).toBe(drawsOf(expression).length);
        expect(equal(renameSymbols(renamed, back), expression)).toBe(true);
      }),
    );
  });

  it("renames both sides of a statement", () => {
    const list = parseStatements("let a = x; b * dx/dt = a; y += delayed(x, b)");
    const renamed = list.map((statement) => renameStatement(statement, there));
    expect(renamed.map(print)).toEqual(["let q.a = q.x", "q.b * dq.x/dt = q.a", "q.y += delayed(q.x, q.b)"]);
    renamed.forEach((statement, index) => {
      expect(equalStatements(renameStatement(statement, back), list[index] as typeof statement)).toBe(true);
    });
  });
});

describe("walking an expression", () => {
  it("finds every symbol, those of delays and draws included", () => {
    const expression = parseExpression("a + delayed(b, c) * normal(d, e) + (f > g ? h : -exp(k))");
    expect([...symbolsOf(expression)]).toEqual(["a", "b", "c", "d", "e", "f", "g", "h", "k"]);
  });

  it("finds the symbols that the printed text names", () => {
    fc.assert(
      fc.property(untypedExpressions, (expression) => {
        const named = new Set(print(expression).match(/[A-Za-z_][\w.]*/g));
        expect(symbolsOf(expression)).toEqual(new Set(symbols.filter((name) => named.has(name))));
      }),
    );
  });

  it("returns the same object where nothing changes", () => {
    const expression = parseExpression("a + b * exp(c)");
    expect(mapExpression(expression, (node) => node)).toBe(expression);
  });

  it("compares trees: equal ones have one key, different ones differ in text", () => {
    fc.assert(
      fc.property(untypedExpressions, untypedExpressions, (a, b) => {
        expect(equal(a, structuredClone(a))).toBe(true);
        expect(equal(a, b)).toBe(print(a) === print(b));
        expect(structuralKey(a) === structuralKey(b)).toBe(equal(a, b));
      }),
    );
    expect(equal(parseExpression("0"), { kind: "number", value: -0 })).toBe(false);
    const [first, second] = drawsOf(parseExpression("xi + xi"));
    if (first === undefined || second === undefined) throw new Error("two draws are needed");
    expect(equal(first, second)).toBe(false);
  });
});
