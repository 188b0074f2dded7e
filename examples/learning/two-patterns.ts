/**
 * Two patterns, two neurons, as courses with CoNeX teach it: under STDP each neuron comes to prefer a pattern, whichever it is; under
 * R-STDP a reward decides which. Built of the dialects with CoNeX's names.
 *
 *     npx tsx examples/learning/two-patterns.ts [--size full]
 */
import {
  ActivityBaseHomeostasis,
  allToAll,
  createNetwork,
  CurrentCoefficient,
  defineBehavior,
  Dopamine,
  KWTA,
  LIF,
  Phase,
  PoissonSource,
  ProximalDendrite,
  RSTDP,
  STDP,
  uniform,
  WeightClip,
  WeightNormalization,
} from "neuroweave";
import { hostStream } from "@neuroweave/model";
import { lines } from "@neuroweave/plot";
import { runIfStarted, type LearningExperiment, type LearningOptions } from "./learning-experiment.ts";

const source = "the exercise on STDP and R-STDP of courses with CoNeX 0.1.5";

/** Neurons of the input: the first half spikes in one pattern, the second in the other; rates in Hz, times in ms. */
const inputs = 20;
const rates = { on: 100, off: 5 };
const shown = 60;
const pause = 40;
const iterations = { learning: 200, test: 40 };

/** Which output neuron is right, by pattern. */
type Assignment = readonly [number, number];

/** Pays 1 for each spike of the neuron that is right, and −1 for each of the other, in the next step. */
const Judge = defineBehavior({
  name: "judge",
  doc: "Spikes of one neuron are paid for, those of the other cost.",
  source,
  priority: Phase.Signal,
  parameters: { worth: { default: 0, doc: "payoff of a spike" } },
  step({ spikes, parameters, network }) {
    network.signals["payoff"]!.value = spikes.reduce((sum, neuron) => sum + parameters.worth[neuron]!, 0);
  },
});

const traces = { tau_s: 10 };
const rules = {
  STDP: () => [STDP({ ...traces, a_plus: 0.02, a_minus: 0.01 }), WeightNormalization({ norm: inputs / 2 })],
  "R-STDP": () => [
    RSTDP({ ...traces, a_plus: 0.004, a_minus: 0.002, tau_c: 20 }),
    WeightNormalization({ norm: inputs / 2 }),
  ],
} as const;

type Rule = keyof typeof rules;

function twoPatterns(rule: Rule, seed: number | string) {
  const net = createNetwork({ dt: 1, seed });
  net.signal("payoff");
  net.signal("dopamine", { behaviors: [Dopamine({ tau_dopamine: 10 })] });
  const input = net.population("input", inputs, PoissonSource({ rate: rates.off }));
  // Without a reward, a neuron that wins all is to become harder to excite.
  const fair = ActivityBaseHomeostasis({ activity_rate: 8, window_size: 200, updating_rate: 0.2, dialect: "conex" });
  const output = net.population("output", 2, [
    LIF({ R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 }),
    ProximalDendrite({ name: "Proximal" }),
    KWTA({ k: 1 }),
    Judge(),
    ...(rule === "STDP" ? [fair] : []),
  ]);
  const synapses = net.projection("synapses", {
    source: input,
    target: output,
    receptor: "Proximal",
    connect: allToAll(),
    weight: uniform(0.3, 0.7),
    behaviors: [CurrentCoefficient({ current_coef: 8 }), ...rules[rule](), WeightClip()],
  });
  return { net, input, output, synapses };
}

type Built = ReturnType<typeof twoPatterns>;

/** Shows a pattern, then nothing; spikes of both neurons. */
async function show({ net, input, output }: Built, pattern: number, assigned: Assignment): Promise<readonly number[]> {
  output.clearRecording();
  output.set({ worth: [0, 1].map((neuron) => (neuron === assigned[pattern] ? 1 : -1)) });
  input.set({ rate: Array.from({ length: inputs }, (_, i) => (i < inputs / 2 === (pattern === 0) ? rates.on : rates.off)) });
  await net.run(shown);
  input.set({ rate: 0 });
  await net.run(pause);
  const { ids } = output.spikes();
  return [0, 1].map((neuron) => ids.filter((id) => id === neuron).length);
} // prettier-ignore

interface Course {
  /** Weight of each neuron from each half of the inputs, after each presentation: [neuron][half]. */
  readonly weights: readonly (readonly (readonly number[])[])[];
  /** By pattern, the part of presentations in which neuron 0 spiked more, when nothing was learnt any more. */
  readonly first: readonly number[];
}

const halves = ({ synapses }: Built): number[][] => {
  const { sources, targets, values } = synapses.weights();
  return [0, 1].map((neuron) =>
    [0, 1].map((half) => {
      const own = Array.from(values).filter((_, j) => targets[j] === neuron && (sources[j]! < inputs / 2 ? 0 : 1) === half);
      return own.reduce((sum, w) => sum + w, 0) / own.length;
    }),
  );
}; // prettier-ignore

