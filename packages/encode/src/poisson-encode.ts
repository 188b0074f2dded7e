import { checkOptions, checkSeed, refusal } from "@neuroweave/equations";
import { checkStepSize, hostStream, stepsIn } from "@neuroweave/model";
import type { PortableMath } from "@neuroweave/model";
import type { EncodedSpikes } from "./encoded-spikes.ts";
import { ratesOf } from "./rates.ts";
import type { RateOptions } from "./rates.ts";

/** Rates, duration and draws of Poisson trains. */
export interface PoissonEncodeOptions extends RateOptions {
  /** Length of the spike trains in ms, a whole number of steps. */
  readonly duration: number;
  /** Time step in ms; spikes lie on k · dt, k = 0, 1, … */
  readonly dt: number;
  /** What spikes are drawn from. */
  readonly seed: number | string;
  /** Name of the draws: under one seed, each name has draws of its own (the index of a sample, for instance). */
  readonly stream?: string;
  /** Functions to compute with. `Math` by default, whose last bit may differ between engines. */
  readonly math?: Pick<PortableMath, "exp">;
}

/**
 * Rate coding: value x in [0, 1] of neuron k becomes a Poisson train of the rate that `ratesOf` gives. Each step holds a
 * spike with probability 1 − e^(−rate·dt), independently of all others: that a Poisson process has an event in it, so
 * at most one. One number is drawn for each step and value, so a value changes the spikes of its own neuron only.
 *
 * Throws what `ratesOf` throws, `invalid-dt`, `off-grid` and `negative-duration` for times, and `invalid-value` for a
 * seed that is none.
 *
 * Source: Heeger 2000, Poisson model of spike generation.
 */
export function poissonEncode(values: ArrayLike<number>, options: PoissonEncodeOptions): EncodedSpikes {
  const call = "poissonEncode";
  checkOptions(call, options, ["minRate", "maxRate", "duration", "dt", "seed", "stream", "math"]);
  const { minRate = 0, maxRate, math = Math, stream = "" } = options;
  const dt = checkStepSize(options.dt);
  const steps = stepsIn(options.duration, dt, `${call}: the duration`);
  const seed = checkSeed(`${call}: seed`, options.seed);
  if (typeof stream !== "string")
    throw refusal("invalid-value", `${call}: stream is ${String(stream)}`, "Give a text.");
  const chances = ratesOf(values, { minRate, maxRate }, call).map((rate) => 1 - math.exp((-rate * dt) / 1000));
  const draw = hostStream(seed, call, stream);
  const times: number[] = [];
  const ids: number[] = [];
  for (let step = 0; step < steps; step++)
    for (let id = 0; id < chances.length; id++)
      if (draw() < chances[id]!) {
        times.push(step * dt);
        ids.push(id);
      }
  return { times: Float64Array.from(times), ids: Uint32Array.from(ids) };
}
