/** Brunel's network (2000, J. Comput. Neurosci. 8:183, model A) as a loop that somebody writes by hand. */
import type { PlainLoop } from "../baselines.ts";
import type { Brunel } from "../network-models/brunel.ts";
import { drawCounts, poissonTable, wordState } from "./random.ts";
import { countBelow, deliver } from "./rows.ts";

interface Constants {
  readonly keep: number;
  readonly rest: number;
  readonly threshold: number;
  readonly v_reset: number;
  readonly silent: number;
  readonly weight: number;
}

/**
 * tau dv/dt = v_rest − v, solved exactly over dt (ms); spikes of the network and a Poisson number of external ones move v
 * before, unless it stands still for tau_ref after a spike at v > threshold. Spikes wait for their delay in a ring of lists.
 */
export function brunelLoop({ values, v: start, exc, inh }: Brunel, dt: number): PlainLoop {
  const v = start.slice();
  const n = v.length;
  const left = new Int32Array(n);
  const arrived = new Float64Array(n);
  const counts = new Uint8Array(n);
  const delay = Math.max(1, Math.round(values.delay / dt));
  const lists = Array.from({ length: delay }, () => new Int32Array(n));
  const lengths = new Int32Array(delay);
  const table = poissonTable((values.external * dt) / 1000);
  const state = wordState(11);
  const keep = Math.exp(-dt / values.tau);
  const constants = {
    ...values,
    keep,
    rest: values.v_rest * (1 - keep),
    silent: Math.round(values.tau_ref / dt),
    weight: values.w_external,
  };
  const first = exc.pointers.length - 1;
  const loop = { v, spikes: lists[0]!, advance };
  let now = 0;
  function advance(steps: number): number {
    let total = 0;
    for (let k = 0; k < steps; k++) {
      const due = now + 1 === delay ? 0 : now + 1;
      const waiting = lists[due]!;
      const split = countBelow(first, waiting, lengths[due]!);
      deliver(waiting, 0, split, 0, exc, arrived);
      deliver(waiting, split, lengths[due]!, first, inh, arrived);
      if (values.external > 0) drawCounts(counts, table, state);
      now = due;
      lengths[now] = brunelStep(v, left, arrived, counts, waiting, constants);
      total += lengths[now]!;
    }
    loop.spikes = lists[now]!;
    return total;
  }
  return loop;
}

function brunelStep(
  v: Float64Array,
  left: Int32Array,
  arrived: Float64Array,
  counts: Uint8Array,
  spikes: Int32Array,
  constants: Constants,
): number {
  const { keep, rest, threshold, v_reset, silent, weight } = constants;
  let count = 0;
  for (let i = 0; i < v.length; i++) {
    const arriving = arrived[i]!;
    arrived[i] = 0;
    const waiting = left[i]!;
    if (waiting > 0) {
      left[i] = waiting - 1;
      continue;
    }
    const next = (v[i]! + arriving + weight * counts[i]!) * keep + rest;
    v[i] = next;
    if (next > threshold) {
      v[i] = v_reset;
      left[i] = silent;
      spikes[count++] = i;
    }
  }
  return count;
}
