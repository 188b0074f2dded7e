import { corticalColumn, corticalLayer, createNetwork, fixedProbability, LIF, PoissonSource, ProximalDendrite, Recorder, type SynapsePlan } from "neuroweave"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

const cell = [LIF({ R: 5 }), ProximalDendrite({ name: "proximal" })];
const sparse = { connect: fixedProbability(0.5), receptor: "proximal" };
const within = [
  { from: "exc", to: "inh", weight: 3, ...sparse },
  { from: "inh", to: "exc", weight: -4, delay: 2, ...sparse },
] as const satisfies readonly SynapsePlan<"exc" | "inh">[];
const layer = { exc: { n: [4, 5], behaviors: cell }, inh: { n: 5, behaviors: cell, tags: ["pv"] }, synapses: within };

describe("a cortical layer", () => {
  it("is a region with its populations, tagged, and its synapses", () => {
    const net = createNetwork({ dt: 1 });
    const { region, exc, inh, projections } = corticalLayer(net, "L4", layer);
    expect(net.populations.map(({ name }) => name)).toEqual(["L4.exc", "L4.inh"]);
    expect([exc.shape, inh.n, [...exc.tags], [...inh.tags]]).toEqual([[4, 5], 5, ["exc"], ["inh", "pv"]]);
    expect(Object.keys(projections)).toEqual(["exc→inh", "inh→exc"]);
    const back = projections["inh→exc"]!;
    expect([back.name, back.source, back.target]).toEqual(["L4.inh→exc", "L4.inh", "L4.exc"]);
    expect(new Set(back.weights().values)).toEqual(new Set([-4]));
    expect(new Set(back.delays().values)).toEqual(new Set([2]));
    expect(region.populations).toEqual([exc, inh]);
    expect(region.projections).toEqual(Object.values(projections));
    expect(net.findAll("pv")).toEqual([inh]);
  });

  it("does without an inhibitory population", () => {
    const net = createNetwork({ dt: 1 });
    const { inh, region } = corticalLayer(net, "L1", { exc: { n: 3, behaviors: cell } });
    expect(inh).toBeUndefined();
    expect(region.populations).toHaveLength(1);
  });

  it("leaves nothing behind when a part of it is refused", () => {
    const net = createNetwork({ dt: 1 });
    const noReceptor = [{ from: "exc", to: "inh", connect: fixedProbability(1), receptor: "distal" }] as const;
    expect(refusal(() => corticalLayer(net, "L4", { ...layer, synapses: noReceptor })).code).toBe("missing-companion");
    const noInhibition = { exc: layer.exc, synapses: within };
    expect(refusal(() => corticalLayer(net, "L4", noInhibition)).message).toContain("no population inh");
    expect([net.populations, net.projections]).toEqual([[], []]);
    expect(corticalLayer(net, "L4", layer).region.populations).toHaveLength(2);
  });
});

describe("a cortical column", () => {
  const layers = { L4: layer, L23: layer, L5: layer, L6: { exc: layer.exc } };
  const build = () => {
    const net = createNetwork({ dt: 1, seed: 3 });
    const column = corticalColumn(net, "V1", {
      layers,
      synapses: [
        { from: "L4.exc", to: "L23.exc", weight: 6, ...sparse },
        { from: "L23.exc", to: "L5.exc", weight: 6, ...sparse },
        { from: "L5.exc", to: "L6.exc", weight: 6, ...sparse },
        { from: "L6.exc", to: "L4.exc", weight: 2, ...sparse },
        { from: "L6.exc", to: "L4.exc", name: "slow feedback", weight: 1, delay: 9, ...sparse },
      ],
    });
    const thalamus = net.population("thalamus", 20, PoissonSource({ rate: 60 }));
    net.projection("thalamus→L4", { source: thalamus, target: column.layers.L4.exc, weight: 6, ...sparse });
    return { net, column };
  };

  it("is a region of layers, and of the synapses within and between them", () => {
    const { net, column } = build();
    expect(Object.keys(column.layers)).toEqual(["L4", "L23", "L5", "L6"]);
    expect(column.region.populations).toHaveLength(7);
    expect(column.region.populations[2]).toBe(column.layers.L23.exc);
    expect(column.layers.L23.exc.name).toBe("V1.L23.exc");
    expect(column.layers.L6.inh).toBeUndefined();
    expect(column.region.projections).toHaveLength(11);
    expect(column.projections["slow feedback"]!.name).toBe("V1.slow feedback");
    expect(column.layers.L5.region.projections.map(({ name }) => name)).toEqual(["V1.L5.exc→inh", "V1.L5.inh→exc"]);
    expect(net.populations).toHaveLength(8);
  });

  it("is recorded at one blow, runs, and hands activity on from layer to layer", async () => {
    const { net, column } = build();
    column.region.attach(Recorder({ variables: ["v"] }));
    await net.run(100);
    const recorded = column.region.recorded("v");
    expect(Object.keys(recorded)).toEqual(column.region.populations.map(({ name }) => name));
    expect(recorded["V1.L4.exc"]!.shape).toEqual([100, 20]);
    const spikes = column.region.spikes();
    const first = (name: string): number => spikes[name]!.times[0]!;
    expect(first("V1.L4.exc")).toBeLessThan(first("V1.L23.exc"));
    expect(first("V1.L23.exc")).toBeLessThan(first("V1.L5.exc"));
    expect(first("V1.L5.exc")).toBeLessThan(first("V1.L6.exc"));
  });

  it("explains itself alone, and each of its layers", () => {
    const { column } = build();
    const own = String(column.region.explain());
    expect(own).toContain("V1.L23.exc");
    expect(own).not.toContain("thalamus");
    const L5 = String(column.layers.L5.region.explain());
    expect(L5).toContain("V1.L5.inh");
    expect(L5).not.toContain("V1.L23");
  });

  it("refuses a layer that it does not have, and leaves nothing behind", () => {
    const net = createNetwork({ dt: 1 });
    const synapses = [{ from: "L4.exc", to: "L7.exc", ...sparse }] as never;
    expect(refusal(() => corticalColumn(net, "V1", { layers, synapses })).message).toContain("no population L7.exc");
    expect([net.populations, net.projections]).toEqual([[], []]);
  });
});
