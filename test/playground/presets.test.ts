import { izhikevichPresets } from "@neuroweave/behaviors";
import { describe, expect, it } from "vitest";
import { presets } from "../../examples/playground/src/presets/index.ts";
import { opened, run } from "./sessions.ts";

const counts = async (id: string): Promise<number[]> => {
  const session = await opened(id);
  await run(session);
  return [...session.counts(session.file.populations[0]!.name)!.counts];
};

describe("the presets of the playground", () => {
  it("have names of their own, and every pattern of Izhikevich 2004 is among them", () => {
    const ids = presets.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { panel } of izhikevichPresets.slice(0, 20)) expect(ids).toContain(`izhikevich-${panel}`);
  });

  it("spike as often as ANNarchy's notebook and the paper say, row by row", async () => {
    expect(await counts("adex-notebook")).toEqual([42, 10, 10, 9, 30, 0, 66, 25]);
    const paper = await counts("adex-paper");
    expect(paper[5]).toBe(24);
    expect(paper[6]).toBe(1);
  });

  it.each([
    ["A", 5],
    ["B", 1],
    ["D", 6],
    ["I", 1],
    ["M", 1],
    ["P", 5],
    ["T", 12],
  ])("panel %s of Izhikevich 2004 has %i spikes", async (panel, spikes) => {
    expect(await counts(`izhikevich-${panel}`)).toEqual([spikes]);
  });

  it("name the firing patterns of the paper", async () => {
    const session = await opened("adex-paper");
    await run(session);
    expect(session.counts("patterns")!.patterns).toEqual([
      "tonic",
      "adapting",
      "initial burst",
      "bursting",
      "delayed accelerating",
      "delayed bursting",
      "transient",
      "irregular",
    ]);
  });

  it("lie on the closed form of the rate, each neuron within a spike of its count", async () => {
    const session = await opened("rates");
    const t = await run(session, 2000);
    const [theory] = session.describe().theory;
    if (theory?.kind !== "rates") throw new Error("no theory of rates");
    const { counts } = session.counts("cells")!;
    theory.inputs.forEach((input, j) => {
      // τ = 10, θ = 10, rest and reset 0, refractory time 5.
      const expected = input > 10 ? 1000 / (5 + 10 * Math.log(input / (input - 10))) : 0;
      const { inputs, rates } = theory.curve!;
      const near = inputs.findIndex((each) => each >= input - 1e-9);
      if (Math.abs(inputs[near]! - input) < 1e-9) expect(rates[near]).toBeCloseTo(expected, 9);
      // Euler's method at 0.05 ms and whole steps are off by no more than a few per thousand.
      expect(Math.abs(counts[j]! - (expected * t) / 1000)).toBeLessThan(1.5 + 0.01 * counts[j]!);
    });
  });
});
