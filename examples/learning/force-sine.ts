/**
 * FORCE: a read-out of a network that is active by itself learns to be a sine while its output feeds back, and the network goes on
 * making the sine when learning has stopped. With rates, and with spikes.
 *
 *     npx tsx examples/learning/force-sine.ts [--seed 1] [--size full]
 */
import { lines, type ReportFigure } from "@neuroweave/plot";
import { rateNetwork, spikingNetwork, type ForceNetwork, type ForceSize } from "./force-networks.ts";
import { runIfStarted, type LearningExperiment, type LearningOptions, type Verdict } from "./learning-experiment.ts";

/** Length of the sine in ms. */
const period = 200;
const sine = (t: number): number => Math.sin((2 * Math.PI * t) / period);

interface Kind {
  readonly name: string;
  readonly make: (size: ForceSize) => ForceNetwork;
  readonly n: number;
  readonly dt: number;
  readonly source: string;
  /** Root mean square of tanh rates, or mean of spike rates, that an active network exceeds. */
  readonly active: number;
  readonly unit: string;
  /** ms of learning. */
  readonly learning: number;
  /** Largest error of the shape that is accepted afterwards, over the root mean square of the sine. */
  readonly accepted: number;
}

const rates = {
  name: "rates",
  make: rateNetwork,
  source: "Sussillo & Abbott 2009",
  active: 0.2,
  unit: "in units of the largest rate",
} as const;
const spikes = {
  name: "spikes",
  make: spikingNetwork,
  source: "Nicola & Clopath 2017",
  active: 5,
  unit: "Hz",
} as const;

const kinds: Readonly<Record<LearningOptions["size"], readonly Kind[]>> = {
  test: [
    { ...rates, n: 300, dt: 1, learning: 3000, accepted: 0.25 },
    { ...spikes, n: 500, dt: 0.2, learning: 4000, accepted: 0.35 },
  ],
  full: [
    { ...rates, n: 1000, dt: 1, learning: 6000, accepted: 0.25 },
    { ...spikes, n: 2000, dt: 0.05, learning: 5000, accepted: 0.2 },
  ],
};

/** ms before learning, and periods after it. */
const [before, periodsAfter] = [600, 15];

interface Course {
  readonly kind: Kind;
  /** Of the cells, before learning. */
  readonly activity: number;
  /** Output, sampled each ms. */
  readonly output: Float64Array;
  /** Error in the first and the last period of learning, of the output as it was. */
  readonly first: number;
  readonly last: number;
  /** Error of the shape in the last periods, at the phase that fits best. */
  readonly after: number;
  /** Length of the periods that are made after learning, in ms; NaN if there are none. */
  readonly period: number;
}

/** Root mean square of output − sine, over that of the sine, from sample `from` on, for a sine that is `lag` ms ahead. */
function errorOf(output: Float64Array, from: number, to: number, lag = 0): number {
  let squares = 0;
  for (let k = from; k < to; k++) squares += (output[k]! - sine(k + lag)) ** 2;
  return Math.sqrt((2 * squares) / (to - from));
}

function shapeError(output: Float64Array, from: number): number {
  const lags = Array.from({ length: period }, (_, lag) => errorOf(output, from, output.length, lag));
  return Math.min(...lags);
}

/** Mean time between rises through 0 that come after a fall below −0.5. */
function periodOf(output: Float64Array, from: number): number {
  const rises: number[] = [];
  let low = false;
  for (let k = from; k < output.length; k++) {
    if (output[k]! < -0.5) low = true;
    if (!low || output[k]! < 0) continue;
    rises.push(k);
    low = false;
  }
  return (rises.at(-1)! - rises[0]!) / (rises.length - 1);
}

