import { checkNumber, checkOptions, checkWhole } from "@neuroweave/equations";
import type { PortableMath } from "@neuroweave/model";
import type { DenseImage } from "./image.ts";
import { scaleKernel, scalingOptions, squareKernel } from "./scale-kernel.ts";
import type { KernelScaling } from "./scale-kernel.ts";

export interface GaborKernelOptions extends KernelScaling {
  /** Rows and columns, a whole number ≥ 1. An even kernel has its centre between pixels. */
  readonly size: number;
  /** Wavelength λ of the cosine, in pixels, > 0. */
  readonly wavelength: number;
  /** Direction θ in which the cosine runs, in radians: 0 down (horizontal stripes), π/2 to the right (vertical stripes). */
  readonly theta: number;
  /** Standard deviation σ of the Gaussian along that direction, in pixels, > 0. */
  readonly sigma: number;
  /** Aspect ratio γ > 0: across, the deviation is σ/γ. */
  readonly gamma: number;
  /** Phase ψ of the cosine, in radians. 0, a stripe at the centre, by default. */
  readonly psi?: number;
  /** Functions to compute with. `Math` by default, whose last bit may differ between engines. */
  readonly math?: Pick<PortableMath, "exp" | "cos" | "sin">;
}

/** Names of the options. */
export const gaborKernelOptions = ["size", "wavelength", "theta", "sigma", "gamma", "psi", ...scalingOptions, "math"];

/**
 * A cosine under a Gaussian, the receptive field of a simple cell:
 *
 *     Gabor(x, y) = exp(−(X² + γ²Y²) / 2σ²) · cos(2πX/λ + ψ),   X = x cos θ + y sin θ,   Y = −x sin θ + y cos θ,
 *
 * where x counts the rows down and y the columns to the right, in pixels from the centre, as in CoNeX. (Elsewhere x
 * counts columns: that θ is π/2 − this θ.)
 *
 * Throws `out-of-range` for numbers outside their ranges and a kernel that cannot be balanced, `not-finite` for angles
 * that are not finite, `unknown-name` for unknown options.
 *
 * Source: `GaborFilter` of CoNeX 0.1.5; Daugman 1985, J. Opt. Soc. Am. A 2:1160.
 */
export function gaborKernel(options: GaborKernelOptions, call = "gaborKernel"): DenseImage {
  checkOptions(call, options, gaborKernelOptions);
  const { math = Math } = options;
  const size = checkWhole(`${call}: size`, options.size, 1);
  const wavelength = checkNumber(`${call}: wavelength`, options.wavelength, { above: 0 });
  const theta = checkNumber(`${call}: theta`, options.theta);
  const sigma = checkNumber(`${call}: sigma`, options.sigma, { above: 0 });
  const gamma = checkNumber(`${call}: gamma`, options.gamma, { above: 0 });
  const psi = checkNumber(`${call}: psi`, options.psi ?? 0);
  const [cos, sin] = [math.cos(theta), math.sin(theta)];
  const weights = squareKernel(size, (x, y) => {
    const along = x * cos + y * sin;
    const across = gamma * (-x * sin + y * cos);
    const envelope = math.exp(-(along * along + across * across) / (2 * sigma * sigma));
    return envelope * math.cos((2 * Math.PI * along) / wavelength + psi);
  });
  return { values: scaleKernel(call, weights, options), height: size, width: size };
}
