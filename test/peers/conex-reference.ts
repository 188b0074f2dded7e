/** CoNeX's synapses in plain loops, step by step as its behaviors are listed: the naive twin of its dialects. */

export type Matrix = readonly (readonly number[])[];
export type Bound = "no_bound" | "hard_bound" | "soft_bound";

export interface ConexCase {
  readonly dt: number;
  readonly coef: number;
  readonly inh: boolean;
  readonly rule: "stdp" | "rstdp" | "istdp" | null;
  readonly a_plus: number;
  readonly a_minus: number;
  readonly positive_bound: Bound;
  readonly negative_bound: Bound;
  readonly w_min: number;
  readonly w_max: number;
  readonly tau_s: number;
  readonly tau_post: number;
  readonly scale: number;
  readonly src_delay: readonly number[];
  readonly dst_delay: readonly number[];
  readonly norm: number | null;
  readonly clip: readonly [number, number] | null;
  readonly tau_c: number;
  readonly tau_d: number;
  readonly lr: number;
  readonly rho: number;
  readonly alpha: number | null;
  /** By iteration, the first at index 0. */
  readonly payoff: readonly number[];
  readonly pre_spikes: Matrix;
  readonly drive: number;
}

/** R, tau and voltages of the target. */
export interface Cell {
  readonly R: number;
  readonly tau: number;
  readonly threshold: number;
  readonly v_reset: number;
  readonly v_rest: number;
}

/** Who is connected to whom, and which weight each synapse has: synapses may share one, which takes the mean of `positions`. */
export interface Wiring {
  readonly sources: number;
  readonly targets: number;
  readonly synapses: readonly { readonly i: number; readonly j: number; readonly weight: number }[];
  readonly positions: number;
}

export interface ConexResult {
  /** By iteration: targets that spiked, counted from 0. */
  readonly spikes: readonly (readonly number[])[];
  readonly v: Matrix;
  readonly W: readonly number[];
  readonly pre_trace: readonly number[];
  readonly post_trace: readonly number[];
  readonly dopamine: number;
}

const factor: Readonly<Record<Bound, (w: number, low: number, high: number) => number>> = {
  no_bound: () => 1,
  hard_bound: (w, low, high) => (w > low && w < high ? 1 : 0),
  soft_bound: (w, low, high) => (w - low) * (high - w),
};

export function runConex(given: ConexCase, cell: Cell, wiring: Wiring, W0: readonly number[]): ConexResult {
  const { dt, src_delay, dst_delay } = given;
  const { sources, targets, synapses, positions } = wiring;
  const W = [...W0];
  const c = W.map(() => 0);
  const v = Array<number>(targets).fill(cell.v_rest);
  const [preTrace, postTrace] = [Array<number>(sources).fill(0), Array<number>(targets).fill(0)];
  const [preHistory, postHistory]: [Set<number>[], Set<number>[]] = [[], []];
  const line = Array.from({ length: Math.max(...dst_delay) + 1 }, () => Array<number>(targets).fill(0));
  let pre: boolean[] = Array<boolean>(sources).fill(false);
  let dopamine = 0;
  const result = { spikes: [] as number[][], v: [] as number[][] };
  for (const [index, ids] of given.pre_spikes.entries()) {
    dopamine += -dopamine / given.tau_d + given.payoff[index]!;
    const current = Array<number>(targets).fill(0);
    for (const { i, j, weight } of synapses) if (pre[i]) current[j]! += W[weight]!;
    line.shift();
    line.push(Array<number>(targets).fill(0));
    current.forEach((sum, j) => (line[dst_delay[j]!]![j]! += given.coef * (given.inh ? -1 : 1) * sum));
    const spiked: number[] = [];
    for (let j = 0; j < targets; j++) {
      v[j]! += ((cell.v_rest - v[j]! + cell.R * (line[0]![j]! + given.drive)) * dt) / cell.tau;
      if (v[j]! < cell.threshold) continue;
      spiked.push(j);
      v[j] = cell.v_reset;
    }
    result.spikes.push(spiked);
    result.v.push([...v]);
    preHistory.unshift(new Set(ids));
    postHistory.unshift(new Set(spiked));
    pre = src_delay.map((delay, i) => preHistory[delay]?.has(i) ?? false);
    const post = dst_delay.map((delay, j) => postHistory[delay]?.has(j) ?? false);
    preTrace.forEach((_, i) => {
      preTrace[i]! += pre[i] ? given.scale : 0;
      preTrace[i]! -= (preTrace[i]! / given.tau_s) * dt;
    });
    postTrace.forEach((_, j) => {
      postTrace[j]! += post[j] ? given.scale : 0;
      postTrace[j]! -= (postTrace[j]! / given.tau_post) * dt;
    });
    const dW = W.map(() => 0);
    for (const { i, j, weight } of synapses) {
      const w = W[weight]!;
      if (given.rule === "istdp") {
        const alpha = given.alpha ?? (2 * given.rho * given.tau_s) / 1000;
        dW[weight]! += given.lr * ((pre[i] ? (alpha - postTrace[j]!) * (given.inh ? -1 : 1) : 0) + (post[j] ? preTrace[i]! : 0));
      } else if (given.rule !== null) {
        const up = post[j] ? preTrace[i]! * given.a_plus * factor[given.positive_bound](w, given.w_min, given.w_max) : 0;
        const down = pre[i] ? postTrace[j]! * given.a_minus * factor[given.negative_bound](w, given.w_min, given.w_max) : 0;
        dW[weight]! += (up - down) / positions;
      }
    }
    W.forEach((_, place) => {
      if (given.rule === "rstdp") {
        c[place]! += -c[place]! / given.tau_c + dW[place]!;
        W[place]! += c[place]! * dopamine;
      } else W[place]! += dW[place]!;
    });
    if (given.norm !== null) {
      const sums = Array<number>(targets).fill(0);
      for (const { j, weight } of synapses) sums[j]! += W[weight]!;
      for (const { j, weight } of synapses) W[weight]! *= given.norm / (sums[j] === 0 ? 1 : sums[j]!);
    }
    const { clip } = given;
    if (clip) W.forEach((w, place) => (W[place] = Math.min(Math.max(w, clip[0]), clip[1])));
  }
  return { ...result, W, pre_trace: preTrace, post_trace: postTrace, dopamine };
} // prettier-ignore
