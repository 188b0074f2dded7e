/** The networks of the benchmarks once more, neuron by neuron and synapse by synapse, with nothing computed ahead. */
import type { Brunel } from "../../packages/bench/src/network-models/brunel.ts";
import type { IzhikevichNeurons } from "../../packages/bench/src/network-models/izhikevich.ts";
import type { VogelsAbbott } from "../../packages/bench/src/network-models/vogels-abbott.ts";
import type { Rows } from "../../packages/bench/src/network-loops/rows.ts";

/** [step, neuron] of every spike, and the voltages at the end. */
export interface Outcome {
  readonly spikes: readonly (readonly [number, number])[];
  readonly v: readonly number[];
}

/** What each of the neurons that spiked adds to every target, synapse by synapse. */
const add = (rows: Rows, source: number, to: number[]): void => {
  rows.targets.subarray(rows.pointers[source], rows.pointers[source + 1]).forEach((t) => (to[t]! += rows.weight));
};

export type Membrane = "exact currents" | "euler" | "exponentialEuler";

/** CUBA and COBA. */
export function naiveVogelsAbbott(start: VogelsAbbott, membrane: Membrane, steps: number, dt: number): Outcome {
  const { values: p, exc, inh } = start;
  const v = [...start.v];
  const e = v.map(() => p.initial);
  const h = v.map(() => p.initial);
  const last = v.map(() => -Infinity);
  const spikes: [number, number][] = [];
  const first = exc.pointers.length - 1;
  const decay = (tau: number): number => Math.exp(-dt / tau);
  const share = (tau: number): number => (tau / (p.tau - tau)) * (decay(p.tau) - decay(tau));
  const advance = (old: number, e: number, h: number): number => {
    if (membrane === "exact currents")
      return p.v_rest + (old - p.v_rest) * decay(p.tau) + e * share(p.tau_exc) + h * share(p.tau_inh);
    if (membrane === "euler") return old + (dt / p.tau) * (p.v_rest - old + e * (p.E_exc - old) + h * (p.E_inh - old));
    const total = 1 + e + h;
    const slope = (p.v_rest - old + e * (p.E_exc - old) + h * (p.E_inh - old)) / p.tau;
    return old + slope * ((1 - Math.exp((-dt * total) / p.tau)) / (total / p.tau));
  };
  for (let k = 0; k < steps; k++) {
    const fired: number[] = [];
    for (const i of v.keys()) {
      const refractory = k - last[i]! <= Math.round(p.tau_ref / dt);
      if (!refractory) v[i] = advance(v[i]!, e[i]!, h[i]!);
      e[i]! *= decay(p.tau_exc);
      h[i]! *= decay(p.tau_inh);
      if (!refractory && v[i]! > p.threshold) fired.push(i);
    }
    for (const i of fired) {
      v[i] = p.v_reset;
      last[i] = k;
      spikes.push([k, i]);
      if (i < first) add(exc, i, e);
      else add(inh, i - first, h);
    }
  }
  return { spikes, v };
}

/** Brunel's network without external spikes. */
export function naiveBrunel({ values: p, v: start, exc, inh }: Brunel, steps: number, dt: number): Outcome {
  const v = [...start];
  const last = v.map(() => -Infinity);
  const spikes: [number, number][] = [];
  const first = exc.pointers.length - 1;
  for (let k = 0; k < steps; k++) {
    const arriving = v.map(() => 0);
    for (const [step, i] of spikes) {
      if (k - step !== Math.round(p.delay / dt)) continue;
      if (i < first) add(exc, i, arriving);
      else add(inh, i - first, arriving);
    }
    for (const i of v.keys()) {
      if (k - last[i]! <= Math.round(p.tau_ref / dt)) continue;
      v[i] = p.v_rest + (v[i]! + arriving[i]! - p.v_rest) * Math.exp(-dt / p.tau);
      if (v[i]! <= p.threshold) continue;
      v[i] = p.v_reset;
      last[i] = k;
      spikes.push([k, i]);
    }
  }
  return { spikes, v };
}

/** Izhikevich's network with constant input. */
export function naiveIzhikevich({ a, b, c, d, sigma, weights }: IzhikevichNeurons, steps: number): Outcome {
  const v = [...a].map(() => -65);
  const u = v.map((each, i) => b[i]! * each);
  let arriving = v.map(() => 0);
  const spikes: [number, number][] = [];
  for (let k = 0; k < steps; k++) {
    const next = v.map(() => 0);
    for (const i of v.keys()) {
      // In the order of the loop: every upstroke is unstable and amplifies rounding.
      const I = arriving[i]! + sigma[i]!;
      for (let half = 0; half < 2; half++) v[i]! += 0.5 * (0.04 * v[i]! * v[i]! + 5 * v[i]! + 140 - u[i]! + I);
      u[i]! += a[i]! * (b[i]! * v[i]! - u[i]!);
      if (v[i]! < 30) continue;
      v[i] = c[i]!;
      u[i]! += d[i]!;
      spikes.push([k, i]);
      for (const t of v.keys()) next[t]! += weights[i * v.length + t]!;
    }
    arriving = next;
  }
  return { spikes, v };
}
