import { equalStatements, parseStatements, print } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statementLists } from "./random-expressions.ts";

function printed(text: string): readonly string[] {
  return parseStatements(text).map(print);
}

describe("parsing equations", () => {
  it.each([
    ["dv/dt = -v", ["dv/dt = -v"]],
    ["tau * dv/dt += v_rest - v", ["tau * dv/dt += v_rest - v"]],
    ["(C/gL) * dv/dt = 1", ["C / gL * dv/dt = 1"]],
    ["dv/dt * tau = 1", ["tau * dv/dt = 1"]],
    ["C * dv/dt / gL = 1", ["C / gL * dv/dt = 1"]],
    ["dv/dt / gL = 1", ["1 / gL * dv/dt = 1"]],
    ["2 * tau * (dv/dt) = 1", ["2 * tau * dv/dt = 1"]],
    ["(a + b) * dg_exc.g/dt = 1", ["(a + b) * dg_exc.g/dt = 1"]],
    ["ddelta/dt = 1", ["ddelta/dt = 1"]],
    ["x -= y * z", ["x += -(y * z)"]],
    ["dx/dt -= y", ["dx/dt += -y"]],
    ["x *= y + z", ["x = x * (y + z)"]],
    ["x /= y", ["x = x / y"]],
    ["let a = 1; x = a;; y += a;", ["let a = 1", "x = a", "y += a"]],
    ["w_tau * domega/dt = alpha*(v - v_rest) - omega", ["w_tau * domega/dt = alpha * (v - v_rest) - omega"]],
  ])("reads %j", (text, expected) => {
    expect(printed(text)).toEqual(expected);
  });

  it("goes on after an operator, inside brackets and before a line that begins with an operator", () => {
    const text = `
      tau_m * dv/dt =   # leak
          v_rest - v +
          R * (
            I1
            - I2)
          - R * w       // adaptation
        + (v > v_T
             ? delta
             : 0)
      x = a > b
        and c > d
        ? 1
        : 2
    `;
    expect(printed(text)).toEqual([
      "tau_m * dv/dt = v_rest - v + R * (I1 - I2) - R * w + (v > v_T ? delta : 0)",
      "x = a > b and c > d ? 1 : 2",
    ]);
  });

  it("goes on with a line that begins with a sign although another equation stands behind it on that line", () => {
    expect(printed("x = a\n- b; y = c")).toEqual(["x = a - b", "y = c"]);
  });

  it("does not swallow an equation that begins with a sign or a bracket", () => {
    expect(printed("x = a\n-tau * dv/dt = b\n(c) * dw/dt = d\n+ e")).toEqual([
      "x = a",
      "-tau * dv/dt = b",
      "c * dw/dt = d + e",
    ]);
  });

  it("reads the same equations however their lines are broken at operators", () => {
    fc.assert(
      fc.property(statementLists, fc.array(fc.nat(2), { minLength: 1, maxLength: 20 }), (list, choices) => {
        let count = 0;
        const broken = list.map((statement) => {
          const [left = "", ...right] = print(statement).split(/(?<= \+?= )/);
          const value = right.join("").replaceAll(/ ([-+*/<>?:]|and|or) /g, (gap, operator: string) => {
            const choice = choices[count++ % choices.length];
            return choice === 0 ? gap : choice === 1 ? ` ${operator}\n ` : `\n ${operator} `;
          });
          return left + value;
        });
        const read = parseStatements(broken.join("\n"));
        expect(read.length).toBe(list.length);
        read.forEach((statement, index) => {
          expect(equalStatements(statement, list[index] as typeof statement), broken.join("\n")).toBe(true);
        });
      }),
      { numRuns: 500 },
    );
  });

  it("spans each statement from its first to its last character", () => {
    const text = "  dv/dt = -v  # decay\n  x += 1; let y = (2)";
    expect(parseStatements(text).map(({ span }) => text.slice(span.start, span.end))).toEqual([
      "dv/dt = -v",
      "x += 1",
      "let y = (2)",
    ]);
  });
});

describe("statements", () => {
  it("are equal if they are of one kind and all their parts are, and only then", () => {
    const texts = [
      "let a = b",
      "let c = b",
      "let a = c",
      "a = b",
      "a += b",
      "c = b",
      "a = c",
      "da/dt = b",
      "dc/dt = b",
      "da/dt += b",
      "da/dt = c",
      "tau * da/dt = b",
      "k * da/dt = b",
    ];
    const read = (text: string) => parseStatements(text)[0]!;
    for (const one of texts)
      for (const other of texts)
        expect(equalStatements(read(one), read(other)), `${one} and ${other}`).toBe(one === other);
  });
});
