/**
 * The sparse network of Brunel 2000, model A: excitation, inhibition g times as strong, Poisson input from outside, and the states
 * that g and the input choose.
 *
 *     npx tsx examples/networks/brunel.ts --scale 0.4
 *     npx tsx examples/networks/brunel.ts --g 4.5 --eta 0.9
 */
import {
  brunelRates,
  createNetwork,
  defineModel,
  DeltaReceptor,
  Fire,
  fixedInDegree,
  Leak,
  PoissonInput,
  populationRate,
  Refractory,
  uniform,
} from "neuroweave";
import { rhythmOf, stateNames, stateOf, type BrunelState } from "./brunel-states.ts";
import type { BuilderOptions } from "./builder-options.ts";
import { fluctuation, irregularity, meanRate, sampled } from "./measures.ts";
import { runIfStarted } from "./network-script.ts";
import { common } from "./script-options.ts";

/** A cell that nothing but spikes moves. */
const Cell = defineModel("BrunelCell", [Leak, Fire({ strict: true }), Refractory, DeltaReceptor], { method: "exact" });

export interface BrunelOptions extends BuilderOptions {
  /** Inhibitory weight over excitatory weight. */
  readonly g?: number;
  /** Rate of the input over the rate that would bring a neuron to threshold by itself. */
  readonly eta?: number;
}

/** g and eta of figure 8 of the paper, one pair for each state. */
export const brunelStates: readonly { readonly state: BrunelState; readonly g: number; readonly eta: number }[] = [
  { state: "SR", g: 3, eta: 2 },
  { state: "SI fast", g: 6, eta: 4 },
  { state: "AI", g: 5, eta: 2 },
  { state: "SI slow", g: 4.5, eta: 0.9 },
];

/** Time constant, threshold, reset and refractory time of the paper. */
const membrane = { tau: 20, threshold: 20, v_reset: 10, tau_ref: 2 };

/**
 * n neurons, four fifths of them excitatory, each with synapses from a tenth of both kinds. The excitatory weight is
 * 100 mV over the number of excitatory synapses: 0.1 mV for the paper's 12,500 neurons, and the same mean input for fewer, but
 * stronger fluctuations. `theory` are the stationary states of the mean field for this size.
 */
export function brunel({ n = 12_500, seed = 1, dt = 0.1, g = 5, eta = 2, ...engine }: BrunelOptions = {}) {
  const border = Math.round(0.8 * n);
  const degree = { excitatory: Math.round(0.1 * border), inhibitory: Math.round(0.1 * (n - border)) };
  const weight = 100 / degree.excitatory;
  const { tau, threshold, v_reset, tau_ref } = membrane;
  const rate = (1000 * eta * threshold) / (weight * degree.excitatory * tau);
  const net = createNetwork({ dt, seed, ...engine });
  const cells = net.population("cells", n, [
    Cell({ ...membrane, v_rest: 0, init_v: uniform(0, threshold) }),
    PoissonInput({ sources: degree.excitatory, rate, weight }),
  ]);
  const excitatory = cells.slice(0, border);
  const inhibitory = cells.slice(border, n);
  const ends = { target: cells, delay: 1.5, receptor: "deltaReceptor" } as const;
  const projections = [
    net.projection("excitation", { ...ends, source: excitatory, connect: fixedInDegree(degree.excitatory), weight }),
    net.projection("inhibition", { ...ends, source: inhibitory, connect: fixedInDegree(degree.inhibitory), weight: -g * weight }),
  ] as const; // prettier-ignore
  const theory = brunelRates({
    excitatoryDegree: degree.excitatory,
    gamma: degree.inhibitory / degree.excitatory,
    weight,
    g,
    eta,
    tau,
    threshold,
    reset: v_reset,
    refractory: tau_ref,
  });
  return { net, cells, excitatory, inhibitory, projections, weight, theory };
}

/** What the network does from `from` to `to` ms: rate in Hz, CV, fluctuation in bins of 1 ms, rhythm, and the state that they are. */
export function brunelActivity({ cells }: Pick<ReturnType<typeof brunel>, "cells">, from: number, to: number) {
  const spikes = cells.spikes();
  const window = { from, to };
  const measured = {
    rate: meanRate(spikes, cells.n, window),
    cv: irregularity(spikes, cells.n, window, 2),
    fluctuation: fluctuation(spikes, cells.n, window),
    rhythm: rhythmOf(populationRate(spikes, cells.n, { ...window, bin: 1 }).rate),
  };
  return { ...measured, state: stateOf(measured) };
}

await runIfStarted(import.meta.url, {
  name: "brunel",
  about: "The sparse network of Brunel 2000 in the four states of its figure 8, or in one that g and eta choose.",
  options: {
    ...common,
    scale: { default: 1, min: 0.08, max: 4, doc: "number of neurons, in units of 12500" },
    duration: { default: 500, min: 400, doc: "time to run in ms, of which 200 are left out" },
    g: { default: 0, min: 0, doc: "inhibition over excitation; 0 for the four states" },
    eta: { default: 2, min: 0, doc: "external input over what reaches threshold" },
  },
  async show({ seed, scale, duration, g: own, eta: input }, screen) {
    const n = Math.round(12_500 * scale);
    const chosen: readonly { g: number; eta: number; state?: BrunelState }[] =
      own > 0 ? [{ g: own, eta: input }] : brunelStates;
    for (const { g, eta, state } of chosen) {
      const network = brunel({ n, g, eta, seed });
      const { net, cells, projections, theory } = network;
      screen.heading(`g = ${g}, eta = ${eta}`);
      screen.say(`${n} neurons, ${projections[0].n + projections[1].n} synapses, ${duration} ms, seed ${seed}`);
      await screen.run(net, duration);
      const { rate, cv, rhythm, ...found } = brunelActivity(network, 200, duration);
      const spikes = cells.spikes();
      const part = { from: duration - 200, to: duration };
      screen.raster(sampled(spikes, n, 40), { title: "40 of the neurons, inhibitory ones on top", ...part });
      screen.curve("population rate", populationRate(spikes, n, { ...part, bin: 1 }).rate);
      const said = (of: (state: (typeof theory)[number]) => string) => `${theory.map(of).join(" or ")} in the mean field`;
      screen.table([
        { what: "state", measured: found.state, expected: state === undefined ? stateNames[found.state] : `${state}, ${stateNames[state]}; paper, figure 8` },
        { what: "rate", measured: `${rate.toFixed(2)} Hz`, expected: said((each) => `${each.rate.toFixed(2)} Hz`) },
        { what: "CV of intervals", measured: cv.toFixed(2), expected: `${said((each) => each.cv.toFixed(2))}, whose inputs are Poisson` },
        { what: "fluctuation", measured: found.fluctuation.toFixed(2) },
        { what: "rhythm", measured: `${(1000 / rhythm.period).toFixed(0)} Hz`, expected: `autocorrelation ${rhythm.strength.toFixed(2)} of the population rate` },
      ]);
    }
  },
}); // prettier-ignore
