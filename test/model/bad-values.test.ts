import { createNetwork, defineBehavior, NeuroweaveError, uniform } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectCure, refusal, refusedWithoutTrace } from "./refusals.ts";
import { Cell, Decay, Drive } from "./tiny-behaviors.ts";

function kept() {
  const net = createNetwork({ dt: 0.1 });
  const p = net.population("kept", 4, [Decay(), Cell(), Drive()]);
  return { net, p };
}

/** A value for a parameter of 4 neurons between 0.1 and 1000, and how it is refused. */
const wrong: readonly (readonly [string, unknown, string, RegExp])[] = [
  ["three values for four neurons", [1, 2, 3], "wrong-length", /3 values for 4 neurons/],
  ["five values for four neurons", new Float64Array(5).fill(1), "wrong-length", /5 values for 4 neurons/],
  ["an empty list", [], "wrong-length", /0 values/],
  ["NaN", Number.NaN, "not-finite", /NaN/],
  ["infinity", Number.POSITIVE_INFINITY, "not-finite", /Infinity/],
  ["NaN among others", [1, 2, Number.NaN, 4], "not-finite", /\[2\].*NaN/],
  ["a value below the declared range", 0.05, "out-of-range", /0\.05 ms.*\[0\.1, 1000\]/],
  ["a value above the declared range", 1e6, "out-of-range", /\[0\.1, 1000\]/],
  ["a value outside the range among others", [1, 2, 3, -4], "out-of-range", /\[3\] = -4/],
  ["a distribution that reaches outside the range", uniform(-2, -1), "out-of-range", /uniform\(-2, -1\)/],
  ["a text", "5", "invalid-value", /"5"/],
  ["a list of texts", ["1", "2", "3", "4"], "invalid-value", /"1"/],
  ["null", null, "invalid-value", /null/],
  ["a truth value", true, "invalid-value", /boolean/],
  ["an object", {}, "invalid-value", /object/],
  ["a function", () => 5, "invalid-value", /function/],
  ["a big integer", 5n, "invalid-value", /bigint/],
];

