import { refusal } from "@neuroweave/equations";
import { segmentSpectra } from "./segments.ts";
import type { SegmentOptions } from "./segments.ts";

/** Coherence of two signals by frequency. */
export interface Coherence {
  /** In Hz, from 0 to half the sampling rate. */
  readonly frequencies: Float64Array;
  /** |P_xy|² / (P_xx P_yy), between 0 and 1. */
  readonly coherence: Float64Array;
  /** Phase of P_xy = ⟨X* Y⟩ in radians: negative where y follows x. */
  readonly phase: Float64Array;
  /** How many segments the means are of. */
  readonly segments: number;
}

/**
 * Magnitude-squared coherence by Welch's method, C = |P_xy|² / (P_xx P_yy) (Carter, Knapp & Nuttall 1973, IEEE Trans.
 * Audio Electroacoust. 21:337), with the defaults and numbers of `scipy.signal.coherence`. 1 for signals of which one
 * is a filtered copy of the other, about 1 / segments for independent ones; so with one segment it is 1 and says
 * nothing. NaN at frequencies at which a signal has no power.
 *
 * Throws `wrong-length` for signals of unequal length, and as `welch`.
 */
export function coherence(x: ArrayLike<number>, y: ArrayLike<number>, options: SegmentOptions): Coherence {
  if (x.length !== y.length)
    throw refusal(
      "wrong-length",
      `coherence: the signals have ${x.length} and ${y.length} samples`,
      "Sample both at the same moments.",
    );
  const a = segmentSpectra("coherence", x, options);
  const b = segmentSpectra("coherence", y, options);
  const phase = new Float64Array(a.frequencies.length);
  const values = a.frequencies.map((_, k) => {
    let [xx, yy, re, im] = [0, 0, 0, 0];
    a.segments.forEach((segment, s) => {
      const [p, q] = [segment[2 * k]!, segment[2 * k + 1]!];
      const [r, t] = [b.segments[s]![2 * k]!, b.segments[s]![2 * k + 1]!];
      xx += p * p + q * q;
      yy += r * r + t * t;
      re += p * r + q * t;
      im += p * t - q * r;
    });
    phase[k] = Math.atan2(im, re);
    return (re * re + im * im) / (xx * yy);
  });
  return { frequencies: a.frequencies, coherence: values, phase, segments: a.segments.length };
}
