import {
  ActivityBaseHomeostasis,
  ConstantCurrent,
  createNetwork,
  LateralInhibition,
  LIF,
  PopulationRate,
  Recorder,
  SpikeTrain,
  VoltageBaseHomeostasis,
  type Ingredient,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 };

/** Neurons that spike at given moments, with further behaviors, after some ms. */
async function spiking(times: readonly number[], ids: readonly number[], n: number, extra: Ingredient, ms: number, dt = 1) {
  const net = createNetwork({ dt });
  const cells = net.population("cells", n, [SpikeTrain({ times, ids }), extra, Recorder({ variables: ["rate" as never] })] as never);
  await net.run(ms);
  return cells.recorded("rate" as never);
} // prettier-ignore

describe("the rate of a population", () => {
  it("is the number of spikes per neuron and second, in each step", async () => {
    const rate = await spiking([1, 1, 3], [0, 2, 1], 4, PopulationRate(), 5);
    expect([...rate.trace(0)]).toEqual([0, 500, 0, 250, 0]);
    expect([...rate.trace(3)]).toEqual([...rate.trace(0)]);
  });

  it.each([1, 0.25])("keeps a constant rate and fades from it exponentially, at dt = %d ms", async (dt) => {
    const [tau, n] = [20, 2];
    // One of two neurons in every step until 400 ms.
    const steps = Array.from({ length: 400 / dt }, (_, k) => k);
    const times = steps.map((k) => k * dt);
    const ids = steps.map((k) => k % n);
    const rate = (await spiking(times, ids, n, PopulationRate({ tau }), 420, dt)).trace(0);
    expect(rate[400 / dt - 1]! / (500 / dt)).toBeCloseTo(1, 7);
    expect(rate[420 / dt - 1]! / (500 / dt)).toBeCloseTo(Math.exp(-1), 7);
  });
});

describe("lateral inhibition", () => {
  it("draws a decaying current from all but the neuron that spiked", async () => {
    const net = createNetwork({ dt: 0.5 });
    const [strength, tau] = [3, 7];
    const cells = net.population("cells", 3, [
      LIF({ ...cell, init_v: [-40, -65, -65] }),
      LateralInhibition({ strength, tau }),
      Recorder({ variables: ["inhibition", "I"] }),
    ]);
    await net.step(9);
    expect([...cells.spikes().ids]).toEqual([0]);
    const [own, other, current] = [cells.recorded("inhibition").trace(0), cells.recorded("inhibition").trace(1), cells.recorded("I").trace(1)]; // prettier-ignore
    expect(Math.max(...own)).toBe(0);
    other.forEach((x, k) => expect(x).toBeCloseTo(strength * Math.exp((-k * 0.5) / tau), 13));
    // What a step leaves works in the next.
    for (let k = 1; k < 9; k++) expect(current[k]).toBe(-other[k - 1]!);
    expect(current[0]! + 0).toBe(0);
  });

  it("lets the first of equal neurons that gets ahead keep the others silent", async () => {
    const count = async (...members: readonly Ingredient[]) => {
      const net = createNetwork({ dt: 0.1 });
      const drive = ConstantCurrent({ amplitude: [4.2, 4, 4, 3.9] });
      const cells = net.population("cells", 4, [LIF(cell), drive, ...members] as never);
      await net.run(300);
      return [0, 1, 2, 3].map((id) => cells.spikes().ids.filter((each) => each === id).length);
    };
    expect(Math.min(...(await count()))).toBeGreaterThan(5);
    const [first, ...others] = await count(LateralInhibition({ strength: 5, tau: 20 }));
    expect(first).toBeGreaterThan(5);
    expect(others).toEqual([0, 0, 0]);
  });
});

