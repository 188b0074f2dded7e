import {
  allToAll,
  convolution,
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  fromArrays,
  LIF,
  Phase,
  Recorder,
  SpikeTrain,
  TsodyksMarkram,
} from "neuroweave";
import { describe, expect, it } from "vitest";

const devices = ["wasm", "reference"] as const;

describe.each(devices)("variables of which there are more or fewer than synapses, on %s:", (device) => {
  it("a recorder keeps one value for each source, and one for each shared weight", async () => {
    const net = createNetwork({ dt: 1, device });
    const source = net.population("source", [3, 3], SpikeTrain({ times: [0, 1, 1, 3], ids: [4, 0, 4, 8] }));
    const cells = net.population("cells", [2, 2], [LIF({ R: 5 }), DeltaReceptor()]);
    const projection = net.projection("in", {
      source,
      target: cells,
      connect: convolution({
        kernel: [
          [1, 2],
          [3, 4],
        ],
      }),
      behaviors: [TsodyksMarkram({ U: 0.5, tau_rec: 100 }), Recorder({ variables: ["w", "R", "t_before"] })],
    });
    await net.step(3);
    const twin = net.fork();
    for (const each of [net, twin]) {
      await each.step(3);
      const { recorded } = { recorded: (name: string) => each.findProjection("in").recorded(name) };
      expect(projection.n).toBe(16);
      expect(["w", "R", "t_before"].map((name) => recorded(name).shape)).toEqual([
        [6, 4],
        [6, 9],
        [6, 9],
      ]);
      for (const step of [0, 5]) expect([...recorded("w").at(step)]).toEqual([1, 2, 3, 4]);
      // A spike of step k is handled in step k + 1.
      expect([...recorded("t_before").trace(4)]).toEqual([0, 0, 1, 1, 1, 1]);
      expect([...recorded("t_before").trace(8)]).toEqual([0, 0, 0, 0, 3, 3]);
      expect([...recorded("R").at(5)]).toEqual([...each.findProjection("in").get("R")]);
      expect(recorded("R").trace(4)[1]).toBe(0.5);
      expect([...recorded("R").trace(1)]).toEqual([1, 1, 1, 1, 1, 1]);
    }
  });

  it("host codes of one moment see what was before, of all sources", async () => {
    const host = (name: string, other: string) =>
      defineBehavior({
        name,
        priority: Phase.Trace,
        state: { [name]: { init: 1, per: "source" } },
        requires: [other],
        step({ columns }) {
          const [own, seen] = [columns[name]!, columns[other]!];
          for (let s = 0; s < own.length; s++) own[s] = own[s]! + seen[s]! * (s + 1);
        },
      });
    const net = createNetwork({ dt: 1, device });
    const source = net.population("source", 9, SpikeTrain({ times: [], ids: [] }));
    const cells = net.population("cells", 2, [LIF(), DeltaReceptor()]);
    // Two synapses, and nine sources.
    const projection = net.projection("in", {
      source,
      target: cells,
      connect: fromArrays({ sources: [0, 8], targets: [0, 1] }),
      behaviors: [host("a", "b")(), host("b", "a")()] as never,
    });
    await net.step(3);
    // x ← x + y (s + 1), y ← y + x (s + 1): both are (s + 2)³ after three steps.
    const cubes = Array.from({ length: 9 }, (_, s) => (s + 2) ** 3);
    expect([...projection.get("a")]).toEqual(cubes);
    expect([...projection.get("b")]).toEqual(cubes);
  });

  it("is the case of dense projections as well", async () => {
    const net = createNetwork({ dt: 1, device });
    const source = net.population("source", 5, SpikeTrain({ times: [0], ids: [3] }));
    const cells = net.population("cells", 1, [LIF(), DeltaReceptor()]);
    const behaviors = [TsodyksMarkram(), Recorder({ variables: ["u"] })];
    const projection = net.projection("in", { source, target: cells.slice(0, 1), connect: allToAll(), behaviors });
    await net.step(2);
    expect([...projection.recorded("u").at(1)]).toEqual([0, 0, 0, 0.5, 0]);
  });
});
