import { describe, expect, it } from "vitest";
import {
  ActivityBaseHomeostasis,
  allToAll,
  ConductanceReceptor,
  createNetwork,
  defineBehavior,
  LIF,
  Phase,
  PoissonSource,
  TsodyksMarkram,
  VoltageBaseHomeostasis,
} from "neuroweave";
import { allBits } from "../kernel/bits.ts";

/** An adaptive behavior of synapses: every spike of the source makes its weights a little stronger. */
const Strengthen = defineBehavior({
  name: "strengthen",
  adaptive: true,
  scope: "instance",
  requires: ["w"],
  onPre: "w = w + 0.01",
});

const Count = defineBehavior({
  name: "count",
  adaptive: true,
  priority: Phase.Learning,
  state: { told: { init: 0 } },
  step({ columns, learning }) {
    columns.told.fill(learning ? 1 : -1);
  },
});

function build() {
  const net = createNetwork({ dt: 0.5, seed: 4 });
  const source = net.population("source", 20, PoissonSource({ rate: 100 }));
  const cells = net.population("cells", 5, [
    LIF({ R: 5, I: 3.5 }),
    ConductanceReceptor({ name: "g_exc" }),
    ActivityBaseHomeostasis({ activity_rate: 2, window_size: 20, updating_rate: 0.1 }),
    VoltageBaseHomeostasis({ max_ta: -55, min_ta: -62, eta_ip: 0.001 }),
    Count(),
  ]);
  const behaviors = [TsodyksMarkram({ tau_facil: 200 }), Strengthen()];
  const weight = new Float64Array(100).fill(0.01);
  const synapses = net.projection("in", {
    source,
    target: cells,
    connect: allToAll(),
    receptor: "g_exc",
    weight,
    behaviors,
  });
  return { net, cells, synapses };
}

describe("a network that does not learn", () => {
  it("keeps every adaptive variable to the bit, and nothing else", async () => {
    const { net, cells, synapses } = build();
    await net.run(200);
    const adaptive = () => ({
      threshold: allBits(cells.get("threshold")),
      exhaustion: allBits(cells.get("exhaustion")),
      activities: allBits(cells.get("activities")),
      weights: allBits(synapses.get("w")),
    });
    const learnt = adaptive();
    expect(new Set(learnt.weights).size).toBeGreaterThan(1);
    expect(cells.get("told")).toEqual(new Float64Array(5).fill(1));
    net.learning = false;
    const [v, u] = [allBits(cells.get("v")), allBits(synapses.get("u"))];
    const spikes = cells.spikes().ids.length;
    await net.run(500);
    expect(adaptive()).toEqual(learnt);
    expect(allBits(cells.get("v"))).not.toEqual(v);
    expect(allBits(synapses.get("u"))).not.toEqual(u);
    expect(cells.spikes().ids.length).toBeGreaterThan(spikes);
    expect(cells.get("told")).toEqual(new Float64Array(5).fill(-1));
    net.learning = true;
    await net.run(200);
    expect(adaptive().weights).not.toEqual(learnt.weights);
    expect(adaptive().threshold).not.toEqual(learnt.threshold);
  });

  it("does not learn from spikes that a projection hands over when it stops transmitting", async () => {
    const { net, synapses } = build();
    net.learning = false;
    await net.run(100);
    const weights = allBits(synapses.get("w"));
    const resources = allBits(synapses.get("R"));
    synapses.disable();
    // Something was handed over: short-term plasticity is no learning.
    expect(allBits(synapses.get("R"))).not.toEqual(resources);
    expect(allBits(synapses.get("w"))).toEqual(weights);
  });

  it("goes back to its first weights and thresholds with a reset", async () => {
    const { net, cells, synapses } = build();
    const [weights, thresholds] = [synapses.get("w"), cells.get("threshold")];
    await net.run(300);
    const first = net.state();
    net.reset();
    expect(synapses.get("w")).toEqual(weights);
    expect(cells.get("threshold")).toEqual(thresholds);
    await net.run(300);
    expect(net.state()).toEqual(first);
  });
});
