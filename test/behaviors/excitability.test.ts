import {
  AdaptiveThreshold,
  ConstantCurrent,
  createNetwork,
  CurrentInput,
  defineBehavior,
  IntrinsicPlasticity,
  Leak,
  LIF,
  Phase,
  Recorder,
  StochasticFire,
} from "neuroweave";
import { describe, expect, it } from "vitest";

const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 };

describe("an adaptive threshold", () => {
  const build = (dt: number, values: Parameters<typeof AdaptiveThreshold>[0], current = 8) => {
    const net = createNetwork({ dt });
    const cells = net.population("cells", 1, [
      LIF({ ...cell, I: current }),
      AdaptiveThreshold(values),
      Recorder({ variables: ["threshold", "theta"] }),
    ]);
    return { net, cells };
  };

  it.each([0.1, 1])(
    "rises by theta_plus with each spike and comes back exponentially, exactly at dt = %d ms",
    async (dt) => {
      const { net, cells } = build(dt, { theta_plus: 2, tau_theta: 40 });
      await net.run(100);
      const { times } = cells.spikes();
      expect(times.length).toBeGreaterThan(3);
      const [theta, threshold] = [cells.recorded("theta"), cells.recorded("threshold" as "v")];
      theta.times.forEach((t, k) => {
        const expected = Array.from(times).reduce(
          (sum, spike) => (spike > t ? sum : sum + 2 * Math.exp((spike - t) / 40)),
          0,
        );
        expect(theta.trace(0)[k]).toBeCloseTo(expected, 11);
        expect(threshold.trace(0)[k]).toBeCloseTo(-50 + expected, 11);
      });
    },
  );

  it("makes the neuron fire less and less, until its intervals are those of a threshold that stands", async () => {
    const { net, cells } = build(0.1, { theta_plus: 0.5, tau_theta: 200 });
    await net.run(3000);
    const { times } = cells.spikes();
    const intervals = Array.from(times.slice(1), (t, k) => t - times[k]!);
    expect(intervals.at(-1)!).toBeGreaterThan(intervals[0]! + 1);
    // At the fixed point an interval T decays what a spike adds: theta = 0.5 / (e^(T / 200) − 1) where the spike comes, and
    // T is that of a LIF neuron with the threshold −50 + theta.
    const T = intervals.at(-1)!;
    const theta = 0.5 / Math.expm1(T / 200);
    const rest = -65 + 5 * 8;
    expect(T).toBeCloseTo(10 * Math.log((rest + 70) / (rest - (-50 + theta))), 0);
  });

  it("is lost in no step, however slow it comes back", async () => {
    const { net, cells } = build(0.1, {});
    await net.run(2000);
    const count = cells.spikes().times.length;
    expect(count).toBeGreaterThan(100);
    const expected = Array.from(cells.spikes().times).reduce((sum, t) => sum + 0.05 * Math.exp((t - 1999.9) / 1e7), 0);
    expect(cells.get("theta")[0]! / expected).toBeCloseTo(1, 11);
    expect(expected).toBeLessThan(0.05 * count);
  });

  it("stands while nothing learns", async () => {
    const { net, cells } = build(0.5, { theta_plus: 1, tau_theta: 50 });
    await net.run(100);
    const before = cells.get("theta")[0]!;
    net.learning = false;
    await net.run(100);
    expect(cells.get("theta")[0]).toBe(before);
    expect(cells.get("threshold")[0]).toBeCloseTo(-50 + before, 11);
    net.reset();
    expect(cells.get("threshold")[0]).toBe(-50);
  });
});

describe("stochastic spikes", () => {
  it("come with the probability of their intensity, whatever dt is", async () => {
    for (const dt of [0.5, 2]) {
      const net = createNetwork({ dt, seed: 3 });
      const cells = net.population("cells", 400, [
        Leak({ tau: 10, v_rest: -49 }),
        StochasticFire({ r_0: 100, u_0: -50, u_alpha: 0.5, v_reset: -49 }),
      ]);
      await net.run(500);
      const intensity = 100 * Math.log1p(Math.exp(2));
      expect(cells.get("intensity")[7]).toBeCloseTo(intensity, 10);
      const expected = (400 * 500 * -Math.expm1((-intensity * dt) / 1000)) / dt;
      // Three standard deviations of a binomial number.
      expect(Math.abs(cells.spikes().ids.length - expected)).toBeLessThan(3 * Math.sqrt(expected));
    }
  });

  it("are few far below the bend and proportional to the voltage far above", async () => {
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("cells", 2, [
      Leak({ v_rest: [-900, 950] }),
      StochasticFire({ r_0: 1e-3, u_0: -50, u_alpha: 1 }),
    ]);
    await net.step();
    expect([...cells.get("intensity")]).toEqual([0, 1]);
  });
});

