import { defineBehavior, exponential, NeuroweaveError } from "@neuroweave/model";
import { rectifiedGaussian } from "./rectified-gaussian.ts";

/**
 * Poisson spikes of one rate in which every pair of neurons has the same correlation. Two ways of sharing:
 *
 * `copy`: a mother process of rate `rate / correlation` has its events copied by each neuron with probability `correlation`
 * (multiple interaction process, Kuhn, Aertsen & Rotter 2003). Spikes coincide within a step; the coefficient of the
 * correlation of counts is `correlation`, at any counting window.
 *
 * `rate`: all neurons have the same rate, a rectified Ornstein–Uhlenbeck process with correlation time `tau`, and are
 * independent given that rate (Brette 2009, doubly stochastic process; ANNarchy's HomogeneousCorrelatedSpikeTrains). The
 * excess of coincidences over both sides is `correlation` per spike, so the coefficient tends to it in windows much longer
 * than `tau`.
 *
 * Rate and correlation are part of the structure. Refuses a rate ≤ 0 Hz, a correlation outside (0, 1], tau ≤ 0 ms.
 */
export const CorrelatedSource = defineBehavior({
  name: "correlatedSource",
  doc: "Poisson spikes of one rate with a given correlation between all pairs.",
  source: "Kuhn, Aertsen & Rotter 2003, Neural Comput. 15:67; Brette 2009, Neural Comput. 21:188; ANNarchy 5",
  scope: "instance",
  parameters: { ms: { default: 1, unit: "ms", min: 1, max: 1, doc: "one millisecond" } },
  state: {
    level: { init: 0, doc: "way `rate`: the shared process, in its standard deviations" },
    wait: { init: exponential(1), unit: "1", doc: "way `rate`: expected events until the next spike" },
  },
  options: {
    /** Hz */
    rate: 10,
    correlation: 0.1,
    way: "copy" as "copy" | "rate",
    /** ms */
    tau: 10,
  },
  build({ rate, correlation, way, tau }) {
    for (const [name, value, most, unit] of [
      ["rate", rate, Infinity, " Hz"],
      ["correlation", correlation, 1, ""],
      ["tau", tau, Infinity, " ms"],
    ] as const)
      if (!(typeof value === "number" && value > 0 && value <= most && value < Infinity))
        throw new NeuroweaveError("out-of-range", `${name} is ${String(value)}${unit}`, {
          remedy: most === 1 ? "Give a number above 0 and up to 1." : "Give a finite number above 0.",
        });
    if (way !== "copy" && way !== "rate")
      throw new NeuroweaveError("invalid-value", `there is no way ${String(way)} of sharing`, {
        candidates: ["copy", "rate"],
        remedy: "The ways are copy and rate.",
      });
    if (way === "copy") {
      const mother = rate / correlation;
      return {
        spike: `sharedUniform(0, 1) < ${mother / 1000} * (dt / ms) * exprel(-${mother / 1000} * (dt / ms)) and uniform(0, 1) < ${correlation}`,
      };
    }
    // The strength of correlations is ∫ cov(s) ds / rate = 2 tau var / rate.
    const variance = (correlation * rate * 1000) / (2 * tau);
    const { mean, sd } = rectifiedGaussian(rate, variance);
    return {
      equations: `
        let kept = exp(-dt / ${tau === 1 ? "ms" : `(${tau} * ms)`})
        level = kept * level + sqrt(1 - kept * kept) * sharedNormal(0, 1)
        wait += -max(${mean} + ${sd} * level, 0) * (dt / ms) / 1000
      `,
      spike: "wait < 0",
      onSpike: "wait = -log(uniform(0, 1))",
    };
  },
});
