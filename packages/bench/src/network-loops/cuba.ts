/** CUBA (Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 2) as a loop that somebody writes by hand. */
import type { PlainLoop } from "../baselines.ts";
import type { VogelsAbbott, VogelsAbbottValues } from "../network-models/vogels-abbott.ts";
import { countBelow, deliver } from "./rows.ts";

interface Constants {
  readonly keep: number;
  readonly rest: number;
  readonly perExc: number;
  readonly perInh: number;
  readonly keepExc: number;
  readonly keepInh: number;
  readonly threshold: number;
  readonly v_reset: number;
  readonly silent: number;
}

/**
 * tau dv/dt = v_rest − v + e + h, de/dt = −e / tau_exc, dh/dt = −h / tau_inh, solved exactly over dt (ms); a spike at
 * v > threshold, then v stands still for tau_ref. Spikes of a step move e and h before the next one.
 */
export function cubaLoop({ values, v: start, exc, inh }: VogelsAbbott, dt: number): PlainLoop {
  const v = start.slice();
  const e = new Float64Array(v.length).fill(values.initial);
  const h = new Float64Array(v.length).fill(values.initial);
  /** Steps that are left of the refractory time. */
  const left = new Int32Array(v.length);
  const spikes = new Int32Array(v.length);
  const constants = constantsOf(values, dt);
  const first = exc.pointers.length - 1;
  return {
    v,
    spikes,
    advance(steps) {
      let total = 0;
      for (let k = 0; k < steps; k++) {
        const count = cubaStep(v, e, h, left, spikes, constants);
        const split = countBelow(first, spikes, count);
        deliver(spikes, 0, split, 0, exc, e);
        deliver(spikes, split, count, first, inh, h);
        total += count;
      }
      return total;
    },
  };
}

function constantsOf({ tau, v_rest, tau_exc, tau_inh, tau_ref, ...rest }: VogelsAbbottValues, dt: number): Constants {
  const keep = Math.exp(-dt / tau);
  const keepExc = Math.exp(-dt / tau_exc);
  const keepInh = Math.exp(-dt / tau_inh);
  return {
    ...rest,
    keep,
    rest: v_rest * (1 - keep),
    perExc: (tau_exc / (tau - tau_exc)) * (keep - keepExc),
    perInh: (tau_inh / (tau - tau_inh)) * (keep - keepInh),
    keepExc,
    keepInh,
    silent: Math.round(tau_ref / dt),
  };
}

function cubaStep(
  v: Float64Array,
  e: Float64Array,
  h: Float64Array,
  left: Int32Array,
  spikes: Int32Array,
  constants: Constants,
): number {
  const { keep, rest, perExc, perInh, keepExc, keepInh, threshold, v_reset, silent } = constants;
  let count = 0;
  for (let i = 0; i < v.length; i++) {
    const oldExc = e[i]!;
    const oldInh = h[i]!;
    e[i] = oldExc * keepExc;
    h[i] = oldInh * keepInh;
    const waiting = left[i]!;
    if (waiting > 0) {
      left[i] = waiting - 1;
      continue;
    }
    const next = keep * v[i]! + rest + perExc * oldExc + perInh * oldInh;
    v[i] = next;
    if (next > threshold) {
      v[i] = v_reset;
      left[i] = silent;
      spikes[count++] = i;
    }
  }
  return count;
}
