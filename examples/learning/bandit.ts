/**
 * Two groups of spiking neurons compete for an action, and synapses from a cue learn by reward which of two arms wins more often.
 *
 *     npx tsx examples/learning/bandit.ts [--seed 1] [--size full]
 */
import { lines } from "@neuroweave/plot";
import {
  allToAll,
  bandit,
  closedLoop,
  createNetwork,
  CurrentReceptor,
  LIF,
  NoisyCurrent,
  PoissonSource,
  RewardSTDP,
  runExperiment,
  WeightBounds,
} from "neuroweave";
import { runIfStarted, type LearningExperiment, type LearningOptions, type Verdict } from "./learning-experiment.ts";

/** What it is after; that it should be so for a bandit is an expectation of our own. */
const source = "Izhikevich 2007, Cereb. Cortex 17:2443; Frémaux, Sprekeler & Gerstner 2010, J. Neurosci. 30:13326";

const sizes = { test: { seeds: 12, pulls: 150 }, full: { seeds: 40, pulls: 400 } } as const;
/** Chances of the two arms; ms of activity for each pull; pulls at the end that are counted. */
const [worse, better, every, counted] = [0.2, 0.8, 60, 50];
/** Neurons that each action has. */
const group = 10;

/** One seed: whether each pull was of the better arm. */
async function play(seed: number, speed: number, pulls: number): Promise<boolean[]> {
  const net = createNetwork({ dt: 1, seed });
  const dopamine = net.signal("dopamine", { tau: 20 });
  const cue = net.population("cue", 20, PoissonSource({ rate: 50 }));
  const actions = net.population("actions", 2 * group, [
    LIF({ R: 5, tau: 10 }),
    NoisyCurrent({ mean: 1, sigma: 1.5, tau: 5 }),
    CurrentReceptor({ name: "excitation", tau: 5 }),
    CurrentReceptor({ name: "inhibition", tau: 10 }),
  ]);
  net.projection("policy", {
    source: cue,
    target: actions,
    connect: allToAll(),
    receptor: "excitation",
    weight: 0.4,
    // Spikes of the chosen action that the cue came before are what a reward makes more likely, or less.
    behaviors: [RewardSTDP({ A_plus: speed, A_minus: 0, tau_c: 100 }), WeightBounds({ min: 0, max: 0.8 })],
  });
  const halves = [actions.slice(0, group), actions.slice(group, 2 * group)] as const;
  for (const [from, to] of [[0, 1], [1, 0]] as const)
    net.projection(`rivalry of ${from}`, {
      source: halves[from],
      target: halves[to],
      connect: allToAll(),
      receptor: "inhibition",
      weight: -0.5,
    }); // prettier-ignore
  const best = seed % 2;
  const chosen: boolean[] = [];
  let expected = 0.5;
  await closedLoop(net, bandit({ probabilities: best === 1 ? [worse, better] : [better, worse], pulls }), {
    every,
    episodes: 1,
    maxSteps: pulls,
    observe: () => {},
    act() {
      const { times, ids } = actions.spikes();
      const votes = [0, 0];
      for (let k = times.length - 1; k >= 0 && times[k]! >= net.t - every; k--) votes[ids[k]! < group ? 0 : 1]!++;
      // Between equal votes it goes by turns.
      const action = votes[0] === votes[1] ? chosen.length % 2 : Number(votes[1]! > votes[0]!);
      chosen.push(action === best);
      return action;
    },
    reward(reward) {
      dopamine.add(reward - expected);
      expected += 0.1 * (reward - expected);
    },
  });
  return chosen;
}

const shareOf = (chosen: readonly boolean[]): number => chosen.filter(Boolean).length / chosen.length;

/** Speed of learning in 1/ms, and 0 for the control. */
const speeds = [2e-4, 0] as const;

/** The share of the better arm over all seeds, in blocks of ten pulls. */
function curveOf(courses: readonly (readonly boolean[])[]): { readonly times: number[]; readonly values: number[] } {
  const blocks = Array.from({ length: Math.floor(courses[0]!.length / 10) }, (_, block) => 10 * block);
  return {
    times: blocks.map((first) => first + 5),
    values: blocks.map((first) => shareOf(courses.flatMap((course) => course.slice(first, first + 10)))),
  };
}

interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function verdictsOf(learnt: Interval, control: Interval): Verdict[] {
  const text = ({ mean, low, high }: Interval): string =>
    `${mean.toFixed(2)}, 95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}`;
  return [
    {
      what: `the better arm is pulled in most of the last ${counted} pulls`,
      measured: text(learnt),
      target: "all of the interval over seeds above 0.7 (own bound; chance is 0.5)",
      holds: learnt.low > 0.7,
    },
    {
      what: "control: without learning neither arm is preferred",
      measured: text(control),
      target: "all of the interval below 0.65 (own bound)",
      holds: control.high < 0.65,
    },
  ];
}

async function run({ seed, size, onProgress = () => {} }: LearningOptions) {
  const { seeds, pulls } = sizes[size];
  const courses = new Map<number, boolean[][]>(speeds.map((speed) => [speed, []]));
  const { summary } = await runExperiment({
    name: "bandit",
    parameters: speeds.map((speed) => ({ speed })),
    // Neighbouring numbers have their better arm on different sides.
    seeds: Array.from({ length: seeds }, (_, k) => 1000 * seed + k),
    build: ({ speed }, own) => play(Number(own), speed, pulls),
    evaluate(chosen, { parameters }) {
      courses.get(parameters.speed)!.push(chosen);
      return { better: shareOf(chosen.slice(-counted)) };
    },
    onProgress: ({ fraction }) => onProgress(fraction),
    onError: "throw",
  });
  const [learnt, control] = summary;
  return {
    verdicts: verdictsOf(learnt!, control!),
    page: {
      heading: experiment.title,
      paragraphs: [
        `A cue of 20 Poisson neurons drives two groups of ${group} neurons, which inhibit each other; the group with more spikes in ${every} ms pulls its arm. Arms win with probabilities of ${worse} and ${better}. Dopamine is what the win exceeds expectations by.`,
      ],
      figures: [
        {
          svg: lines({
            title: "Pulls of the better arm",
            series: [
              { label: "with dopamine-gated STDP", ...curveOf(courses.get(speeds[0])!) },
              { label: "control, no learning", ...curveOf(courses.get(speeds[1])!) },
            ],
            xLabel: "Pull",
            yLabel: "Part of pulls",
            xDomain: [0, pulls],
            yDomain: [0, 1],
          }),
          caption: `Means over ${seeds} seeds, in blocks of ten pulls.`,
        },
      ],
    },
  };
}

export const experiment: LearningExperiment = {
  name: "bandit",
  title: "A spiking network learns the better of two arms",
  source,
  run,
};

await runIfStarted(import.meta.url, experiment);
