/** Whether an event costs the same in small networks and in large ones. */
import { createNetwork, DeltaReceptor, Fire, fixedOutDegree, Leak, Refractory, uniform } from "neuroweave";
import { NeuroweaveError } from "@neuroweave/equations";
import { interleave } from "./measure.ts";
import { dt, measured, type Measured, type Place } from "./networks.ts";
import type { Row } from "./outcome.ts";
import type { Benchmark } from "./section.ts";
import { speedup } from "./spread.ts";

/** Times in ms, voltages in mV; the weight is too small to change anything. */
export const eventValues = {
  tau: 20,
  v_rest: 24.1,
  threshold: 20,
  v_reset: 10,
  tau_ref: 2,
  delay: 1.5,
  degree: 100,
  weight: 1e-9,
};

const { degree } = eventValues;

/** 100 ms. */
const steps = 1000;

/** Spikes of a neuron in that time. */
const spikesEach = 3.75;

/**
 * n neurons that a constant drive makes fire at 37.5 Hz, each with synapses onto 100 others, drawn uniformly. What arrives is too
 * little to change anything, so that networks of all sizes do the same.
 */
export function eventNetwork(n: number, place: Place = {}): Measured {
  const { tau, v_rest, threshold, v_reset, tau_ref, delay, weight } = eventValues;
  const network = createNetwork({ dt, seed: 7, ...place });
  const cells = network.population(
    "cells",
    n,
    [
      Leak({ tau, v_rest, init_v: uniform(v_reset, threshold) }),
      Fire({ threshold, v_reset, strict: true }),
      Refractory({ tau_ref }),
      DeltaReceptor({ name: "spikes" }),
    ],
    { method: "exact" },
  );
  const connect = fixedOutDegree(degree);
  network.projection("cells→cells", { source: cells, target: cells, connect, weight, delay });
  return measured(network, cells);
}

/** Events in 100 ms of a network of n. */
export const eventsOf = (n: number): number => n * spikesEach * degree;

const written = (exponent: number): string => `10${[..."⁰¹²³⁴⁵⁶⁷⁸⁹"][exponent]!} events`;

export const linearCost: Benchmark = async ({ quick, report }) => {
  const sizes = [];
  for (const exponent of quick ? [5, 6, 7] : [5, 6, 7, 8]) {
    const n = Math.round(10 ** exponent / spikesEach / degree);
    const network = eventNetwork(n);
    // The small ones run several times in a sample, so that it is long enough to be timed.
    const runs = 10 ** Math.max(0, 7 - exponent);
    await network.advance(steps);
    const events = network.spikeCount() * degree;
    if (Math.abs(events - eventsOf(n)) > 0.1 * eventsOf(n))
      throw new NeuroweaveError("internal", `${n} neurons make ${events} events, not ${eventsOf(n)}`, {
        remedy: "Find out why they fire at another rate.",
      });
    sizes.push({ exponent, n, network, runs });
  }
  const rounds = quick ? 5 : 7;
  const times = await interleave(
    sizes.map(({ exponent, n, network, runs }) => ({
      name: written(exponent),
      run: async () => {
        for (let k = 0; k < runs; k++) await network.advance(steps);
      },
      work: runs * eventsOf(n),
      prepare: () => network.forget(),
    })),
    { rounds, samples: 1 },
    (round) => report(round, rounds),
  );
  return {
    title: `networks of growing size, ${degree} synapses from each neuron, ${steps * dt} ms`,
    unit: "ns per synaptic event",
    reference: written(5),
    rows: sizes.map(({ exponent, n }, index): Row => {
      const name = `${written(exponent)}, ${n.toLocaleString("en-US")} neurons`;
      if (index === 0) return { name, time: times[0]! };
      const against = speedup(times[0]!, times[index]!);
      const last = index === sizes.length - 1;
      return {
        name,
        time: times[index]!,
        speedup: against,
        ...(last ? { goal: { of: "speedup", atLeast: 0.5 } as const } : {}),
      };
    }),
    notes: [
      `neurons are in the account: ${(1 / ((spikesEach * degree) / steps)).toFixed(2)} neurons and steps to an event at every size`,
      "a small network lies in the first cache; what spikes add in the largest lies in the third",
    ],
  };
};
