import { describe, expect, it } from "vitest";
import {
  allToAll,
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  fixedProbability,
  LIF,
  Phase,
  Recorder,
  SpikeTrain,
  uniform,
} from "neuroweave";

/** Scales the weights onto each target so that they sum to `total`, after every step. */
const Normalize = defineBehavior({
  name: "normalize",
  adaptive: true,
  scope: "instance",
  priority: Phase.Normalization,
  requires: ["w"],
  writes: ["w"],
  options: { total: 1 },
  state: { calls: { init: 0 } },
  step({ columns, synapses, learning }) {
    columns.calls[0]! += 1;
    if (!learning) return;
    const { targets } = synapses!;
    const sums = new Map<number, number>();
    const w = columns["w"]!;
    for (let j = 0; j < w.length; j++) sums.set(targets[j]!, (sums.get(targets[j]!) ?? 0) + w[j]!);
    for (let j = 0; j < w.length; j++) w[j]! /= sums.get(targets[j]!)!;
  },
});

/** Notes in each source's first synapse that the source has spiked in this step. */
const Notice = defineBehavior({
  name: "notice",
  scope: "instance",
  priority: Phase.Trace,
  state: { noticed: { init: 0 } },
  step({ columns, synapses, spikes }) {
    for (const source of spikes) columns.noticed[synapses!.pointers[source]!]! += 1;
  },
});

describe.each(["wasm", "reference"] as const)("host code of a projection on %s", (device) => {
  it("sees who is connected to whom and writes weights, which count from the next spike on", async () => {
    const net = createNetwork({ dt: 1, seed: 1, device });
    const source = net.population("source", 6, SpikeTrain({ times: [0, 3], ids: [2, 2] }));
    const cells = net.population("cells", 4, [LIF({ tau: 1e9 }), DeltaReceptor(), Recorder({ variables: ["v"] })]);
    const connect = fixedProbability(0.8);
    const projection = net.projection("in", {
      source,
      target: cells,
      connect,
      weight: uniform(1, 2),
      behaviors: [Normalize()],
    });
    const first = projection.weights();
    await net.step(6);
    const { sources, targets, values } = projection.weights();
    for (let target = 0; target < 4; target++) {
      const own = [...values].filter((_, j) => targets[j] === target);
      expect(own.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
    }
    for (const [j, target] of targets.entries()) {
      if (sources[j] !== 2) continue;
      const v = cells.recorded("v").trace(target);
      // The spike of step 0 arrives in step 1 with the normalized weight: they were scaled at the end of step 0.
      expect(v[1]! - v[0]!).toBeCloseTo(values[j]!, 8);
      expect(values[j]).toBeLessThan(first.values[j]!);
    }
  });

  it("is given the spikes of the source", async () => {
    const net = createNetwork({ dt: 1, seed: 1, device });
    const source = net.population("source", 3, SpikeTrain({ times: [0, 1, 1, 4], ids: [0, 0, 2, 2] }));
    const cells = net.population("cells", 2, [LIF(), DeltaReceptor()]);
    const projection = net.projection("in", {
      source,
      target: cells,
      connect: allToAll(),
      weight: 0,
      behaviors: [Notice()],
    });
    await net.step(6);
    expect([...projection.get("noticed")]).toEqual([2, 0, 0, 0, 2, 0]);
  });
});
