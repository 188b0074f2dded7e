import { describe, expect, it } from "vitest";
import {
  CorrelatedSource,
  createNetwork,
  defineModel,
  Fire,
  InhomogeneousPoissonSource,
  Leak,
  PoissonInput,
  PoissonSource,
  Refractory,
  TimedPoissonSource,
  type Ingredient,
} from "neuroweave";

/** Spike counts of every neuron in windows of some ms. */
async function counts(
  ingredient: Ingredient,
  n: number,
  duration: number,
  window: number,
  dt = 1,
): Promise<number[][]> {
  const net = createNetwork({ dt, seed: 11 });
  const cells = net.population("cells", n, [ingredient] as never);
  await net.run(duration);
  const rows = Array.from({ length: n }, () => Array.from({ length: Math.ceil(duration / window) }, () => 0));
  const { times, ids } = cells.spikes();
  for (let j = 0; j < ids.length; j++) rows[ids[j]!]![Math.floor((times[j]! + 1e-9) / window)]!++;
  return rows;
}

const sum = (list: readonly number[]): number => list.reduce((total, x) => total + x, 0);
const mean = (list: readonly number[]): number => sum(list) / list.length;

/** Expected spikes of a neuron in steps of dt with the given rates in Hz: at most one in a step. */
const expected = (rates: readonly number[], dt: number): number =>
  sum(rates.map((rate) => 1 - Math.exp((-rate * dt) / 1000)));

describe("sources whose rate changes", () => {
  it("follow an expression of time, window by window, within four standard errors", async () => {
    const n = 400;
    const rows = await counts(
      InhomogeneousPoissonSource({ rate: "40 + 40 * sin(2 * pi * t / (100 * ms))" }),
      n,
      400,
      20,
    );
    const rate = (t: number): number => Math.max(0, 40 + 40 * Math.sin((2 * Math.PI * t) / 100));
    for (let window = 0; window < 20; window++) {
      const wanted =
        n *
        expected(
          Array.from({ length: 20 }, (_, k) => rate(window * 20 + k)),
          1,
        );
      const seen = sum(rows.map((row) => row[window]!));
      expect(Math.abs(seen - wanted)).toBeLessThan(4 * Math.sqrt(wanted) + 1);
    }
  });

  it("are silent where the expression is negative", async () => {
    const rows = await counts(InhomogeneousPoissonSource({ rate: "t < 50 ? -100 : 100" }), 50, 100, 50);
    expect(sum(rows.map(([first]) => first!))).toBe(0);
    expect(sum(rows.map(([, second]) => second!))).toBeGreaterThan(100);
  });

  it("follow a table of every neuron's own rates, and hold its last row", async () => {
    const rates = [
      [0, 200],
      [100, 50],
    ];
    const rows = await counts(TimedPoissonSource({ rates, every: 1000 }), 2, 4000, 1000);
    for (const [neuron, row] of rows.entries())
      for (const [window, seen] of row.entries()) {
        const rate = rates[Math.min(window, 1)]![neuron]!;
        const wanted = 1000 * (1 - Math.exp(-rate / 1000));
        expect(Math.abs(seen - wanted)).toBeLessThan(4.5 * Math.sqrt(wanted) + 1e-9);
      }
  });

  it("take a new rate at once when it is set, and none at all", async () => {
    const net = createNetwork({ dt: 1, seed: 2 });
    const cells = net.population("cells", 200, PoissonSource({ rate: 100 }));
    await net.run(100);
    const before = cells.spikes().ids.length;
    cells.set({ rate: 0 });
    await net.run(1000);
    expect(cells.spikes().ids.length).toBe(before);
    expect(before).toBeGreaterThan(1500);
  });

  it("refuse rates that are no text, negative in a table, or without an interval", () => {
    expect(() => InhomogeneousPoissonSource({ rate: 3 as never })).toThrow(/type number/);
    expect(() => TimedPoissonSource({ rates: [1, -2], every: 1 })).toThrow(/-2 Hz/);
    expect(() => TimedPoissonSource({ rates: [1, 2] })).toThrow(/interval/);
  });
});

