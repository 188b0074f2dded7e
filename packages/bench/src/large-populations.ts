/** LIF and AdEx, 100,000 neurons: the cost of one neuron and step against a plain loop in f64. */
import { agreement } from "./agreement.ts";
import { adexLoop, lifLoop, type PlainLoop } from "./baselines.ts";
import { interleave } from "./measure.ts";
import { adexNetwork, adexValues, dt, lifNetwork, lifValues, type Measured, type Precision } from "./networks.ts";
import type { Row } from "./outcome.ts";
import type { Benchmark, Circumstances } from "./section.ts";
import { speedup } from "./spread.ts";

const n = 100_000;

/** 100 ms. It brings both sides to the same place, warms them up, and shows that they spike alike. */
const commonSteps = 1000;

interface Competition {
  readonly name: string;
  /** Steps in one sample. */
  readonly steps: number;
  readonly loop: PlainLoop;
  readonly network: (precision: Precision) => Measured;
  readonly goals: Readonly<Record<Precision, number>>;
  /** Accepted relative difference of spike counts: rounding in f32, and the last bit of exp. */
  readonly tolerances: Readonly<Record<Precision, number>>;
}

const competitions = (): readonly Competition[] => [
  {
    name: "LIF",
    steps: 200,
    loop: lifLoop(lifValues(n), dt),
    network: (precision) => lifNetwork(lifValues(n), precision),
    goals: { f64: 2.5, f32: 4 },
    tolerances: { f64: 0, f32: 0.01 },
  },
  {
    name: "AdEx",
    steps: 50,
    loop: adexLoop(adexValues(n), dt),
    network: (precision) => adexNetwork(adexValues(n), precision),
    goals: { f64: 2.5, f32: 4 },
    tolerances: { f64: 0.0001, f32: 0.01 },
  },
];

/** Two models, two precisions. */
export const largePopulations: Benchmark = async (circumstances) => {
  const rows: Row[] = [];
  const notes: string[] = [];
  const all = competitions();
  for (const [index, competition] of all.entries()) {
    const report = (done: number, total: number): void =>
      circumstances.report(index * total + done, all.length * total);
    const result = await compete(competition, { ...circumstances, report });
    rows.push(...result.rows);
    notes.push(...result.notes);
  }
  return {
    title: `${n.toLocaleString("en-US")} neurons, dt ${dt} ms`,
    unit: "ns per neuron and step",
    reference: "plain JavaScript, f64",
    rows,
    notes: [...notes, "spikes are listed by the loop and recorded by the network, within the times"],
  };
};

async function compete(competition: Competition, { quick, report }: Circumstances) {
  const { name, steps, loop, network, goals, tolerances } = competition;
  const precisions: readonly Precision[] = ["f64", "f32"];
  const networks = precisions.map(network);
  const notes: string[] = [];
  const expected = loop.advance(commonSteps);
  for (const [index, precision] of precisions.entries()) {
    await networks[index]!.advance(commonSteps);
    const counted = networks[index]!.spikeCount();
    notes.push(agreement({ name: `${name}, wasm ${precision}`, expected, counted, tolerance: tolerances[precision] }));
  }
  const rounds = quick ? 5 : 21;
  const [plain, ...ours] = await interleave(
    [
      { name: "plain", run: () => loop.advance(steps), work: n * steps },
      ...networks.map((each, index) => ({
        name: precisions[index]!,
        run: () => each.advance(steps),
        work: n * steps,
        prepare: () => each.forget(),
      })),
    ],
    { rounds, samples: quick ? 1 : 3 },
    (round) => report(round, rounds),
  );
  const rows: Row[] = [
    { name: `${name}, plain JavaScript, f64`, time: plain! },
    ...precisions.map((precision, index): Row => {
      const time = ours[index]!;
      const goal = { of: "speedup", atLeast: goals[precision] } as const;
      return { name: `${name}, wasm ${precision}`, time, speedup: speedup(plain!, time), goal };
    }),
  ];
  return { rows, notes };
}
