/**
 * COBA, benchmark 1 of Brette et al. 2007 after Vogels and Abbott 2005: the network of `cuba.ts` with synapses that are conductances.
 * With the leak of the paper, to −60 mV, it is silent unless it is kicked, and may fall silent again; with a leak to −49 mV,
 * above threshold, it is always active.
 *
 *     npx tsx examples/networks/coba.ts --kick 1
 */
import { COBACell, createNetwork, normal, uniform } from "neuroweave";
import type { BuilderOptions } from "./builder-options.ts";
import { irregularity, meanRate, sampled } from "./measures.ts";
import { runIfStarted } from "./network-script.ts";
import { common } from "./script-options.ts";
import { connectAtRandom } from "./vogels-abbott.ts";

export interface CobaOptions extends BuilderOptions {
  /** Whether the leak goes to −60 mV and open conductances start the activity, as in Brian 2's example. */
  readonly kick?: boolean;
}

/** The network of n ≥ 80 neurons: `cells`, of which the first four fifths are `excitatory` and the rest `inhibitory`. */
export function coba({ n = 4000, seed = 1, dt = 0.1, kick = false, ...engine }: CobaOptions = {}) {
  const net = createNetwork({ dt, seed, ...engine });
  const start = kick
    ? { v_rest: -60, init_v: normal(-65, 5), init_g_exc: normal(4, 1.5), init_g_inh: normal(20, 12) }
    : { v_rest: -49, init_v: uniform(-60, -50) };
  const cells = net.population("cells", n, COBACell(start));
  // 6 and 67 nS with a leak of 10 nS.
  return { net, cells, ...connectAtRandom(net, cells, { excitatory: 0.6, inhibitory: 6.7 }) };
}

await runIfStarted(import.meta.url, {
  name: "coba",
  about: "A network of 4000 neurons with conductance-based synapses (Vogels and Abbott 2005).",
  options: {
    ...common,
    scale: { default: 1, min: 0.02, max: 100, doc: "number of neurons, in units of 4000" },
    duration: { default: 1000, min: 200, doc: "time to run in ms" },
    kick: { default: 0, min: 0, max: 1, whole: true, doc: "1: a leak to -60 mV, and a kick" },
  },
  async show({ seed, scale, duration, kick }, screen) {
    const { net, cells, projections } = coba({ n: Math.round(4000 * scale), seed, kick: kick === 1 });
    screen.heading("COBA: conductance-based synapses");
    screen.say(`${cells.n} neurons, ${projections[0].n + projections[1].n} synapses, ${duration} ms, seed ${seed}`);
    await screen.run(net, duration);
    const spikes = cells.spikes();
    const window = { from: kick === 1 ? 100 : 0, to: duration };
    const from = Math.max(0, duration - 300);
    screen.raster(sampled(spikes, cells.n, 40), { title: "40 of the neurons, inhibitory ones on top", from, to: duration });
    if (!(spikes.times.at(-1)! > duration - 20))
      return screen.say(`The activity died out after ${(spikes.times.at(-1) ?? 0).toFixed(0)} ms; another seed may survive.`);
    const [rates, irregular] =
      kick === 1 ? ["17.8 to 21.2 Hz", "1.57 to 1.71"] : ["18.7 to 22.4 Hz", "1.56 to 1.72"];
    const peer = `${kick === 1 ? "from 100 ms to 1 s" : "in the first second"}, Brian 2 on ${kick === 1 ? "14" : "eight"} graphs`;
    screen.table([
      { what: "rate", measured: `${meanRate(spikes, cells.n, window).toFixed(2)} Hz`, expected: `${rates} ${peer}` },
      { what: "CV of intervals", measured: irregularity(spikes, cells.n, window).toFixed(2), expected: `${irregular} ${peer}` },
    ]);
  },
}); // prettier-ignore
