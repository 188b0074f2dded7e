import fc from "fast-check";
import { MSTDP, MSTDPET, RewardSTDP, SignalPulses, SignalSchedule, WeightBounds } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../../equations/refusal.ts";
import { scriptedSynapse } from "./scripted-synapse.ts";

const tau = 20;

/** What every spike makes eligible: sizes of all pairs that it completes, at its time. */
function changes(pre: readonly number[], post: readonly number[], up: number, down: number) {
  const pairs = (earlier: readonly number[], t: number): number =>
    earlier.filter((each) => each < t).reduce((sum, each) => sum + Math.exp(-(t - each) / tau), 0);
  return [
    ...post.map((t) => ({ t, size: up * pairs(pre, t) })),
    ...pre.map((t) => ({ t, size: -down * pairs(post, t) })),
  ];
}

/** ∫ e^(−(s − a)/x) e^(−(s − b)/y) ds from the later of a and b to `until`. */
function overlap(a: number, x: number, b: number, y: number, until: number): number {
  const from = Math.max(a, b);
  if (until <= from) return 0;
  const rate = 1 / x + 1 / y;
  return (Math.exp(-(from - a) / x - (from - b) / y) * (1 - Math.exp(-rate * (until - from)))) / rate;
}

const times = (most: number, length: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: length });

/** Trains without two spikes in one step, whose pairs no rule but that of ties decides. */
const trains = fc
  .tuple(times(150, 12), times(150, 12))
  .map(([pre, post]) => [pre, post.filter((t) => !pre.includes(t))] as const);

