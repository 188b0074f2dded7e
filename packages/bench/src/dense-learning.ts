/** Dense pair-based STDP: 800 Poisson neurons of 10 Hz to 800 others, all to all, in steps of 1 ms. */
import {
  allToAll,
  createNetwork,
  defineBehavior,
  PairSTDP,
  PoissonSource,
  uniform,
  WeightBounds,
  type Network,
  type Projection,
} from "neuroweave";
import { NeuroweaveError } from "@neuroweave/equations";
import { interleave } from "./measure.ts";
import { denseStdpLoop } from "./network-loops/dense-stdp.ts";
import type { Place } from "./networks.ts";
import type { Row } from "./outcome.ts";
import type { Benchmark } from "./section.ts";
import { scaled, speedup } from "./spread.ts";

/** Neurons at either end, step in ms, rate in Hz, changes by a pair, and ms to a trace's 1/e. */
const denseValues = { n: 800, dt: 1, rate: 10, up: 0.005, down: 0.006, tau: 20 } as const;

/** Takes what arrives, and does nothing with it. */
const Sink = defineBehavior({
  name: "sink",
  source: "Own design.",
  state: { arrived: { init: 0 } },
  onArrival: "arrived = arriving",
});

function denseNetwork(place: Place, weights: "f64" | "f32"): { readonly net: Network; readonly synapses: Projection } {
  const { n, dt, rate, up, down, tau } = denseValues;
  const net = createNetwork({ dt, seed: 7, ...place });
  const source = net.population("source", n, PoissonSource({ rate }), { keepSpikes: 1 });
  const target = net.population("target", n, [PoissonSource({ rate }), Sink], { keepSpikes: 1 });
  const synapses = net.projection("source→target", {
    source,
    target,
    connect: allToAll(),
    weight: uniform(0, 1),
    weights,
    behaviors: [
      PairSTDP({ A_plus: up, A_minus: down, tau_plus: tau, tau_minus: tau }),
      WeightBounds({ min: 0, max: 1 }),
    ],
  });
  return { net, synapses };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

/** Steps ahead of the first time, after which mean weights must agree, and steps of a sample. */
const [common, steps] = [2000, 500];

export const denseLearning: Benchmark = async ({ quick, report }) => {
  const loop = denseStdpLoop(denseValues);
  loop.advance(common);
  const places = [
    ["wasm", "f64"],
    ["wasm", "f32"],
    ["native", "f64"],
    ["native", "f32"],
  ] as const;
  const notes: string[] = [];
  const contenders = [{ name: "plain JavaScript", run: (): unknown => loop.advance(steps) }];
  for (const [device, weights] of places)
    try {
      const { net, synapses } = denseNetwork({ device }, weights);
      await net.step(common);
      const [mean, expected] = [meanOf(synapses.weights().values), meanOf(loop.weights)];
      if (Math.abs(mean - expected) > 0.01)
        throw new NeuroweaveError("internal", `mean weights are ${mean} on ${device}, and ${expected} in the loop`, {
          remedy: "Find out which is wrong.",
        });
      contenders.push({ name: `${device}, weights ${weights}`, run: () => net.step(steps) });
      const bytes = net.explain().projections[0]!.bytesPerSynapse.toFixed(2);
      if (device === "wasm") notes.push(`${bytes} bytes per synapse with weights ${weights}, traces and all`);
    } catch (error) {
      if (!(error instanceof NeuroweaveError) || error.code === "internal") throw error;
      notes.push(`${device} takes no part: ${error.message.split("\n", 1)[0]}`);
    }
  const rounds = quick ? 5 : 11;
  const times = await interleave(
    contenders.map((each) => ({ ...each, work: steps })),
    { rounds, samples: 1 },
    (round) => report(round, rounds),
  );
  const [plain] = times.map((each) => scaled(each, 1e-3));
  const rows = contenders.map(({ name }, k): Row => {
    const time = scaled(times[k]!, 1e-3);
    return k === 0 ? { name, time } : { name, time, speedup: speedup(plain!, time), goal: { of: "time", atMost: 50 } };
  });
  return {
    title: `pair-based STDP, 800 × 800 synapses, 10 Hz, steps of 1 ms`,
    unit: "µs per step",
    reference: "plain JavaScript, which also goes through the rows and columns of spikes alone",
    rows,
    notes: [...notes, "CoNeX takes 5,200 µs for such a step on the reference machine, whatever spikes"],
  };
};
