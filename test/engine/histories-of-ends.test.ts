import { createNetwork, defineBehavior, DeltaReceptor, fixedProbability, LIF, Phase, PoissonSource } from "neuroweave";
import { describe, expect, it } from "vitest";

/** Traces at either end of synapses, and what they were 2 and 1.5 ms ago. */
const Remembering = defineBehavior({
  name: "remembering",
  priority: Phase.Learning,
  requires: ["efficacy"],
  parameters: { tau_trace: { default: 20, unit: "ms" } },
  state: {
    x: { init: 0.25, per: "source" },
    y: { init: 0.5, per: "target" },
    x_past: { init: 0, per: "source" },
    y_past: { init: 0, per: "target" },
  },
  equations: `
    x = x * exp(-dt / tau_trace)
    y = y * exp(-dt / tau_trace)
    x_past = delayed(x, 2)
    y_past = delayed(y, 1.5)
  `,
  onPre: "x += 1",
  onPost: "y += 1",
});

const network = (device: "reference" | "wasm") => {
  const net = createNetwork({ dt: 0.5, seed: 3, device });
  // Fewer synapses than neurons at either end.
  const source = net.population("source", 37, PoissonSource({ rate: 200 }));
  const target = net.population("target", 22, [LIF({ I: 25 }), DeltaReceptor()]);
  const projection = net.projection("p", {
    source,
    target,
    connect: fixedProbability(0.01),
    weight: 0.1,
    behaviors: [Remembering()],
  });
  return { net, projection };
};

describe("the past of what a projection has for each neuron of an end", () => {
  it.each(["reference", "wasm"] as const)("is what it was at the start of the earlier step, on %s", async (device) => {
    const { net, projection } = network(device);
    const past: { x: Float64Array; y: Float64Array }[] = [];
    const at = (step: number) => past[Math.max(0, step)]!;
    for (let step = 0; step < 40; step++) {
      past.push({ x: projection.get("x"), y: projection.get("y") });
      await net.run(0.5);
      expect(projection.get("x_past")).toEqual(at(step - 4).x);
      expect(projection.get("y_past")).toEqual(at(step - 3).y);
    }
    expect(Math.max(...projection.get("x_past"))).toBeGreaterThan(1);
    expect(Math.max(...projection.get("y_past"))).toBeGreaterThan(0.5);
  });

  it("is part of a snapshot", async () => {
    const { net, projection } = network("wasm");
    await net.run(10);
    const bytes = net.snapshot();
    const fresh = network("reference");
    fresh.net.restore(bytes);
    for (const each of [net, fresh.net]) await each.run(1.5);
    for (const name of ["x_past", "y_past"] as const) expect(fresh.projection.get(name)).toEqual(projection.get(name));
  });
});