describe("a value that makes no sense is refused, and nothing has changed", () => {
  it.each(wrong)("%s for a new population", async (_, value, code, text) => {
    const { net } = kept();
    const error = await refusedWithoutTrace(net, () =>
      net.population("p", 4, [Drive(), Cell(), Decay({ tau: value as number })]),
    );
    expect(error).toMatchObject({ code, entity: "p", behavior: "decay" });
    expect(error.message).toMatch(/\btau\b/);
    expect(error.message).toMatch(text);
    expectCure(error);
    expect(net.populations.length).toBe(1);
    net.population("p", 4, [Decay()]);
  });

  it.each(wrong)("%s for a parameter that is set, beside others that are fine", async (_, value, code, text) => {
    const { net, p } = kept();
    const error = await refusedWithoutTrace(net, () => p.set({ amplitude: 5, tau: value as number, x: 7 }));
    expect(error).toMatchObject({ code, entity: "kept", behavior: "decay" });
    expect(error.message).toMatch(text);
    expectCure(error);
  });

  it.each(wrong.filter(([, , code]) => code !== "out-of-range"))(
    "%s for a start value",
    async (_, value, code, text) => {
      if (typeof value === "string") return;
      const { net } = kept();
      const error = await refusedWithoutTrace(net, () => net.population("p", 4, [Decay({ init_x: value as number })]));
      expect(error).toMatchObject({ code, entity: "p", behavior: "decay" });
      expect(error.message).toMatch(text);
      expectCure(error);
    },
  );

  it("a misspelt name, with the nearest that exist", async () => {
    const { net, p } = kept();
    const given = await refusal(() => Decay({ tou: 5 } as never));
    expect(given).toMatchObject({ code: "unknown-name", behavior: "decay", candidates: ["tau"] });
    expectCure(given);
    const set = await refusedWithoutTrace(net, () => p.set({ tau: 3, tau_n: 5 } as never));
    expect(set).toMatchObject({ code: "unknown-name", entity: "kept" });
    expect(set.candidates).toContain("tau_m");
    expectCure(set);
    for (const attempt of [() => p.get("vv" as never), () => p.column("vv" as never), () => p.recorded("vv" as never)])
      expect(await refusedWithoutTrace(net, attempt)).toMatchObject({
        code: "unknown-name",
        entity: "kept",
        candidates: ["v"],
      });
    const unrecorded = await refusedWithoutTrace(net, () => p.recorded("v"));
    expect(unrecorded.remedy).toContain("Recorder");
  });

  it("names that every object has are names that nobody declared", async () => {
    const { net, p } = kept();
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"]) {
      const attempts = [
        () => p.set(JSON.parse(`{ "${name}": 1 }`) as never),
        () => p.get(name as never),
        () => p.column(name as never),
        () => p.detach(name),
        () => net.find(name),
        () => net.population("p", 1, [Decay(JSON.parse(`{ "${name}": 1 }`) as never)]),
      ];
      for (const attempt of attempts)
        expect((await refusedWithoutTrace(net, attempt)).code, `${name}: ${String(attempt)}`).toBe("unknown-name");
    }
  });

  it("two different values for a parameter that two behaviors share", async () => {
    const { net } = kept();
    const Other = defineBehavior({ name: "other", parameters: { tau: { default: 10 } } });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay({ tau: 5 }), Other({ tau: 6 })]));
    expect(error).toMatchObject({ code: "two-owners", entity: "p", behavior: "other" });
    for (const each of ["tau", "decay", "other"]) expect(error.message).toContain(each);
    expectCure(error);
    net.population("same", 1, [Decay({ tau: 5 }), Other({ tau: 5 })]);
  });

  it("two different defaults for it, unless a value is given", async () => {
    const { net } = kept();
    const Other = defineBehavior({ name: "other", parameters: { tau: { default: 11 } } });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay(), Other()]));
    expect(error).toMatchObject({ code: "two-owners", entity: "p", behavior: "other" });
    for (const each of ["tau", "decay", "other", "10", "11"]) expect(error.message).toContain(each);
    expectCure(error);
    net.population("given", 1, [Decay(), Other({ tau: 5 })]);
  });

  it("a value that is outside the range of any of the behaviors that share the parameter", async () => {
    const { net } = kept();
    const Wide = defineBehavior({ name: "wide", parameters: { k: { default: 5, max: 100 } } });
    const Narrow = defineBehavior({ name: "narrow", parameters: { k: { default: 5, min: 1, max: 10 } } });
    for (const list of [
      [Wide({ k: 20 }), Narrow()],
      [Narrow(), Wide({ k: 0.5 })],
    ])
      // prettier-ignore
      expect((await refusedWithoutTrace(net, () => net.population("p", 1, list))).code).toBe("out-of-range");
    const p = net.population("p", 1, [Wide(), Narrow()]);
    expect((await refusedWithoutTrace(net, () => p.set({ k: 20 }))).code).toBe("out-of-range");
  });

  it("one name for two things", async () => {
    const { net } = kept();
    const State = defineBehavior({ name: "stateful", state: { tau: { init: 1 } } });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay(), State()]));
    expect(error).toMatchObject({ code: "two-owners", entity: "p", behavior: "stateful" });
    for (const each of ["tau", "decay", "parameter", "state"]) expect(error.message).toContain(each);
    expectCure(error);
  });

  it("two units for one parameter", async () => {
    const { net } = kept();
    const Volts = defineBehavior({ name: "volts", parameters: { tau: { default: 10, unit: "mV" } } });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay(), Volts()]));
    expect(error).toMatchObject({ code: "unit-mismatch", entity: "p", behavior: "volts" });
    for (const each of ["tau", "decay", "ms", "mV"]) expect(error.message).toContain(each);
    expectCure(error);
  });

  it("start values that need one another", async () => {
    const { net } = kept();
    const Circle = defineBehavior({ name: "circle", state: { a: { init: "b + 1" }, b: { init: "a" } } });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Circle()]));
    expect(error).toMatchObject({ code: "cyclic-order", entity: "p" });
    expectCure(error);
  });

  it("start values that are not finite", async () => {
    const { net } = kept();
    const Log = defineBehavior({ name: "log", parameters: { a: { default: 1 } }, state: { y: { init: "log(a)" } } });
    const error = await refusedWithoutTrace(net, () => net.population("p", 2, [Log({ a: [1, 0] })]));
    expect(error).toMatchObject({ code: "not-finite", entity: "p", behavior: "log" });
    expect(error.message).toContain("y[1]");
    expectCure(error);
  });

  it("seeds, devices, precisions and threads that do not exist", async () => {
    for (const [options, code] of [
      [{ seed: Number.NaN }, "invalid-value"],
      [{ seed: {} }, "invalid-value"],
      [{ device: "gpu" }, "not-supported"],
      [{ precision: "f16" }, "not-supported"],
      [{ threads: 0 }, "out-of-range"],
    ] as const) {
      const error = await refusal(() => createNetwork({ dt: 1, ...options } as never));
      expect(error.code).toBe(code);
      expectCure(error);
    }
    for (const options of [undefined, null, 0.1])
      expect(await refusal(() => createNetwork(options as never))).toBeDefined();
  });

  it("whatever it is: no value of any kind is taken silently, or refused otherwise than by a NeuroweaveError", async () => {
    const { net, p } = kept();
    const before = net.state();
    fc.assert(
      fc.property(
        fc.constantFrom("tau", "x", "amplitude", "I"),
        fc.anything({ withTypedArray: true, withBigInt: true, withDate: true }),
        (name, value) => {
          try {
            p.set({ [name]: value } as never);
          } catch (error) {
            expect(error).toBeInstanceOf(NeuroweaveError);
            expect(net.state()).toEqual(before);
            return;
          }
          const numbers =
            typeof value === "number" ? [value] : value === undefined ? [] : Array.from(value as number[]);
          expect(numbers.every((each) => Number.isFinite(each))).toBe(true);
          // The sign of a zero is not at issue here.
          const got = [...p.get(name as "x")].map((x) => x + 0);
          if (value !== undefined)
            expect(got).toEqual(typeof value === "number" ? got.map(() => value + 0) : numbers.map((x) => x + 0));
          net.loadState(before);
          p.set({ tau: 10, amplitude: 0, I: 0 });
        },
      ),
      { numRuns: 400 },
    );
  });
});
