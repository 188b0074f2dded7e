/**
 * The distal reward problem of Izhikevich 2007, figure 1: in a network that spikes at random, one synapse is rewarded seconds after its
 * ends have happened to spike one behind the other. It alone grows, although rewards come late and everybody hears of them.
 *
 *     npx tsx examples/learning/distal-reward.ts [--size full]
 */
import {
  CouplingReceptor,
  createNetwork,
  defineBehavior,
  fixedOutDegree,
  Phase,
  RewardSTDP,
  WeightBounds,
  type Projection,
} from "neuroweave";
import { lines } from "@neuroweave/plot";
import { hostStream } from "@neuroweave/model";
import { runIfStarted, type LearningExperiment, type LearningOptions } from "./learning-experiment.ts";

/** Izhikevich's neuron in steps of 1 ms, as the program of the paper steps it: v in two halves, then u. */
const Neuron = defineBehavior({
  name: "neuron",
  doc: "Izhikevich's neuron, stepped as in the program of 2007, under uniform noise.",
  source: "Izhikevich 2007, Cereb. Cortex 17:2443, daspnet.m",
  priority: Phase.Dynamics,
  parameters: {
    a: { default: 0.02, doc: "rate of recovery" },
    d: { default: 8, doc: "jump of recovery at a spike" },
    noise: { default: 6.5, doc: "largest size of the input that is drawn in every step" },
  },
  state: { v: { init: -65, doc: "membrane potential" }, u: { init: "0.2 * v", doc: "recovery variable" } },
  inputs: { I: { default: 0, doc: "input" } },
  equations: `
    let drawn = I + noise * (2 * uniform(0, 1) - 1)
    let half = v + 0.5 * (0.04 * v * v + 5 * v + 140 - u + drawn)
    let whole = half + 0.5 * (0.04 * half * half + 5 * half + 140 - u + drawn)
    v = whole
    u = u + a * (0.2 * whole - u)
  `,
  spike: "v >= 30",
  onSpike: "v = -65\n u += d",
});

/** Largest weight, and the interval within which spikes of both ends, the source first, are rewarded, in ms. */
const largest = 4;
const interval = 20;

interface Plan {
  readonly n: number;
  readonly outDegree: number;
  readonly duration: number;
  readonly device: "wasm" | "auto";
}

/** The small network has had fewer rewards when it ends, and is asked for less. */
const plans: Readonly<Record<LearningOptions["size"], Plan & { readonly networks: number; readonly needed: number; readonly part: number }>> = {
  test: { n: 100, outDegree: 10, duration: 1_500_000, device: "wasm", networks: 1, needed: 1, part: 0.5 },
  full: { n: 1000, outDegree: 100, duration: 3_600_000, device: "auto", networks: 10, needed: 8, part: 0.9 },
}; // prettier-ignore

/** When rewards come: behind coincidences at the synapse, or as often at times that have nothing to do with it. */
type Reward = "earned" | "random";

