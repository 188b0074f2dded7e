import { describe, expect, it } from "vitest";
import { models } from "./models.ts";
import { build, expectSameBits } from "./twins.ts";

/** Lengths of the runs after which everything is compared. */
const chunks = [1, 1, 1, 1, 2, 3, 21, 30] as const;

describe.each(["f64", "f32"] as const)("in %s, wasm gives the bits of the reference:", (precision) => {
  it.each(models)("$name", async (model) => {
    const expected = build(model, "reference", precision);
    const actual = build(model, "wasm", precision);
    for (const steps of chunks) {
      await expected.step(steps);
      await actual.step(steps);
      expectSameBits(actual, expected);
    }
    const atOnce = build(model, "wasm", precision, [5]);
    await atOnce.step(expected.steps);
    expectSameBits(atOnce, expected, " in one run");
  });
});

describe("the list of models", () => {
  it("spikes where it can, so that what happens at spikes is compared", async () => {
    const silent: string[] = [];
    for (const model of models) {
      const net = build(model, "wasm", "f64", [257]);
      await net.step(chunks.reduce<number>((sum, steps) => sum + steps, 0));
      if (net.populations[0]!.spikes().ids.length === 0) silent.push(model.name);
    }
    expect(silent).toEqual(["the mean field of QIF neurons"]);
  });
});
