import { checkNumber, checkOptions, checkWhole, refusal } from "@neuroweave/equations";
import type { PortableMath } from "@neuroweave/model";
import type { DenseImage } from "./image.ts";
import { scaleKernel, scalingOptions, squareKernel } from "./scale-kernel.ts";
import type { KernelScaling } from "./scale-kernel.ts";

export interface DogKernelOptions extends KernelScaling {
  /** Rows and columns, a whole number ≥ 1. An even kernel has its centre between pixels. */
  readonly size: number;
  /** Standard deviation of the first Gaussian, in pixels, > 0. */
  readonly sigma1: number;
  /** Standard deviation of the second Gaussian, which is subtracted, in pixels, > 0, and not `sigma1`. */
  readonly sigma2: number;
  /** Functions to compute with. `Math` by default, whose last bit may differ between engines. */
  readonly math?: Pick<PortableMath, "exp">;
}

/** Names of the options. */
export const dogKernelOptions = ["size", "sigma1", "sigma2", ...scalingOptions, "math"];

/**
 * The difference of two Gaussians, a centre and its surround:
 *
 *     DoG(x, y) = 1/√(2π) · (1/σ₁ · exp(−r²/2σ₁²) − 1/σ₂ · exp(−r²/2σ₂²)),   r² = x² + y²,
 *
 * with x and y in pixels from the centre. With σ₁ < σ₂ the centre excites (ON); swapped, it inhibits (OFF).
 *
 * Throws `out-of-range` for sizes and deviations outside their ranges, for equal deviations and for a kernel that
 * cannot be balanced, `unknown-name` for unknown options.
 *
 * Source: `DoGFilter` of CoNeX 0.1.5; Marr & Hildreth 1980, Proc. R. Soc. B 207:187.
 */
export function dogKernel(options: DogKernelOptions, call = "dogKernel"): DenseImage {
  checkOptions(call, options, dogKernelOptions);
  const { math = Math } = options;
  const size = checkWhole(`${call}: size`, options.size, 1);
  const sigma1 = checkNumber(`${call}: sigma1`, options.sigma1, { above: 0 });
  const sigma2 = checkNumber(`${call}: sigma2`, options.sigma2, { above: 0 });
  if (sigma1 === sigma2)
    throw refusal("out-of-range", `${call}: sigma1 and sigma2 are both ${sigma1}`, "Give two different deviations.");
  const gaussian = (squared: number, sigma: number) => math.exp(-squared / (2 * sigma * sigma)) / sigma;
  const weights = squareKernel(size, (x, y) => {
    const squared = x * x + y * y;
    return (gaussian(squared, sigma1) - gaussian(squared, sigma2)) / Math.sqrt(2 * Math.PI);
  });
  return { values: scaleKernel(call, weights, options), height: size, width: size };
}
