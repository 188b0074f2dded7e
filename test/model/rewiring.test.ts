import {
  allToAll,
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  LIF,
  oneToOne,
  PoissonSource,
  Recorder,
  uniform,
} from "neuroweave";
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

it("what is wired anew, or made and removed, again and again takes no more memory than a few times", async () => {
  const Restless = defineBehavior({
    name: "restless",
    scope: "instance",
    state: { z: { init: 0 } },
    equations: "z = poisson(0.5) + delayed(z, 3)",
  });
  const net = createNetwork({ dt: 1, seed: 2 });
  const cells = net.population("cells", 60, [LIF(), DeltaReceptor()]);
  const source = net.population("source", 60, PoissonSource({ rate: 50 }));
  const behaviors = [Restless(), Recorder({ variables: ["w", "restless.z"] })] as never;
  const weight = uniform(0, 0.01);
  const projection = net.projection("p", { source, target: cells, connect: allToAll(), weight, behaviors });
  const rounds = async (count: number): Promise<number> => {
    for (let round = 0; round < count; round++) {
      projection.rewire();
      const passing = net.population("passing", 500, [LIF(), Recorder({ variables: ["v"] })]);
      await net.step(2);
      net.remove(passing);
    }
    return cells.column("v").buffer.byteLength;
  };
  const few = await rounds(3);
  expect(await rounds(12)).toBe(few);
});
