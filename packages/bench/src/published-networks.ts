/** Networks that other simulators are measured on, each against a loop over the same synapses. */
import { agreement, rateAsPublished } from "./agreement.ts";
import type { PlainLoop } from "./baselines.ts";
import { interleave } from "./measure.ts";
import { cobaLoop } from "./network-loops/coba.ts";
import { cubaLoop } from "./network-loops/cuba.ts";
import { izhikevichLoop } from "./network-loops/izhikevich.ts";
import { izhikevichNetwork, izhikevichNeurons } from "./network-models/izhikevich.ts";
import { cobaNetwork, cubaNetwork, type CobaMethod } from "./network-models/vogels-abbott.ts";
import { dt, type Measured } from "./networks.ts";
import type { Row } from "./outcome.ts";
import type { Benchmark, Circumstances } from "./section.ts";
import { scaled, speedup } from "./spread.ts";

interface Competitors {
  readonly loop: PlainLoop;
  readonly network: Measured;
}

interface Competition {
  readonly name: string;
  readonly n: number;
  /** Step size in ms. */
  readonly dt: number;
  /** Before anything is timed. */
  readonly commonSteps: number;
  /** Steps in one sample. */
  readonly steps: number;
  readonly make: () => Competitors;
  /** ms per biological second: what the fastest of the other simulators takes on the reference machine. */
  readonly goal: number;
  /** Rates in Hz that other simulators have. */
  readonly rates: readonly [number, number];
  /** Accepted relative difference of spike counts: none, unless the white input comes from different draws. */
  readonly tolerance: number;
}

const cuba = (n: number, steps: number, goal: number): Competition => ({
  name: `CUBA ${n.toLocaleString("en-US")}`,
  n,
  dt,
  commonSteps: 10_000,
  steps,
  make() {
    const network = cubaNetwork(n);
    return { network, loop: cubaLoop(network.start(), dt) };
  },
  goal,
  rates: [5.3, 5.9],
  tolerance: 0,
});

const coba = (n: number, method: CobaMethod, steps: number, goal: number): Competition => ({
  name: `COBA ${n.toLocaleString("en-US")}, ${method === "euler" ? "Euler" : "exponential Euler"}`,
  n,
  dt,
  commonSteps: 10_000,
  steps,
  make() {
    const network = cobaNetwork(n, method);
    return { network, loop: cobaLoop(network.start(), method, dt) };
  },
  goal,
  rates: [19, 21.5],
  tolerance: 0,
});

const izhikevich: Competition = {
  name: "Izhikevich 1,000, all to all",
  n: 1000,
  dt: 1,
  commonSteps: 10_000,
  steps: 2000,
  make() {
    const neurons = izhikevichNeurons(1000);
    return { network: izhikevichNetwork(neurons), loop: izhikevichLoop(neurons) };
  },
  goal: 22,
  rates: [6.9, 7.4],
  tolerance: 0.03,
};

const competitions: readonly Competition[] = [
  cuba(4000, 10_000, 45),
  coba(4000, "euler", 10_000, 61),
  coba(4000, "exponentialEuler", 5000, 249),
  cuba(40_000, 1000, 540),
  coba(40_000, "exponentialEuler", 1000, 2900),
  izhikevich,
];

/** CUBA, COBA, and Izhikevich's network of 2003. */
export const publishedNetworks: Benchmark = async (circumstances) => {
  const rows: Row[] = [];
  const notes: string[] = [];
  for (const [index, competition] of competitions.entries()) {
    const report = (done: number, total: number): void =>
      circumstances.report(index * total + done, competitions.length * total);
    const result = await compete(competition, { ...circumstances, report });
    rows.push(...result.rows);
    notes.push(...result.notes);
  }
  return {
    title: "networks of other simulators, f64",
    unit: "ms per biological second",
    reference: "plain JavaScript over the same synapses",
    rows,
    notes: [
      ...notes,
      "goals are what the fastest of Brian2, ANNarchy, NEST, GeNN and NEURON takes on the reference machine, a quiet AMD EPYC with AVX-512",
      "spikes are listed by the loop and recorded by the network, within the times; building is not in them",
    ],
  };
};

async function compete(competition: Competition, { quick, report }: Circumstances) {
  const { name, n, commonSteps, steps, make, goal, rates, tolerance } = competition;
  const { loop, network } = make();
  const expected = loop.advance(commonSteps);
  await network.advance(commonSteps);
  const counted = network.spikeCount();
  const seconds = (commonSteps * competition.dt) / 1000;
  const [lowest, highest] = rates;
  const notes = [
    rateAsPublished({ name, rate: counted / n / seconds, lowest, highest }),
    agreement({ name, expected, counted, tolerance }),
  ];
  const rounds = quick ? 5 : 11;
  const work = (steps * competition.dt) / 1000;
  const times = await interleave(
    [
      { name: "plain", run: () => loop.advance(steps), work },
      { name: "wasm", run: () => network.advance(steps), work, prepare: () => network.forget() },
    ],
    { rounds, samples: 1 },
    (round) => report(round, rounds),
  );
  const [plain, ours] = times.map((each) => scaled(each, 1e-6));
  const rows: Row[] = [
    { name: `${name}, plain JavaScript`, time: plain! },
    { name: `${name}, wasm`, time: ours!, speedup: speedup(plain!, ours!), goal: { of: "time", atMost: goal } },
  ];
  return { rows, notes };
}
