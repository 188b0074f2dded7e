/**
 * A synfire chain (Diesmann, Gewaltig and Aertsen 1999): groups of 100 neurons, every one of which excites the whole next group. A
 * volley of spikes that is strong and sharp enough travels along the chain and becomes a sharp one; a weaker one dies.
 *
 *     npx tsx examples/networks/synfire-chain.ts --spikes 60 --spread 0
 */
import {
  allToAll,
  AlphaCurrent,
  createNetwork,
  defineBehavior,
  LIF,
  normal,
  PoissonInput,
  Refractory,
  uniform,
  type SpikeList,
} from "neuroweave";
import type { BuilderOptions } from "./builder-options.ts";
import { deviation, meanRate } from "./measures.ts";
import { runIfStarted } from "./network-script.ts";
import { common } from "./script-options.ts";

/** Neurons that spike once each, at moments of their own. */
const PulsePacket = defineBehavior({
  name: "pulsePacket",
  doc: "One spike at a moment.",
  source: "Diesmann, Gewaltig & Aertsen 1999, Nature 402:529",
  state: { moment: { init: 0, unit: "ms", doc: "when the neuron will spike" } },
  spike: "t >= moment",
  onSpike: "moment = 1e9",
});

/** Neurons of a group. */
export const groupSize = 100;

/** Peak of the current that a spike brings, in mV: it makes a postsynaptic potential of 0.14 mV with the time constants below. */
const weight = 1.788;

/** When the packet enters the chain, in ms. */
export const onset = 50;

export interface SynfireOptions extends Omit<BuilderOptions, "n"> {
  readonly groups?: number;
  /** a: spikes of the packet that enters the first group. */
  readonly spikes?: number;
  /** σ: standard deviation of their moments, in ms. */
  readonly spread?: number;
}

/**
 * The chain: `groups` slices of one population, and the packet. Each neuron also hears 17,600 excitatory neurons of 2 Hz and 2400
 * inhibitory ones of 12.5 Hz, which let it fire at 2 to 3 Hz.
 */
export function synfireChain(options: SynfireOptions = {}) {
  const { groups = 10, spikes = 70, spread = 0, seed = 1, dt = 0.1, ...engine } = options;
  const net = createNetwork({ dt, seed, ...engine });
  const packet = net.population("packet", spikes, PulsePacket({ init_moment: normal(onset, spread) }));
  const cells = net.population(
    "chain",
    groups * groupSize,
    [
      LIF({ tau: 10, v_rest: -70, threshold: -55, v_reset: -70, init_v: uniform(-70, -55) }),
      Refractory({ tau_ref: 1 }),
      AlphaCurrent({ name: "synapses", tau: 0.325 }),
      PoissonInput({ name: "excitation", sources: 17_600, rate: 2, weight, into: "synapses.rise" }),
      PoissonInput({ name: "inhibition", sources: 2_400, rate: 12.5, weight: -weight, into: "synapses.rise" }),
    ],
    { method: "exact" },
  );
  const links = Array.from({ length: groups }, (_, k) => cells.slice(k * groupSize, (k + 1) * groupSize));
  links.forEach((target, k) => {
    const source = k === 0 ? packet : links[k - 1]!;
    net.projection(`into group ${k}`, { source, target, connect: allToAll(), weight });
  });
  return { net, packet, cells, groups: links };
}

/** A volley in one group. */
export interface Volley {
  /** a: number of spikes. */
  readonly spikes: number;
  /** σ in ms. */
  readonly spread: number;
  /** Mean moment in ms; NaN where there is none. */
  readonly time: number;
}

/** Longest time from one volley to the next in ms, and half the length of what counts as one. */
const [stride, half] = [5, 4];

/**
 * What each group does about the time at which the volley passes: its spikes within 4 ms of the densest 4 ms that follow within
 * 5 ms of the volley before. Where a volley has died, a few spikes of the background remain.
 */
export function volleys({ times, ids }: SpikeList, groups: number): Volley[] {
  const own = Array.from({ length: groups }, (): number[] => []);
  for (let k = 0; k < times.length; k++) own[Math.floor(ids[k]! / groupSize)]!.push(times[k]!);
  let center = onset;
  return own.map((train) => {
    const near = train.filter((t) => t >= center && t <= center + stride);
    const density = (at: number): number => train.filter((t) => Math.abs(t - at) <= half / 2).length;
    const peak = near.reduce((best, t) => (density(t) > density(best) ? t : best), near[0] ?? center + 1);
    const volley = train.filter((t) => Math.abs(t - peak) <= half);
    const time = volley.reduce((sum, t) => sum + t, 0) / volley.length;
    center = volley.length > 0 ? Math.max(center, time) : center + 1;
    return { spikes: volley.length, spread: volley.length > 0 ? deviation(volley) : NaN, time };
  });
}

await runIfStarted(import.meta.url, {
  name: "synfire-chain",
  about: "Volleys of spikes along a chain of groups of 100 neurons (Diesmann, Gewaltig and Aertsen 1999).",
  options: {
    ...common,
    spikes: { default: 0, min: 0, max: 1000, whole: true, doc: "spikes that enter the chain; 0 for several packets" },
    spread: { default: 0, min: 0, max: 20, doc: "standard deviation of their moments in ms" },
    groups: { default: 10, min: 2, max: 100, whole: true, doc: "groups of the chain" },
  },
  async show({ seed, spikes: own, spread, groups }, screen) {
    const packets = own > 0 ? [{ spikes: own, spread }] : [{ spikes: 40, spread: 0 }, { spikes: 60, spread: 0 }, { spikes: 50, spread: 3 }, { spikes: 100, spread: 3 }];
    const duration = onset + 15 + 3 * groups;
    screen.heading("A synfire chain");
    screen.say(`${groups} groups of ${groupSize} neurons, seed ${seed}`);
    for (const packet of packets) {
      const { net, cells } = synfireChain({ ...packet, groups, seed });
      await screen.run(net, duration);
      const fired = cells.spikes();
      const found = volleys(fired, groups);
      screen.say("");
      screen.raster({ ...fired, n: cells.n }, { title: `${packet.spikes} spikes within ${packet.spread} ms (one deviation) at ${onset} ms`, from: onset - 20, to: duration });
      screen.table([
        { what: "spikes by group", measured: found.map(({ spikes }) => spikes).join(" ") },
        { what: "deviation in ms", measured: found.map(({ spread: sigma }) => (Number.isNaN(sigma) ? "-" : sigma.toFixed(1))).join(" ") },
      ]);
      screen.table([
        { what: "background", measured: `${meanRate(fired, cells.n, { from: 20, to: onset - 5 }).toFixed(1)} Hz`, expected: "2 Hz in the paper" },
      ]);
    }
    screen.say("");
    screen.say("In the paper (figure 4) a separatrix, higher for wider packets, parts those that die from those that come to almost 100 spikes within less than 1 ms.");
  },
}); // prettier-ignore