/** Voltages that are drawn from a logistic distribution in every step. */
const Sweep = defineBehavior({
  name: "sweep",
  priority: Phase.Dynamics,
  parameters: { center: { default: -52 }, width: { default: 1.5 } },
  state: { v: { init: -52 } },
  equations: "v = center + width * log(1 / uniform(1e-6, 1) - 1)",
});

describe("intrinsic plasticity", () => {
  it("descends the gradient of the distance from an exponential distribution", async () => {
    // D = E[y/μ − log dy/du] up to a constant; a small step is −η dt ∂D, here by central differences.
    const [u, r, at, width, goal] = [-47, 12, -50, 2.5, 20];
    const distance = (r_0: number, u_0: number, u_alpha: number): number => {
      const z = (u - u_0) / u_alpha;
      const y = r_0 * Math.log1p(Math.exp(z));
      return y / goal - Math.log(r_0 / u_alpha / (1 + Math.exp(-z)));
    };
    const [h, eta] = [1e-5, 1e-3];
    const gradient = [0, 1, 2].map((k) => {
      const moved = (by: number) =>
        distance(...([r, at, width].map((x, i) => (i === k ? x + by : x)) as [number, number, number]));
      return (moved(h) - moved(-h)) / (2 * h);
    });
    const net = createNetwork({ dt: 0.5 });
    const cells = net.population("cells", 1, [
      Leak({ v_rest: u }),
      StochasticFire({ r_0: r, u_0: at, u_alpha: width }),
      IntrinsicPlasticity({ intensity_goal: goal, eta_r: eta, eta_u: eta, eta_alpha: eta }),
    ]);
    await net.step();
    const changes = [cells.get("r_0")[0]! - r, cells.get("u_0")[0]! - at, cells.get("u_alpha")[0]! - width];
    changes.forEach((change, k) => expect(change / (-eta * 0.5 * gradient[k]!)).toBeCloseTo(1, 6));
  });

  /** Neurons with logistic voltages and these bends, after some ms. */
  async function bent(ms: number, r_0: readonly number[], u_0: readonly number[], u_alpha: readonly number[]) {
    const net = createNetwork({ dt: 1, seed: 8 });
    const cells = net.population("cells", r_0.length, [
      Sweep({ center: -52, width: 1.5 }),
      StochasticFire({ r_0, u_0, u_alpha, v_reset: -50 }),
      IntrinsicPlasticity({ intensity_goal: 20, eta_r: 1, eta_u: 0.005, eta_alpha: 0.005 }),
      Recorder({ variables: ["intensity"] }),
    ]);
    await net.run(ms);
    return { net, cells };
  }
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
  const [n, flat] = [60, (value: number) => Array.from({ length: 60 }, () => value)];
  const each = (from: number, to: number) => Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));

  it("stays where the intensity is exponential already", async () => {
    // log(1 / U − 1) is logistic, and log(1 + e^(log(1 / U − 1))) = −log U exponential.
    const { cells } = await bent(10_000, flat(20), flat(-52), flat(1.5));
    expect(mean(cells.get("r_0")) / 20).toBeCloseTo(1, 1);
    expect(mean(cells.get("u_0"))).toBeCloseTo(-52, 1);
    expect(mean(cells.get("u_alpha"))).toBeCloseTo(1.5, 1);
  });

  it("brings intensities to an exponential distribution of the mean that is wanted, whatever bend they begin with", async () => {
    const { net, cells } = await bent(20_000, each(15, 25), each(-58, -46), each(4, 1));
    cells.clearRecording();
    await net.run(500);
    const { values } = cells.recorded("intensity");
    const average = mean(values);
    expect(average / 20).toBeCloseTo(1, 1);
    expect(Math.sqrt(mean(Array.from(values, (y) => y * y)) - average * average) / average).toBeCloseTo(1, 1);
  });

  it("approaches one answer as dt becomes smaller", async () => {
    const settled = async (dt: number) => {
      const net = createNetwork({ dt });
      const cells = net.population(
        "cells",
        1,
        [
          Leak({ tau: 30, v_rest: -47, init_v: -60 }),
          CurrentInput({ R: 1, tau: 30 }),
          ConstantCurrent({ amplitude: 2 }),
          StochasticFire({ r_0: 1e-3, v_reset: -47 }),
          IntrinsicPlasticity({ eta_r: 1e-8, eta_u: 0.05, eta_alpha: 0.02 }),
        ],
        { method: "exact" },
      );
      await net.run(100);
      expect(cells.spikes().ids.length).toBe(0);
      return cells.get("u_0")[0]!;
    };
    const [coarse, medium, fine] = [await settled(2), await settled(1), await settled(0.5)];
    expect(Math.abs(medium - fine)).toBeGreaterThan(1e-6);
    expect((coarse - medium) / (medium - fine)).toBeCloseTo(2, 0);
  });
});
