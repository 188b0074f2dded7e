/**
 * A behavior of one's own, in TypeScript: it runs between the fused stages and may do what equations cannot. This one keeps every neuron
 * at a rate by changing how strongly it listens.
 *
 *     npx tsx examples/host-behavior.ts
 */
import { createNetwork, defineBehavior, LIF, meanRates, NoisyCurrent, Phase } from "neuroweave";
import { isRunDirectly } from "./run-directly.ts";

export const KeepRate = defineBehavior({
  name: "keepRate",
  doc: "Moves the gain of each neuron until it fires at the target rate.",
  priority: Phase.Homeostasis,
  parameters: {
    target: { default: 5, unit: "Hz", min: 0, doc: "rate to keep" },
    speed: { default: 0.05, unit: "1", min: 0, doc: "change of the gain per spike too many or too few" },
    drive: { default: 6, unit: "nA", doc: "input at gain 1" },
  },
  state: { gain: { init: 1, unit: "1", doc: "how strongly the neuron listens" } },
  requires: ["I"],
  equations: "I += gain * drive",
  step({ columns, parameters, spikes, dt, learning }) {
    if (!learning) return;
    const { gain } = columns;
    const { target, speed } = parameters;
    for (let i = 0; i < gain.length; i++) gain[i]! += (speed[i]! * target[i]! * dt) / 1000;
    for (const id of spikes) gain[id] = Math.max(0, gain[id]! - speed[id]!);
  },
});

/** Rates (Hz) of neurons of different excitability in the first second and, later, in the last five. */
export async function keepRates(seconds = 20) {
  const net = createNetwork({ dt: 0.5, seed: 1 });
  const cells = net.population("cells", 5, [
    LIF({ R: [2, 3, 4, 5, 6], tau: 10 }),
    NoisyCurrent({ mean: 0, sigma: 1, tau: 5 }),
    KeepRate({ target: [5, 5, 5, 10, 20] }),
  ]);
  await net.run(seconds * 1000);
  const spikes = cells.spikes();
  return {
    first: meanRates(spikes, cells.n, { from: 0, to: 1000 }),
    last: meanRates(spikes, cells.n, { from: (seconds - 5) * 1000, to: seconds * 1000 }),
    gain: cells.get("gain"),
  };
}

if (isRunDirectly(import.meta.url)) {
  const { first, last, gain } = await keepRates();
  const row = (name: string, values: Float64Array): string =>
    name.padEnd(20) + Array.from(values, (each) => each.toFixed(1).padStart(7)).join("");
  console.log(row("target (Hz)", Float64Array.of(5, 5, 5, 10, 20)));
  console.log(row("first second (Hz)", first));
  console.log(row("last seconds (Hz)", last));
  console.log(row("gain", gain));
}
