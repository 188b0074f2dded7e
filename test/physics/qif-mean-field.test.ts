import { describe, expect, it } from "vitest";
import { createNetwork, QIFMeanField, Recorder, StepCurrent } from "neuroweave";
import { recordedBy } from "../peers/recorded.ts";

interface FixedPoint {
  readonly r: number;
  readonly v: number;
  readonly stable: boolean;
}

const { cases } = recordedBy<{
  cases: {
    qif_fixed_points: Record<string, readonly FixedPoint[]>;
    montbrio2015_fig2_step: {
      readonly t: readonly number[];
      readonly r: readonly number[];
      readonly v: readonly number[];
      readonly r_peaks: readonly (readonly [number, number])[];
      readonly r_end: number;
      readonly v_end: number;
    };
  };
}>("brainpy");

const values = { tau: 1, eta: -5, delta: 1, J: 15 };

describe("the QIF mean field (Montbrió, Pazó & Roxin 2015)", () => {
  for (const [label, points] of Object.entries(cases.qif_fixed_points))
    it(`has the fixed points of ${label}, and stays in the stable ones`, async () => {
      const net = createNetwork({ dt: 0.01, seed: 1 });
      const I = Number(label.split("=")[1]);
      const n = points.length;
      const field = net.population("field", n, [
        QIFMeanField({ ...values, I, init_r: points.map(({ r }) => r), init_v: points.map(({ v }) => v) }),
      ]);
      const slopes = field.derivatives();
      for (let j = 0; j < n; j++) {
        expect(Math.abs(slopes.r[j]!)).toBeLessThan(1e-12);
        expect(Math.abs(slopes.v[j]!)).toBeLessThan(1e-12);
      }
      await net.run(10);
      points.forEach(({ r, v, stable }, j) => {
        if (!stable) return;
        expect(field.get("r")[j]).toBeCloseTo(r, 9);
        expect(field.get("v")[j]).toBeCloseTo(v, 9);
      });
    });

  it("finds the fixed points from near them, to 1e-6", async () => {
    const net = createNetwork({ dt: 0.01, seed: 1 });
    const known = [
      [0.081134, -1.96162],
      [1.030597, -0.15443],
    ] as const;
    const field = net.population("field", 2, QIFMeanField({ ...values, init_r: [0.1, 1], init_v: [-1.9, -0.2] }));
    await net.run(100);
    known.forEach(([r, v], j) => {
      expect(Math.abs(field.get("r")[j]! - r)).toBeLessThan(1e-6);
      expect(Math.abs(field.get("v")[j]! - v)).toBeLessThan(1e-6);
    });
  });

  it("answers a step of 3 for 30 time units as recorded, and stays in the high state after it", async () => {
    const step = cases.montbrio2015_fig2_step;
    const [dt, before] = [0.001, 40];
    const net = createNetwork({ dt, seed: 1 });
    const field = net.population("field", 1, [
      QIFMeanField({ ...values, init_r: 0, init_v: 0 }),
      StepCurrent({ amplitude: 3, start: before, stop: before + 30 }),
      Recorder({ variables: ["r", "v"] }),
    ]);
    await net.run(120);
    const [r, v] = [field.recorded("r").trace(), field.recorded("v").trace()];
    const at = (t: number): number => Math.round((t + before) / dt) - 1;
    step.t.forEach((t, j) => {
      if (at(t) >= r.length) return;
      expect(Math.abs(r[at(t)]! - step.r[j]!)).toBeLessThan(2e-6);
      expect(Math.abs(v[at(t)]! - step.v[j]!)).toBeLessThan(2e-6);
    });
    const answer = r.subarray(Math.round(before / dt), Math.round((before + 30) / dt));
    const peak = answer.reduce((best, x, j) => (x > answer[best]! ? j : best), 0);
    expect(answer[peak]).toBeCloseTo(2.8827, 3);
    expect((peak + 1) * dt).toBeCloseTo(step.r_peaks[0]![0], 2);
    expect(r.at(-1)).toBeCloseTo(step.r_end, 6);
    expect(v.at(-1)).toBeCloseTo(step.v_end, 6);
  });
});
