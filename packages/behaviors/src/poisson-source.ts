import { defineBehavior, exponential, NeuroweaveError } from "@neuroweave/model";

/** Expected events until the next spike. */
const waiting = { init: exponential(1), unit: "1", doc: "expected events until the next spike" } as const;

/** The expected events of a step at a rate in Hz. */
const waitingFor = (rate: string): string => `wait += -(${rate}) * dt / 1000`;

/**
 * Neurons that spike at random, independently of each other and of the past. Each waits for an exponential number of expected
 * events; when the events that were to be expected since its last spike exceed it, it spikes and waits anew. So a step of
 * length dt holds a spike with the probability 1 − e^(−rate·dt) that a Poisson process has an event in it: at most one, and
 * the rate of spikes lies below `rate` by a fraction of rate·dt/2 (0.05 % at 10 Hz and 0.1 ms). A random number is drawn for
 * each spike, not for each step. `rate` may be set at any time, for all neurons or for each.
 */
export const PoissonSource = defineBehavior({
  name: "poissonSource",
  doc: "Independent Poisson spikes of a given rate, at most one per step.",
  source: "Heeger 2000, Poisson model of spike generation; time rescaling: Brown et al. 2002, Neural Comput. 14:325",
  scope: "instance",
  parameters: { rate: { default: 10, unit: "Hz", min: 0, doc: "expected events per second" } },
  state: { wait: waiting },
  equations: waitingFor("rate"),
  spike: "wait < 0",
  onSpike: "wait = -log(uniform(0, 1))",
});

/**
 * The same with a rate that changes in time: `rate` is an expression in Hz of the time `t`, which has the unit `ms`, the index
 * `i` and numbers, such as `"10 + 5 * sin(2 * pi * t / (1000 * ms))"`, taken at the beginning of each step. Where it is
 * negative there are no events.
 */
export const InhomogeneousPoissonSource = defineBehavior({
  name: "inhomogeneousPoissonSource",
  doc: "Independent Poisson spikes of a rate that changes in time.",
  source: "Time rescaling: Brown et al. 2002, Neural Comput. 14:325",
  scope: "instance",
  parameters: { ms: { default: 1, unit: "ms", min: 1, max: 1, doc: "one millisecond, for expressions of t" } },
  state: { wait: waiting },
  options: { rate: "10" as string },
  build({ rate }) {
    if (typeof rate !== "string")
      throw new NeuroweaveError("invalid-value", `the rate is of type ${typeof rate}`, {
        remedy:
          'Give an expression as text, such as "10 + 5 * sin(2 * pi * t / (1000 * ms))"; for a number use PoissonSource.',
      });
    return {
      equations: `wait += -max(${rate}, 0) * (dt / ms) / 1000`,
      spike: "wait < 0",
      onSpike: "wait = -log(uniform(0, 1))",
    };
  },
});

/** The same with rates from a table: rows of one rate, or of one for each neuron, in Hz, each for an interval; holds the last. */
export const TimedPoissonSource = defineBehavior({
  name: "timedPoissonSource",
  doc: "Independent Poisson spikes of rates from a table.",
  source: "Time rescaling: Brown et al. 2002, Neural Comput. 14:325",
  scope: "instance",
  state: { wait: waiting },
  options: {
    /** Rows of one rate, or of one for each neuron, in Hz. */
    rates: [10] as ArrayLike<number> | readonly ArrayLike<number>[],
    /** Length of an interval in ms, a whole number of steps. */
    every: undefined as number | undefined,
  },
  build({ rates, every }) {
    if (rates.length > 1 && every === undefined)
      throw new NeuroweaveError("invalid-value", "rows of rates need an interval", {
        remedy: "Give `every`, the time that a row is valid, in ms.",
      });
    const flat = Array.from(rates as ArrayLike<number | ArrayLike<number>>).flatMap((row) =>
      typeof row === "number" ? [row] : Array.from(row),
    );
    const bad = flat.find((rate) => !(rate >= 0 && rate < Infinity));
    if (bad !== undefined)
      throw new NeuroweaveError("out-of-range", `a rate is ${bad} Hz`, { remedy: "Give finite rates ≥ 0 Hz." });
    return {
      tables: { rates: { values: rates, every: every ?? 1 } },
      equations: waitingFor("rates"),
      spike: "wait < 0",
      onSpike: "wait = -log(uniform(0, 1))",
    };
  },
});
