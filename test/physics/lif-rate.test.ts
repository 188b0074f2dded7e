import { describe, expect, it } from "vitest";
import { createNetwork, LIF, Refractory } from "neuroweave";

describe("the rate of a leaky integrate-and-fire neuron under constant current", () => {
  // Gerstner & Kistler 2002, eq. 4.9: T = t_ref + tau ln(v∞ / (v∞ − θ)) from reset 0; the clock rounds the crossing up to a step.
  const [tau, threshold, tau_ref, dt] = [10, 10, 5, 0.01];
  const rates = [
    [10.5, 28.212545],
    [11, 34.507803],
    [15, 62.554255],
  ] as const;

  for (const [drive, rate] of rates)
    it(`drive ${drive} gives intervals of exactly the closed form, rounded up to a step (${rate} Hz)`, async () => {
      const net = createNetwork({ dt, seed: 1 });
      const values = { tau, threshold, v_rest: 0, v_reset: 0, R: 1, I: drive };
      const cell = net.population("cell", 1, [LIF(values), Refractory({ tau_ref })], { method: "exact" });
      await net.run(1000);
      const climb = tau * Math.log(drive / (drive - threshold));
      expect(1000 / (tau_ref + climb)).toBeCloseTo(rate, 5);
      const { steps } = cell.spikes();
      const intervals = steps.slice(1).map((k, j) => k - steps[j]!);
      expect(new Set(intervals)).toEqual(new Set([Math.ceil(climb / dt) + tau_ref / dt]));
    });
});
