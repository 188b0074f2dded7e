/** COBA (Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 1) as a loop that somebody writes by hand. */
import type { PlainLoop } from "../baselines.ts";
import type { CobaMethod, VogelsAbbott, VogelsAbbottValues } from "../network-models/vogels-abbott.ts";
import { countBelow, deliver } from "./rows.ts";

interface Constants {
  readonly rate: number;
  readonly v_rest: number;
  readonly E_exc: number;
  readonly E_inh: number;
  readonly keepExc: number;
  readonly keepInh: number;
  readonly threshold: number;
  readonly v_reset: number;
  readonly silent: number;
}

/**
 * tau dv/dt = v_rest − v + g (E_exc − v) + h (E_inh − v) by forward or exponential Euler over dt (ms), conductances (in
 * units of the leak) held over the step and decaying exactly; a spike at v > threshold, then v stands still for tau_ref.
 */
export function cobaLoop({ values, v: start, exc, inh }: VogelsAbbott, method: CobaMethod, dt: number): PlainLoop {
  const v = start.slice();
  const g = new Float64Array(v.length).fill(values.initial);
  const h = new Float64Array(v.length).fill(values.initial);
  const left = new Int32Array(v.length);
  const spikes = new Int32Array(v.length);
  const constants = constantsOf(values, dt);
  const first = exc.pointers.length - 1;
  const step = method === "euler" ? eulerStep : exponentialStep;
  return {
    v,
    spikes,
    advance(steps) {
      let total = 0;
      for (let k = 0; k < steps; k++) {
        const count = step(v, g, h, left, spikes, constants);
        const split = countBelow(first, spikes, count);
        deliver(spikes, 0, split, 0, exc, g);
        deliver(spikes, split, count, first, inh, h);
        total += count;
      }
      return total;
    },
  };
}

const constantsOf = (values: VogelsAbbottValues, dt: number): Constants => ({
  ...values,
  rate: dt / values.tau,
  keepExc: Math.exp(-dt / values.tau_exc),
  keepInh: Math.exp(-dt / values.tau_inh),
  silent: Math.round(values.tau_ref / dt),
});

function eulerStep(
  v: Float64Array,
  g: Float64Array,
  h: Float64Array,
  left: Int32Array,
  spikes: Int32Array,
  constants: Constants,
): number {
  const { rate, v_rest, E_exc, E_inh, keepExc, keepInh, threshold, v_reset, silent } = constants;
  let count = 0;
  for (let i = 0; i < v.length; i++) {
    const oldExc = g[i]!;
    const oldInh = h[i]!;
    g[i] = oldExc * keepExc;
    h[i] = oldInh * keepInh;
    const waiting = left[i]!;
    if (waiting > 0) {
      left[i] = waiting - 1;
      continue;
    }
    const old = v[i]!;
    const next = old + (v_rest - old + oldExc * (E_exc - old) + oldInh * (E_inh - old)) * rate;
    v[i] = next;
    if (next > threshold) {
      v[i] = v_reset;
      left[i] = silent;
      spikes[count++] = i;
    }
  }
  return count;
}

/** With G = 1 + g + h the voltage decays to (v_rest + g E_exc + h E_inh) / G with rate G / tau. */
function exponentialStep(
  v: Float64Array,
  g: Float64Array,
  h: Float64Array,
  left: Int32Array,
  spikes: Int32Array,
  constants: Constants,
): number {
  const { rate, v_rest, E_exc, E_inh, keepExc, keepInh, threshold, v_reset, silent } = constants;
  let count = 0;
  for (let i = 0; i < v.length; i++) {
    const oldExc = g[i]!;
    const oldInh = h[i]!;
    g[i] = oldExc * keepExc;
    h[i] = oldInh * keepInh;
    const waiting = left[i]!;
    if (waiting > 0) {
      left[i] = waiting - 1;
      continue;
    }
    const total = 1 + oldExc + oldInh;
    const aim = (v_rest + oldExc * E_exc + oldInh * E_inh) / total;
    const next = aim + (v[i]! - aim) * Math.exp(-total * rate);
    v[i] = next;
    if (next > threshold) {
      v[i] = v_reset;
      left[i] = silent;
      spikes[count++] = i;
    }
  }
  return count;
}
