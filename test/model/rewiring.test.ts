import { allToAll, createNetwork, DeltaReceptor, LIF, oneToOne } from "neuroweave";
import { describe, expect, it } from "vitest";

describe("wiring anew", () => {
  it("is announced when the projection has its other synapses", () => {
    const net = createNetwork({ dt: 1 });
    const cells = net.population("cells", 4, [LIF(), DeltaReceptor()]);
    const projection = net.projection("p", { source: cells, target: cells, connect: allToAll() });
    const seen: unknown[] = [];
    net.on("structure", ({ change }) => void seen.push(change, projection.n, projection.weights().values.length));
    projection.rewire({ connect: oneToOne() });
    expect(seen).toEqual(["rewired", 4, 4]);
  });
});
