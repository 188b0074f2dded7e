/**
 * CUBA and COBA: the networks of Vogels & Abbott 2005, J. Neurosci. 25:10786, as in benchmarks 1 and 2 of Brette et al. 2007,
 * J. Comput. Neurosci. 23:349, at rest above the threshold. 80 % of the neurons excite, 20 % inhibit; every pair is connected
 * with probability 80 / n.
 */
import {
  ConductanceReceptor,
  createNetwork,
  CurrentInput,
  CurrentReceptor,
  Fire,
  fixedProbability,
  Leak,
  Refractory,
  uniform,
} from "neuroweave";
import { dt, measured, type Measured, type Place } from "../networks.ts";
import { rowsOf, type Rows } from "../network-loops/rows.ts";

/** Times in ms, voltages in mV. */
export interface VogelsAbbottValues {
  readonly tau: number;
  readonly v_rest: number;
  readonly threshold: number;
  readonly v_reset: number;
  readonly tau_ref: number;
  readonly tau_exc: number;
  readonly tau_inh: number;
  readonly E_exc: number;
  readonly E_inh: number;
  /** What a spike adds: mV in CUBA, units of the leak conductance in COBA. */
  readonly w_exc: number;
  readonly w_inh: number;
  /** What both receptors begin with, in the same unit. */
  readonly initial: number;
}

const common = {
  tau: 20,
  v_rest: -49,
  threshold: -50,
  v_reset: -60,
  tau_ref: 5,
  tau_exc: 5,
  tau_inh: 10,
  E_exc: 0,
  E_inh: -80,
  initial: 0,
};

export const cubaValues: VogelsAbbottValues = { ...common, w_exc: 1.62, w_inh: -9 };
export const cobaValues: VogelsAbbottValues = { ...common, w_exc: 0.6, w_inh: 6.7 };

/** The rate of COBA differs by 1 Hz from graph to graph (standard deviation); with this seed it is in the middle. */
const seed = 4;

export type CobaMethod = "euler" | "exponentialEuler";

/** Where a network begins, so that a loop can begin there too. */
export interface VogelsAbbott {
  readonly values: VogelsAbbottValues;
  readonly v: Float64Array;
  /** Synapses of the excitatory neurons, which come first, and of the inhibitory ones. */
  readonly exc: Rows;
  readonly inh: Rows;
}

export interface VogelsAbbottNetwork extends Measured {
  /** Copies. */
  start(): VogelsAbbott;
}

/** n neurons with exponential currents, solved exactly. */
export function cubaNetwork(
  n: number,
  values: VogelsAbbottValues = cubaValues,
  place: Place = {},
): VogelsAbbottNetwork {
  const { initial } = values;
  const network = createNetwork({ dt, seed, ...place });
  const cells = network.population(
    "cells",
    n,
    [
      ...neuron(values),
      CurrentReceptor({ name: "exc", init_current: initial, tau: values.tau_exc }),
      CurrentReceptor({ name: "inh", init_current: initial, tau: values.tau_inh }),
    ],
    { method: "exact" },
  );
  return wired(network, cells, values);
}

/** n neurons with exponential conductances. */
export function cobaNetwork(
  n: number,
  method: CobaMethod,
  values: VogelsAbbottValues = cobaValues,
  place: Place = {},
): VogelsAbbottNetwork {
  const { initial } = values;
  const network = createNetwork({ dt, seed, ...place });
  const cells = network.population(
    "cells",
    n,
    [
      ...neuron(values),
      ConductanceReceptor({ name: "exc", init_g: initial, tau: values.tau_exc, E: values.E_exc }),
      ConductanceReceptor({ name: "inh", init_g: initial, tau: values.tau_inh, E: values.E_inh }),
    ],
    { method },
  );
  return wired(network, cells, values);
}

const neuron = ({ tau, v_rest, threshold, v_reset, tau_ref }: VogelsAbbottValues) =>
  [
    Leak({ tau, v_rest, init_v: uniform(v_reset, threshold) }),
    CurrentInput({ R: 1 }),
    Fire({ threshold, v_reset, strict: true }),
    Refractory({ tau_ref }),
  ] as const;

type Network = ReturnType<typeof createNetwork>;

function wired(
  network: Network,
  cells: Network["populations"][number],
  values: VogelsAbbottValues,
): VogelsAbbottNetwork {
  const { n } = cells;
  const excitatory = Math.round(0.8 * n);
  const connect = fixedProbability(Math.min(1, 80 / n));
  const exc = network.projection("exc→cells", {
    source: cells.slice(0, excitatory),
    target: cells,
    connect,
    receptor: "exc",
    weight: values.w_exc,
  });
  const inh = network.projection("inh→cells", {
    source: cells.slice(excitatory, n),
    target: cells,
    connect,
    receptor: "inh",
    weight: values.w_inh,
  });
  const v = cells.get("v");
  return {
    ...measured(network, cells),
    start: () => ({ values, v: v.slice(), exc: rowsOf(exc, excitatory), inh: rowsOf(inh, n - excitatory) }),
  };
}
