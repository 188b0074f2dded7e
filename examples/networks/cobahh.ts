/**
 * COBAHH, benchmark 3 of Brette et al. 2007: the network of `coba.ts`, of cells with sodium and potassium channels. The source
 * gives no rate; its Brian script, run with Brian 2, keeps firing at 32 to 37 Hz, in bursts.
 *
 *     npx tsx examples/networks/cobahh.ts --scale 0.25
 */
import { ConductanceReceptor, createNetwork, normal, TraubMiles } from "neuroweave";
import type { BuilderOptions } from "./builder-options.ts";
import { irregularity, meanRate, sampled } from "./measures.ts";
import { runIfStarted } from "./network-script.ts";
import { common } from "./script-options.ts";
import { connectAtRandom } from "./vogels-abbott.ts";

/** 1 nS on the 20,000 µm² of a cell, in mS/cm². */
const nS = 0.005;

/**
 * The network of n ≥ 80 neurons: `cells`, of which the first four fifths are `excitatory` and the rest `inhibitory`. Open
 * conductances start it. Their draws are not cut at zero, as in the source.
 */
export function cobahh({ n = 4000, seed = 1, dt = 0.1, ...engine }: BuilderOptions = {}) {
  const net = createNetwork({ dt, seed, ...engine });
  const cells = net.population("cells", n, [
    TraubMiles({ E_L: -60, init_v: normal(-65, 5) }),
    ConductanceReceptor({ name: "g_exc", tau: 5, E: 0, init_g: normal(40 * nS, 15 * nS) }),
    ConductanceReceptor({ name: "g_inh", tau: 10, E: -80, init_g: normal(200 * nS, 120 * nS) }),
  ]);
  return { net, cells, ...connectAtRandom(net, cells, { excitatory: 6 * nS, inhibitory: 67 * nS }) };
}

await runIfStarted(import.meta.url, {
  name: "cobahh",
  about: "A self-sustained network of 4000 Hodgkin-Huxley cells with conductance-based synapses (Brette et al. 2007).",
  options: {
    ...common,
    scale: { default: 1, min: 0.02, max: 100, doc: "number of neurons, in units of 4000" },
    duration: { default: 1000, min: 200, doc: "time to run in ms" },
  },
  async show({ seed, scale, duration }, screen) {
    const { net, cells, projections } = cobahh({ n: Math.round(4000 * scale), seed });
    screen.heading("COBAHH: cells with channels, conductance-based synapses");
    screen.say(`${cells.n} neurons, ${projections[0].n + projections[1].n} synapses, ${duration} ms, seed ${seed}`);
    await screen.run(net, duration);
    const spikes = cells.spikes();
    const window = { from: 100, to: duration };
    const from = Math.max(0, duration - 300);
    screen.raster(sampled(spikes, cells.n, 40), { title: "40 of the neurons, inhibitory ones on top", from, to: duration });
    const peer = "from 100 ms to 1 s, Brian 2's example COBAHH, eight graphs";
    screen.table([
      { what: "rate", measured: `${meanRate(spikes, cells.n, window).toFixed(1)} Hz`, expected: `32 to 37 Hz ${peer}` },
      { what: "CV of intervals", measured: irregularity(spikes, cells.n, window).toFixed(2), expected: `2.00 to 2.10 ${peer}` },
    ]);
  },
}); // prettier-ignore