/** Lets the network run by itself, learn for a time, and run by itself again. */
async function course(kind: Kind, seed: number, learning: number): Promise<Course> {
  const { net, cells, output } = kind.make({ n: kind.n, dt: kind.dt, seed, target: sine });
  net.learning = false;
  await net.run(before);
  const r = cells.get("r");
  const activity =
    kind.unit === "Hz" ? r.reduce((sum, x) => sum + x, 0) / r.length : Math.hypot(...r) / Math.sqrt(r.length);
  net.learning = true;
  await net.run(learning);
  net.learning = false;
  await net.run(periodsAfter * period);
  const values = Float64Array.from(output.recorded("r").values);
  const stop = before + learning;
  return {
    kind,
    activity,
    output: values,
    first: errorOf(values, before + 10, before + 10 + period),
    last: errorOf(values, stop - period, stop),
    after: shapeError(values, values.length - 3 * period),
    period: periodOf(values, stop),
  };
}

function verdictsOf(learnt: readonly Course[], controls: readonly Course[]): Verdict[] {
  return [
    ...learnt.flatMap(({ kind, activity, first, last, after, period: made }): Verdict[] => [
      {
        what: `${kind.name}: before learning, the network is active by itself`,
        measured: `${activity.toPrecision(3)} ${kind.unit}`,
        target: `above ${kind.active} ${kind.unit} (own bound; ${kind.source}: the network is chaotic by itself)`,
        holds: activity > kind.active,
      },
      {
        what: `${kind.name}: the error is small from the first period of learning on`,
        measured: `${first.toFixed(3)} in the first, ${last.toFixed(3)} in the last`,
        target: "below 0.2 and 0.15 of the sine (Sussillo & Abbott 2009: errors are kept small throughout)",
        holds: first < 0.2 && last < 0.15,
      },
      {
        what: `${kind.name}: the sine goes on after learning`,
        measured: `error of the shape ${after.toFixed(3)} after ${periodsAfter} periods, period ${made.toFixed(1)} ms`,
        target: `below ${kind.accepted}, ${period} ms ± 5 % (own bounds; ${kind.source}: the output goes on)`,
        holds: after < kind.accepted && Math.abs(made / period - 1) < 0.05,
      },
    ]),
    ...controls.map(({ kind, after }): Verdict => ({
      what: `${kind.name}, control: after a tenth of a period of learning there is no sine`,
      measured: `error of the shape ${after.toFixed(3)}`,
      target: "above 0.7 (own bound)",
      holds: after > 0.7,
    })),
  ];
} // prettier-ignore

function figureOf({ kind, output }: Course): ReportFigure {
  const stop = before + kind.learning;
  const part = (from: number, to: number) => ({
    times: Array.from({ length: to - from }, (_, k) => from + k),
    values: output.subarray(from, to),
  });
  const [from, to] = [stop - 3 * period, Math.min(output.length, stop + 6 * period)];
  const shown = part(from, to);
  return {
    svg: lines({
      title: `The output around the end of learning: ${kind.name}`,
      series: [
        { label: "output", ...shown, color: 0, thickness: 2 },
        { label: "target", times: shown.times, values: shown.times.map(sine), color: 1, thickness: 1 },
      ],
      spans: [{ from, to: stop }],
      yLabel: "Output",
      xDomain: [from, to],
    }),
    caption: `${kind.n} neurons, ${kind.learning / 1000} s of learning; shaded while it lasts. The target is not shown to the network after that.`,
  };
}

async function run({ seed, size, onProgress = () => {} }: LearningOptions) {
  const learnt: Course[] = [];
  const controls: Course[] = [];
  for (const [index, kind] of kinds[size].entries()) {
    learnt.push(await course(kind, seed, kind.learning));
    onProgress((index + 0.8) / 2);
    controls.push(await course(kind, seed, period / 10));
    onProgress((index + 1) / 2);
  }
  return {
    verdicts: verdictsOf(learnt, controls),
    page: {
      heading: experiment.title,
      paragraphs: [
        `A network of fixed random connections drives one output, which feeds back. The weights of the output follow recursive least squares towards a sine of ${period} ms; after that they stay. Errors are root mean squares over that of the sine.`,
      ],
      figures: learnt.map(figureOf),
    },
  };
}

export const experiment: LearningExperiment = {
  name: "force-sine",
  title: "FORCE: active networks learn a sine",
  source: "Sussillo & Abbott 2009, Neuron 63:544, and for spikes Nicola & Clopath 2017, Nat. Commun. 8:2208",
  run,
};

await runIfStarted(import.meta.url, experiment);
