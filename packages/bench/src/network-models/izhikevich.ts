/**
 * The network of Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569: 80 % regular spiking and 20 % fast spiking neurons, all
 * connected to all with random weights, each with white input; 1 ms steps, in which the voltage takes two.
 */
import { allToAll, ConstantCurrent, createNetwork, defineBehavior, Fire, Phase } from "neuroweave";
import { nextUniform, wordState } from "../network-loops/random.ts";
import { measured, type Measured, type Place } from "../networks.ts";

/** Step size in ms. */
const dt = 1;

/** One value for each neuron, excitatory ones first; weights by source, then target. */
export interface IzhikevichNeurons {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly c: Float64Array;
  readonly d: Float64Array;
  /** Standard deviation of the input of a step. */
  readonly sigma: Float64Array;
  readonly weights: Float64Array;
}

/** Neurons and weights of a network of n, drawn from a seed. */
export function izhikevichNeurons(n: number, seed = 5): IzhikevichNeurons {
  const state = wordState(seed);
  const excitatory = Math.round(0.8 * n);
  const excites = (i: number): boolean => i < excitatory;
  const r = Float64Array.from({ length: n }, () => nextUniform(state));
  return {
    a: r.map((x, i) => (excites(i) ? 0.02 : 0.02 + 0.08 * x)),
    b: r.map((x, i) => (excites(i) ? 0.2 : 0.25 - 0.05 * x)),
    c: r.map((x, i) => (excites(i) ? -65 + 15 * x * x : -65)),
    d: r.map((x, i) => (excites(i) ? 8 - 6 * x * x : 2)),
    sigma: r.map((_, i) => (excites(i) ? 5 : 2)),
    weights: Float64Array.from(
      { length: n * n },
      (_, j) => nextUniform(state) * (excites(Math.floor(j / n)) ? 0.5 : -1),
    ),
  };
}

const TwoHalfSteps = defineBehavior({
  name: "twoHalfSteps",
  doc: "The voltage of Izhikevich's neuron, in two steps of half a millisecond with one input.",
  source: "Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, script of the network",
  priority: Phase.Dynamics,
  state: { v: { init: -65 } },
  inputs: { I: { default: 0 } },
  requires: ["u"],
  equations: `
    let half = v + 0.5 * (0.04 * v * v + 5 * v + 140 - u + I)
    v = half + 0.5 * (0.04 * half * half + 5 * half + 140 - u + I)
  `,
});

const Recovery = defineBehavior({
  name: "recovery",
  doc: "The recovery variable follows the new voltage.",
  source: "Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, script of the network",
  priority: Phase.Dynamics + 1,
  parameters: { a: { default: 0.02 }, b: { default: 0.2 }, d: { default: 8 } },
  state: { u: { init: "b * v" } },
  requires: ["v"],
  equations: "u += a * (b * v - u)",
  onSpike: "u += d",
});

const WhiteInput = defineBehavior({
  name: "whiteInput",
  doc: "A normal number for each neuron and step.",
  source: "Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, script of the network",
  parameters: { sigma: { default: 5 } },
  requires: ["I"],
  equations: "I += sigma * normal(0, 1)",
});

const OneStepCurrent = defineBehavior({
  name: "oneStepCurrent",
  doc: "What arrives in a step is the input of that step alone.",
  source: "Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, script of the network",
  scope: "instance",
  state: { current: { init: 0 } },
  requires: ["I"],
  onArrival: "current = arriving",
  equations: "I += current",
});

/** As many neurons as there are values. Where `white` is false, `sigma` itself is the input, constantly. */
export function izhikevichNetwork(
  { a, b, c, d, sigma, weights }: IzhikevichNeurons,
  white = true,
  place: Place = {},
): Measured {
  const network = createNetwork({ dt, seed: 7, ...place });
  const cells = network.population("cells", a.length, [
    TwoHalfSteps(),
    Recovery({ a, b, d }),
    Fire({ threshold: 30, v_reset: c }),
    OneStepCurrent(),
    white ? WhiteInput({ sigma }) : ConstantCurrent({ amplitude: sigma }),
  ]);
  network.projection("cells→cells", { source: cells, target: cells, connect: allToAll(), weight: weights });
  return measured(network, cells);
}
