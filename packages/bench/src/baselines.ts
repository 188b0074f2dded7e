/**
 * The same neurons as a loop that somebody writes by hand: typed arrays, one pass over the neurons for the update, the
 * threshold, the reset and the list of spikes, and everything that does not change computed once.
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
  const { I, R, v_rest, threshold, v_reset } = values;
  const rate = dt / values.tau;
  return {
    v,
    spikes,
    advance(steps) {
      let total = 0;
      for (let k = 0; k < steps; k++) total += lifStep(v, I, spikes, R, rate, v_rest, threshold, v_reset);
      return total;
    },
  };
}

function lifStep(
  v: Float64Array,
  I: Float64Array,
  spikes: Int32Array,
  R: number,
  rate: number,
  v_rest: number,
  threshold: number,
  v_reset: number,
): number {
  let count = 0;
  for (let i = 0; i < v.length; i++) {
    const old = v[i]!;
    let next = old + (v_rest - old + R * I[i]!) * rate;
    if (next >= threshold) {
      next = v_reset;
      spikes[count++] = i;
    }
    v[i] = next;
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
    let next = old + (E_L - old + R * I[i]! + delta_T * Math.exp((old - v_T) * perDelta) - R * oldW) * rate;
    let nextW = oldW + (a * (old - E_L) - oldW) * rateW;
    if (next >= v_spike) {
      next = v_r;
      nextW += b;
      spikes[count++] = i;
    }
    v[i] = next;
    w[i] = nextW;
  }
  return count;
}
