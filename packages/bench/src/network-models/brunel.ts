/**
 * Brunel 2000, J. Comput. Neurosci. 8:183, model A: neurons that excite (80 %) and inhibit, every neuron with synapses from a
 * tenth of both, and external spikes for every neuron; g = 5 and twice the external rate that reaches the threshold.
 */
import {
  createNetwork,
  DeltaReceptor,
  Fire,
  fixedInDegree,
  Leak,
  PoissonInput,
  type Projection,
  Refractory,
  uniform,
} from "neuroweave";
import { dt, measured, type Measured, type Place } from "../networks.ts";
import { rowsOf, type Rows } from "../network-loops/rows.ts";

/** Times in ms, voltages in mV. */
export interface BrunelValues {
  readonly tau: number;
  readonly v_rest: number;
  readonly threshold: number;
  readonly v_reset: number;
  readonly tau_ref: number;
  readonly delay: number;
  readonly w_exc: number;
  readonly w_inh: number;
  /** Rate of all external spikes of a neuron in Hz; 0 for none. */
  readonly external: number;
  readonly w_external: number;
}

export const brunelValues: BrunelValues = {
  tau: 20,
  v_rest: 0,
  threshold: 20,
  v_reset: 10,
  tau_ref: 2,
  delay: 1.5,
  w_exc: 0.1,
  w_inh: -0.5,
  external: 20_000,
  w_external: 0.1,
};

/** Where a network begins, so that a loop can begin there too. */
export interface Brunel {
  readonly values: BrunelValues;
  readonly v: Float64Array;
  /** Synapses of the excitatory neurons, which come first, and of the inhibitory ones. */
  readonly exc: Rows;
  readonly inh: Rows;
}

export interface BrunelNetwork extends Measured {
  /** Copies. */
  start(): Brunel;
  /** Synapses, and the bytes that one takes. */
  readonly synapses: number;
  readonly bytesPerSynapse: number;
}

/**
 * n neurons with synapses from a share p of all. The in-degree is fixed: with a probability for every pair the inhibitory neurons
 * happen to fire at other rates than the excitatory ones, and the rate differs by 2 Hz from graph to graph.
 */
export function brunelNetwork(
  n: number,
  p: number,
  values: BrunelValues = brunelValues,
  place: Place = {},
): BrunelNetwork {
  const { tau, v_rest, threshold, v_reset, tau_ref, delay, external, w_external } = values;
  const network = createNetwork({ dt, seed: 7, ...place });
  const cells = network.population(
    "cells",
    n,
    [
      Leak({ tau, v_rest, init_v: uniform(0, threshold) }),
      Fire({ threshold, v_reset, strict: true }),
      Refractory({ tau_ref }),
      DeltaReceptor({ name: "spikes" }),
      ...(external > 0 ? [PoissonInput({ rate: external / 1000, sources: 1000, weight: w_external })] : []),
    ],
    { method: "exact" },
  );
  const excitatory = Math.round(0.8 * n);
  const from = (name: string, first: number, last: number, weight: number): Projection => {
    const connect = fixedInDegree(Math.round(p * (last - first)));
    const source = cells.slice(first, last);
    return network.projection(`${name}→cells`, { source, target: cells, connect, weight, delay });
  };
  const exc = from("exc", 0, excitatory, values.w_exc);
  const inh = from("inh", excitatory, n, values.w_inh);
  const v = cells.get("v");
  const synapses = exc.n + inh.n;
  return {
    ...measured(network, cells),
    synapses,
    get bytesPerSynapse() {
      const { projections } = network.explain();
      return projections.reduce((sum, each) => sum + each.bytesPerSynapse * each.synapses, 0) / synapses;
    },
    start: () => ({ values, v: v.slice(), exc: rowsOf(exc, excitatory), inh: rowsOf(inh, n - excitatory) }),
  };
}
