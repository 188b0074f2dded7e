import { checkNumber, checkOptions, nearest, NeuroweaveError } from "@neuroweave/equations";
import { checkAscending, checkWindow } from "../spike-list.ts";
import { rateKernels } from "./rate-kernels.ts";
import type { RateKernel, RateKernelName } from "./rate-kernels.ts";
import type { RateCurve } from "./rates.ts";
import { checkStep, sampleTimes } from "./sample-times.ts";
import type { SampleOptions } from "./sample-times.ts";

export interface KernelRateOptions extends SampleOptions {
  /**
   * `gaussian` (`width` is the standard deviation), `boxcar` (the whole width), `exponential` (causal, the time
   * constant) or `alpha` (causal, the time constant, at which it peaks). `gaussian` by default.
   */
  readonly kernel?: RateKernelName;
  /** In ms, see `kernel`. */
  readonly width: number;
  /** `corrected` divides by the part of the kernel that lies in [from, to]; `plain` (the default) does not. */
  readonly edges?: "plain" | "corrected";
  /** Neurons whose spikes `times` are, over which the rate is averaged. 1 by default. */
  readonly neurons?: number;
}

/**
 * Kernel estimate of the rate: Σₖ k(t − tₖ) in Hz at the moments t = from, from + step, … ≤ to, where k has area 1
 * (Parzen 1962; Nawrot, Aertsen & Rotter 1999, J. Neurosci. Methods 94:81). Spikes outside [from, to] are left out.
 *
 * Near the borders the plain estimate is too low, because spikes beyond them are not known. `edges: "corrected"`
 * divides by ∫ k(t − s) ds over [from, to], the cut-and-normalise correction (Jones 1993, Stat. Comput. 3:135): a
 * constant rate stays constant up to the border. At the first moment of a causal kernel, where it has no mass, the
 * corrected rate is NaN.
 *
 * Throws `unknown-name` for an unknown option or kernel, `out-of-range` and `not-finite` for numbers and times.
 */
export function kernelRate(times: ArrayLike<number>, options: KernelRateOptions): RateCurve {
  checkOptions("kernelRate", options, ["from", "to", "step", "kernel", "width", "edges", "neurons"]);
  const { from, to, width, kernel: name = "gaussian", edges = "plain", neurons = 1 } = options;
  checkWindow({ from, to });
  checkAscending(times);
  checkStep("kernelRate", options);
  checkNumber("kernelRate: width", width, { above: 0 });
  checkNumber("kernelRate: neurons", neurons, { above: 0 });
  checkName("kernel", name, Object.keys(rateKernels));
  checkName("value of edges", edges, ["plain", "corrected"]);

  const kernel: RateKernel = rateKernels[name];
  const inside = Float64Array.from(times).filter((time) => time >= from && time <= to);
  const at = sampleTimes(options);
  let first = 0;
  const rate = at.map((t) => {
    while (first < inside.length && t - inside[first]! > kernel.reach[1] * width) first++;
    let sum = 0;
    for (let k = first; k < inside.length && inside[k]! - t <= -kernel.reach[0] * width; k++) {
      sum += kernel.density((t - inside[k]!) / width);
    }
    const mass = edges === "plain" ? 1 : kernel.mass((t - from) / width) - kernel.mass((t - to) / width);
    return (1000 * sum) / (width * neurons * mass);
  });
  return { times: at, rate };
}

function checkName(what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new NeuroweaveError("unknown-name", `kernelRate: there is no ${what} ${name}`, {
    candidates: nearest(name, known),
    remedy: `Choose one of ${known.join(", ")}.`,
  });
}
