import { defineBehavior, Phase } from "@neuroweave/model";
import { createNetwork, KWTA, LIF, type Ingredient } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

const cell = { R: 5, tau: 10, v_reset: -70, v_rest: -65 };

/** Voltages are set, once; what one step of competition and firing leaves. */
async function stepOf(
  v: readonly number[],
  members: readonly Ingredient[],
  { shape = [v.length], threshold = -50 as number | readonly number[] } = {},
) {
  const net = createNetwork({ dt: 1e-9 });
  const cells = net.population("cells", shape, [LIF({ ...cell, threshold, init_v: v }), ...members] as never);
  await net.step(1);
  return { winners: [...cells.spikes().ids].sort((a, b) => a - b), v: [...cells.get("v" as never)].map(Math.round) };
}

describe("k winners take all", () => {
  const voltages = [-49, -60, -48, -47, -51, -49.5];

  it("leaves a step alone in which no more than k neurons have reached their thresholds", async () => {
    expect((await stepOf(voltages, [KWTA({ k: 4 })])).winners).toEqual([0, 2, 3, 5]);
  });

  it.each([
    [1, [3]],
    [2, [2, 3]],
    [3, [0, 2, 3]],
  ])("lets the %i highest spike, and resets the others that would", async (k, winners) => {
    const step = await stepOf(voltages, [KWTA({ k })]);
    expect(step.winners).toEqual(winners);
    expect(step.v).toEqual([-70, -60, -70, -70, -51, -70]);
  });

  it("lets the lower index win where voltages are equal", async () => {
    expect((await stepOf([-45, -44, -45, -45], [KWTA({ k: 2 })])).winners).toEqual([0, 1]);
  });

  it("seeks winners in each line along a dimension of the grid", async () => {
    const rows = [-49, -40, -42, -46, -41, -45];
    expect((await stepOf(rows, [KWTA({ k: 1, dimension: 0 })], { shape: [2, 3] })).winners).toEqual([1, 2, 3]);
    expect((await stepOf(rows, [KWTA({ k: 1, dimension: 1 })], { shape: [2, 3] })).winners).toEqual([1, 4]);
  });

  it("lets a neuron below its own threshold be in the place of a winner, as CoNeX does, unless winners are candidates", async () => {
    const threshold = [-40, -50, -50, -50];
    const v = [-41, -49, -48, -60];
    expect((await stepOf(v, [KWTA({ k: 1 })], { threshold })).winners).toEqual([]);
    expect((await stepOf(v, [KWTA({ k: 2 })], { threshold })).winners).toEqual([1, 2]);
    expect((await stepOf(v, [KWTA({ k: 1, among: "candidates" })], { threshold })).winners).toEqual([2]);
  });

  it("refuses numbers of winners and choices that do not exist", () => {
    expect(refusal(() => KWTA({ k: 0 })).code).toBe("out-of-range");
    expect(refusal(() => KWTA({ k: 1.5 })).code).toBe("out-of-range");
    expect(refusal(() => KWTA({ dimension: -1 })).code).toBe("out-of-range");
    expect(refusal(() => KWTA({ among: "all" as never })).code).toBe("invalid-value");
  });
});

describe("a competition whose candidates a number over the population decides", () => {
  // Everybody rises by 1 in each step, so that the mean of this step and of the one before part at neuron 1.
  const AboveMean = defineBehavior({
    name: "aboveMean",
    priority: Phase.Competition,
    state: { x: { init: 0 }, beaten: { init: 0 } },
    signals: { mean: { of: "x", by: "mean" } },
    competition: { by: "x", among: "x > mean", k: 1 },
    onLose: "beaten = beaten + 1",
  });
  const Rise = defineBehavior({ name: "rise", priority: Phase.Dynamics, requires: ["x"], equations: "x += 1" });

  it.each(["reference", "wasm"] as const)("reads that number as it is in this step, on device %s", async (device) => {
    const net = createNetwork({ dt: 1, device });
    const cells = net.population("cells", 4, [AboveMean({ x: [0, 1.5, 2, 3] }), Rise]);
    await net.step(3);
    // The mean is 1.625 at first and rises too: 2 and 3 are above it, 1.5 is not, though above the mean of the step before.
    expect([...cells.get("beaten")]).toEqual([0, 0, 3, 0]);
  });
});
