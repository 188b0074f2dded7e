/** Texts that cost little to write and would cost much to take in: each is refused, or takes work in proportion to its length. */
import {
  parseExpression,
  parseStatements,
  parseUnit,
  printLatex,
  print,
  resolveLets,
  simplify,
  tidy,
} from "@neuroweave/equations";
import { readCsv } from "@neuroweave/export";
import { createNetwork, defineBehavior, LIF, loadNetwork } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

describe("equations", () => {
  it("with towers of powers are values, not work", () => {
    const tower = parseExpression(`9^9^9^9^9^9 + x^999999999 + (x + 1)^1e300`);
    expect(print(simplify(tidy(tower))).length).toBeLessThan(200);
    const Own = defineBehavior({ name: "own", state: { x: { init: 1 } }, equations: "x = (x + 1)^400 * x^-400 + 2^2^2^2" });
    const net = createNetwork({ dt: 1 });
    net.population("p", 1, Own() as never);
    expect(net.explain({ code: true }).code!.length).toBeLessThan(50_000);
  });

  it("whose definitions double are refused where they are inlined, in a behavior too", () => {
    const lets = Array.from({ length: 40 }, (_, k) => `let a${k + 1} = a${k} * a${k} + a${k}`);
    const text = ["let a0 = x", ...lets, "x = a40"].join("\n");
    expect(refusal(() => resolveLets(parseStatements(text))).code).toBe("too-large");
    const attempt = () => {
      const Own = defineBehavior({ name: "own", state: { x: { init: 1 } }, equations: text });
      createNetwork({ dt: 1 }).population("p", 1, Own() as never);
    };
    expect(refusal(attempt).code).toBe("too-large");
  });

  it("with names as long as the text may be are read, printed and typeset", () => {
    for (const name of [`a${"_".repeat(90_000)}b`, `a${"1".repeat(90_000)}`, "a_".repeat(45_000), `${"a.".repeat(40_000)}b`]) {
      const expression = parseExpression(name);
      expect(print(expression)).toBe(name);
      expect(printLatex(expression).length).toBeLessThan(10 * name.length);
    }
  });

  it("as long as a text may be, of one character, are refused or read", () => {
    for (const character of "0 1.e_(+-?:;,#/\\\n\u00a0é".split(""))
      try {
        parseStatements(character.repeat(99_000));
      } catch (error) {
        expect(error).toMatchObject({ name: "NeuroweaveError", code: expect.stringMatching(/syntax|too-deep|not-an-equation/) });
      }
  });
}); // prettier-ignore

describe("units", () => {
  it("that are long are refused before they are read, and short ones have no room for depth", () => {
    expect(refusal(() => parseUnit("m*".repeat(1e6) + "m")).code).toBe("unknown-unit");
    expect(refusal(() => parseUnit("(".repeat(200))).code).toBe("unknown-unit");
    expect(parseUnit("(".repeat(99) + "m" + ")".repeat(99)).scale).toBe(1);
    expect(refusal(() => parseUnit(`m^${"9".repeat(190)}e999`)).code).toBe("unknown-unit");
  });
});

describe("files", () => {
  it("that ask for more than is accepted are refused before anything is made", () => {
    const net = createNetwork({ dt: 0.5 });
    net.population("cells", 2, LIF() as never);
    const text = JSON.stringify(net.toJSON());
    const many = text.replace(/"n":2/, '"n":2000000000');
    expect(many).not.toBe(text);
    expect(refusal(() => loadNetwork(many)).code).toBe("too-large");
    expect(refusal(() => loadNetwork("[".repeat(1e6))).code).toBe("too-deep");
    expect(refusal(() => loadNetwork(`"${"\\u0061".repeat(1e6)}`)).code).toBe("syntax");
  });

  it("of tables with cells without end are read in proportion to them", () => {
    const digits = `${"1".repeat(2e6)}x`;
    const table = readCsv(`a,b\n${digits},"${'""'.repeat(1e6)}"\n`);
    expect(table.columns.map(({ values }) => typeof values[0])).toEqual(["string", "string"]);
    expect(refusal(() => readCsv(`a\n${digits}\n`, { types: { a: "f64" } })).code).toBe("would-lose");
  });
});

it("nothing that is refused has touched what all objects share", () => {
  const before = Reflect.ownKeys(Object.prototype).length;
  for (const key of ["__proto__", "constructor", "prototype"]) {
    expect(() => parseExpression(`x + ${key}`)).toThrow();
    expect(() => parseExpression(`${key}.polluted`)).toThrow();
    expect(() => loadNetwork(`{"${key}":{"polluted":1}}`)).toThrow();
    expect(() => loadNetwork(`{"\\u005f${key.slice(1)}":{"polluted":1}}`)).toThrow();
    const table = readCsv(`${key},b\n1,2\n`);
    expect(table.columns[0]!.name).toBe(key);
    expect(() => defineBehavior({ name: "own", state: { [key]: { init: 0 } }, equations: `${key} = 1` })).toThrow();
    expect(() => createNetwork(JSON.parse(`{"dt":1,"${key}":{"polluted":1}}`))).toThrow();
  }
  expect(Reflect.ownKeys(Object.prototype)).toHaveLength(before);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
