/** Brunel's network: what a synaptic event costs with everything in the account, and what takes how much of it. */
import { agreement, rateAsPublished } from "./agreement.ts";
import { interleave } from "./measure.ts";
import { brunelLoop } from "./network-loops/brunel.ts";
import { brunelNetwork, brunelValues, type BrunelValues } from "./network-models/brunel.ts";
import { dt } from "./networks.ts";
import type { Row } from "./outcome.ts";
import type { Benchmark } from "./section.ts";
import { speedup, without, type Spread } from "./spread.ts";

const n = 12_500;

/** 1 s, in which rates are counted. */
const commonSteps = 10_000;

/** 100 ms. */
const steps = 1000;

/** Without synapses: driven to the rate that the network has. */
const driven: BrunelValues = { ...brunelValues, external: 0, v_rest: 24.1 };
const drivenByNoise: BrunelValues = {
  ...brunelValues,
  w_external: (24.1 / brunelValues.external / brunelValues.tau) * 1000,
};

/** A loop and a network from one beginning. */
function competitors(share: number, values: BrunelValues) {
  const network = brunelNetwork(n, share, values);
  return { network, loop: brunelLoop(network.start(), dt), synapses: network.synapses };
}

export const brunelEvents: Benchmark = async ({ quick, report }) => {
  const whole = competitors(0.1, brunelValues);
  const noisy = competitors(0, drivenByNoise);
  const plain = competitors(0, driven);
  const all = [whole, noisy, plain];
  const notes: string[] = [];
  let spikes = 0;
  for (const [name, tolerance, { network, loop }] of [
    ["network", 0.02, whole],
    ["neurons and Poisson input alone", 0.02, noisy],
    ["neurons alone", 0, plain],
  ] as const) {
    const expected = loop.advance(commonSteps);
    await network.advance(commonSteps);
    const counted = network.spikeCount();
    if (network === whole.network) {
      spikes = counted;
      notes.push(rateAsPublished({ name, rate: counted / n / (commonSteps * dt * 1e-3), lowest: 36.8, highest: 38.2 }));
    }
    notes.push(agreement({ name, expected, counted, tolerance }));
  }
  const eventsPerStep = (spikes / commonSteps) * (whole.synapses / n);
  const work = steps * eventsPerStep;
  const rounds = quick ? 5 : 11;
  const times = await interleave(
    all.flatMap(({ network, loop }) => [
      { name: "plain", run: () => loop.advance(steps), work },
      { name: "wasm", run: () => network.advance(steps), work, prepare: () => network.forget() },
    ]),
    { rounds, samples: quick ? 1 : 3 },
    (round) => report(round, rounds),
  );
  const [loopWhole, wasmWhole, loopNoisy, wasmNoisy, loopNeurons, wasmNeurons] = times as readonly [
    Spread,
    Spread,
    Spread,
    Spread,
    Spread,
    Spread,
  ];
  const parts = (all: Spread, noisy: Spread, neurons: Spread) =>
    [
      ["neurons", neurons],
      ["Poisson input", without(noisy, neurons)],
      ["rings and delivery", without(all, noisy)],
    ] as const;
  const loopParts = parts(loopWhole, loopNoisy, loopNeurons);
  const wasmParts = parts(wasmWhole, wasmNoisy, wasmNeurons);
  const rows: Row[] = [
    { name: "plain JavaScript", time: loopWhole },
    ...loopParts.map(([name, time]): Row => ({ name: `  ${name}`, time })),
    { name: "wasm", time: wasmWhole, speedup: speedup(loopWhole, wasmWhole), goal: { of: "time", atMost: 1.5 } },
    ...wasmParts.map(([name, time], index): Row => ({
      name: `  ${name}`,
      time,
      speedup: speedup(loopParts[index]![1], time),
    })),
  ];
  return {
    title: `Brunel's network, ${n.toLocaleString("en-US")} neurons, ${(whole.synapses / 1e6).toFixed(1)} million synapses, f64`,
    unit: "ns per synaptic event",
    reference: "plain JavaScript over the same synapses",
    rows,
    notes: [
      ...notes,
      `${Math.round(eventsPerStep).toLocaleString("en-US")} events and ${n.toLocaleString("en-US")} neurons in a step`,
      "parts are differences between the network, neurons with Poisson input alone and neurons alone, all driven to the same rate",
    ],
  };
};
