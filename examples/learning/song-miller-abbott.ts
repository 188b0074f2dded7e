/**
 * Synapses that compete for the spikes of one neuron: pair-based STDP, with a little more depression than potentiation, makes
 * weights bimodal and holds the rate.
 *
 *     npx tsx examples/learning/song-miller-abbott.ts [--seed 1] [--size full]
 */
import { lines, type ReportFigure } from "@neuroweave/plot";
import {
  allToAll,
  ConductanceReceptor,
  createNetwork,
  LIF,
  PairSTDP,
  PoissonSource,
  uniform,
  WeightBounds,
} from "neuroweave";
import { runIfStarted, type LearningExperiment, type LearningOptions, type Verdict } from "./learning-experiment.ts";
import { countsIn, outline } from "./weight-histogram.ts";

const inputs = 1000;
/** Largest conductance, in units of that of the leak. */
const g_max = 0.01;
/** Weights are looked at so often, in ms. */
const interval = 2000;

interface Course {
  /** Times in s, and the mean of w / g_max then. */
  readonly times: number[];
  readonly mean: number[];
  /** Rate of the neuron in Hz in the interval before each time. */
  readonly rate: number[];
  /** w / g_max at the end. */
  readonly weights: Float64Array;
}

/** 1000 Poisson inputs of 15 Hz drive one neuron; `ratio` is A_minus / A_plus. */
async function course(
  seed: number,
  ratio: number,
  duration: number,
  tell: (fraction: number) => void,
): Promise<Course> {
  const net = createNetwork({ dt: 0.1, seed });
  const source = net.population("inputs", inputs, PoissonSource({ rate: 15 }));
  const neuron = net.population("neuron", 1, [
    LIF({ tau: 10, v_rest: -74, threshold: -54, v_reset: -60, strict: true }),
    ConductanceReceptor({ name: "g_exc", tau: 5, E: 0 }),
  ]);
  const synapses = net.projection("plastic", {
    source,
    target: neuron,
    connect: allToAll(),
    receptor: "g_exc",
    weight: uniform(0, g_max),
    behaviors: [
      // Where both ends spike in one step, the published programs let the presynaptic spike come first.
      PairSTDP({ A_plus: 0.01 * g_max, A_minus: 0.01 * g_max * ratio, tie: "potentiation" }),
      WeightBounds({ min: 0, max: g_max }),
    ],
  });
  const relative = (): Float64Array => synapses.get("w").map((w) => w / g_max);
  const [times, mean, rate]: number[][] = [[0], [average(relative())], [0]];
  let before = 0;
  for (let t = interval; t <= duration; t += interval) {
    await net.run(interval);
    times!.push(t / 1000);
    mean!.push(average(relative()));
    const spikes = neuron.spikes().ids.length;
    rate!.push((1000 * (spikes - before)) / interval);
    before = spikes;
    tell(t / duration);
  }
  return { times: times!, mean: mean!, rate: rate!, weights: relative() };
}

const average = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
const share = (values: Float64Array, holds: (x: number) => boolean): number =>
  values.filter(holds).length / values.length;

/** What another simulator found with these parameters, after so many ms. */
const sizes = {
  test: { duration: 100_000, mean: 0.47, low: 0.25, high: 0.2, slowest: 20 },
  full: { duration: 1_000_000, mean: 0.466, low: 0.3, high: 0.23, slowest: 12 },
} as const;

