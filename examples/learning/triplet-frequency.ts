/**
 * Pairs of spikes at more and less than 20 Hz: only a rule of triplets changes weights with the frequency as synapses of visual cortex do.
 *
 *     npx tsx examples/learning/triplet-frequency.ts [--size full]
 */
import { lines, type ReportFigure } from "@neuroweave/plot";
import {
  createNetwork,
  defineBehavior,
  oneToOne,
  PairSTDP,
  SpikeTrain,
  TripletSTDP,
  type ProjectionOptions,
} from "neuroweave";
import { runIfStarted, type LearningExperiment, type LearningOptions, type Verdict } from "./learning-experiment.ts";

/** What weights land in; it does nothing, since both spike trains are given. */
const Ear = defineBehavior({ name: "ear", state: { heard: { init: 0 } }, onArrival: "heard = arriving" });

const pairs = 60;
const delta = 10;

interface Trend {
  /** Hz. */
  readonly frequencies: readonly number[];
  /** Relative changes by pairs whose presynaptic spike comes first, and last. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** 60 pairs at each frequency, for a synapse each. */
async function trendOf(
  behaviors: NonNullable<ProjectionOptions["behaviors"]>,
  intervals: readonly number[],
  dt: number,
): Promise<Trend> {
  const net = createNetwork({ dt });
  const longest = Math.max(...intervals);
  const trains = (first: number, second: number) => {
    const times = [first, second].flatMap((start) =>
      intervals.map((interval) => Array.from({ length: pairs }, (_, k) => start + k * interval)),
    );
    return SpikeTrain({ times: times.flat(), ids: times.flatMap((own, id) => own.map(() => id)) });
  };
  const n = 2 * intervals.length;
  const source = net.population("source", n, trains(0, delta));
  const target = net.population("target", n, [trains(delta, 0), Ear()]);
  const synapses = net.projection("synapses", { source, target, connect: oneToOne(), weight: 1, behaviors });
  await net.run(pairs * longest + 2 * delta);
  const change = Array.from(synapses.get("w"), (w) => w - 1);
  return {
    frequencies: intervals.map((interval) => 1000 / interval),
    before: change.slice(0, intervals.length),
    after: change.slice(intervals.length),
  };
}

/** Sjöström, Turrigiano & Nelson 2001 as in table 1 of Pfister & Gerstner 2006: means and standard errors, from .1 to 50 Hz. */
const experimentally = {
  frequencies: [0.1, 10, 20, 40, 50],
  before: { mean: [-0.04, 0.14, 0.29, 0.53, 0.56], error: [0.05, 0.1, 0.14, 0.11, 0.26] },
  after: { mean: [-0.29, -0.41, -0.34, 0.56, 0.75], error: [0.08, 0.11, 0.1, 0.32, 0.19] },
} as const;

/** What the all-to-all rule with all terms makes of the same pairs, worked out from its equations. */
const exactly = {
  before: [0, 0.1321, 0.247, 0.5337, 0.7409],
  after: [-0.3122, -0.3336, -0.3516, 0.1548, 0.7272],
} as const;

/** Mean of the squares of what is missed, in standard errors of the data. */
function missOf(trend: Trend): number {
  const misses = (["before", "after"] as const).flatMap((order) => {
    const { mean, error } = experimentally[order];
    return trend[order].map((value, index) => ((value - mean[index]!) / error[index]!) ** 2);
  });
  return misses.reduce((sum, each) => sum + each, 0) / misses.length;
}

const triplets = [
  { terms: "full", pairing: "all" },
  { terms: "minimal", pairing: "all" },
  { terms: "full", pairing: "nearest" },
  { terms: "minimal", pairing: "nearest" },
] as const;

/** The pair rule with the window of the triplet rule, and amplitudes that change weights at 10 Hz as the experiment did. */
const pairRule = () => [PairSTDP({ A_plus: 0.0054, A_minus: 0.0093, tau_plus: 16.8, tau_minus: 33.7 })];

const shown = (values: readonly number[]): string => values.map((x) => x.toFixed(3)).join(", ");

function verdictsOf(fits: readonly Trend[], pair: Trend): Verdict[] {
  const [full] = fits as [Trend];
  const off = [...full.before.map((x, k) => x - exactly.before[k]!), ...full.after.map((x, k) => x - exactly.after[k]!)];
  const worst = Math.max(...off.map(Math.abs));
  const misses = fits.map(missOf);
  return [
    {
      what: "changes by 60 pairs at .1, 10, 20, 40 and 50 Hz in either order, full rule of all spikes",
      measured: `${shown(full.before)}; ${shown(full.after)}`,
      target: "within 1e-4 of what the equations give (Pfister & Gerstner 2006, eqs. 2–4)",
      holds: worst < 1e-4,
    },
    {
      what: "with the postsynaptic spike first, depression turns into potentiation between 20 and 40 Hz",
      measured: `${shown(full.after.slice(2, 4))}`,
      target: "below and above 0 (Sjöström et al. 2001)",
      holds: full.after[2]! < 0 && full.after[3]! > 0,
    },
    {
      what: "mean square of what the four fits miss of the data, in standard errors",
      measured: misses.map((x) => x.toFixed(2)).join(", "),
      target: "below 0.4 (0.22 to 0.34 in Pfister & Gerstner 2006, table 3)",
      holds: Math.max(...misses) < 0.4,
    },
    {
      what: "control: the pair rule potentiates less, the higher the frequency, and not at all in the other order",
      measured: `${shown(pair.before.slice(1))} from 10 to 50 Hz; ${shown(pair.after.slice(1))} in the other order`,
      target: "falling, and negative, where the data rise (Pfister & Gerstner 2006, fig. 2)",
      holds: falls(pair.before.slice(1)) && pair.after.every((x) => x < 0),
    },
    {
      what: "control: what the pair rule misses of the data",
      measured: missOf(pair).toFixed(2),
      target: "above 2",
      holds: missOf(pair) > 2,
    },
  ];
} // prettier-ignore

const falls = (values: readonly number[]): boolean => values.every((x, k) => k === 0 || x < values[k - 1]!);

function figuresOf(curves: readonly { readonly label: string; readonly trend: Trend }[]): ReportFigure[] {
  const orders = [
    { order: "before", title: "Presynaptic spike 10 ms before the postsynaptic one" },
    { order: "after", title: "Presynaptic spike 10 ms after the postsynaptic one" },
  ] as const;
  return orders.map(({ order, title }) => ({
    svg: lines({
      title,
      series: [
        ...curves.map(({ label, trend }) => ({ label, times: trend.frequencies, values: trend[order] })),
        { label: "experiment", times: experimentally.frequencies, values: experimentally[order].mean, thickness: 2.6, opacity: 0.7, color: 4 },
      ],
      xLabel: "Frequency of the pairs (Hz)",
      yLabel: "Change of the weight, relative",
      xDomain: [0, 52],
      yDomain: [-0.8, 1],
    }),
    caption: "Sixty pairs at each frequency. The rule of triplets follows the experiment; the rule of pairs cannot turn upwards.",
  }));
} // prettier-ignore

async function run({ size, onProgress = () => {} }: LearningOptions) {
  const intervals = [10_000, 100, 50, 25, 20];
  const fits: Trend[] = [];
  for (const [index, choice] of triplets.entries()) {
    fits.push(await trendOf([TripletSTDP(choice)], intervals, 1));
    onProgress((index + 1) / 7);
  }
  const pair = await trendOf(pairRule(), intervals, 1);
  onProgress(5 / 7);
  // Between the frequencies of the experiment, for the figures.
  const dense = [1000, 500, 250, 200, 125, 100, 80, 62, 50, 40, 36, 32, 29, 27, 25, 23, 22, 21, 20];
  const dt = size === "full" ? 0.1 : 1;
  const curves = [
    { label: "triplets, full, all spikes", trend: await trendOf([TripletSTDP()], dense, dt) },
    { label: "triplets, minimal, nearest", trend: await trendOf([TripletSTDP({ terms: "minimal", pairing: "nearest" })], dense, dt) },
    { label: "pairs (control)", trend: await trendOf(pairRule(), dense, dt) },
  ];
  onProgress(1);
  return {
    verdicts: verdictsOf(fits, pair),
    page: {
      heading: experiment.title,
      paragraphs: [
        "Synapses of visual cortex that are depressed by pairs of spikes in the order post before pre at low frequency are potentiated by the same pairs at 40 Hz. A rule that adds up pairs cannot do this, since at high frequency each spike is near one of the other end in either order, and the window of depression is the longer one. A second, slow trace of postsynaptic spikes, which multiplies potentiation, is enough.",
      ],
      equations: [
        String.raw`\Delta w = -o_1 (A_2^- + A_3^- r_2) \quad \text{(pre)}, \qquad \Delta w = r_1 (A_2^+ + A_3^+ o_2) \quad \text{(post)}`,
      ],
      figures: figuresOf(curves),
    },
  };
} // prettier-ignore

export const experiment: LearningExperiment = {
  name: "triplet-frequency",
  title: "Pairs of spikes at many frequencies",
  source: "Pfister & Gerstner 2006, J. Neurosci. 26:9673; data of Sjöström, Turrigiano & Nelson 2001, Neuron 32:1149",
  run,
};

await runIfStarted(import.meta.url, experiment);
