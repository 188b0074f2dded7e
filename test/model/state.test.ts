import { createNetwork, defineBehavior, uniform } from "neuroweave";
import { describe, expect, it } from "vitest";
import { expectCure, refusal, refusedWithoutTrace } from "./refusals.ts";
import { Cell, Decay, Drive } from "./tiny-behaviors.ts";

const Gate = defineBehavior({ name: "gate", scope: "instance", state: { m: { init: 0.5 } }, equations: "dm/dt = -m" });

function make() {
  const net = createNetwork({ dt: 0.1, seed: 1 });
  const a = net.population("a", 3, [Cell({ init_v: uniform(0, 0.9), I: 2 }), Drive()]);
  const b = net.population("b", 2, [Decay(), Gate({ name: "na" }), Gate({ name: "k" })]);
  return { net, a, b };
}

describe("state() and loadState()", () => {
  it("exchange all state variables as named arrays, and nothing else", () => {
    const { net, a } = make();
    const state = net.state();
    expect(Object.keys(state).sort()).toEqual(["a.v", "b.k.m", "b.na.m", "b.x"]);
    expect(state["a.v"]).toEqual(a.get("v"));
    state["a.v"]!.fill(7);
    expect(a.get("v")[0]).not.toBe(7);
  });

  it("bring a network back to where it was", async () => {
    const { net } = make();
    await net.step(3);
    const saved = net.state();
    await net.step(2);
    const later = net.state();
    expect(net.loadState(saved)).toEqual({ missing: [], unexpected: [] });
    expect(net.state()).toEqual(saved);
    await net.step(2);
    expect(net.state()).toEqual(later);
  });

  it("accept lists and 32-bit floats", () => {
    const { net, b } = make();
    net.loadState({ "b.x": [0.25, 0.5], "b.k.m": Float32Array.of(0.125, 2) }, { strict: false });
    expect([...b.get("x"), ...b.get("k.m")]).toEqual([0.25, 0.5, 0.125, 2]);
  });

  it("refuse missing and unexpected names together when strict, which is the default, and write nothing", async () => {
    const { net } = make();
    const { "b.x": _, ...rest } = net.state();
    const error = await refusedWithoutTrace(net, () =>
      net.loadState({ ...rest, "a.v": [9, 9, 9], "a.w": [1], "c.v": [1] }),
    );
    expect(error.code).toBe("state-names");
    for (const name of ["b.x", "a.w", "c.v"]) expect(error.message).toContain(name);
    expectCure(error);
    const same = await refusal(() => net.loadState({ ...rest, "a.w": [1] }, { strict: true }));
    expect(same.code).toBe("state-names");
  });

  it("report them otherwise, and write what fits", () => {
    const { net, a, b } = make();
    const before = b.get("x");
    expect(net.loadState({ "a.v": [1, 2, 3], "a.w": [1] }, { strict: false })).toEqual({
      missing: ["b.x", "b.na.m", "b.k.m"],
      unexpected: ["a.w"],
    });
    expect([...a.get("v")]).toEqual([1, 2, 3]);
    expect(b.get("x")).toEqual(before);
  });

  it.each([
    ["two values for three neurons", { "a.v": [1, 2] }, "wrong-length"],
    ["a value that is not a number", { "a.v": [1, 2, Number.NaN] }, "not-finite"],
    ["an infinite value", { "a.v": [1, Number.NEGATIVE_INFINITY, 3] }, "not-finite"],
    ["a text among the values", { "a.v": [1, "2", 3] }, "invalid-value"],
    ["a single number", { "a.v": 5 }, "invalid-value"],
    ["a distribution", { "a.v": uniform(0, 1) }, "invalid-value"],
    ["nothing", { "a.v": undefined }, "invalid-value"],
    ["null", { "a.v": null }, "invalid-value"],
  ])("refuse %s, and write no other array either", async (_, wrong, code) => {
    const { net } = make();
    const state = Object.fromEntries(
      Object.entries(net.state()).map(([key, values]) => [key, values.map((x) => x + 1)]),
    );
    for (const strict of [true, false]) {
      const error = await refusedWithoutTrace(net, () => net.loadState({ ...state, ...wrong } as never, { strict }));
      expect(error).toMatchObject({ code, entity: "a" });
      expect(error.message).toContain("a.v");
      expectCure(error);
    }
  });

  it.each([undefined, null, 3, "state"])("refuse %j for a state", async (state) => {
    const { net } = make();
    expect((await refusedWithoutTrace(net, () => net.loadState(state as never))).code).toBe("invalid-value");
  });
});
