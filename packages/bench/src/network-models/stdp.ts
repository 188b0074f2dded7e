/**
 * Song, Miller & Abbott 2000, Nat. Neurosci. 3:919, as in Brian 2's example STDP.py: Poisson neurons excite leaky integrate-and-fire
 * neurons through conductances, all to all, by weights that pairs of spikes change within bounds.
 */
import {
  allToAll,
  ConductanceReceptor,
  createNetwork,
  CurrentInput,
  Fire,
  Leak,
  PairSTDP,
  PoissonSource,
  uniform,
  WeightBounds,
} from "neuroweave";
import { dt, measured, type Measured, type Place } from "../networks.ts";

/** Times in ms, voltages in mV, rates in Hz; conductances in units of the leak's. */
export interface StdpValues {
  /** Number of Poisson neurons. */
  readonly sources: number;
  readonly rate: number;
  readonly tau: number;
  readonly v_rest: number;
  readonly threshold: number;
  readonly v_reset: number;
  readonly tau_exc: number;
  readonly E_exc: number;
  /** Time constant of both traces. */
  readonly tau_trace: number;
  /** Largest weight. */
  readonly w_max: number;
  /** What a pair without delay adds, and takes, in units of w_max. */
  readonly potentiation: number;
  readonly depression: number;
}

export const stdpValues: StdpValues = {
  sources: 1000,
  rate: 15,
  tau: 10,
  v_rest: -74,
  threshold: -54,
  v_reset: -60,
  tau_exc: 5,
  E_exc: 0,
  tau_trace: 20,
  w_max: 0.01,
  potentiation: 0.01,
  depression: 0.0105,
};

/** Kept spikes of the sources: the bench counts those of the targets. */
const keepSpikes = 1;

/** So many targets, each with a plastic synapse from every source. */
export function stdpNetwork(n: number, values: StdpValues = stdpValues, place: Place = {}): Measured {
  const { sources, rate, tau, v_rest, threshold, v_reset, tau_exc, E_exc, tau_trace, w_max } = values;
  const network = createNetwork({ dt, seed: 7, ...place });
  const input = network.population("input", sources, PoissonSource({ rate }), { keepSpikes });
  const cells = network.population(
    "cells",
    n,
    [
      Leak({ tau, v_rest, init_v: v_reset }),
      CurrentInput({ R: 1 }),
      Fire({ threshold, v_reset, strict: true }),
      ConductanceReceptor({ name: "exc", tau: tau_exc, E: E_exc }),
    ],
    { method: "euler" },
  );
  network.projection("input→cells", {
    source: input,
    target: cells,
    connect: allToAll(),
    receptor: "exc",
    weight: uniform(0, w_max),
    behaviors: [
      PairSTDP({
        A_plus: values.potentiation * w_max,
        A_minus: values.depression * w_max,
        tau_plus: tau_trace,
        tau_minus: tau_trace,
        tie: "potentiation",
      }),
      WeightBounds({ min: 0, max: w_max }),
    ],
  });
  return measured(network, cells);
}
