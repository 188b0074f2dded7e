import { coherence, trainSpectrum, welch } from "@neuroweave/analysis";
import type { WelchOptions } from "@neuroweave/analysis";
import { describe, expect, it } from "vitest";
import { fourierTransform } from "../../packages/analysis/src/spectra/fourier-transform.ts";
import { refusal } from "../equations/refusal.ts";
import { expectAllNear, expectNear } from "./near.ts";
import { gammaIntervals, timesOf, uniformStream } from "./random-trains.ts";
import recorded from "./spectra.json" with { type: "json" };

describe("the Fourier transform", () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 12, 31, 64, 97, 100, 250])("of %i values is the sum of its definition", (n) => {
    const uniform = uniformStream(n);
    const values = Float64Array.from({ length: 2 * n }, () => uniform() - 0.5);
    const expected = new Float64Array(2 * n);
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) {
        const angle = (-2 * Math.PI * ((j * k) % n)) / n;
        expected[2 * k]! += values[2 * j]! * Math.cos(angle) - values[2 * j + 1]! * Math.sin(angle);
        expected[2 * k + 1]! += values[2 * j]! * Math.sin(angle) + values[2 * j + 1]! * Math.cos(angle);
      }
    }
    expectAllNear(fourierTransform(n)(values), expected, 1e-12);
  });
});

describe("Welch's spectrum", () => {
  it.each(recorded.cases.map((one, k) => [k, one] as const))(
    "and coherence of recorded signals %i are those of SciPy",
    (_, one) => {
      const { scaling, ...segments } = one.options as Omit<WelchOptions, "dt">;
      const options = { ...segments, dt: one.dt };
      const spectrum = welch(one.x, scaling === undefined ? options : { ...options, scaling });
      expectAllNear(spectrum.frequencies, one.frequencies);
      expectAllNear(spectrum.power, one.power);
      const both = coherence(one.x, one.y, options);
      one.coherence.forEach((expected, k) => {
        // Where detrending leaves no power at frequency 0, the quotient is one of rounding errors.
        if (k > 0 || expected === 1) expectNear(both.coherence[k]!, expected);
      });
    },
  );

  it("of a sine peaks at A²/2 as a spectrum and has the signal's variance as its integral as a density", () => {
    const sine = Float64Array.from({ length: 1000 }, (_, k) => 3 * Math.sin((2 * Math.PI * 40 * k) / 1000));
    const { frequencies, power } = welch(sine, { dt: 1, segment: 100, scaling: "spectrum" });
    expect(frequencies[4]).toBe(40);
    expectNear(power[4]!, 4.5);
    const density = welch(sine, { dt: 1, segment: 100 });
    expectNear(
      density.power.reduce((sum, value) => sum + value * 10, 0),
      4.5,
    );
  });

  it("of white noise is flat, at twice its variance times the time step", () => {
    const uniform = uniformStream(1);
    const noise = Float64Array.from({ length: 200_000 }, () => uniform() - 0.5);
    const { power } = welch(noise, { dt: 0.5 });
    const mean = power.slice(2, -1).reduce((sum, value) => sum + value, 0) / (power.length - 3);
    expect(mean / ((2 * 0.5) / 1000 / 12)).toBeCloseTo(1, 1.7);
  });
});

describe("coherence", () => {
  const uniform = uniformStream(2);
  const noise = Float64Array.from({ length: 20_000 }, () => uniform() - 0.5);

  it("is 1 for a scaled copy and one over the number of segments for independent signals", () => {
    const options = { dt: 1, segment: 200 };
    coherence(noise, noise.map((value) => -3 * value), options).coherence.slice(1).forEach((value) => expectNear(value, 1)); // prettier-ignore
    const other = noise.map(() => uniform() - 0.5);
    const { coherence: values, segments } = coherence(noise, other, { ...options, overlap: 0 });
    expect(segments).toBe(100);
    expect((values.reduce((sum, value) => sum + value, 0) / values.length) * segments).toBeCloseTo(1, 0.7);
  });

  it("has the phase −2πf · delay of a delayed copy", () => {
    const delayed = noise.map((_, k) => noise[k - 3] ?? 0);
    const { frequencies, phase } = coherence(noise, delayed, { dt: 1, segment: 1000 });
    for (const k of [20, 60, 100]) expect(phase[k]).toBeCloseTo((-2 * Math.PI * frequencies[k]! * 3) / 1000, 1);
  });
});

describe("the spectrum of a spike train", () => {
  it("is twice its rate for a Poisson process, and 1/N of that for the rate of N of them", () => {
    const times = timesOf(gammaIntervals(5, 200_000, 4));
    const mean = (power: Float64Array): number =>
      power.slice(2).reduce((sum, value) => sum + value, 0) / (power.length - 2);
    const alone = trainSpectrum(times, { from: 0, to: 790_000, bin: 1, segment: 512 });
    expect(mean(alone.power) / 500).toBeCloseTo(1, 1);
    const shared = trainSpectrum(times, { from: 0, to: 790_000, bin: 1, segment: 512, neurons: 10 });
    expect(mean(shared.power) / 5).toBeCloseTo(1, 1);
    expect(alone.frequencies.at(-1)).toBe(500);
  });
});

describe("spectra refuse", () => {
  const signal = [1, 2, 3, 4];
  it.each([
    ["fewer than two samples", () => welch([1], { dt: 1 }), "wrong-length"],
    ["samples that are not finite", () => welch([1, Number.NaN], { dt: 1 }), "not-finite"],
    ["a time step of 0", () => welch(signal, { dt: 0 }), "out-of-range"],
    ["a segment longer than the signal", () => welch(signal, { dt: 1, segment: 5 }), "out-of-range"],
    ["an overlap of whole segments", () => welch(signal, { dt: 1, segment: 2, overlap: 2 }), "out-of-range"],
    ["an unknown window", () => welch(signal, { dt: 1, window: "han" as never }), "unknown-name"],
    ["an unknown trend", () => welch(signal, { dt: 1, detrend: "mean" as never }), "unknown-name"],
    ["an unknown scaling", () => welch(signal, { dt: 1, scaling: "power" as never }), "unknown-name"],
    ["an unknown option", () => welch(signal, { dt: 1, nperseg: 2 } as never), "unknown-name"],
    ["signals of unequal length", () => coherence(signal, [1, 2], { dt: 1 }), "wrong-length"],
    ["a train in one bin", () => trainSpectrum([1], { from: 0, to: 1, bin: 1 }), "wrong-length"],
    ["a dt beside the bin", () => trainSpectrum([1], { from: 0, to: 9, bin: 1, dt: 1 } as never), "unknown-name"],
  ])("%s", (_, action, code) => {
    expect(refusal(action).code).toBe(code);
  });
});
