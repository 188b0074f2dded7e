import { checkNumber, checkOptions, checkWhole, nearest, NeuroweaveError, refusal } from "@neuroweave/equations";
import { meanOf } from "../distributions/moments.ts";
import { fourierTransform } from "./fourier-transform.ts";
import type { ComplexArray } from "./fourier-transform.ts";
import { spectralWindows } from "./spectral-windows.ts";
import type { SpectralWindowName } from "./spectral-windows.ts";

/** How a signal is cut into segments and each of them transformed. */
export interface SegmentOptions {
  /** Distance of samples in ms. */
  readonly dt: number;
  /** Samples of a segment. 256 by default, or the whole signal where that is shorter. */
  readonly segment?: number;
  /** Samples that neighboring segments share. Half a segment by default. */
  readonly overlap?: number;
  /** `hann` by default; `hamming`, `blackman`, `bartlett` or `boxcar`. */
  readonly window?: SpectralWindowName;
  /**
   * What is taken from each segment: its mean (`constant`, the default), its straight line (`linear`), or nothing
   * (`none`).
   */
  readonly detrend?: "constant" | "linear" | "none";
}

export const segmentOptionNames = ["dt", "segment", "overlap", "window", "detrend"] as const;

/** The segments of one signal, windowed and transformed. */
export interface SegmentSpectra {
  /** In Hz, 0 … half the sampling rate. */
  readonly frequencies: Float64Array;
  readonly segments: readonly ComplexArray[];
  /** Samples of a segment. */
  readonly length: number;
  /** Σ w and Σ w² of the window. */
  readonly windowSum: number;
  readonly windowSquares: number;
}

/** Cuts, detrends, windows and transforms. Refuses options and values that make no spectrum. */
export function segmentSpectra(
  call: string,
  signal: ArrayLike<number>,
  options: SegmentOptions,
  further: readonly string[] = [],
): SegmentSpectra {
  checkOptions(call, options, [...segmentOptionNames, ...further]);
  const samples = signal.length;
  if (samples < 2) throw refusal("wrong-length", `${call}: there are ${samples} samples`, "Give two samples or more.");
  for (let k = 0; k < samples; k++) checkNumber(`${call}: sample ${k}`, signal[k]);
  const dt = checkNumber(`${call}: dt`, options.dt, { above: 0 });
  const length = checkWhole(`${call}: segment`, options.segment ?? Math.min(256, samples), 2, samples);
  const overlap = checkWhole(`${call}: overlap`, options.overlap ?? Math.floor(length / 2), 0, length - 1);
  const { window = "hann", detrend = "constant" } = options;
  checkChoice(call, "window", window, Object.keys(spectralWindows));
  checkChoice(call, "detrend", detrend, ["constant", "linear", "none"]);

  const shape = spectralWindows[window];
  const weights = Float64Array.from({ length }, (_, k) => shape(k, length));
  const transform = fourierTransform(length);
  const values = Float64Array.from(signal);
  const segments: ComplexArray[] = [];
  for (let start = 0; start + length <= samples; start += length - overlap) {
    const trend = trendOf(values.subarray(start, start + length), detrend);
    const complex = new Float64Array(2 * length);
    for (let k = 0; k < length; k++) complex[2 * k] = (values[start + k]! - trend(k)) * weights[k]!;
    segments.push(transform(complex));
  }
  return {
    frequencies: Float64Array.from({ length: Math.floor(length / 2) + 1 }, (_, k) => (1000 * k) / (dt * length)),
    segments,
    length,
    windowSum: weights.reduce((sum, weight) => sum + weight, 0),
    windowSquares: weights.reduce((sum, weight) => sum + weight * weight, 0),
  };
}

/** Frequencies beside 0 and the highest one of an even length stand for two, f and −f. */
export function sidesAt(k: number, length: number): number {
  return k === 0 || 2 * k === length ? 1 : 2;
}

export function checkChoice(call: string, option: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new NeuroweaveError("unknown-name", `${call}: there is no ${option} ${value}`, {
    candidates: nearest(value, known),
    remedy: `Choose one of ${known.join(", ")}.`,
  });
}

function trendOf(values: Float64Array, detrend: "constant" | "linear" | "none"): (k: number) => number {
  if (detrend === "none") return () => 0;
  const mean = meanOf(values);
  if (detrend === "constant") return () => mean;
  const middle = (values.length - 1) / 2;
  let [rise, squares] = [0, 0];
  values.forEach((value, k) => {
    rise += (k - middle) * (value - mean);
    squares += (k - middle) ** 2;
  });
  return (k) => mean + (rise / squares) * (k - middle);
}