describe("correlated sources", () => {
  /** Mean correlation coefficient of all pairs, by the variance of the sum. */
  function correlation(rows: readonly (readonly number[])[]): number {
    const n = rows.length;
    const variance = (list: readonly number[]): number => mean(list.map((x) => (x - mean(list)) ** 2));
    const total = rows[0]!.map((_, window) => sum(rows.map((row) => row[window]!)));
    const own = sum(rows.map((row) => variance(row)));
    return (variance(total) - own) / (n - 1) / own;
  }

  it.each(["copy", "rate"] as const)(
    "have their rate and the correlation that is asked for, by way of %s",
    async (way) => {
      const [rate, wanted] = [20, 0.15];
      // Windows of 50 correlation times: what is left out beyond their borders is 2 %.
      const rows = await counts(CorrelatedSource({ rate, correlation: wanted, way, tau: 5 }), 50, 100_000, 250);
      const perSecond = mean(rows.map(sum)) / 100;
      expect(Math.abs(perSecond / rate - 1)).toBeLessThan(0.05);
      // The coefficient of counts with variance above their mean: the excess over variance and excess together.
      const fano = way === "copy" ? 1 : 1 + wanted;
      expect(Math.abs(correlation(rows) / (wanted / fano) - 1)).toBeLessThan(0.15);
    },
  );

  it("spike together in a step by way of copy, and are identical at a correlation of 1", async () => {
    const rows = await counts(CorrelatedSource({ rate: 50, correlation: 1 }), 4, 1000, 1);
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[3]).toEqual(rows[0]);
    expect(sum(rows[0]!)).toBeGreaterThan(20);
  });

  it("refuse rates, correlations and times that make no sense", () => {
    expect(() => CorrelatedSource({ rate: 0 })).toThrow(/rate is 0 Hz/);
    expect(() => CorrelatedSource({ correlation: 1.5 })).toThrow(/correlation is 1.5/);
    expect(() => CorrelatedSource({ way: "tau" as never })).toThrow(/no way tau/);
    expect(() => CorrelatedSource({ rate: 0.1, correlation: 1, way: "rate", tau: 0.1 })).toThrow(/vary too much/);
  });
});

describe("inputs of many independent sources", () => {
  const Membrane = defineModel("Membrane", [Leak, Fire], { method: "exact" });

  it("move a leaky membrane as Campbell's theorem says", async () => {
    const [tau, rate, sources, weight, dt] = [10, 5, 200, 0.2, 0.1];
    const net = createNetwork({ dt, seed: 5 });
    const cells = net.population("cells", 2000, [
      Membrane({ tau, v_rest: 0, threshold: 1e9 }),
      PoissonInput({ rate, sources, weight }),
    ]);
    await net.run(100);
    const v = [...cells.get("v")];
    const events = (rate * sources * dt) / 1000;
    const kept = Math.exp(-dt / tau);
    // After each step: x = kept · (x + weight · count).
    const average = (kept * weight * events) / (1 - kept);
    const variance = (kept * kept * weight * weight * events) / (1 - kept * kept);
    expect(Math.abs(mean(v) - average)).toBeLessThan(4 * Math.sqrt(variance / v.length));
    const seen = mean(v.map((x) => (x - average) ** 2));
    expect(Math.abs(seen / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / v.length));
  });

  it("do not move a membrane while it is refractory", async () => {
    const net = createNetwork({ dt: 0.1, seed: 5 });
    const cells = net.population("cells", 50, [
      Membrane({ tau: 10, v_rest: 0, threshold: 1, v_reset: 0.5 }),
      Refractory({ tau_ref: 2 }),
      PoissonInput({ rate: 1000, sources: 100, weight: 1 }),
    ]);
    await net.run(2);
    const held = [...cells.get("v")].filter((_, i) => cells.get("refractory")[i]! > 0);
    expect(held.length).toBeGreaterThan(40);
    expect(new Set(held)).toEqual(new Set([0.5]));
  });

  it("refuse a target that is no name", () => {
    expect(() => PoissonInput({ into: "v = 3\nw" })).toThrow(/no name of a variable/);
  });
});
