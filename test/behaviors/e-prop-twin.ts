/** The loss of a layer of leaky neurons under a linear read-out, as a function of weights near those that it has run with. */

export interface Layer {
  readonly dt: number;
  readonly steps: number;
  readonly inputs: number;
  readonly cells: number;
  /** Steps in which each input spikes. */
  readonly spikes: readonly (readonly number[])[];
  readonly response: "delta" | "current";
  /** What a spike adds to the threshold; 0 for one that is fixed. */
  readonly beta: number;
  /** Weights of the read-out, and what it should give in a step. */
  readonly feedback: readonly number[];
  readonly wanted: (step: number) => number;
}

export const membrane = { tau: 10, v_rest: -65, threshold: -50, v_reset: -70, R: 2 } as const;
export const times = { tau_s: 4, tau_out: 20, tau_a: 60 } as const;
export const triangle = { width: 15, gamma: 0.3 } as const;

/** What one cell did in each step: whether it spiked, how far its voltage was from the threshold before, and what a reset took. */
interface Course {
  readonly spiked: number[];
  readonly distance: number[];
  readonly taken: number[];
}

/** Spikes of one ms as a smooth function of the distance from the threshold: what the triangle is the derivative of. */
const smooth = (distance: number): number => {
  const x = Math.min(1, Math.max(-1, distance / triangle.width));
  return triangle.gamma * (x < 0 ? (1 + x) ** 2 / 2 : 1 - (1 - x) ** 2 / 2);
};

/**
 * Runs the layer. With `course`, spikes and resets are those of that course, and what changed weights would have added to spiking is a
 * smooth function of the voltage: so its derivative by a weight is what back-propagation through time gives with that pseudo-derivative,
 * with resets taken as constants.
 */
export function run(layer: Layer, weights: readonly number[], courses?: readonly Course[]) {
  const { dt, steps, inputs, cells, response, beta } = layer;
  const [a, s, out, rho] = [membrane.tau, times.tau_s, times.tau_out, times.tau_a].map((each) => Math.exp(-dt / each));
  const kernel = (membrane.R * times.tau_s * (s! - a!)) / (times.tau_s - membrane.tau);
  const own: Course[] = Array.from({ length: cells }, () => ({ spiked: [], distance: [], taken: [] }));
  const v = Array.from({ length: cells }, () => 0);
  const current = Array.from({ length: cells }, () => 0);
  const adapted = Array.from({ length: cells }, () => 0);
  let y = 0;
  let loss = 0;
  const outputs: number[] = [];
  for (let k = 0; k < steps; k++) {
    y *= out!;
    for (let j = 0; j < cells; j++) {
      let arriving = 0;
      for (let i = 0; i < inputs; i++) if (layer.spikes[i]!.includes(k - 1)) arriving += weights[i * cells + j]!;
      if (response === "delta") v[j] = (v[j]! + arriving) * a!;
      else {
        current[j]! += arriving;
        v[j] = v[j]! * a! + current[j]! * kernel;
        current[j]! *= s!;
      }
      adapted[j]! *= rho!;
      const distance = membrane.v_rest + v[j]! - membrane.threshold - beta * adapted[j]!;
      const before = courses?.[j];
      const spiked = before ? before.spiked[k]! : distance >= 0 ? 1 : 0;
      const taken = before ? before.taken[k]! : spiked * (membrane.v_rest + v[j]! - membrane.v_reset);
      const more = before ? dt * (smooth(distance) - smooth(before.distance[k]!)) : 0;
      own[j]!.spiked.push(spiked);
      own[j]!.distance.push(distance);
      own[j]!.taken.push(taken);
      v[j]! -= taken;
      adapted[j]! += spiked + more;
      y += layer.feedback[j]! * (spiked + more);
    }
    outputs.push(y);
    loss += 0.5 * (y - layer.wanted(k)) ** 2 * dt;
  }
  return { courses: own, outputs, loss };
}

/** The derivative of the loss by each weight, by central differences. */
export function gradient(layer: Layer, weights: readonly number[]): number[] {
  const { courses } = run(layer, weights);
  const step = 1e-4;
  const lossAt = (index: number, by: number): number =>
    run(layer, weights.map((w, other) => (other === index ? w + by : w)), courses).loss; // prettier-ignore
  return weights.map((_, index) => (lossAt(index, step) - lossAt(index, -step)) / (2 * step));
}
