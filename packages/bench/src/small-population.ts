/** LIF, 1,000 neurons: what a step costs when the neurons cost little. */
import { agreement } from "./agreement.ts";
import { lifLoop } from "./baselines.ts";
import { interleave } from "./measure.ts";
import { dt, lifNetwork, lifValues } from "./networks.ts";
import type { Benchmark } from "./section.ts";
import { scaled, speedup, type Spread } from "./spread.ts";

const n = 1000;

/** 1 s of biological time. */
const steps = 10_000;

const inMicroseconds = (spread: Spread): Spread => scaled(spread, 1e-3);

/** One long run, and a run for every step. */
export const smallPopulation: Benchmark = async ({ quick, report }) => {
  const loop = lifLoop(lifValues(n), dt);
  const cells = lifNetwork(lifValues(n), "f64");
  const stepwise = lifNetwork(lifValues(n), "f64");
  const expected = loop.advance(steps);
  await cells.advance(steps);
  const counted = cells.spikeCount();
  const rounds = quick ? 5 : 21;
  const calls = 500;
  const times = await interleave(
    [
      { name: "plain", run: () => loop.advance(steps), work: steps },
      { name: "one run", run: () => cells.advance(steps), work: steps, prepare: () => cells.forget() },
      {
        name: "stepwise",
        run: async () => {
          for (let call = 0; call < calls; call++) await stepwise.advance(1);
        },
        work: calls,
        prepare: () => stepwise.forget(),
      },
    ],
    { rounds, samples: quick ? 3 : 5 },
    (round) => report(round, rounds),
  );
  const [plain, one, each] = times.map(inMicroseconds) as [Spread, Spread, Spread];
  return {
    title: `LIF, ${n.toLocaleString("en-US")} neurons, dt ${dt} ms`,
    unit: "µs per step",
    reference: "plain JavaScript, f64",
    rows: [
      { name: "plain JavaScript, f64", time: plain },
      {
        name: `wasm f64, await net.run(${steps * dt})`,
        time: one,
        speedup: speedup(plain, one),
        goal: { of: "time", atMost: 1 },
      },
      { name: `wasm f64, await net.run(${dt}) for every step`, time: each },
    ],
    notes: [agreement({ name: "wasm f64", expected, counted, tolerance: 0 })],
  };
};
