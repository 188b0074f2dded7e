/** Five behaviors against one block of equations: composing must cost nothing. */
import { AELIF, createNetwork, defineBehavior, NeuroweaveError } from "neuroweave";
import { interleave } from "./measure.ts";
import { dt, measured, type Measured } from "./networks.ts";
import type { Benchmark } from "./section.ts";
import { speedup } from "./spread.ts";

const n = 100_000;

/** All that AELIF is, in one behavior. */
const AELIFInOneBlock = defineBehavior({
  name: "aelifInOneBlock",
  parameters: {
    tau: { default: 10, unit: "ms", min: 1e-6 },
    v_rest: { default: -65, unit: "mV" },
    R: { default: 1, unit: "MOhm", min: 0 },
    threshold: { default: -50, unit: "mV" },
    v_reset: { default: -70, unit: "mV" },
    delta: { default: 2, unit: "mV", min: 1e-6 },
    theta_rh: { default: -55, unit: "mV" },
    alpha: { default: 0.1, unit: "uS" },
    beta: { default: 0.5, unit: "nA" },
    w_tau: { default: 100, unit: "ms", min: 1e-6 },
  },
  inputs: { I: { default: 0, unit: "nA" } },
  state: { v: { init: "v_rest", unit: "mV" }, omega: { init: 0, unit: "nA" } },
  equations: `
    tau * dv/dt = v_rest - v + R * I + delta * exp((v - theta_rh) / delta) - R * omega
    w_tau * domega/dt = alpha * (v - v_rest) - omega
  `,
  spike: "v >= threshold",
  onSpike: `
    v = v_reset
    omega += beta
  `,
});

/** The same population twice: composed of Leak, CurrentInput, Fire, ExponentialUpstroke and Adaptation, and in one block. */
export function aelifTwins(count: number): { readonly composed: Measured; readonly block: Measured } {
  const values = {
    R: 5,
    tau: 10,
    v_rest: -65,
    threshold: -45,
    v_reset: -70,
    delta: 2,
    theta_rh: -55,
    alpha: 0.1,
    beta: 0.5,
    w_tau: 100,
    I: Float64Array.from({ length: count }, (_, i) => 4 + (4 * i) / count),
  };
  const first = createNetwork({ dt, seed: 7 });
  const second = createNetwork({ dt, seed: 7 });
  return {
    composed: measured(first, first.population("cells", count, AELIF(values), { method: "euler" })),
    block: measured(second, second.population("cells", count, AELIFInOneBlock(values), { method: "euler" })),
  };
}

/** Composed against block. */
export const composition: Benchmark = async ({ quick, report }) => {
  const { composed, block } = aelifTwins(n);
  const common = 500;
  await composed.advance(common);
  await block.advance(common);
  const counts = [composed.spikeCount(), block.spikeCount()];
  if (counts[0] !== counts[1])
    throw new NeuroweaveError(
      "internal",
      `composed, AELIF spikes ${counts[0]} times; in one block ${counts[1]} times`,
      {
        remedy: "Composing may change nothing. Compare the two programs.",
      },
    );
  const same = composed.program() === block.program();
  const rounds = quick ? 7 : 31;
  const steps = 100;
  const work = n * steps;
  const [one, five] = await interleave(
    [
      { name: "block", run: () => block.advance(steps), work, prepare: () => block.forget() },
      { name: "composed", run: () => composed.advance(steps), work, prepare: () => composed.forget() },
    ],
    { rounds, samples: quick ? 1 : 3 },
    (round) => report(round, rounds),
  );
  return {
    title: `AELIF, ${n.toLocaleString("en-US")} neurons, dt ${dt} ms, wasm f64`,
    unit: "ns per neuron and step",
    reference: "one block of equations",
    rows: [
      { name: "one block of equations", time: one! },
      {
        name: "composed of five behaviors",
        time: five!,
        speedup: speedup(one!, five!),
        goal: { of: "speedup", atLeast: 0.95, atMost: 1.05 },
      },
    ],
    notes: [
      `the emitted programs are ${same ? "the same text" : "not the same text"}; both spike ${counts[0]!.toLocaleString("en-US")} times in the first ${common} steps`,
    ],
  };
};
