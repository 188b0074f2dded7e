import fc from "fast-check";
import { createNetwork, DelayedReward, RewardPrediction, Recorder, SignalPulses, SignalSchedule } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../../equations/refusal.ts";

const recorder = Recorder({ variables: ["value"], priority: 150 } as never);

describe("schedules of signals", () => {
  it("hold each value from its time to the next, in any order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }), async (steps) => {
        const dt = 0.5;
        const net = createNetwork({ dt, seed: 1 });
        const values = steps.map((step) => step * 3 + 1);
        net.signal("phase", { init: -1, behaviors: [SignalSchedule({ times: steps.map((step) => step * dt), values }), recorder] });
        await net.step(50);
        const expected = Array.from({ length: 50 }, (_, k) => Math.max(-1, ...values.filter((_, j) => steps[j]! <= k)));
        expect(Array.from(net.signals["phase"]!.recorded().trace(0))).toEqual(expected);
      }),
      { numRuns: 20, seed: 2 },
    );
  });

  it("refuse what is no schedule", () => {
    const build = (times: number[], values: number[]) => () => SignalSchedule({ times, values });
    expect(refusal(build([1], [1, 2])).code).toBe("wrong-length");
    expect(refusal(build([-1], [1])).code).toBe("out-of-range");
    expect(refusal(build([1, 1], [1, 2])).code).toBe("out-of-range");
    expect(refusal(build([1], [Infinity])).code).toBe("not-finite");
    expect(refusal(build([0.000001, 1000], [0, 1])).code).toBe("out-of-range");
  });
}); // prettier-ignore

describe("pulses of signals", () => {
  it.each([1, 0.25])("decay as the signal does, exactly at dt %d", async (dt) => {
    const [times, tau] = [[3, 10, 12], 7];
    const net = createNetwork({ dt, seed: 1 });
    net.signal("dopamine", { tau, behaviors: [SignalPulses({ times, amplitude: 0.5 }), recorder] });
    await net.run(40);
    const trace = net.signals["dopamine"]!.recorded().trace(0);
    for (const [k, value] of trace.entries()) {
      const t = k * dt;
      const expected = times.filter((at) => at <= t).reduce((sum, at) => sum + 0.5 * Math.exp(-(t - at) / tau), 0);
      expect(Math.abs(value - expected)).toBeLessThan(1e-14);
    }
  });

  it("as impulses last one step, with the amplitude as their integral, on top of what else the signal is", async () => {
    for (const dt of [1, 0.5]) {
      const net = createNetwork({ dt, seed: 1 });
      net.signal("reward", { init: 0.25, behaviors: [SignalPulses({ times: [2, 3, 7], amplitude: -2, form: "impulse" }), recorder] });
      await net.run(10);
      const trace = Array.from(net.signals["reward"]!.recorded().trace(0));
      expect(trace.flatMap((value, k) => (value === 0.25 ? [] : [k * dt]))).toEqual([2, 3, 7]);
      expect(trace.reduce((sum, value) => sum + (value - 0.25) * dt, 0)).toBeCloseTo(-6, 12);
    }
  });

  it("refuse times before the beginning and forms that do not exist", () => {
    expect(refusal(() => SignalPulses({ times: [NaN] })).code).toBe("out-of-range");
    expect(refusal(() => SignalPulses({ form: "square" as "add" })).code).toBe("invalid-value");
  });
}); // prettier-ignore

describe("rewards that come later", () => {
  it("are what the other signal was so long ago and in the step before, step by step", async () => {
    const net = createNetwork({ dt: 0.5, seed: 1 });
    net.signal("reward", { behaviors: [SignalSchedule({ times: [0, 2, 3.5, 6], values: [0, 1, -1, 4] }), recorder] });
    net.signal("late", { behaviors: [DelayedReward({ reward: "reward", delay: 4 }), recorder] });
    await net.run(20);
    const [now, late] = ["reward", "late"].map((name) => Array.from(net.signals[name]!.recorded().trace(0)));
    expect(late).toEqual([...Array<number>(9).fill(0), ...now!.slice(0, -9)]);
  });

  it("refuse a delay that is none", () => {
    expect(refusal(() => DelayedReward({ delay: 0 })).code).toBe("out-of-range");
  });
}); // prettier-ignore

describe("the error of predicting a reward", () => {
  it("is the reward less its exponential running mean, exactly for rewards that hold, at any dt", async () => {
    for (const dt of [1, 0.5]) {
      const net = createNetwork({ dt, seed: 1 });
      net.signal("reward", { behaviors: [SignalSchedule({ times: [0, 10, 30], values: [0, 2, 0.5] })] });
      net.signal("surprise", { behaviors: [RewardPrediction({ reward: "reward", tau_expected: 15 }), recorder] });
      await net.run(60);
      const expected = (t: number): number => {
        if (t < 10) return 0;
        const first = 2 * (1 - Math.exp(-(Math.min(t, 30) - 10) / 15));
        return t < 30 ? 2 - first : 0.5 - (0.5 + (first - 0.5) * Math.exp(-(t - 30) / 15));
      };
      for (const [k, value] of net.signals["surprise"]!.recorded().trace(0).entries())
        expect(Math.abs(value - expected(k * dt))).toBeLessThan(1e-12);
    }
  });

  it("stops expecting anything else while the network does not learn, and goes on to tell errors", async () => {
    const net = createNetwork({ dt: 1, seed: 1 });
    net.signal("reward", { init: 1 });
    net.signal("surprise", { behaviors: [RewardPrediction({ tau_expected: 15 })] });
    await net.run(20);
    net.learning = false;
    const expected = net.signals["surprise"]!.get("rewardPrediction.expected");
    net.signals["reward"]!.value = 3;
    await net.run(20);
    expect(net.signals["surprise"]!.value).toBe(3 - expected);
    expect(net.signals["surprise"]!.get("rewardPrediction.expected")).toBe(expected);
  });
}); // prettier-ignore
