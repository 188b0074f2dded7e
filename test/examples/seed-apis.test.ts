import { describe, expect, it } from "vitest";
import { composeAELIF } from "../../examples/compose.ts";
import { runLikeANNarchy } from "../../examples/from-annarchy.ts";
import { runLikeBrainmodels } from "../../examples/from-brainmodels.ts";
import { runLikeDSRunner, runRateModel, runWithHooks } from "../../examples/from-brainpy.ts";
import { runLikeCoNeX } from "../../examples/from-conex.ts";
import { keepRates } from "../../examples/host-behavior.ts";
import { attachSlowPotassium } from "../../examples/own-behavior.ts";

describe("AELIF composed by hand", () => {
  it("fires more the more current it gets, and records every step", async () => {
    const { counts, voltage, omega, plan } = await composeAELIF();
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts[0]).toBe(0);
    expect(voltage).toHaveLength(2000);
    expect(Array.from(omega)).toEqual(Array.from(omega).toSorted((a, b) => a - b));
    expect(plan.kernels).toHaveLength(1);
  });
});

describe("what was written for CoNeX", () => {
  it("fires in the iterations that CoNeX recorded, at dt = 1", async () => {
    const { LIF, ELIF, AELIF } = await runLikeCoNeX();
    expect(LIF[2]).toEqual([14, 30, 46, 62, 78, 94, 110, 126, 142, 158, 174, 190]);
    expect(ELIF[1]).toEqual([17, 37, 57, 77, 97, 117, 137, 157, 177, 197]);
    expect(AELIF[1]).toEqual([18, 47, 92, 162]);
    expect(AELIF[3]).toEqual([6, 13, 21, 29, 38, 48, 58, 69, 80, 92, 104, 117, 130, 143, 157, 171, 185, 199]);
  });

  it("fires in the iterations that CoNeX recorded, at dt = 0.1, where one spike adds a tenth", async () => {
    const { AELIF, printedAELIF } = await runLikeCoNeX(0.1, 2000);
    expect(AELIF[1]).toEqual([166, 377, 606, 852, 1115, 1394, 1687, 1992]);
    expect(printedAELIF[1]!.length).toBeLessThan(AELIF[1]!.length);
  });
});

describe("what was written for ANNarchy", () => {
  it("fires as often, and is recorded in every step", async () => {
    const { trains, verdicts, voltage } = await runLikeANNarchy();
    expect(trains.map(({ length }) => length)).toEqual([42, 10, 10, 9, 30, 0, 66, 25]);
    expect(verdicts.map(({ pattern }) => pattern)).toEqual([
      "tonic",
      "adapting",
      "initial burst",
      "bursting",
      "accelerating",
      "silent",
      "tonic",
      "irregular",
    ]);
    expect(voltage.shape).toEqual([5500, 8]);
  });
});

describe("what was written for brainmodels", () => {
  it("fires in the steps that brainmodels recorded, with both of its methods", async () => {
    const { exponential, euler, voltage, adaptation } = await runLikeBrainmodels();
    expect([exponential.length, ...exponential.slice(0, 3)]).toEqual([130, 0, 32, 64]);
    expect([euler.length, ...euler.slice(0, 3)]).toEqual([126, 27, 60, 94]);
    expect(voltage[1]).toBeCloseTo(-64.714186302, 8);
    expect(adaptation[1]).toBeCloseTo(1.168592228, 8);
  });
});

describe("what was written for BrainPy", () => {
  it("spikes when BrainPy's Izhikevich neuron does", async () => {
    const { spikes, voltage } = await runLikeDSRunner();
    expect(spikes.map((time) => Number(time.toFixed(1)))).toEqual([3.4, 20.6, 65.6, 110.5, 155.4]);
    expect(voltage[0]).toBeCloseTo(-69.029408893, 8);
  });

  it("drives the rate model over its peak into the upper fixed point", async () => {
    const { peak, peakTime, settled } = await runRateModel();
    expect(peak).toBeCloseTo(2.8827, 3);
    expect(peakTime - 20).toBeCloseTo(2.788, 1);
    expect(settled).toBeCloseTo(1.030597, 4);
  });

  it("hooks in by priority: an input function is as good as the stimulus, and what counts spikes counts them all", async () => {
    const { hooked, declared, fired, above } = await runWithHooks();
    expect(hooked.steps).toEqual(declared.steps);
    expect(hooked.ids).toEqual(declared.ids);
    // The voltage is held at −80 mV before each update, so −65 mV is never more than 15 mV and one update away.
    expect(Math.min(...above.values)).toBeGreaterThan(-16);
    expect(Array.from(fired)).toEqual([0, 1, 2].map((id) => hooked.ids.filter((each) => each === id).length));
    expect(Math.min(...fired)).toBeGreaterThan(0);
    expect(above.shape).toEqual([300, 3]);
  });
});

describe("a behavior of one's own", () => {
  it("slows a neuron down, from the moment at which it is attached", async () => {
    const { plain, slowed, later, input } = await attachSlowPotassium();
    expect(slowed.length).toBeLessThan(plain.length);
    const before = (times: Float64Array) => times.filter((time) => time < 100);
    expect(before(later)).toEqual(before(plain));
    expect(later.length).toBeGreaterThan(slowed.length);
    expect(later.length).toBeLessThan(plain.length);
    expect(input).toContain("g_k * k * (v - E_k)");
  });

  it("keeps rates from TypeScript, whatever they were before", async () => {
    const { first, last } = await keepRates();
    const targets = [5, 5, 5, 10, 20];
    expect(Math.max(...Array.from(first, (rate, id) => Math.abs(rate / targets[id]! - 1)))).toBeGreaterThan(0.5);
    last.forEach((rate, id) => expect(Math.abs(rate / targets[id]! - 1)).toBeLessThan(0.1));
  });
});
