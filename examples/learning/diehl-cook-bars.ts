/**
 * Neurons that share out patterns among themselves without a teacher: STDP with inhibition, adaptive thresholds and normalized weights, and
 * what becomes of it where one of these is missing.
 *
 *     npx tsx examples/learning/diehl-cook-bars.ts [--seed 1] [--size full]
 */
import { hostStream } from "@neuroweave/model";
import { lines, smallMultiples, type ReportFigure } from "@neuroweave/plot";
import { accuracy, assignLabels, predictLabels, spikeCounts, type CountWindow } from "@neuroweave/readout";
import {
  AdaptiveThreshold,
  allToAll,
  COBACell,
  createNetwork,
  defineBehavior,
  oneToOne,
  PoissonSource,
  PreTrace,
  uniform,
  WeightBounds,
  WeightNormalization,
} from "neuroweave";
import { runIfStarted, type LearningExperiment, type LearningOptions, type Verdict } from "./learning-experiment.ts";

const side = 8;
const inputs = side * side;
const classes = 10;
const neurons = 20;
/** In ms: a pattern, and the silence after it. */
const [shown, silent] = [250, 100];
/** Hz of a pixel that is on, and of one that is not. */
const [on, off] = [120, 4];

/** Rows 1, 2, 4, 6, 7 of the grid, and the columns of these numbers. */
const places = [0, 1, 3, 5, 6];
const pattern = (label: number): Float64Array =>
  Float64Array.from({ length: inputs }, (_, pixel) => {
    const line = label < places.length ? Math.floor(pixel / side) : pixel % side;
    return line === places[label % places.length] ? on : off;
  });

/** Weights change at postsynaptic spikes only: by how much of a trace its source has left. */
const PostDriven = defineBehavior({
  name: "postDriven",
  doc: "A postsynaptic spike moves each weight by what its source's trace is above a target.",
  source: "Diehl & Cook 2015, Front. Comput. Neurosci. 9:99, eq. 3",
  adaptive: true,
  requires: ["efficacy", "w", "x_pre", "w_max"],
  parameters: {
    eta: { default: 0.05, min: 0, doc: "rate of learning" },
    x_tar: { default: 0, min: 0, doc: "trace that changes nothing; at 0 normalization alone makes weights smaller" },
    mu: { default: 0.2, min: 0, doc: "how much less weights near the bound change" },
  },
  onPost: "w += eta * (x_pre - x_tar) * pow(w_max - w, mu)",
});

interface Parts {
  readonly adaptation: boolean;
  readonly inhibition: boolean;
  readonly normalization: boolean;
}

interface Outcome {
  readonly accuracy: number;
  /** Classes that at least one neuron has. */
  readonly owned: number;
  /** Accuracy of every 50 presentations while it learns, by the labels of the neurons in them. */
  readonly course: readonly number[];
  /** Weights by input and neuron. */
  readonly weights: Float64Array;
  readonly assignment: Int32Array;
}

async function learn(seed: number, parts: Parts, presentations: number, tell: (fraction: number) => void): Promise<Outcome> {
  const net = createNetwork({ dt: 0.5, seed });
  const pixels = net.population("pixels", inputs, PoissonSource({ rate: off }), { keepSpikes: 1 });
  const cell = { tau: 100, v_rest: -65, v_reset: -65, threshold: -52, tau_ref: 5, tau_exc: 1, tau_inh: 2, E_inh: -100 };
  // Thresholds end at about the same height, however many presentations raise them.
  const excitatory = net.population("excitatory", neurons, [COBACell(cell), AdaptiveThreshold({ theta_plus: parts.adaptation ? 50 / presentations : 0 })]);
  const inhibitory = net.population("inhibitory", neurons, COBACell({ ...cell, tau: 10, v_rest: -60, v_reset: -45, threshold: -40, tau_ref: 2, E_inh: -85 }));
  const total = 30;
  const synapses = net.projection("plastic", {
    source: pixels,
    target: excitatory,
    connect: allToAll(),
    receptor: "g_exc",
    weight: uniform(0.2, (2 * total) / inputs - 0.2),
    behaviors: [
      PreTrace({ pairing: "nearest", tie: "potentiation" }),
      PostDriven(),
      WeightBounds({ min: 0, max: 6 }),
      ...(parts.normalization ? [WeightNormalization({ norm: total, every: shown + silent })] : []),
    ],
  });
  net.projection("to inhibition", { source: excitatory, target: inhibitory, connect: oneToOne(), receptor: "g_exc", weight: 10.4 });
  if (parts.inhibition)
    net.projection("from inhibition", { source: inhibitory, target: excitatory, connect: allToAll({ self: false }), receptor: "g_inh", weight: 17 });
  /** Shows patterns in random order, each as often as the others, and counts spikes. */
  const present = async (count: number, what: string) => {
    const random = hostStream(seed, "bars", what);
    const labels = Array.from({ length: count }, (_, k) => ({ label: k % classes, block: Math.floor(k / classes), drawn: random() }))
      .sort((a, b) => a.block - b.block || a.drawn - b.drawn)
      .map(({ label }) => label);
    const windows: CountWindow[] = [];
    for (const label of labels) {
      pixels.set({ rate: pattern(label) });
      windows.push({ start: net.t, stop: net.t + shown });
      await net.run(shown);
      pixels.set({ rate: 0 });
      await net.run(silent);
      tell(net.t / ((presentations + 200) * (shown + silent)));
    }
    return { labels, responses: (own: readonly CountWindow[] = windows) => spikeCounts(excitatory.spikes(), { n: neurons, windows: own }), windows };
  };
  const training = await present(presentations, "training");
  const course: number[] = [];
  for (let k = 0; k + 50 <= presentations; k += 50) {
    const [labels, responses] = [training.labels.slice(k, k + 50), training.responses(training.windows.slice(k, k + 50))];
    course.push(accuracy(labels, predictLabels(responses, assignLabels(responses, labels, { classes }), { classes })));
  }
  net.learning = false;
  const labelling = await present(100, "labelling");
  const assignment = assignLabels(labelling.responses(), labelling.labels, { classes });
  const test = await present(100, "test");
  return {
    accuracy: accuracy(test.labels, predictLabels(test.responses(), assignment, { classes })),
    owned: new Set(assignment.filter((label) => label >= 0)).size,
    course,
    weights: synapses.get("w"),
    assignment,
  };
} // prettier-ignore

