/**
 * CUBA, benchmark 2 of Brette et al. 2007 after Vogels and Abbott 2005: sparsely connected neurons that excite and inhibit each other
 * by currents and keep themselves active, irregularly, at some 5 Hz. No input but the leak, which pulls just above threshold.
 *
 *     npx tsx examples/networks/cuba.ts --scale 10
 */
import { createNetwork, CUBACell, uniform } from "neuroweave";
import type { BuilderOptions } from "./builder-options.ts";
import { irregularity, meanRate, sampled } from "./measures.ts";
import { runIfStarted } from "./network-script.ts";
import { common } from "./script-options.ts";
import { connectAtRandom } from "./vogels-abbott.ts";

/** The network of n ≥ 80 neurons: `cells`, of which the first four fifths are `excitatory` and the rest `inhibitory`. */
export function cuba({ n = 4000, seed = 1, dt = 0.1, ...engine }: BuilderOptions = {}) {
  const net = createNetwork({ dt, seed, ...engine });
  const cells = net.population("cells", n, CUBACell({ v_rest: -49, init_v: uniform(-60, -50) }));
  return { net, cells, ...connectAtRandom(net, cells, { excitatory: 1.62, inhibitory: -9 }) };
}

await runIfStarted(import.meta.url, {
  name: "cuba",
  about: "A self-sustained network of 4000 neurons with current-based synapses (Vogels and Abbott 2005).",
  options: {
    ...common,
    scale: { default: 1, min: 0.02, max: 100, doc: "number of neurons, in units of 4000" },
    duration: { default: 1000, min: 100, doc: "time to run in ms" },
  },
  async show({ seed, scale, duration }, screen) {
    const { net, cells, projections } = cuba({ n: Math.round(4000 * scale), seed });
    screen.heading("CUBA: current-based synapses");
    screen.say(`${cells.n} neurons, ${projections[0].n + projections[1].n} synapses, ${duration} ms, seed ${seed}`);
    await screen.run(net, duration);
    const spikes = cells.spikes();
    const all = { from: 0, to: duration };
    const from = Math.max(0, duration - 300);
    screen.raster(sampled(spikes, cells.n, 40), {
      title: "40 of the neurons, inhibitory ones on top",
      from,
      to: duration,
    });
    const peer = "in the first second, Brian 2's example CUBA, eight graphs";
    screen.table([
      { what: "rate", measured: `${meanRate(spikes, cells.n, all).toFixed(2)} Hz`, expected: `5.3 to 6.0 Hz ${peer}` },
      { what: "CV of intervals", measured: irregularity(spikes, cells.n, all).toFixed(2), expected: `0.52 to 0.55 ${peer}` },
    ]); // prettier-ignore
  },
});