interface Course {
  /** In seconds. */
  readonly times: readonly number[];
  readonly rewarded: readonly number[];
  readonly others: readonly number[];
  readonly rewards: number;
  /** Part of the other plastic synapses that are weaker than the rewarded one at the end. */
  readonly weaker: number;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

async function course({ n, outDegree, duration, device }: Plan, seed: number | string, reward: Reward, earned: number, onProgress?: (fraction: number) => void): Promise<Course> {
  const net = createNetwork({ dt: 1, seed, device });
  const dopamine = net.signal("dopamine", { tau: 200, baseline: 0.002 });
  const excitatory = net.population("excitatory", 0.8 * n, [Neuron(), CouplingReceptor()]);
  const inhibitory = net.population("inhibitory", 0.2 * n, [Neuron({ a: 0.1, d: 2 }), CouplingReceptor()]);
  const learning = [RewardSTDP({ A_plus: 0.01, A_minus: 0.015, pairing: "nearest", every: 10 }), WeightBounds({ min: 0, max: largest })];
  const share = (part: number) => fixedOutDegree(Math.round(part * outDegree));
  const plastic = [
    net.projection("onto excitation", { source: excitatory, target: excitatory, connect: share(0.8), weight: 1, behaviors: learning }),
    net.projection("onto inhibition", { source: excitatory, target: inhibitory, connect: share(0.2), weight: 1, behaviors: learning }),
  ];
  net.projection("inhibition", { source: inhibitory, target: excitatory, connect: share(1), weight: -1 });
  const chosen = plastic[0]!;
  const first = chosen.weights();
  // A neuron cannot spike behind its own spike within the interval: the first synapse of two.
  const own = first.sources.findIndex((source, j) => source !== first.targets[j]);
  const [source, target] = [first.sources[own]!, first.targets[own]!];
  chosen.set({ w: Array.from(first.values, (w, j) => (j === own ? 0 : w)) });

  const draws = hostStream(seed, "rewards");
  const random = reward === "random" ? Array.from({ length: earned }, () => Math.floor(draws() * duration)) : [];
  const due = random.sort((a, b) => a - b);
  const found = { times: [] as number[], rewarded: [] as number[], others: [] as number[] };
  const measure = (): void => {
    const { rewarded, others } = weightsOf(plastic, own);
    found.times.push(net.t / 1000);
    found.rewarded.push(rewarded);
    found.others.push(meanOf(others));
  };
  measure();
  let [seen, rewards, before] = [0, 0, -Infinity];
  while (net.t < duration) {
    // A reward comes a second later at the earliest, so that one may look for what earned it once a second.
    const end = net.t + 1000;
    for (; due.length > 0 && due[0]! < end; due.shift(), rewards++) {
      await net.run(due[0]! - net.t);
      dopamine.add(0.5);
    }
    await net.run(end - net.t);
    const { ids, times } = excitatory.spikes();
    for (; seen < ids.length; seen++) {
      if (ids[seen] === source) before = times[seen]!;
      // The source's spike reaches its target in the step behind it.
      if (ids[seen] !== target || times[seen]! - before >= interval || times[seen]! <= before || reward !== "earned") continue;
      due.push(times[seen]! + 1000 + Math.ceil(2000 * draws()));
      due.sort((a, b) => a - b);
    }
    if (net.t % 10_000 === 0) {
      excitatory.clearRecording();
      seen = 0;
      measure();
      onProgress?.(net.t / duration);
    }
  }
  const { rewarded, others } = weightsOf(plastic, own);
  return { ...found, rewards, weaker: others.filter((w) => w < rewarded).length / others.length };
} // prettier-ignore

/** Of the rewarded synapse, whose number in the first projection is given, and of all others. */
function weightsOf(plastic: readonly Projection[], own: number): { readonly rewarded: number; readonly others: readonly number[] } {
  const weights = plastic.flatMap((each) => Array.from(each.get("w")));
  return { rewarded: weights[own]!, others: weights.filter((_, j) => j !== own) };
} // prettier-ignore

const last = (values: readonly number[]): number => values.at(-1)!;
const highest = (values: readonly number[]): number => Math.max(...values);
const twoDigits = (values: readonly number[]): string => values.map((value) => value.toFixed(2)).join(", ");

const source = "Izhikevich 2007, Cereb. Cortex 17:2443, figure 1";

/** Of each network, the course with rewards that are earned, and that with as many at random. */
async function courses({ seed, size, onProgress }: LearningOptions) {
  const plan = plans[size];
  const pairs: { readonly earned: Course; readonly random: Course }[] = [];
  for (let k = 0; k < plan.networks; k++) {
    const tell = (half: number) => (part: number) => onProgress?.((k + (half + part) / 2) / plan.networks);
    const own = plan.networks === 1 ? seed : `${seed}/${k}`;
    const earned = await course(plan, own, "earned", 0, tell(0));
    pairs.push({ earned, random: await course(plan, own, "random", earned.rewards, tell(1)) });
  }
  return { plan, pairs };
}

function figureOf({ earned, random }: { readonly earned: Course; readonly random: Course }): string {
  return lines({
    title: "One rewarded synapse among all others",
    series: [
      { label: "rewarded", times: earned.times, values: earned.rewarded },
      { label: "mean of all others", times: earned.times, values: earned.others },
      { label: "the same synapse under rewards at random times", times: random.times, values: random.rewarded },
    ],
    xLabel: "Time (s)",
    yLabel: `Weight (largest: ${largest})`,
  });
}

export const distalReward: LearningExperiment = {
  name: "distal-reward",
  title: "The distal reward problem",
  source,
  async run(options) {
    const { plan, pairs } = await courses(options);
    const goal = plan.part * largest;
    const grown = pairs.filter(({ earned }) => highest(earned.rewarded) >= goal).length;
    const idle = pairs.filter(({ random }) => highest(random.rewarded) >= goal).length;
    const above = pairs.filter(({ earned }) => earned.weaker >= 0.95).length;
    return {
      verdicts: [
        {
          what: `the rewarded synapse grows to ${plan.part} of the largest weight or more`,
          measured: `${twoDigits(pairs.map(({ earned }) => highest(earned.rewarded)))} of ${largest}, and ${twoDigits(pairs.map(({ earned }) => last(earned.rewarded)))} at the end, after ${pairs.map(({ earned }) => earned.rewards).join(", ")} rewards`,
          target: `at least ${goal} in ${plan.needed} of ${plan.networks} (${source}: to the maximum)`,
          holds: grown >= plan.needed,
        },
        {
          what: "it is stronger than the other synapses at the end",
          measured: `than ${twoDigits(pairs.map(({ earned }) => 100 * earned.weaker))} % of them`,
          target: `than 95 % in ${plan.needed} of ${plan.networks} (${source}: most others stay weak)`,
          holds: above >= plan.needed,
        },
        {
          what: "as many rewards at random times do not do that",
          measured: `${twoDigits(pairs.map(({ random }) => highest(random.rewarded)))} of ${largest}, and ${twoDigits(pairs.map(({ random }) => last(random.rewarded)))} at the end`,
          target: `at least ${goal} in ${plan.networks - plan.needed} of ${plan.networks} at most (control)`,
          holds: idle <= plan.networks - plan.needed,
        },
      ],
      page: {
        heading: "The distal reward problem",
        paragraphs: [
          `${plan.n} neurons spike at about 1 Hz under noise. Whenever the target of one synapse spikes within ${interval} ms behind its source, dopamine is released 1 to 3 s later, everywhere. Pairs of spikes leave an eligibility that lasts for 1 s; only where it is there again and again when dopamine comes does a weight grow.`,
          "Depression exceeds potentiation, so that synapses whose ends spike independently become weak. The weight that has reached the largest wanders below it now and then, where coincidences are few for a while.",
        ],
        equations: [String.raw`\frac{dw}{dt} = c\,d, \qquad \frac{dc}{dt} = -\frac{c}{\tau_c} + \mathrm{STDP}(\Delta t)\,\delta(t - t_{pre/post}), \qquad \frac{dd}{dt} = -\frac{d - 0.002}{\tau_d} + DA(t)`],
        figures: [{ svg: figureOf(pairs[0]!), caption: "The rewarded synapse, which begins at 0, the mean of all other plastic synapses, and the rewarded synapse in a network in which the same number of rewards comes at random times." }],
      },
    };
  },
}; // prettier-ignore

await runIfStarted(import.meta.url, distalReward);
