import { checkNumber, checkOptions } from "@neuroweave/equations";
import { binnedCounts } from "../time-bins.ts";
import type { BinOptions } from "../time-bins.ts";
import { segmentOptionNames } from "./segments.ts";
import type { SegmentOptions } from "./segments.ts";
import { welch } from "./welch.ts";
import type { Spectrum } from "./welch.ts";

export interface TrainSpectrumOptions extends BinOptions, Omit<SegmentOptions, "dt"> {
  /** Neurons whose spikes `times` are, over which the rate is averaged. 1 by default. */
  readonly neurons?: number;
}

/**
 * Power spectral density of a spike train, or of the rate of a population whose spikes `times` are: Welch's spectrum of
 * the rate (Hz) in bins of `bin` ms, in Hz² / Hz, one-sided, so that a Poisson process of rate ν has 2ν at every
 * frequency (Gabbiani & Koch 1998, in Methods in Neuronal Modeling), and one of N such trains averaged 2ν/N.
 * Frequencies reach half of 1000 / bin Hz. Times in any order.
 *
 * Throws as `binnedCounts` and `welch`.
 */
export function trainSpectrum(times: ArrayLike<number>, options: TrainSpectrumOptions): Spectrum {
  const { from, to, bin, neurons = 1, ...segments } = options;
  checkOptions("trainSpectrum", options, [
    "from",
    "to",
    "bin",
    "neurons",
    ...segmentOptionNames.filter((name) => name !== "dt"),
  ]);
  checkNumber("trainSpectrum: neurons", neurons, { above: 0 });
  const rate = binnedCounts(times, { from, to, bin }).map((count) => (1000 * count) / (bin * neurons));
  return welch(rate, { ...segments, dt: bin });
}
