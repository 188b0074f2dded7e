import type { NetworkDocument } from "../document.ts";
import { fileOf, type Preset } from "./preset.ts";

const uniform = (low: number, high: number) => ({ distribution: "uniform", arguments: [low, high] });

/** The conductance-based network of Vogels and Abbott 2005, four excitatory cells to one inhibitory. */
function coba(n: number, p: number): NetworkDocument {
  const cell = { use: "COBACell", values: { v_rest: -49, init_v: uniform(-60, -50) } };
  const onto = (source: "exc" | "inh", target: "exc" | "inh") => ({
    name: `${source}→${target}`,
    source,
    target,
    connect: { use: "fixedProbability", arguments: [p] },
    receptor: source === "exc" ? "g_exc" : "g_inh",
    weight: source === "exc" ? 0.6 : 6.7,
    delay: 0.1,
  });
  return fileOf(
    `COBA network, ${n.toLocaleString("en")} neurons`,
    "Excitation and inhibition in balance: irregular activity that keeps itself going (Vogels and Abbott 2005; Brette et al. 2007, benchmark 1).",
    {
      network: { dt: 0.1, seed: 7 },
      populations: [
        { name: "exc", n: 0.8 * n, behaviors: [cell] },
        { name: "inh", n: 0.2 * n, behaviors: [cell] },
      ],
      projections: [onto("exc", "exc"), onto("exc", "inh"), onto("inh", "exc"), onto("inh", "inh")],
    },
  );
}

const g_max = 0.01;

export const networkPresets: readonly Preset[] = [
  {
    id: "coba-1000",
    group: "Networks",
    title: "COBA, 1,000 neurons",
    look: { window: 500, speed: 0.25 },
    file: coba(1000, 0.08),
  },
  {
    id: "coba-4000",
    group: "Networks",
    title: "COBA, 4,000 neurons",
    look: { window: 500, speed: 0.1 },
    file: coba(4000, 0.02),
  },
  {
    id: "coba-10000",
    group: "Networks",
    title: "COBA, 10,000 neurons",
    look: { window: 500, speed: 0.05 },
    file: coba(10_000, 0.008),
  },
  {
    id: "stdp",
    group: "Networks",
    title: "STDP: synapses compete",
    look: { population: "neuron", window: 1000, speed: 2 },
    file: fileOf(
      "STDP: synapses compete",
      "A thousand Poisson inputs of 15 Hz drive one neuron. Pairs of spikes change the weights, a little more down than up, until each is weak or strong (Song, Miller and Abbott 2000).",
      {
        network: { dt: 0.1, seed: 1 },
        populations: [
          { name: "inputs", n: 1000, behaviors: [{ use: "PoissonSource", values: { rate: 15 } }] },
          {
            name: "neuron",
            n: 1,
            behaviors: [
              { use: "LIF", values: { tau: 10, v_rest: -74, threshold: -54, v_reset: -60, strict: true } },
              { use: "ConductanceReceptor", as: "g_exc", values: { tau: 5, E: 0 } },
            ],
          },
        ],
        projections: [
          {
            name: "plastic",
            source: "inputs",
            target: "neuron",
            connect: { use: "allToAll" },
            receptor: "g_exc",
            weight: uniform(0, g_max),
            behaviors: [
              { use: "PairSTDP", values: { A_plus: 0.01 * g_max, A_minus: 0.0105 * g_max, tie: "potentiation" } },
              { use: "WeightBounds", values: { min: 0, max: g_max } },
            ],
          },
        ],
      },
    ),
  },
];