function verdictsOf({ weights, rate }: Course, control: Course, { mean, low, high, slowest }: (typeof sizes)["test" | "full"]): Verdict[] {
  const found = {
    mean: average(weights),
    low: share(weights, (x) => x < 0.1),
    high: share(weights, (x) => x > 0.9),
    rate: average(rate.slice(1)),
  };
  const near = (what: string, value: number, target: number, tolerance: number): Verdict => ({
    what,
    measured: value.toFixed(3),
    target: `${target} ± ${tolerance} (Brian 2, its STDP example)`,
    holds: Math.abs(value - target) <= tolerance,
  });
  const tenths = countsIn(weights, 10);
  const middle = Math.max(...tenths.slice(3, 7));
  return [
    near("mean of w / g_max", found.mean, mean, 0.02),
    near("share of weights below 0.1 g_max", found.low, low, 0.04),
    near("share of weights above 0.9 g_max", found.high, high, 0.04),
    {
      what: "weights are bimodal",
      measured: `${tenths[0]} and ${tenths[9]} in the outer tenths, at most ${middle} in a middle one`,
      target: "more than 1.5 times as many in both outer tenths (Song, Miller & Abbott 2000, fig. 2)",
      holds: Math.min(tenths[0]!, tenths[9]!) > 1.5 * middle,
    },
    {
      what: "the neuron keeps a moderate rate",
      measured: `${found.rate.toFixed(1)} Hz on average`,
      target: `${slowest} to 32 Hz (27 Hz in Brian 2 over the first 100 s, and falling)`,
      holds: found.rate >= slowest && found.rate <= 32,
    },
    {
      what: "control: with less depression than potentiation all weights grow to the bound",
      measured: `mean ${average(control.weights).toFixed(3)}, rate ${control.rate.at(-1)!.toFixed(0)} Hz`,
      target: "mean above 0.9: no competition (Song, Miller & Abbott 2000: A− must exceed A+)",
      holds: average(control.weights) > 0.9,
    },
  ];
} // prettier-ignore

function figuresOf(learnt: Course, control: Course): ReportFigure[] {
  const histogram = ({ weights }: Course) => outline(countsIn(weights, 20));
  return [
    {
      svg: lines({
        title: "Weights at the end",
        series: [
          { label: "A− = 1.05 A+", ...histogram(learnt) },
          { label: "control, A− = 0.95 A+", ...histogram(control) },
        ],
        xLabel: "w / g_max",
        yLabel: "Synapses",
        xDomain: [0, 1],
        yDomain: [0, 300],
      }),
      caption: "Histogram of the weights. Depression that is stronger makes them compete, and two groups are left; the control leaves the frame at the right, where all of its weights are.",
    },
    {
      svg: lines({
        title: "Mean weight",
        series: [
          { label: "A− = 1.05 A+", times: learnt.times, values: learnt.mean },
          { label: "control, A− = 0.95 A+", times: control.times, values: control.mean },
        ],
        xLabel: "Time (s)",
        yLabel: "Mean of w / g_max",
        yDomain: [0, 1.02],
      }),
      caption: "The mean settles where potentiation and depression balance; in the control it goes to the bound.",
    },
    {
      svg: lines({
        title: "Rate of the neuron",
        series: [{ label: "rate", times: learnt.times.slice(1), values: learnt.rate.slice(1) }],
        xLabel: "Time (s)",
      }),
      caption: `Rate in intervals of ${interval / 1000} s, with A− = 1.05 A+.`,
    },
  ];
} // prettier-ignore

async function run({ seed, size, onProgress = () => {} }: LearningOptions) {
  const { duration } = sizes[size];
  const learnt = await course(seed, 1.05, duration, (fraction) => onProgress(0.7 * fraction));
  const control = await course(seed, 0.95, 40_000, (fraction) => onProgress(0.7 + 0.3 * fraction));
  return {
    verdicts: verdictsOf(learnt, control, sizes[size]),
    page: {
      heading: experiment.title,
      paragraphs: [
        `${inputs} excitatory Poisson inputs of 15 Hz drive one leaky integrate-and-fire neuron for ${duration / 1000} s. Every synapse learns by the times of its own pairs of spikes, and none knows of the others; they compete by the times of the neuron's spikes.`,
      ],
      figures: figuresOf(learnt, control),
    },
  };
} // prettier-ignore

export const experiment: LearningExperiment = {
  name: "song-miller-abbott",
  title: "Competition of synapses under spike-timing dependent plasticity",
  source: "Song, Miller & Abbott 2000, Nat. Neurosci. 3:919, with the parameters of Brian 2's STDP example",
  run,
};

await runIfStarted(import.meta.url, experiment);
