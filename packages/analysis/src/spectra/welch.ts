import { checkChoice, segmentSpectra, sidesAt } from "./segments.ts";
import type { SegmentOptions } from "./segments.ts";

export interface WelchOptions extends SegmentOptions {
  /**
   * `density` (the default): power per Hz, whose integral over frequency is the variance of the signal. `spectrum`:
   * power, so that a sine of amplitude A peaks at A²/2.
   */
  readonly scaling?: "density" | "spectrum";
}

/** A one-sided spectrum. */
export interface Spectrum {
  /** In Hz, from 0 to half the sampling rate. */
  readonly frequencies: Float64Array;
  /** unit² / Hz, or unit². */
  readonly power: Float64Array;
}

/**
 * Power spectrum by Welch's method: the mean over overlapping segments of the squared transform of the segment, less
 * its mean and times a window (Welch 1967, IEEE Trans. Audio Electroacoust. 15:70). One-sided: the power of f and −f is
 * added. The defaults and the numbers are those of `scipy.signal.welch`; a segment that the end of the signal cuts
 * short is left out.
 *
 * Throws `wrong-length` for fewer than two samples, `not-finite`, `out-of-range` for a segment longer than the signal
 * or an overlap that is not shorter than the segment, `unknown-name` for an unknown option, window, detrending or
 * scaling.
 */
export function welch(signal: ArrayLike<number>, options: WelchOptions): Spectrum {
  const spectra = segmentSpectra("welch", signal, options, ["scaling"]);
  const { scaling = "density" } = options;
  checkChoice("welch", "scaling", scaling, ["density", "spectrum"]);
  const { frequencies, segments, length, windowSum, windowSquares } = spectra;
  const scale = scaling === "density" ? options.dt / (1000 * windowSquares) : 1 / windowSum ** 2;
  const power = frequencies.map((_, k) => {
    let sum = 0;
    for (const segment of segments) sum += segment[2 * k]! ** 2 + segment[2 * k + 1]! ** 2;
    return (sum * scale * sidesAt(k, length)) / segments.length;
  });
  return { frequencies, power };
}