describe("reward-modulated STDP", () => {
  it.each([1, 0.5, 0.1])("turns one pair and a reward a second later into 1.859418, at dt %d", async (dt) => {
    const { net, weight } = scriptedSynapse({
      dt,
      pre: [100],
      post: [110],
      behaviors: [RewardSTDP({ A_plus: 0.1, tau_plus: tau, tau_c: 1000 })],
      prepare: (own) => own.signal("dopamine", { tau: 200 }),
    });
    await net.run(1110);
    expect(weight()).toBe(0);
    net.signals["dopamine"]!.add(0.5);
    await net.run(8000);
    expect(Math.abs(weight() - 1.859418)).toBeLessThan(1e-5);
  });

  it("is the integral of eligibility times dopamine, whatever dt, spikes and rewards", async () => {
    await fc.assert(
      fc.asyncProperty(trains, times(200, 5), fc.constantFrom(1, 0.5, 0.25), async ([pre, post], pulses, dt) => {
        const { net, weight } = scriptedSynapse({
          dt,
          pre,
          post,
          behaviors: [RewardSTDP({ A_plus: 0.1, A_minus: 0.15, tau_plus: tau, tau_minus: tau, tau_c: 300 })],
          prepare: (own) => own.signal("dopamine", { tau: 50, behaviors: [SignalPulses({ times: pulses, amplitude: 0.5 })] }),
        });
        await net.run(250);
        const events = changes(pre, post, 0.1, 0.15);
        const expected = events.reduce((sum, { t, size }) => sum + pulses.reduce((inner, at) => inner + 0.5 * size * overlap(t, 300, at, 50, 250), 0), 0);
        const scale = events.reduce((sum, { size }) => sum + Math.abs(size), 0) * 25 * pulses.length;
        expect(Math.abs(weight() - expected)).toBeLessThanOrEqual((scale * dt * dt) / (12 * 300 * 50) + 1e-12);
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  it("comes close with updates every 10 ms only", async () => {
    const found = await Promise.all(
      [undefined, 10].map(async (every) => {
        const { net, weight } = scriptedSynapse({
          dt: 1,
          pre: [103],
          post: [112],
          behaviors: [RewardSTDP({ A_plus: 0.1, ...(every === undefined ? {} : { every }) })],
          prepare: (own) => own.signal("dopamine", { tau: 200, behaviors: [SignalPulses({ times: [605], amplitude: 0.5 })] }),
        });
        await net.run(3000);
        return weight();
      }),
    );
    expect(found[1]! / found[0]!).toBeGreaterThan(0.97);
    expect(found[1]! / found[0]!).toBeLessThan(1.03);
  });

  it("freezes with the network's learning, eligibility included, and stays within bounds", async () => {
    const { net, weight, synapse } = scriptedSynapse({
      dt: 1,
      pre: [10, 50],
      post: [15, 55],
      behaviors: [RewardSTDP({ A_plus: 1 }), WeightBounds({ min: 0, max: 0.5 })],
      prepare: (own) => own.signal("level", { init: 1 }) && own.signal("dopamine", { tau: 200 }),
    });
    await net.run(30);
    const eligible = synapse.get("c")[0]!;
    expect(eligible).toBeGreaterThan(0.5);
    net.learning = false;
    net.signals["dopamine"]!.add(1);
    await net.run(40);
    expect([synapse.get("c")[0], weight()]).toEqual([eligible, 0]);
    net.learning = true;
    await net.run(40);
    expect(weight()).toBe(0.5);
  });
}); // prettier-ignore

describe("modulated STDP", () => {
  it("changes a weight by the reward at the later spike of each pair, the same at every dt", async () => {
    await fc.assert(
      fc.asyncProperty(trains, fc.array(fc.constantFrom(-1, 0, 1, 0.5), { minLength: 8, maxLength: 8 }), fc.constantFrom(1, 0.25), async ([pre, post], values, dt) => {
        // Rewards change half-way between the spikes that integers are.
        const at = values.map((_, j) => (j === 0 ? 0 : j * 20 + 0.5));
        const onGrid = dt === 1 ? at.map(Math.ceil) : at;
        const { net, weight } = scriptedSynapse({
          dt,
          pre,
          post,
          behaviors: [MSTDP({ gamma: 0.1, tau_plus: tau, tau_minus: tau })],
          prepare: (own) => own.signal("reward", { behaviors: [SignalSchedule({ times: onGrid, values })] }),
        });
        await net.run(200);
        const rewardAt = (t: number): number => values[onGrid.findLastIndex((each) => each <= t + dt)]!;
        const expected = changes(pre, post, 1, 1).reduce((sum, { t, size }) => sum + 0.1 * size * rewardAt(t), 0);
        expect(Math.abs(weight() - expected)).toBeLessThan(1e-12);
      }),
      { numRuns: 25, seed: 6 },
    );
  });

  it("with an eligibility trace approaches gamma ∫ r z as dt gets finer", async () => {
    const [pre, post, at] = [[20, 33, 60, 81], [25, 30, 70, 90], [0, 40, 65, 100]];
    const values = [0, 1, -0.5, 2];
    const errorAt = async (dt: number): Promise<number> => {
      const { net, weight } = scriptedSynapse({
        dt,
        pre,
        post,
        behaviors: [MSTDPET({ gamma: 0.1, tau_z: 25, tau_plus: tau, tau_minus: tau })],
        prepare: (own) => own.signal("reward", { behaviors: [SignalSchedule({ times: at, values })] }),
      });
      await net.run(200);
      const reward = (t: number, size: number): number =>
        values.reduce((sum, value, j) => sum + (value * size * (overlap(t, 25, at[j]!, 1e12, at[j + 1] ?? 200))) / 25, 0);
      const expected = changes(pre, post, 1, 1).reduce((sum, { t, size }) => sum + 0.1 * reward(t, size), 0);
      return Math.abs(weight() / expected - 1);
    };
    const [coarse, fine] = [await errorAt(1), await errorAt(0.1)];
    expect(fine).toBeLessThan(0.02);
    expect(coarse / fine).toBeGreaterThan(7);
    expect(coarse / fine).toBeLessThan(13);
  });

  it("pays a reward of one ms, however many steps that is, by what is eligible", async () => {
    const paid = async (dt: number): Promise<number> => {
      const { net, weight } = scriptedSynapse({
        dt,
        pre: [20],
        post: [25],
        behaviors: [MSTDPET({ gamma: 2, tau_z: 25, tau_plus: tau })],
        prepare: (own) => own.signal("reward", { behaviors: [SignalPulses({ times: [40], amplitude: 1, form: "impulse" })] }),
      });
      await net.run(60);
      return weight();
    };
    const expected = (2 * Math.exp(-5 / tau) * Math.exp(-15 / 25)) / 25;
    expect(Math.abs((await paid(0.05)) / expected - 1)).toBeLessThan(0.003);
    expect(Math.abs((await paid(0.5)) / expected - 1)).toBeLessThan(0.03);
  });
}); // prettier-ignore

describe("rules that a signal gates", () => {
  it("refuse a network without that signal, and names that no signal can have", () => {
    const build = (signal: string) => () => scriptedSynapse({ dt: 1, pre: [1], post: [2], behaviors: [RewardSTDP({ signal })] });
    expect(refusal(build("dopamin")).code).toBe("unknown-symbol");
    expect(refusal(build("two words")).code).toBe("invalid-name");
  });
}); // prettier-ignore
