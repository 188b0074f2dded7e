/**
 * The same neurons as a loop that somebody writes by hand: typed arrays, one pass over the neurons for the update, the
 * threshold, the reset and the list of spikes, and everything that does not change computed once.
 *
 * The form matters to V8 (11.3, 100,000 LIF neurons). A variable that holds either the next voltage or the reset is boxed
 * whenever the function is not inlined, which doubles the time; so the next voltage is stored and then overwritten. Where
 * one population is all that a process ever has, V8 may compile a closure for its very arrays, which halves the time; a
 * second population takes that away. These functions take their arrays as arguments, and cost the same for any population.
 */
import type { AdExValues, LIFValues } from "./networks.ts";

/** A population as a plain loop. */
export interface PlainLoop {
  /** Does so many steps and gives the number of spikes in them. */
  advance(steps: number): number;
  /** Voltages, live. */
  readonly v: Float64Array;
  /** Neurons that spiked in the last step come first. */
  readonly spikes: Int32Array;
}

/** tau dv/dt = v_rest − v + R I by forward Euler with step dt (ms); a spike at v ≥ threshold. */
export function lifLoop(values: LIFValues, dt: number): PlainLoop {
  const n = values.I.length;
  const v = new Float64Array(n).fill(values.v_rest);
  const spikes = new Int32Array(n);
  const constants = { ...values, rate: dt / values.tau };
  return {
    v,
    spikes,
    advance(steps) {
      let total = 0;
      for (let k = 0; k < steps; k++) total += lifStep(v, spikes, constants);
      return total;
    },
  };
}

function lifStep(v: Float64Array, spikes: Int32Array, constants: LIFValues & { readonly rate: number }): number {
  const { I, R, v_rest, threshold, v_reset, rate } = constants;
  let count = 0;
  for (let i = 0; i < v.length; i++) {
    const old = v[i]!;
    const next = old + (v_rest - old + R * I[i]!) * rate;
    v[i] = next;
    if (next >= threshold) {
      v[i] = v_reset;
      spikes[count++] = i;
    }
  }
  return count;
}

/**
 * C dv/dt = gL (E_L − v + delta_T e^((v − v_T) / delta_T)) + I − w, tau_w dw/dt = a (v − E_L) − w by forward Euler with
 * step dt (ms); a spike at v ≥ v_spike. Divided by gL, as time constant and resistance.
 */
export function adexLoop(values: AdExValues, dt: number): PlainLoop {
  const n = values.I.length;
  const v = new Float64Array(n).fill(values.E_L);
  const w = new Float64Array(n);
  const spikes = new Int32Array(n);
  const constants = {
    ...values,
    R: 1 / values.gL,
    rate: dt / (values.C / values.gL),
    rateW: dt / values.tau_w,
    perDelta: 1 / values.delta_T,
  };
  return {
    v,
    spikes,
    advance(steps) {
      let total = 0;
      for (let k = 0; k < steps; k++) total += adexStep(v, w, spikes, constants);
      return total;
    },
  };
}

function adexStep(
  v: Float64Array,
  w: Float64Array,
  spikes: Int32Array,
  constants: AdExValues & Readonly<Record<"R" | "rate" | "rateW" | "perDelta", number>>,
): number {
  const { I, E_L, v_T, delta_T, a, b, v_r, v_spike, R, rate, rateW, perDelta } = constants;
  let count = 0;
  for (let i = 0; i < v.length; i++) {
    const old = v[i]!;
    const oldW = w[i]!;
    const next = old + (E_L - old + R * I[i]! + delta_T * Math.exp((old - v_T) * perDelta) - R * oldW) * rate;
    const nextW = oldW + (a * (old - E_L) - oldW) * rateW;
    v[i] = next;
    w[i] = nextW;
    if (next >= v_spike) {
      v[i] = v_r;
      w[i] = nextW + b;
      spikes[count++] = i;
    }
  }
  return count;
}
