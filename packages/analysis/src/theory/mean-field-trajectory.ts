import { checkNumber, checkOptions, checkWhole } from "@neuroweave/equations";
import { checkMeanField } from "./quadratic-mean-field.ts";
import type { MeanFieldParameters } from "./quadratic-mean-field.ts";

/** Where the mean field begins, and how it is driven. */
export interface MeanFieldTrajectoryOptions {
  /** State at t = 0: r in spikes per ms, 0 or more, and v. */
  readonly r: number;
  readonly v: number;
  /** Step in ms, and how many there are. */
  readonly dt: number;
  readonly steps: number;
  /** I(t) in place of the constant `input`; t in ms. */
  readonly input?: (t: number) => number;
}

/** r and v over time; entry k is at k · dt. */
export interface MeanFieldTrajectory {
  readonly times: Float64Array;
  /** Spikes per neuron and ms. */
  readonly r: Float64Array;
  readonly v: Float64Array;
}

const mostSteps = 2 ** 27;

/**
 * The trajectory of the mean field from a state, by the classical Runge–Kutta method of order 4 with step `dt`. An
 * input that jumps is met exactly where the jump is on the grid and belongs to the step after it, except for the last
 * stage of the step before, whose error is of the order of dt.
 *
 * Throws `out-of-range`, `not-finite`, also where the input is not finite or the trajectory leaves the finite numbers,
 * and `unknown-name` for an unknown option.
 */
export function meanFieldTrajectory(
  field: MeanFieldParameters,
  options: MeanFieldTrajectoryOptions,
): MeanFieldTrajectory {
  checkOptions("meanFieldTrajectory", options, ["r", "v", "dt", "steps", "input"]);
  const { eta, delta, J, tau, input } = checkMeanField("meanFieldTrajectory", field);
  const dt = checkNumber("meanFieldTrajectory: dt", options.dt, { above: 0 });
  const steps = checkWhole("meanFieldTrajectory: steps", options.steps, 0, mostSteps);
  const inputAt = options.input ?? (() => input);
  let r = checkNumber("meanFieldTrajectory: r", options.r, { min: 0 });
  let v = checkNumber("meanFieldTrajectory: v", options.v);

  const slopes = (t: number, r: number, v: number): readonly [number, number] => [
    (delta / (Math.PI * tau) + 2 * r * v) / tau,
    (v * v + eta + inputAt(t) + J * tau * r - (Math.PI * tau * r) ** 2) / tau,
  ];
  const times = Float64Array.from({ length: steps + 1 }, (_, k) => k * dt);
  const trajectory = { times, r: new Float64Array(steps + 1), v: new Float64Array(steps + 1) };
  for (let k = 0; ; k++) {
    trajectory.r[k] = checkNumber(`meanFieldTrajectory: r after ${k} steps`, r);
    trajectory.v[k] = checkNumber(`meanFieldTrajectory: v after ${k} steps`, v);
    if (k === steps) return trajectory;
    const t = times[k]!;
    const [r1, v1] = slopes(t, r, v);
    const [r2, v2] = slopes(t + dt / 2, r + (dt / 2) * r1, v + (dt / 2) * v1);
    const [r3, v3] = slopes(t + dt / 2, r + (dt / 2) * r2, v + (dt / 2) * v2);
    const [r4, v4] = slopes(t + dt, r + dt * r3, v + dt * v3);
    r += (dt / 6) * (r1 + 2 * r2 + 2 * r3 + r4);
    v += (dt / 6) * (v1 + 2 * v2 + 2 * v3 + v4);
  }
}
