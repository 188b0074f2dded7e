import fc from "fast-check";
import {
  COBACell,
  createNetwork,
  fixedProbability,
  InhibitorySTDP,
  PoissonSource,
  SymmetricSTDP,
  uniform,
  WeightBounds,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { afterTrains, ear } from "./spike-pairs.ts";

const trains = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 12 });

/** Every pair counts e^(−|Δt|/tau), whichever came first. */
const window = (pre: readonly number[], post: readonly number[], tau: number): number =>
  pre.flatMap((a) => post.map((b) => Math.exp(-Math.abs(a - b) / tau))).reduce((sum, each) => sum + each, 0);

describe("a symmetric rule", () => {
  it("adds the same for a pair in either order, and a constant for each presynaptic spike", async () => {
    await fc.assert(
      fc.asyncProperty(trains, trains, async (pre, post) => {
        const rule = SymmetricSTDP({ A: 0.03, alpha: 0.2 });
        const projection = await afterTrains({ pre: [pre], post: [post] }, [rule], { dt: 1, duration: 302 });
        expect(projection.get("w")[0]).toBeCloseTo(0.5 + 0.03 * (window(pre, post, 20) - 0.2 * pre.length), 11);
      }),
      { numRuns: 30 },
    );
  });

  it("does not depend on the step", async () => {
    const spikes = { pre: [[3, 11, 24, 60]], post: [[5, 11, 18, 70]] };
    const change = async (dt: number) =>
      (await afterTrains(spikes, [InhibitorySTDP()], { dt, duration: 100 })).get("w")[0]!;
    const coarse = await change(1);
    for (const dt of [0.5, 0.1]) expect(await change(dt)).toBeCloseTo(coarse, 13);
  });
});

describe("inhibitory plasticity", () => {
  it("has the depression at which pairs and spikes balance, rho0 (tau_plus + tau_minus)", async () => {
    const projection = await afterTrains(
      { pre: [[10]], post: [[100]] },
      [InhibitorySTDP({ eta: 1, rho0: 5, tau_plus: 10, tau_minus: 30 })],
      { dt: 1, duration: 50, weight: 1 },
    );
    expect(projection.get("w")[0]).toBeCloseTo(1 - (5 / 1000) * 40, 12);
  });

  // Mean change per second: eta · rate_pre · (rate_post − rho0) · (tau_plus + tau_minus) / 1000, at independent Poisson spikes.
  it.each([1, 3, 9])("drifts in proportion to the distance of a rate of %d Hz from rho0", async (rate) => {
    const net = createNetwork({ dt: 0.5, seed: 11 });
    const source = net.population("source", 100, PoissonSource({ rate: 20 }));
    const target = net.population("target", 100, [PoissonSource({ rate }), ear()]);
    const [eta, rho0, seconds] = [1e-3, 3, 20];
    const projection = net.projection("p", {
      source,
      target,
      connect: fixedProbability(1),
      weight: 100,
      behaviors: [InhibitorySTDP({ eta, rho0 }), WeightBounds({ min: 0, max: null })],
    });
    await net.run(1000 * seconds);
    const weights = projection.get("w");
    const mean = weights.reduce((sum, w) => sum + w - 100, 0) / weights.length;
    const expected = eta * 20 * seconds * (rate - rho0) * 0.04;
    // Spikes of 100 sources and 100 targets: the standard error of the mean is near 0.04 eta rate_pre seconds (rate / 100 seconds)^½.
    const error =
      0.04 * eta * 20 * seconds * Math.sqrt(rate / (100 * seconds) + (rate - rho0) ** 2 / (100 * seconds * 20));
    expect(Math.abs(mean - expected)).toBeLessThan(4 * error + 0.02 * Math.abs(expected));
  });
});

describe("inhibitory plasticity in a network", () => {
  it("changes every synapse between parts of one population by its own spikes", async () => {
    const net = createNetwork({ dt: 0.2, seed: 4 });
    const cells = net.population("cells", 50, COBACell({ I: uniform(15, 25), init_v: uniform(-60, -50) }));
    const [excitatory, inhibitory] = [cells.slice(0, 40), cells.slice(40, 50)];
    const plastic = net.projection("plastic", {
      source: inhibitory,
      target: excitatory,
      connect: fixedProbability(0.5),
      receptor: "g_inh",
      weight: 0.05,
      behaviors: [InhibitorySTDP({ eta: 1e-3 })],
    });
    await net.run(400);
    const { times, ids } = cells.spikes();
    const trainOf = (id: number): number[] => Array.from(times).filter((_, k) => ids[k] === id);
    const { sources, targets, values } = plastic.weights();
    expect(values.length).toBeGreaterThan(100);
    for (const [k, w] of values.entries()) {
      const [pre, post] = [trainOf(40 + sources[k]!), trainOf(targets[k]!)];
      expect(pre.length * post.length).toBeGreaterThan(0);
      expect(w).toBeCloseTo(0.05 + 1e-3 * (window(pre, post, 20) - 0.12 * pre.length), 10);
    }
  });
});
