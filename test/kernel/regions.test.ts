import { createBuilder, emitProgram, verify } from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allBits } from "./bits.ts";
import { contentsOf, kernelOf, kernelText, recipes } from "./random-kernels.ts";
import { kernelDevices, load } from "./run-kernel.ts";

/** Compiling in C takes a while: fewer kernels, of more neurons. */
const runs = { reference: 1, wasm: 200, native: 12 } as const;

describe.each(["f64", "f32"] as const)("a random kernel in %s", (precision) => {
  it.each(kernelDevices.filter((device) => device !== "reference"))(
    "leaves the same bits behind on %s as in the reference, whatever is seldom needed",
    async (device) => {
      const sizes = device === "native" ? fc.constantFrom(1, 23, 300) : fc.constantFrom(1, 2, 3, 5, 9);
      await fc.assert(
        fc.asyncProperty(recipes, sizes, async (recipe, n) => {
          const kernel = verify(kernelOf(recipe, { precision, n }));
          const contents = contentsOf(recipe, n);
          const [expected, actual] = await Promise.all([
            load(kernel, "reference", contents),
            load(kernel, device, contents),
          ]);
          for (const k of [0, 1, 2 ** 32 + 3]) {
            expected.run(k, 1);
            actual.run(k, 1);
            for (const slot of ["ring", ...recipe.stores.map((_, index) => `out${index}`)])
              expect(allBits(actual.values(slot)), `${slot} of\n${kernelText(kernel)}`).toEqual(
                allBits(expected.values(slot)),
              );
            expect(actual.spikes(), kernelText(kernel)).toEqual(expected.spikes());
            if (expected.suspect()) expect(actual.suspect(), kernelText(kernel)).toBe(true);
          }
        }),
        { numRuns: runs[device], interruptAfterTimeLimit: 40_000 },
      );
    },
  );
});

describe("what is seldom needed", () => {
  const spiking = () => {
    const b = createBuilder({ precision: "f64", dt: 0.1, n: 4 });
    const [v, w] = ["v", "w"].map((name) => b.load({ name, shape: "column" }));
    const mask = b.apply("ge", v!, b.constant(1));
    return { b, v: v!, w: w!, mask };
  };

  it("is asked for once per mask, although something comes after it that needs the result", async () => {
    const { b, v, w, mask } = spiking();
    const reset = b.apply("rarely", mask, b.constant(-1), v);
    const jumped = b.apply("rarely", mask, b.apply("add", w, b.constant(5)), w);
    const after = b.apply("mul", b.apply("sub", jumped, reset), b.constant(2));
    b.effect({ kind: "spikes", mask });
    b.effect({ kind: "store", slot: "v", value: reset }, { name: "v", shape: "column" });
    b.effect({ kind: "store", slot: "w", value: after }, { name: "w", shape: "column" });
    const kernel = verify(b.finish("spiking"));
    const running = await load(kernel, "wasm", { v: [0, 1, 2, 0.5], w: [1, 2, 3, 4] });
    expect(emitProgram(running.program).match(/any_true/g)).toHaveLength(1);
    running.run(0, 1);
    expect(running.values("v")).toEqual([0, -1, -1, 0.5]);
    expect(running.values("w")).toEqual([2, 16, 18, 7]);
    expect(running.spikes()).toEqual([1, 2]);
  });

  it("is emitted once where its parts are shared over and over", async () => {
    const { b, v, mask } = spiking();
    let value = v;
    for (let depth = 0; depth < 60; depth++) value = b.apply("mul", b.apply("add", value, value), b.constant(0.5));
    b.effect(
      { kind: "store", slot: "v", value: b.apply("rarely", mask, value, b.constant(0)) },
      { name: "v", shape: "column" },
    );
    const running = await load(verify(b.finish("deep")), "wasm", { v: [0, 1, 3, 0.5] });
    running.run(0, 1);
    expect(running.values("v")).toEqual([0, 1, 3, 0]);
  });

  it("may be the number of the neuron, used nowhere else", async () => {
    const { b, mask } = spiking();
    b.effect({ kind: "store", slot: "w", value: b.lane(), when: mask }, { name: "w", shape: "column" });
    const running = await load(verify(b.finish("numbered")), "wasm", { v: [0, 1, 3, 0.5], w: [9, 9, 9, 9] });
    running.run(0, 1);
    expect(running.values("w")).toEqual([9, 1, 2, 9]);
  });

  const others = kernelDevices.filter((device) => device !== "reference");
  const x = [0, 1, 2, 0.5];
  const w = [5, 6, 7, 8];

  it.each(others)("may be needed by two branches of a mask, one of which needs the other: on %s", async (device) => {
    const { b, v, w: other, mask } = spiking();
    const common = b.apply("mul", other, b.constant(10));
    const first = b.apply("rarely", mask, common, v);
    const between = b.apply("add", first, first);
    const second = b.apply("rarely", mask, b.apply("sub", common, between), between);
    b.effect({ kind: "store", slot: "v", value: b.apply("add", second, b.constant(1)) });
    const running = await load(verify(b.finish("twice")), device, { v: x, w });
    running.run(0, 1);
    expect(running.values("v")).toEqual([1, -59, -69, 2]);
  });

  it.each(others)("may be random, and needed by two branches of a mask: on %s", async (device) => {
    const { b, v, mask } = spiking();
    const stream = { low: 5, high: 6 };
    const first = b.apply("rarely", mask, b.random(stream, 0), v);
    const between = b.apply("mul", first, b.constant(4));
    const second = b.apply("rarely", mask, b.apply("sub", b.random(stream, 1), between), between);
    b.effect({ kind: "store", slot: "v", value: second });
    const kernel = verify(b.finish("random twice"));
    const [expected, actual] = await Promise.all([load(kernel, "reference", { v: x }), load(kernel, device, { v: x })]);
    for (const each of [expected, actual]) each.run(7, 1);
    expect(allBits(actual.values("v"))).toEqual(allBits(expected.values("v")));
  });

  it.each(others)("may be needed under another mask, too: on %s", async (device) => {
    const { b, v, w: other, mask } = spiking();
    const common = b.apply("mul", other, b.constant(10));
    const late = b.apply("ge", other, b.constant(7));
    const reset = b.apply("rarely", mask, common, v);
    const negated = b.apply("rarely", mask, b.apply("neg", common), v);
    b.effect({ kind: "store", slot: "v", value: reset });
    b.effect({ kind: "store", slot: "w", value: negated, when: late });
    const running = await load(verify(b.finish("two masks")), device, { v: x, w });
    running.run(0, 1);
    expect(running.values("v")).toEqual([0, 60, 70, 0.5]);
    expect(running.values("w")).toEqual([5, 6, -70, 0.5]);
  });
});