const whole: Parts = { adaptation: true, inhibition: true, normalization: true };
const variants = [
  ["everything", whole],
  ["without adaptive thresholds", { ...whole, adaptation: false }],
  ["without inhibition", { ...whole, inhibition: false }],
  ["without normalization", { ...whole, normalization: false }],
] as const;
type Variant = (typeof variants)[number][0];

const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;

function verdictsOf(outcomes: ReadonlyMap<Variant, Outcome>, presentations: number): Verdict[] {
  const best = outcomes.get("everything")!;
  return [
    {
      what: `after ${presentations} presentations every pattern has a neuron`,
      measured: `${best.owned} of ${classes}`,
      target: "all (after Diehl & Cook 2015)",
      holds: best.owned === classes,
    },
    {
      what: "accuracy of labels, for presentations that were not used to assign them",
      measured: percent(best.accuracy),
      target: "at least 95 % (after Diehl & Cook 2015)",
      holds: best.accuracy >= 0.95,
    },
    ...variants.slice(1).map(([name]): Verdict => {
      const { accuracy: reached, owned } = outcomes.get(name)!;
      return {
        what: `control: ${name} it is worse`,
        measured: `${percent(reached)}, ${owned} of ${classes} patterns have a neuron`,
        target: "at least 5 % less",
        holds: reached <= best.accuracy - 0.05,
      };
    }),
  ];
}

function figuresOf(outcomes: ReadonlyMap<Variant, Outcome>): ReportFigure[] {
  const { weights, assignment } = outcomes.get("everything")!;
  const name = (label: number): string => (label < 0 ? "no pattern" : `${label < places.length ? "row" : "column"} ${places[label % places.length]! + 1}`);
  const line = Array.from({ length: side }, (_, k) => k + 1);
  const along = (neuron: number, of: "row" | "column"): number[] =>
    line.map((_, k) => line.reduce((sum, __, m) => sum + weights[(of === "row" ? k * side + m : m * side + k) * neurons + neuron]!, 0));
  const order = Array.from({ length: neurons }, (_, i) => i).sort((a, b) => assignment[a]! - assignment[b]! || a - b);
  return [
    {
      svg: lines({
        title: "Accuracy in the course of learning",
        series: [...outcomes].map(([label, { course }]) => ({ label, times: course.map((_, k) => 50 * (k + 1)), values: course })),
        xLabel: "Presentations",
        yLabel: "Accuracy in the last 50",
        yDomain: [0, 1.02],
      }),
      caption: "Neurons get their labels and are judged by the same fifty presentations, while they learn; chance alone gives a tenth and a little more.",
    },
    {
      svg: smallMultiples({
        title: "What the neurons have learned",
        columns: 4,
        panelHeight: 56,
        panels: order.map((neuron) => ({
          title: name(assignment[neuron]!),
          times: line,
          series: [
            { label: "sum over a row", values: along(neuron, "row"), color: 0 },
            { label: "sum over a column", values: along(neuron, "column"), color: 1 },
          ],
        })),
        xLabel: "Row or column of the grid",
        yLabel: "Sum of weights",
      }),
      caption: "Sums of each neuron's weights over the rows and over the columns of its inputs: a neuron has the pattern at which one of the two curves peaks.",
    },
  ];
} // prettier-ignore

async function run({ seed, size, onProgress = () => {} }: LearningOptions) {
  const presentations = size === "full" ? 2000 : 500;
  const outcomes = new Map<Variant, Outcome>();
  for (const [k, [name, parts]] of variants.entries())
    outcomes.set(name, await learn(seed, parts, presentations, (fraction) => onProgress((k + fraction) / variants.length)));
  return {
    verdicts: verdictsOf(outcomes, presentations),
    page: {
      heading: experiment.title,
      paragraphs: [
        `${inputs} inputs stand in a grid of ${side} × ${side}; ten patterns are bars, rows and columns, of ${on} Hz for ${shown} ms, each followed by ${silent} ms of silence. ${neurons} excitatory neurons learn from them; each has an inhibitory one, which inhibits all others. Cells, inhibition and the rule are those of the paper; inputs are fewer and spike faster, and thresholds rise faster, because there are ${presentations} presentations instead of tens of thousands.`,
        "Then nothing learns any more: 100 presentations give each neuron the pattern to which it responds most, and 100 others are told by the neurons' answers.",
      ],
      equations: ["\\Delta w = \\eta \\, (x_{pre} - x_{tar}) \\, (w_{max} - w)^{\\mu}"],
      figures: figuresOf(outcomes),
    },
  };
} // prettier-ignore

export const experiment: LearningExperiment = {
  name: "diehl-cook-bars",
  title: "Unsupervised learning of bars",
  source: "Diehl & Cook 2015, Front. Comput. Neurosci. 9:99, on a small task of our own",
  run,
};

await runIfStarted(import.meta.url, experiment);
