/** The populations that are measured, through the public face. */
import { AdEx, createNetwork, LIF } from "neuroweave";

/** Step size in ms. */
export const dt = 0.1;

export type Precision = "f64" | "f32";

/** Where a network runs; what is left out is as `createNetwork` has it. */
export type Place = Pick<Parameters<typeof createNetwork>[0], "device" | "threads">;

/** Values of a LIF population; `I` has one entry for each neuron. */
export interface LIFValues extends Readonly<Record<"R" | "tau" | "v_rest" | "threshold" | "v_reset", number>> {
  readonly I: Float64Array;
}

type AdExConstant = "C" | "gL" | "E_L" | "v_T" | "delta_T" | "tau_w" | "a" | "b" | "v_r" | "v_spike";

/** Values of an AdEx population; `I` has one entry for each neuron. */
export interface AdExValues extends Readonly<Record<AdExConstant, number>> {
  readonly I: Float64Array;
}

/** Currents from `first` up to nearly `2 first`, so that neurons spread out over all phases. */
const rising = (n: number, first: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => first + (first * i) / n);

/** Every neuron fires: their steady voltages lie between threshold and 20 mV above it. */
export const lifValues = (n: number): LIFValues => ({
  R: 5,
  tau: 10,
  v_rest: -65,
  threshold: -45,
  v_reset: -70,
  I: rising(n, 4),
});

/** Brette & Gerstner 2005 with currents from 800 to 1600 pA: 70.5 Hz in the first 100 ms. */
export const adexValues = (n: number): AdExValues => ({
  C: 281,
  gL: 30,
  E_L: -70.6,
  v_T: -50.4,
  delta_T: 2,
  tau_w: 144,
  a: 4,
  b: 80.5,
  v_r: -70.6,
  v_spike: -40.4,
  I: rising(n, 800),
});

/** A population of one network, with its spikes recorded as they are by default. */
export interface Measured {
  /** Does so many steps. */
  advance(steps: number): Promise<void>;
  /** Spikes since the start or the last `forget`. */
  spikeCount(): number;
  /** Those spikes in order of steps, then neurons. */
  spikes(): { readonly steps: Float64Array; readonly ids: Uint32Array };
  forget(): void;
  /** Back to the beginning. */
  reset(): void;
  /** The emitted program. */
  program(): string;
}

/** A network of one LIF population. */
export function lifNetwork(values: LIFValues, precision: Precision, place: Place = {}): Measured {
  const network = createNetwork({ dt, seed: 7, precision, ...place });
  return measured(network, network.population("cells", values.I.length, LIF(values), { method: "euler" }));
}

/** A network of one AdEx population. */
export function adexNetwork(values: AdExValues, precision: Precision, place: Place = {}): Measured {
  const network = createNetwork({ dt, seed: 7, precision, ...place });
  return measured(network, network.population("cells", values.I.length, AdEx(values), { method: "euler" }));
}

type Network = ReturnType<typeof createNetwork>;

/** What is measured of a network with one population. */
export function measured(
  network: Network,
  cells: { spikes(): { readonly steps: Float64Array; readonly ids: Uint32Array }; clearRecording(): void },
): Measured {
  return {
    advance: (steps) => network.run(steps * network.dt),
    spikes: () => cells.spikes(),
    spikeCount: () => cells.spikes().ids.length,
    forget: () => cells.clearRecording(),
    reset: () => network.reset(),
    program: () => network.explain({ code: true }).code ?? "",
  };
}
