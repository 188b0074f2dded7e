/** Recurrent networks with a read-out that feeds back, of rates and of spikes. */
import {
  allToAll,
  CouplingReceptor,
  createNetwork,
  defineBehavior,
  DoubleExponentialCurrent,
  fixedProbability,
  LIF,
  normal,
  RateCoupling,
  RateNeuron,
  Recorder,
  Refractory,
  uniform,
  type Network,
  type Population,
  type Projection,
} from "neuroweave";
import { forceLearning } from "./force-learning.ts";

export interface ForceNetwork {
  readonly net: Network;
  readonly cells: Pick<Population, "get">;
  /** Its `r` is the output, sampled each ms. */
  readonly output: Pick<Population, "recorded">;
}

export interface ForceSize {
  readonly n: number;
  readonly dt: number;
  readonly seed: number;
  readonly target: (t: number) => number;
}

/** Each neuron hears from a tenth of the others. */
const p = 0.1;

const outputs = (net: Network) =>
  net.population("output", 1, [
    RateNeuron({ tau: 1e-4 }),
    CouplingReceptor({ name: "sum" }),
    Recorder({ variables: ["r"], every: 1 }),
  ]);

/** Sussillo & Abbott 2009, network of fig. 1A: tanh rates, chaotic by itself (g = 1.5). */
export function rateNetwork({ n, dt, seed, target }: ForceSize): ForceNetwork {
  const net = createNetwork({ dt, seed });
  const cells = net.population("cells", n, [
    RateNeuron({ transfer: "tanh", tau: 10, init_x: normal(0, 0.5) }),
    CouplingReceptor({ name: "recurrent" }),
    CouplingReceptor({ name: "feedback" }),
  ]);
  const output = outputs(net);
  net.projection("recurrent", {
    source: cells,
    target: cells,
    receptor: "recurrent",
    connect: fixedProbability(p),
    weight: normal(0, 1.5 / Math.sqrt(p * n)),
    behaviors: [RateCoupling()],
  });
  net.projection("back", {
    source: output,
    target: cells,
    receptor: "feedback",
    connect: allToAll(),
    weight: uniform(-1, 1),
    behaviors: [RateCoupling()],
  });
  net.projection("readout", {
    source: cells,
    target: output,
    receptor: "sum",
    connect: allToAll(),
    weight: new Float64Array(n),
    behaviors: [RateCoupling(), ...forceLearning({ inputs: n, alpha: 1, every: 2, of: "r", target })],
  });
  return { net, cells, output };
}

/** Synaptic times of the spiking network in ms. */
const [rise, decay] = [2, 20];

/** Spikes of a neuron as a rate r in Hz: each leaves a double exponential with an area of one spike. */
const FilteredSpikes = defineBehavior({
  name: "filteredSpikes",
  doc: "Spikes under a double exponential filter.",
  source: "Nicola & Clopath 2017, Nat. Commun. 8:2208, methods",
  method: "exact",
  parameters: {
    t_rise: { default: rise, unit: "ms", min: 1e-6, doc: "rise of the filter" },
    t_decay: { default: decay, unit: "ms", min: 1e-6, doc: "decay of the filter" },
  },
  state: { h: { init: 0, doc: "first stage, in Hz" }, r: { init: 0, doc: "filtered spikes, in Hz" } },
  equations: `
    t_rise * dh/dt = -h
    t_decay * dr/dt = -r + h
  `,
  onSpike: "h += 1000 / t_rise",
}); // prettier-ignore

/** What the peak of 1 of `DoubleExponentialCurrent` is to be multiplied with for an area of one spike, in Hz. */
const s = decay / rise;
const areaOfOne = 1000 / (rise * s ** (s / (s - 1)));

/**
 * Nicola & Clopath 2017, leaky integrate-and-fire network with a bias at the threshold, G = 0.04 and Q = 10: fixed chaotic weights, of
 * mean 0 onto each neuron.
 */
export function spikingNetwork({ n, dt, seed, target }: ForceSize): ForceNetwork {
  const net = createNetwork({ dt, seed });
  const cells = net.population("cells", n, [
    LIF({ tau: 10, v_rest: 0, threshold: -40, v_reset: -65, I: -40, init_v: uniform(-65, 30) }),
    Refractory({ tau_ref: 2 }),
    FilteredSpikes(),
    DoubleExponentialCurrent({ name: "recurrent", tau_rise: rise, tau_decay: decay }),
    CouplingReceptor({ name: "feedback" }),
  ]);
  const output = outputs(net);
  const recurrent = net.projection("recurrent", {
    source: cells,
    target: cells,
    receptor: "recurrent",
    connect: fixedProbability(p),
    weight: normal(0, (areaOfOne * 0.04) / (Math.sqrt(n) * p)),
  });
  recurrent.set({ w: balanced(recurrent, n) });
  net.projection("back", {
    source: output,
    target: cells,
    receptor: "feedback",
    connect: allToAll(),
    weight: uniform(-10, 10),
    behaviors: [RateCoupling()],
  });
  const every = Math.round(2.5 / dt);
  net.projection("readout", {
    source: cells,
    target: output,
    receptor: "sum",
    connect: allToAll(),
    weight: new Float64Array(n),
    behaviors: [RateCoupling(), ...forceLearning({ inputs: n, alpha: 2e4, every, of: "r", target })],
  });
  return { net, cells, output };
}

/** The weights less their mean over the synapses of each target. */
function balanced(projection: Projection, n: number): Float64Array {
  const { targets, values } = projection.weights();
  const [sums, counts] = [new Float64Array(n), new Float64Array(n)];
  for (const [j, target] of targets.entries()) {
    sums[target]! += values[j]!;
    counts[target]! += 1;
  }
  return values.map((w, j) => w - sums[targets[j]!]! / counts[targets[j]!]!);
}