describe("homeostasis of activity", () => {
  /** The threshold of a neuron that spikes in every step. */
  async function thresholds(values: Parameters<typeof ActivityBaseHomeostasis>[0], dt: number) {
    const net = createNetwork({ dt });
    const cells = net.population("cells", 1, [
      LIF({ ...cell, v_reset: -20, v_rest: -20 }),
      ActivityBaseHomeostasis(values),
      Recorder({ variables: ["threshold"] }),
    ]);
    await net.run(60);
    return cells.recorded("threshold" as "v").trace(0);
  }

  it("adds updating_rate for a window of spikes in every step, times the steps of the window", async () => {
    const trace = await thresholds({ activity_rate: 2, window_size: 20, updating_rate: 0.01, decay_rate: 0.5 }, 1);
    // 20 spikes of 20: a balance of 20; the rate of change halves from window to window.
    expect(trace.slice(0, 19)).toEqual(new Float64Array(19).fill(-50));
    expect(trace[19]).toBeCloseTo(-50 + 0.2, 12);
    expect(trace[39]).toBeCloseTo(-50 + 0.2 + 0.1, 12);
    expect(trace[59]).toBeCloseTo(-50 + 0.2 + 0.1 + 0.05, 12);
  });

  it("counts windows in ms, and in steps where that is CoNeX's dialect", async () => {
    const values = { activity_rate: 0, window_size: 20, updating_rate: 0.01 };
    const [ms, conex] = [await thresholds(values, 0.5), await thresholds({ ...values, dialect: "conex" }, 0.5)];
    const changes = (trace: Float64Array): number[] =>
      [...trace.keys()].filter((k) => k > 0 && trace[k] !== trace[k - 1]);
    expect(changes(ms)).toEqual([39, 79, 119]);
    expect(changes(conex)).toEqual([19, 39, 59, 79, 99, 119]);
  });

  it("brings neurons of different drive to the rate that is wanted", async () => {
    const net = createNetwork({ dt: 0.5 });
    const cells = net.population("cells", 3, [
      LIF(cell),
      ConstantCurrent({ amplitude: [3.5, 5, 8] }),
      ActivityBaseHomeostasis({ activity_rate: 4, window_size: 200, updating_rate: 0.3 }),
    ]);
    await net.run(20_000);
    cells.clearRecording();
    await net.run(10_000);
    // 4 in 200 ms are 200 in 10 s.
    for (let id = 0; id < 3; id++)
      expect(cells.spikes().ids.filter((each) => each === id).length / 200).toBeCloseTo(1, 1);
  });

  it("refuses a dialect that does not exist", () => {
    expect(refusal(() => ActivityBaseHomeostasis({ dialect: "other" as never })).code).toBe("invalid-value");
    expect(refusal(() => VoltageBaseHomeostasis({ dialect: "other" as never })).code).toBe("invalid-value");
  });
});

describe("homeostasis of the voltage", () => {
  /** The exhaustion of a neuron that begins at rest above the band. */
  async function settled(dt: number, dialect: "default" | "conex", steps = Math.round(30 / dt)) {
    const net = createNetwork({ dt });
    const homeostasis = VoltageBaseHomeostasis({ max_ta: -68, min_ta: -75, eta_ip: 0.002, dialect });
    const cells = net.population("cells", 1, [LIF(cell), homeostasis]);
    await net.step(steps);
    return cells.get("exhaustion")[0]!;
  }

  it("approaches one answer as dt becomes smaller", async () => {
    // tau dv/dt = v_rest − v − tau·x, dx/dt = eta (v − max): solved by a series of small steps of another scheme (midpoint).
    let [v, x] = [-65, 0];
    const [h, slope] = [0.001, (v: number, x: number) => [(-65 - v) / 10 - x, 0.002 * (v + 68)] as const];
    for (let t = 0; t < 30; t += h) {
      const [a, b] = slope(v, x);
      const [c, d] = slope(v + (h / 2) * a, x + (h / 2) * b);
      [v, x] = [v + h * c, x + h * d];
    }
    const errors = await Promise.all([1, 0.1, 0.01].map(async (dt) => Math.abs((await settled(dt, "default")) - x)));
    expect(errors[1]! / errors[0]!).toBeLessThan(0.12);
    expect(errors[2]! / errors[1]!).toBeLessThan(0.12);
  });

  it("takes each step for one whatever dt, in CoNeX's dialect", async () => {
    expect(await settled(1, "conex")).toBe(await settled(1, "default"));
    // At rest, 3 mV above the band, for the first step.
    expect(await settled(0.1, "conex", 1)).toBeCloseTo(0.002 * 3, 15);
    expect(await settled(0.1, "default", 1)).toBeCloseTo(0.002 * 3 * 0.1, 15);
  });

  it("refuses bounds that are no numbers", () => {
    expect(refusal(() => VoltageBaseHomeostasis({ max_ta: Number.NaN })).code).toBe("invalid-value");
  });
});
