import { NeuroweaveError } from "@neuroweave/equations";
import { centralMoment } from "../distributions/moments.ts";

/**
 * Golomb's synchrony χ of a population: χ² is the variance over time of the mean trace, divided by the mean over
 * neurons of the variance of each trace (Golomb & Rinzel 1993, Phys. Rev. E 48:4810; Golomb 2007, Scholarpedia 2:1347).
 * 1 for identical traces, about 1/√N for N independent ones, 0 where the fluctuations cancel.
 *
 * `traces[i]` is the trace of neuron i (a membrane potential, say), all sampled at the same moments. NaN where no trace
 * varies. Throws `invalid-n` for no traces, `wrong-length` for traces of unequal length.
 */
export function golombSynchrony(traces: ArrayLike<ArrayLike<number>>): number {
  const n = traces.length;
  if (n === 0) {
    throw new NeuroweaveError("invalid-n", "there are no traces", {
      remedy: "pass the trace of every neuron, at least one",
    });
  }
  const samples = traces[0]!.length;
  const mean = new Float64Array(samples);
  let single = 0;
  for (let i = 0; i < n; i++) {
    const trace = traces[i]!;
    if (trace.length !== samples) {
      throw new NeuroweaveError("wrong-length", `trace ${i} has ${trace.length} samples, and trace 0 has ${samples}`, {
        remedy: "sample all neurons at the same moments",
      });
    }
    for (let k = 0; k < samples; k++) mean[k]! += trace[k]! / n;
    single += centralMoment(trace, 2) / n;
  }
  return Math.sqrt(centralMoment(mean, 2) / single);
}