async function learn(rule: Rule, seed: number | string, assigned: Assignment): Promise<Course> {
  const built = twoPatterns(rule, seed);
  const draws = hostStream(seed, "order of patterns");
  const weights = [halves(built)];
  for (let turn = 0; turn < iterations.learning; turn++) {
    await show(built, draws() < 0.5 ? 0 : 1, assigned);
    weights.push(halves(built));
  }
  built.net.learning = false;
  const first = [0, 0];
  for (let turn = 0; turn < iterations.test; turn++) {
    const [own, other] = await show(built, turn % 2, assigned);
    first[turn % 2]! += (own! > other! ? 1 : own === other ? 0.5 : 0) / (iterations.test / 2);
  }
  return { weights, first };
}

/** Parts of presentations in which the right neuron spiked more. */
const right = ({ first }: Course, assigned: Assignment): number =>
  first.reduce((sum, part, pattern) => sum + (assigned[pattern] === 0 ? part : 1 - part), 0) / first.length;

/** Whether each pattern has a neuron of its own, whichever. */
const isDivided = ({ first: [a, b] }: Course): boolean => Math.abs(a! - b!) >= 0.9;

const networksOf: Readonly<Record<LearningOptions["size"], number>> = { test: 6, full: 40 };

const straight: Assignment = [0, 1];
const crossed: Assignment = [1, 0];

function figureOf(title: string, { weights }: Course): string {
  const names = ["A", "B"];
  return lines({
    title,
    series: [0, 1].flatMap((neuron) =>
      [0, 1].map((half) => ({
        label: `from ${names[half]} to neuron ${neuron}`,
        times: weights.map((_, turn) => turn),
        values: weights.map((each) => each[neuron]![half]!),
      })),
    ),
    yDomain: [0, 1],
    xLabel: "Presentation",
    yLabel: "Mean weight",
  });
}

const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;

export const twoPatternsExperiment: LearningExperiment = {
  name: "two-patterns",
  title: "Two patterns, two neurons",
  source,
  async run({ seed, size, onProgress }) {
    const networks = networksOf[size];
    const courses = { free: [] as Course[], straight: [] as Course[], crossed: [] as Course[] };
    for (let k = 0; k < networks; k++) {
      courses.free.push(await learn("STDP", `${seed}/${k}`, straight));
      courses.straight.push(await learn("R-STDP", `${seed}/${k}`, straight));
      courses.crossed.push(await learn("R-STDP", `${seed}/${k}`, crossed));
      onProgress?.((k + 1) / networks);
    }
    const least = (given: readonly Course[], assigned: Assignment): number => Math.min(...given.map((each) => right(each, assigned)));
    const divided = courses.free.filter(isDivided).length;
    const agreeing = courses.free.filter((each) => right(each, straight) >= 0.9).length;
    const [follows, follows2] = [least(courses.straight, straight), least(courses.crossed, crossed)];
    return {
      verdicts: [
        {
          what: "under STDP each neuron comes to have a pattern of its own",
          measured: `in ${divided} of ${networks} networks`,
          target: `all but a tenth (${source})`,
          holds: divided >= 0.9 * networks,
        },
        {
          what: "which one, nobody has told it",
          measured: `neuron 0 has pattern A in ${agreeing} of ${networks}`,
          target: "neither in all nor in none",
          holds: agreeing > 0 && agreeing < networks,
        },
        {
          what: "under R-STDP the neuron that is rewarded for a pattern answers it",
          measured: `in ${percent(follows)} of presentations in the worst of ${networks} networks`,
          target: `at least 95 % (${source})`,
          holds: follows >= 0.95,
        },
        {
          what: "with rewards exchanged, the other one does, from the same beginning",
          measured: `in ${percent(follows2)} in the worst of ${networks}`,
          target: "at least 95 %",
          holds: follows2 >= 0.95,
        },
      ],
      page: {
        heading: "Two patterns, two neurons",
        paragraphs: [
          `${inputs} Poisson neurons, of which one half spikes at ${rates.on} Hz in pattern A and the other in pattern B (the rest at ${rates.off} Hz), ${shown} ms each with ${pause} ms between; two neurons of which only one can spike at a time (KWTA). Weights of each neuron are normalized; under STDP alone thresholds follow activity too, so that no neuron wins all. Every network learns for ${iterations.learning} presentations in random order.`,
          "Under R-STDP each spike of the neuron that is assigned to the pattern is paid 1, and each of the other −1.",
        ],
        equations: [String.raw`\Delta c = -\frac{c}{\tau_c} + \Delta W_{STDP}, \qquad \Delta W = c\,d, \qquad \Delta d = -\frac{d}{\tau_d} + \mathrm{payoff}`],
        figures: [
          { svg: figureOf("STDP", courses.free[0]!), caption: "Mean weights of both neurons from the inputs of either pattern, without a reward." },
          { svg: figureOf("R-STDP, neuron 0 paid for A", courses.straight[0]!), caption: "The same network under R-STDP, neuron 0 being paid for A and neuron 1 for B." },
          { svg: figureOf("R-STDP, neuron 0 paid for B", courses.crossed[0]!), caption: "The same network again, with rewards exchanged." },
        ],
      },
    };
  },
}; // prettier-ignore

await runIfStarted(import.meta.url, twoPatternsExperiment);
