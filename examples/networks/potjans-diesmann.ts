/**
 * The cortical microcircuit of Potjans and Diesmann 2014: the eight populations of four layers under 1 mm² of cortex, 77,169 neurons
 * and 299 million synapses at full scale.
 *
 *     npx tsx examples/networks/potjans-diesmann.ts --scale 0.3
 *     npx tsx examples/networks/potjans-diesmann.ts --scale 1 --device native --threads 2
 */
import {
  ConstantCurrent,
  createNetwork,
  CurrentInput,
  CurrentReceptor,
  defineModel,
  Fire,
  fixedTotal,
  Leak,
  normal,
  PoissonInput,
  Refractory,
} from "neuroweave";
import type { BuilderOptions } from "./builder-options.ts";
import { irregularity, meanRate, sampled } from "./measures.ts";
import { runIfStarted } from "./network-script.ts";
import { excites, externalRate, fullSynapses, layers, meanWeight, unitWeight } from "./potjans-diesmann-data.ts";
import { common } from "./script-options.ts";

const Cell = defineModel("MicrocircuitCell", [Leak, CurrentInput, Fire, Refractory], {
  method: "exact",
  // A capacitance of 250 pF: R = tau / C.
  defaults: { tau: 10, R: 0.04, v_rest: -65, v_reset: -65, threshold: -50, tau_ref: 2 },
});

/** Decay of the synaptic currents in ms. */
const tau_syn = 0.5;

export interface MicrocircuitOptions extends Omit<BuilderOptions, "n"> {
  /** Neurons of a population, and synapses of a neuron, over those at full scale. */
  readonly scale?: number;
  /** How weights are stored. A synapse takes 7 bytes with f32, 5 with i16. */
  readonly weights?: "f64" | "f32" | "i16";
}

/**
 * The network, its populations in the order of `layers`, and the number of its synapses.
 *
 * Scaled as van Albada, Helias and Diesmann 2015 (PLoS Comput. Biol. 11:e1004490) do it: the fewer synapses of a neuron are
 * stronger, by 1/√scale, so that independent inputs fluctuate as before, and a constant current makes up for the mean that is lost,
 * (1 − √scale) tau_syn Σ K w ν, with the published rates ν. What depends on single neurons and on their correlations is not kept:
 * layer 2/3 fires half as fast as published at a scale of 0.1 and three quarters as fast at 0.3, other layers at eight to ten
 * tenths. At full scale nothing is scaled, and a second gives 0.85, 2.88, 4.40, 5.83, 7.28, 8.55, 1.10 and 7.78 Hz, in 2.3 GB.
 */
export function potjansDiesmann(options: MicrocircuitOptions = {}) {
  const { scale = 0.1, seed = 1, dt = 0.1, weights = "f32", ...engine } = options;
  const net = createNetwork({ dt, seed, ...engine });
  const stronger = 1 / Math.sqrt(scale);
  const populations = layers.map(({ name, neurons, external }, target) => {
    /** Σ K w ν in pA/s at full scale, of the synapses within the circuit and from outside. */
    const recurrent = layers.reduce(
      (sum, { rate }, source) => sum + ((fullSynapses(source, target) * meanWeight(source, target)) / neurons) * rate,
      0,
    );
    const outside = external * unitWeight * externalRate;
    const lost = (1 - Math.sqrt(scale)) * (recurrent + outside);
    return net.population(name, Math.round(neurons * scale), [
      Cell({ init_v: normal(-58, 10) }),
      CurrentReceptor({ name: "synapses", tau: tau_syn }),
      PoissonInput({
        sources: external * scale,
        rate: externalRate,
        weight: unitWeight * stronger,
        into: "synapses.current",
      }),
      ConstantCurrent({ amplitude: (lost * tau_syn) / 1000 }),
    ]);
  });
  let synapses = 0;
  for (const [source, from] of populations.entries())
    for (const [target, to] of populations.entries()) {
      const count = Math.round(fullSynapses(source, target) * scale * scale);
      if (count === 0) continue;
      synapses += count;
      const mean = meanWeight(source, target) * stronger;
      net.projection(`${from.name}→${to.name}`, {
        source: from,
        target: to,
        connect: fixedTotal(count),
        weight: normal(mean, Math.abs(mean) / 10, mean > 0 ? { min: 0 } : { max: 0 }),
        delay: excites(source) ? normal(1.5, 0.75, { min: dt }) : normal(0.75, 0.375, { min: dt }),
        weights,
      });
    }
  return { net, populations, synapses };
}

/** Most memory that the process has had, in MB. */
const peakMemory = (): number => Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);

await runIfStarted(import.meta.url, {
  name: "potjans-diesmann",
  about: "The cortical microcircuit of Potjans and Diesmann 2014 at a scale of your choice.",
  options: {
    ...common,
    scale: { default: 0.1, min: 0.02, max: 1, doc: "neurons, and synapses of each, over full scale" },
    duration: { default: 1000, min: 400, doc: "time to run in ms, of which 200 are left out" },
    device: { default: "wasm", doc: "where it runs" },
    threads: { default: 1, min: 1, whole: true, doc: "threads that it runs on" },
  },
  async show({ seed, scale, duration, device, threads }, screen) {
    screen.heading("A cortical microcircuit");
    screen.say("Making the synapses...");
    const begun = performance.now();
    // A device that there is not is refused with a list of those that there are.
    const engine = { device: device as NonNullable<MicrocircuitOptions["device"]>, threads };
    const { net, populations, synapses } = potjansDiesmann({ scale, seed, ...engine });
    const built = performance.now();
    const neurons = populations.reduce((sum, { n }) => sum + n, 0);
    screen.say(`${neurons} neurons, ${synapses} synapses, ${duration} ms, seed ${seed}`);
    screen.say(`Built in ${((built - begun) / 1000).toFixed(1)} s; the process took ${peakMemory()} MB at most`);
    await net.run(0.1);
    const started = performance.now();
    await screen.run(net, duration - net.t);
    const factor = (performance.now() - started) / (duration - 0.1);
    screen.say(`${factor.toFixed(2)} s for a second of the circuit, ${device}, ${threads} ${threads === 1 ? "thread" : "threads"}; ${peakMemory()} MB at most`);
    const window = { from: 200, to: duration };
    const shown = populations.map((each) => sampled(each.spikes(), each.n, Math.max(2, Math.round(each.n * (160 / neurons)))));
    // The upper layers on top.
    const stacked = { times: [] as number[], ids: [] as number[], n: 0 };
    for (const { times, ids, n } of shown.toReversed()) {
      stacked.times.push(...times);
      stacked.ids.push(...ids.map((id) => id + stacked.n));
      stacked.n += n;
    }
    screen.raster(stacked, { title: "Some 160 neurons, from layer 6 below to layer 2/3 on top", from: duration - 200, to: duration, height: 22 });
    screen.table(
      populations.map((cells, k) => {
        const spikes = cells.spikes();
        const measured = `${meanRate(spikes, cells.n, window).toFixed(3)} Hz, CV ${irregularity(spikes, cells.n, window, 3).toFixed(2)}`;
        return { what: layers[k]!.name, measured, expected: `${layers[k]!.rate.toFixed(3)} Hz at full scale, in the paper` };
      }),
    );
    if (scale < 1) screen.say("Smaller circuits fire less, in layer 2/3 most: stronger weights and a constant current make up for missing synapses, though not for all that they do.");
  },
}); // prettier-ignore
