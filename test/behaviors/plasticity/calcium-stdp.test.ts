import fc from "fast-check";
import { allToAll, CalciumSTDP, createNetwork, NeuroweaveError, SpikeTrain, type CalciumFit } from "neuroweave";
import { describe, expect, it } from "vitest";
import { afterTrains, ear, regular } from "./spike-pairs.ts";

interface Values {
  readonly tau_Ca: number;
  readonly C_pre: number;
  readonly C_post: number;
  readonly theta_d: number;
  readonly theta_p: number;
  readonly gamma_d: number;
  readonly gamma_p: number;
  readonly tau_rho: number;
}

const DP: Values = { tau_Ca: 20, C_pre: 1, C_post: 2, theta_d: 1, theta_p: 1.3, gamma_d: 200, gamma_p: 321.808, tau_rho: 150e3 }; // prettier-ignore

/** Calcium jumps at moments in ms, in their order. */
const jumps = (pre: readonly number[], post: readonly number[], D: number, { C_pre, C_post }: Values) =>
  [...pre.map((t) => [t + D, C_pre] as const), ...post.map((t) => [t, C_post] as const)].sort((a, b) => a[0] - b[0]);

/** The equations of the paper in very small Euler steps, without noise. */
function byEuler(
  events: readonly (readonly [number, number])[],
  rho0: number,
  duration: number,
  v: Values,
  bistable: boolean,
): number {
  const h = 0.002;
  let [rho, calcium, next] = [rho0, 0, 0];
  for (let k = 0; k < Math.round(duration / h); k++) {
    while (next < events.length && events[next]![0] <= k * h + h / 2) calcium += events[next++]![1];
    const drift =
      (bistable ? -rho * (1 - rho) * (0.5 - rho) : 0) +
      (calcium > v.theta_p ? v.gamma_p * (1 - rho) : 0) -
      (calcium > v.theta_d ? v.gamma_d * rho : 0);
    rho += (h / v.tau_rho) * drift;
    calcium -= (h / v.tau_Ca) * calcium;
  }
  return rho;
}

const trains = fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 8 });

describe("calcium-based plasticity", () => {
  it.each([
    ["thresholds as in the paper", DP],
    ["the threshold of depression above the other", { ...DP, theta_d: 2.2, theta_p: 0.8 }],
  ])("follows the equations, with %s", async (_, values) => {
    await fc.assert(
      fc.asyncProperty(trains, trains, fc.constantFrom(0, 0.1, 13.7), async (pre, post, D) => {
        const rule = CalciumSTDP({ ...values, D, noise: false, init_rho: 0.4, tau_rho: 2000, w_down: 2, b: 3 });
        const found = await afterTrains({ pre: [pre], post: [post] }, [rule], { dt: 0.1, duration: 120 });
        const naive = byEuler(jumps(pre, post, D, values), 0.4, 119.9, { ...values, tau_rho: 2000 }, true);
        expect(found.get("rho")[0]).toBeCloseTo(naive, 3);
        expect(found.get("w")[0]).toBe(2 * (1 + 2 * found.get("rho")[0]!));
      }),
      { numRuns: 12 },
    );
  });

  it("does not depend on the step but for the small cubic, which converges with it", async () => {
    const spikes = { pre: [[3, 11, 24, 60]], post: [[5, 17, 18, 70]] };
    const rho = async (dt: number, bistable: boolean) => {
      const rule = CalciumSTDP({ D: 4, noise: false, bistable, init_rho: 0.3, tau_rho: 5000 });
      // The efficacy of the last step is that of its beginning.
      return (await afterTrains(spikes, [rule], { dt, duration: 100 + dt })).get("rho")[0]!;
    };
    const exact = await rho(1, false);
    for (const dt of [0.5, 0.1]) expect(await rho(dt, false)).toBeCloseTo(exact, 11);
    const [coarse, fine, finer] = [await rho(0.5, true), await rho(0.25, true), await rho(0.125, true)];
    expect((coarse - fine) / (fine - finer)).toBeGreaterThan(1.7);
    expect((coarse - fine) / (fine - finer)).toBeLessThan(2.3);
    expect(Math.abs(coarse - finer)).toBeLessThan(1e-4);
  });

  /*
   * Pairs at a frequency: with the fractions of time alpha_p and alpha_d that calcium spends above the thresholds, and Γ = alpha_p gamma_p +
   * alpha_d gamma_d, rho is normal with mean ρ̄ + (ρ₀ − ρ̄) e^(−ΓT/tau) around ρ̄ = alpha_p gamma_p / Γ, and variance
   * σ² (alpha_p + alpha_d) (1 − e^(−2ΓT/tau)) / 2Γ (supplement of the paper).
   */
  it("has the mean and the variance of the paper after noisy pairs", async () => {
    const [n, count, interval, delta] = [400, 60, 50, 20];
    const net = createNetwork({ dt: 0.1, seed: 5 });
    const source = net.population(
      "source",
      1,
      SpikeTrain({ times: regular(count, interval, 0), ids: Array<number>(count).fill(0) }),
    );
    const times = Array.from({ length: n }, () => regular(count, interval, delta));
    const target = net.population("target", n, [
      SpikeTrain({ times: times.flat(), ids: times.flatMap((own, id) => own.map(() => id)) }),
      ear(),
    ]);
    const sigma = 1;
    const rule = CalciumSTDP({ ...DP, bistable: false, sigma, init_rho: 0.5, tau_rho: 20_000 });
    const projection = net.projection("p", { source, target, connect: allToAll(), behaviors: [rule] });
    await net.run(count * interval);
    const rho = projection.get("rho");
    // Stationary calcium: a pre and a post jump in each interval.
    const periodic = (age: number): number => Math.exp(-age / 20) / (1 - Math.exp(-interval / 20));
    const since = (t: number, start: number): number => (((t - start) % interval) + interval) % interval;
    const calcium = Array.from({ length: 50_000 }, (_, k) => (k + 0.5) * (interval / 50_000)).map(
      (t) => periodic(since(t, 13.7)) + 2 * periodic(since(t, delta)),
    );
    const above = (theta: number): number => calcium.filter((c) => c > theta).length / calcium.length;
    const [p, d] = [above(1.3), above(1)];
    const Gamma = p * DP.gamma_p + d * DP.gamma_d;
    const level = (p * DP.gamma_p) / Gamma;
    const left = Math.exp((-Gamma * count * interval) / 20_000);
    const mean = rho.reduce((sum, each) => sum + each, 0) / n;
    const variance = rho.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1);
    const expected = ((sigma ** 2 * (p + d)) / (2 * Gamma)) * (1 - left ** 2);
    expect(Math.abs(mean - (level + (0.5 - level) * left))).toBeLessThan(0.02 + 4 * Math.sqrt(expected / n));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / n) + 0.05);
  });

  it("refuses fits that do not exist", () => {
    expect(() => CalciumSTDP({ fit: "PDP" as CalciumFit })).toThrow(NeuroweaveError);
  });
});
