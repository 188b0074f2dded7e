import { lifFiringCurve, lifRate, meanFieldFixedPoints, meanFieldTrajectory, siegertRate } from "@neuroweave/analysis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { expectNear } from "./near.ts";

describe("the f–I curve of a leaky integrator", () => {
  const neuron = { tau: 10, threshold: 10, reset: 0, refractory: 5 };

  it("has its closed form", () => {
    expect(lifRate({ ...neuron, mu: 10.5 })).toBeCloseTo(28.212545, 6);
    expect(lifRate({ ...neuron, mu: 11 })).toBeCloseTo(34.507803, 6);
    expect(lifRate({ ...neuron, mu: 15 })).toBeCloseTo(62.554255, 6);
    fc.assert(
      fc.property(fc.double({ min: 10.001, max: 500, noNaN: true }), (mu) => {
        expectNear(lifRate({ ...neuron, mu }), 1000 / (5 + 10 * Math.log(mu / (mu - 10))));
      }),
    );
    expect(lifRate({ ...neuron, mu: 10 })).toBe(0);
  });

  it("under noise is Siegert's rate at each input, and without noise the closed form", () => {
    const mu = [5, 9, 12, 20];
    lifFiringCurve(mu, { ...neuron, sigma: 3 }).forEach((rate, k) => {
      expect(rate).toBe(siegertRate({ ...neuron, sigma: 3, mu: mu[k]! }));
    });
    lifFiringCurve(mu, neuron).forEach((rate, k) => expect(rate).toBe(lifRate({ ...neuron, mu: mu[k]! })));
  });
});

describe("the mean field of quadratic neurons", () => {
  const field = { eta: -5, delta: 1, J: 15 };
  const state = ({ r, v }: { r: number; v: number }): [number, number] => [
    Math.round(r * 1e6) / 1e6,
    Math.round(v * 1e6) / 1e6,
  ];

  it("has the fixed points of Montbrió, Pazó and Roxin: two stable, a saddle between them, and one under input", () => {
    const points = meanFieldFixedPoints(field);
    expect(points.map(state)).toEqual([
      [0.081134, -1.96162],
      [0.47298, -0.336494],
      [1.030597, -0.15443],
    ]);
    expect(points.map(({ kind, stable }) => [kind, stable])).toEqual([
      ["node", true],
      ["saddle", false],
      ["focus", true],
    ]);
    expect(meanFieldFixedPoints({ ...field, input: 3 }).map(state)).toEqual([[1.373244, -0.115897]]);
  });

  it("rests at them, whatever the parameters, and finds as many as a fine search", () => {
    const parameters = fc.record({
      eta: fc.double({ min: -15, max: 10, noNaN: true }),
      delta: fc.double({ min: 0.01, max: 5, noNaN: true }),
      J: fc.double({ min: -20, max: 40, noNaN: true }),
      tau: fc.double({ min: 0.5, max: 30, noNaN: true }),
    });
    fc.assert(
      fc.property(parameters, (one) => {
        const { eta, delta, J, tau } = one;
        const points = meanFieldFixedPoints(one);
        for (const { r, v, rate } of points) {
          const x = tau * r;
          expect(Math.abs(delta / Math.PI + 2 * x * v)).toBeLessThan(1e-9 * delta);
          const terms = [v * v, eta, J * x, -((Math.PI * x) ** 2)];
          const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
          expect(Math.abs(terms.reduce((sum, term) => sum + term, 0))).toBeLessThan(1e-11 * size);
          expectNear(rate, 1000 * r);
        }
        const f = (x: number): number =>
          Math.PI ** 2 * x ** 4 - J * x ** 3 - eta * x * x - (delta / (2 * Math.PI)) ** 2;
        let changes = 0;
        for (let k = 0; k < 4000; k++)
          if (f(1e-4 * 10 ** (k / 700)) > 0 !== f(1e-4 * 10 ** ((k + 1) / 700)) > 0) changes++;
        expect(points.length % 2).toBe(1);
        expect(points.length).toBeGreaterThanOrEqual(changes);
        expect(points.every(({ r }, k) => k === 0 || r > points[k - 1]!.r)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("follows a step of input as published: a peak of 2.8827 at 2.788, then the high state, which stays", () => {
    const low = meanFieldFixedPoints(field)[0]!;
    const { times, r } = meanFieldTrajectory(field, {
      r: low.r,
      v: low.v,
      dt: 0.001,
      steps: 60_000,
      input: (t) => (t < 30 ? 3 : 0),
    });
    const peak = r.indexOf(Math.max(...r));
    expect(r[peak]).toBeCloseTo(2.8827, 4);
    expect(times[peak]).toBeCloseTo(2.788, 3);
    expectNear(r[29_999]!, meanFieldFixedPoints({ ...field, input: 3 })[0]!.r, 5e-3);
    expectNear(r[60_000]!, meanFieldFixedPoints(field)[2]!.r, 1e-3);
  });

  it("stays at a stable fixed point, and its error falls with the fourth power of the step", () => {
    const high = meanFieldFixedPoints(field)[2]!;
    const still = meanFieldTrajectory(field, { r: high.r, v: high.v, dt: 0.01, steps: 500 });
    still.r.forEach((r) => expectNear(r, high.r));
    const at5 = (dt: number): number => meanFieldTrajectory(field, { r: 1.2, v: 0.1, dt, steps: 5 / dt }).r.at(-1)!;
    const exact = at5(1 / 1024);
    expect(Math.log2(Math.abs(at5(1 / 16) - exact) / Math.abs(at5(1 / 32) - exact))).toBeCloseTo(4, 0);
  });

  it("scales with tau: the same in units of tau", () => {
    const slow = meanFieldTrajectory({ ...field, tau: 10 }, { r: 0.12, v: 0.1, dt: 0.1, steps: 100 });
    const fast = meanFieldTrajectory(field, { r: 1.2, v: 0.1, dt: 0.01, steps: 100 });
    slow.r.forEach((r, k) => expectNear(10 * r, fast.r[k]!));
  });
});

describe("mean fields refuse", () => {
  const field = { eta: -5, delta: 1, J: 15 };
  it.each([
    ["no width", () => meanFieldFixedPoints({ ...field, delta: 0 }), "out-of-range"],
    ["parameters that are not finite", () => meanFieldFixedPoints({ ...field, J: Number.NaN }), "not-finite"],
    ["unknown parameters", () => meanFieldFixedPoints({ ...field, j: 1 } as never), "unknown-name"],
    ["a negative rate", () => meanFieldTrajectory(field, { r: -1, v: 0, dt: 0.1, steps: 1 }), "out-of-range"],
    ["half a step", () => meanFieldTrajectory(field, { r: 1, v: 0, dt: 0.1, steps: 0.5 }), "out-of-range"],
    [
      "a trajectory that leaves the numbers",
      () => meanFieldTrajectory(field, { r: 1, v: 1e9, dt: 1, steps: 50 }),
      "not-finite",
    ],
    [
      "a neuron without threshold",
      () => lifRate({ mu: 1, tau: 1, threshold: 0, reset: 0, refractory: 0 }),
      "out-of-range",
    ],
  ])("%s", (_, action, code) => {
    expect(refusal(action).code).toBe(code);
  });
});
