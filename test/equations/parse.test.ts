import { equal, parseExpression, print, drawsOf, symbolsOf } from "@neuroweave/equations";
import type { Expression } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { untypedExpressions } from "./random-expressions.ts";

/** Every operation in brackets, which shows how a text was grouped. */
function grouped(text: string): string {
  const show = (node: Expression): string => {
    switch (node.kind) {
      case "unary":
        return `(${node.op} ${show(node.operand)})`;
      case "binary":
        return `(${show(node.left)} ${node.op} ${show(node.right)})`;
      case "conditional":
        return `(${show(node.test)} ? ${show(node.then)} : ${show(node.otherwise)})`;
      case "call":
        return `${node.name}[${node.args.map(show).join(", ")}]`;
      default:
        return print(node);
    }
  };
  return show(parseExpression(text));
}

describe("parsing an expression", () => {
  it.each([
    ["-a^2", "(- (a ^ 2))"],
    ["a^b^c", "(a ^ (b ^ c))"],
    ["2**-x", "(2 ^ (- x))"],
    ["-a * b", "((- a) * b)"],
    ["a - b - c", "((a - b) - c)"],
    ["a / b * c", "((a / b) * c)"],
    ["a + b * c ^ d", "(a + (b * (c ^ d)))"],
    ["a < b and c > d or not e == f", "(((a < b) and (c > d)) or (not (e == f)))"],
    ["a < b && !c > d || e != f", "(((a < b) and (not (c > d))) or (e != f))"],
    ["a > b ? c : d > e ? f : g", "((a > b) ? c : ((d > e) ? f : g))"],
    ["a > b ? c > d ? 1 : 2 : 3", "((a > b) ? ((c > d) ? 1 : 2) : 3)"],
    ["a + b > c * d", "((a + b) > (c * d))"],
    ["+a - -b", "(a - (- b))"],
    ["pow(a, b) + clip(x, 0, 1)", "(pow[a, b] + clip[x, 0, 1])"],
    ["1 / 1.5 / .5 / 1e-3 / 2E+2 / 3.", "(((((1 / 1.5) / 0.5) / 0.001) / 200) / 3)"],
    ["a\n+ b # c\n// d\n* c", "(a + (b * c))"],
  ])("groups %j as %s", (text, expected) => {
    expect(grouped(text)).toBe(expected);
  });

  it("reads numbers as JavaScript does, to the last bit", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = String(Math.abs(value));
        expect(parseExpression(text)).toMatchObject({ kind: "number", value: Number(text) });
      }),
    );
  });

  it("knows pi and no other constant", () => {
    expect(parseExpression("pi")).toMatchObject({ kind: "number", value: Math.PI });
    expect(parseExpression("e")).toMatchObject({ kind: "symbol", name: "e" });
  });

  it("reads dotted names as symbols, those of the two sides of a synapse too", () => {
    expect(parseExpression("pre.x")).toMatchObject({ kind: "symbol", name: "pre.x" });
    expect(parseExpression("g_exc.tau * post.y")).toMatchObject({
      left: { name: "g_exc.tau" },
      right: { name: "post.y" },
    });
    expect([...symbolsOf(parseExpression("w * pre.x + delayed(post.y, pre.d)"))]).toEqual([
      "w",
      "pre.x",
      "post.y",
      "pre.d",
    ]);
  });

  it("marks every node with the text that it came from, brackets included", () => {
    fc.assert(
      fc.property(untypedExpressions, (expression) => {
        const text = print(expression);
        const check = (node: Expression): void => {
          const { start, end } = node.span ?? { start: -1, end: -1 };
          expect(equal(parseExpression(text.slice(start, end)), withoutLabels(node))).toBe(true);
        };
        const parsed = parseExpression(text);
        check(parsed);
        if (parsed.kind === "binary") [parsed.left, parsed.right].forEach(check);
        if (parsed.kind === "conditional") [parsed.test, parsed.then, parsed.otherwise].forEach(check);
        if (parsed.kind === "call") parsed.args.forEach(check);
      }),
    );
  });

  it("labels every draw of the text in its order, with the prefix it is given", () => {
    const text = "normal(uniform(0, 1), 1) + xi * (xi + uniform(0, xi))";
    const labels = (prefix?: string): readonly string[] =>
      drawsOf(parseExpression(text, prefix === undefined ? {} : { occurrencePrefix: prefix })).map(
        ({ distribution, occurrence }) => `${distribution} ${occurrence}`,
      );
    expect(labels()).toEqual(["normal 0", "uniform 1", "xi 2", "xi 3", "uniform 4", "xi 5"]);
    const counts = drawsOf(
      parseExpression("poisson(binomial(9, uniform(0, 1))) * sharedNormal(0, sharedUniform(1, 2))"),
    );
    expect(counts.map(({ distribution, occurrence }) => `${distribution} ${occurrence}`)).toEqual([
      "poisson 0",
      "binomial 1",
      "uniform 2",
      "sharedNormal 3",
      "sharedUniform 4",
    ]);
    expect(labels("noise/")).toEqual(labels().map((label) => label.replace(" ", " noise/")));
  });
});

/** The draws of a part are numbered from 0 when the part is parsed alone. */
function withoutLabels(node: Expression): Expression {
  return parseExpression(print(node));
}
