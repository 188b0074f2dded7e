/**
 * A column of four layers, made by `corticalColumn`: the thalamus excites layer 4, which excites layer 2/3, which excites layer 5, which
 * excites layer 6, which inhibits layer 4 (the canonical circuit of Douglas and Martin 1991, much simplified). A volley from
 * the thalamus runs through the layers in that order.
 *
 *     npx tsx examples/networks/cortical-column.ts
 */
import {
  COBACell,
  corticalColumn,
  createNetwork,
  fixedProbability,
  InhomogeneousPoissonSource,
  PoissonInput,
  populationRate,
  uniform,
  type CorticalLayerOptions,
} from "neuroweave";
import type { BuilderOptions } from "./builder-options.ts";
import { mean, meanRate, sampled } from "./measures.ts";
import { runIfStarted } from "./network-script.ts";
import { common } from "./script-options.ts";

/** Every so many ms the thalamus fires a volley, this long. */
export const volley = { every: 200, length: 15 } as const;

export const layerNames = ["L4", "L23", "L5", "L6"] as const;

const cells = [
  COBACell({ init_v: uniform(-60, -50) }),
  PoissonInput({ name: "background", sources: 600, rate: 1, weight: 0.055, into: "g_exc.g_exc" }),
];

/** Weights are in units of the leak conductance; the n of a layer is that of its excitatory cells. */
const layer = (n: number): CorticalLayerOptions => {
  const connect = (synapses: number) => fixedProbability(Math.min(1, synapses / n));
  return {
    exc: { n, behaviors: cells },
    inh: { n: n / 4, behaviors: cells },
    synapses: [
      { from: "exc", to: "exc", connect: connect(20), receptor: "g_exc", weight: 0.05, delay: 1 },
      { from: "exc", to: "inh", connect: connect(40), receptor: "g_exc", weight: 0.12, delay: 1 },
      { from: "inh", to: "exc", connect: connect(100), receptor: "g_inh", weight: 0.4, delay: 0.5 },
      { from: "inh", to: "inh", connect: connect(100), receptor: "g_inh", weight: 0.3, delay: 0.5 },
    ],
  };
};

/** The column, of n neurons in all, a multiple of 20, and the thalamus, of a tenth as many. */
export function corticalColumnNetwork({ n = 2000, seed = 1, dt = 0.1, ...engine }: BuilderOptions = {}) {
  const net = createNetwork({ dt, seed, ...engine });
  const each = n / 5;
  const rate = `t - ${volley.every} * floor(t / ${volley.every}) < ${volley.length} and t >= ${volley.every} ? 60 : 1`;
  const thalamus = net.population("thalamus", n / 10, InhomogeneousPoissonSource({ rate }));
  const forward = { connect: fixedProbability(Math.min(1, 60 / each)), receptor: "g_exc", weight: 0.04, delay: uniform(1, 5) } as const;
  const column = corticalColumn(net, "V1", {
    layers: { L23: layer(each), L4: layer(each), L5: layer(each), L6: layer(each) },
    synapses: [
      { ...forward, from: "L4.exc", to: "L23.exc" },
      { ...forward, from: "L23.exc", to: "L5.exc" },
      { ...forward, from: "L5.exc", to: "L6.exc" },
      { ...forward, from: "L6.exc", to: "L4.inh", weight: 0.06 },
    ],
  });
  const input = { source: thalamus, connect: fixedProbability(Math.min(1, 120 / n)), receptor: "g_exc", weight: 0.4, delay: uniform(1, 5) };
  const projections = [
    net.projection("thalamus→L4.exc", { ...input, target: column.layers.L4.exc }),
    net.projection("thalamus→L4.inh", { ...input, target: column.layers.L4.inh!, weight: 0.1 }),
  ];
  return { net, thalamus, column, projections };
} // prettier-ignore

type Column = ReturnType<typeof corticalColumnNetwork>["column"];

/** The rate of excitatory cells by the time since a volley, in bins of 1 ms, averaged over the volleys of a run. */
export function responses(column: Column, duration: number): Record<(typeof layerNames)[number], Float64Array> {
  const count = Math.floor(duration / volley.every) - 1;
  return Object.fromEntries(
    layerNames.map((name) => {
      const { exc } = column.layers[name];
      const { rate } = populationRate(exc.spikes(), exc.n, { from: 0, to: duration, bin: 1 });
      return [
        name,
        Float64Array.from({ length: volley.every }, (_, k) =>
          mean(Array.from({ length: count }, (__, j) => rate[(j + 1) * volley.every + k]!)),
        ),
      ] as const;
    }),
  ) as Record<(typeof layerNames)[number], Float64Array>;
}

await runIfStarted(import.meta.url, {
  name: "cortical-column",
  about: "Volleys from the thalamus through the four layers of a cortical column.",
  options: {
    ...common,
    duration: { default: 2000, min: 400, doc: "time to run in ms; a volley comes every 200" },
  },
  async show({ seed, duration }, screen) {
    const { net, thalamus, column } = corticalColumnNetwork({ seed });
    const layers = layerNames.map((name) => ({ name, ...column.layers[name] }));
    const neurons = layers.reduce((sum, { exc, inh }) => sum + exc.n + inh!.n, 0);
    screen.heading("A cortical column");
    screen.say(`${neurons} neurons in four layers, ${thalamus.n} in the thalamus, ${duration} ms, seed ${seed}`);
    await screen.run(net, duration);
    const spikes = [thalamus, ...layers.map(({ exc }) => exc)].map((each) => sampled(each.spikes(), each.n, 50));
    // The thalamus lowest, and the layers above it in the order in which the volley runs.
    screen.raster(
      {
        times: spikes.flatMap(({ times }) => times),
        ids: spikes.flatMap(({ ids }, k) => ids.map((id) => id + 50 * k)),
        n: 50 * spikes.length,
      },
      { title: "Thalamus below, then excitatory cells of L4, L23, L5 and L6", from: 150, to: 400, height: 24 },
    );
    const found = responses(column, duration);
    screen.table(
      layers.map(({ name, exc, inh }) => {
        const peak = Math.max(...found[name]);
        const rates = [exc, inh!].map((each) => meanRate(each.spikes(), each.n, { from: 0, to: duration }).toFixed(1));
        return {
          what: name,
          measured: `${rates.join(" and ")} Hz`,
          expected: `excitatory and inhibitory; at most ${peak.toFixed(0)} Hz, ${found[name].indexOf(peak)} ms after a volley begins`,
        };
      }),
    );
  },
});
