import { createNetwork, defineBehavior, Phase, Refractory, type Ingredient } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** What a model of one's own calls its parts. */
interface Names {
  readonly population: string;
  readonly behavior: string;
  readonly instance: string;
  readonly state: string;
  readonly other: string;
  readonly parameter: string;
  readonly input: string;
  readonly table: string;
}

const plain: Names = {
  population: "cells",
  behavior: "own",
  instance: "one",
  state: "x",
  other: "y",
  parameter: "p",
  input: "J",
  table: "listed",
};

/** A program with a kernel of every kind of slot, draws, spikes, a past, a table, a host and events. */
function codeOf({ population, behavior, instance, state, other, parameter, input, table }: Names): string {
  const own = defineBehavior({
    name: behavior,
    parameters: { [parameter]: { default: 2 } },
    state: { [state]: { init: 1 }, [other]: { init: 0 } },
    inputs: { [input]: { default: 0 } },
    tables: { [table]: { values: [1, 2], every: 1 } },
    equations: `
      d${state}/dt = -${parameter} * ${state} + ${input} + ${table} + normal(0, 1)
      d${other}/dt = delayed(${state}, 0.5) - exp(${other}) + ${parameter} * xi
      ${input} += sin(${state}) * ${parameter}
    `,
    spike: `${state} > ${parameter}`,
    onSpike: `${state} = -1`,
  });
  const host = defineBehavior({ name: "hosted", priority: Phase.Current, step() {} });
  const net = createNetwork({ dt: 0.1 });
  const ingredients = [
    own({ name: instance, [parameter]: [1, 2, 3] } as never),
    Refractory({ hold: [state] }),
    host({}),
  ];
  net.population(population, 3, ingredients as readonly Ingredient[] as never);
  return net.explain({ code: true }).code!;
}

/** The words of a program, each with numbers left out, as a set. */
const wordsOf = (code: string): ReadonlySet<string> =>
  new Set(code.split(/[\s()]+/).map((word) => word.replaceAll(/-?\d[\d.a-fxp+-]*/g, "#")));

const oddWords = [
  "i32",
  "v128",
  "module",
  "local",
  "f64x2",
  "v0",
  "export",
  "run",
  "nan",
  "inf",
  "x86",
  "dvdt",
  "_",
  "__proto",
];

const wordOf = (letters: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...letters), fc.array(fc.constantFrom(...letters, ..."0189_"), { maxLength: 12 }))
    .map(([first, rest]) => [first, ...rest].join(""));
/** Symbols stand in equations, which know plain letters only; names of behaviors do not. */
const symbol = fc.oneof(fc.constantFrom(...oddWords), wordOf("abzABZ_"));
const anyName = fc.oneof(
  symbol,
  wordOf("aZ_αβΩйщ漢字ñßəⅨªﷺ").filter((name) => /^[\p{L}_]/u.test(name)),
);
const anyText = fc
  .oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('") (memory 1) ;;', "(; open", ";)", "$v0", "\n(func", "\\00", '"', "\u0000", "🧠", ")))"),
  )
  .filter((text) => text.trim() !== "" && !text.includes("/"));

const names: fc.Arbitrary<Names> = fc
  .tuple(anyText, anyName, anyName, fc.uniqueArray(symbol, { minLength: 5, maxLength: 5 }))
  .map(([population, behavior, instance, [state, other, parameter, input, table]]) => ({
    population,
    behavior,
    instance,
    state: state!,
    other: other!,
    parameter: parameter!,
    input: input!,
    table: table!,
  }));

describe("the emitted program", () => {
  it("has no word in it that comes from a name", () => {
    const words = wordsOf(codeOf(plain));
    fc.assert(
      fc.property(names, (odd) => {
        let code: string;
        try {
          code = codeOf(odd);
        } catch (error) {
          // Names that the language has taken or cannot spell are refused before anything is emitted.
          expect(String((error as { code?: unknown }).code)).toMatch(/reserved-name|invalid-name/);
          return;
        }
        expect([...wordsOf(code)].filter((word) => !words.has(word))).toEqual([]);
        expect(code).toMatch(/^[\x20-\x7e\n]*$/);
      }),
      { numRuns: 120, interruptAfterTimeLimit: 40_000 },
    );
  });

  it("assembles and runs whatever things are called", async () => {
    const own = defineBehavior({
      name: "v128",
      state: { local: { init: 1 }, module: { init: 2 } },
      equations: "dlocal/dt = -local\ndmodule/dt = local - module",
    });
    const net = createNetwork({ dt: 1 });
    const cells = net.population('") (memory 1) ;;\n(;', 1, own({ name: "i32" }));
    await net.step(1);
    expect([cells.get("local")[0], cells.get("module")[0]]).toEqual([0, 1]);
  });
});
