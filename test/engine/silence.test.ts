import {
  AlphaConductance,
  ConductanceReceptor,
  createNetwork,
  CurrentReceptor,
  DoubleExponentialConductance,
  LIF,
  SpikeTrain,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { paired } from "./wiring.ts";
import { builtNetwork, naiveTwin, type NetworkPlan } from "./random-networks.ts";

/** One spike into a conductance, and then nothing. */
const oneSpike: NetworkPlan = {
  dt: 0.5,
  cells: [
    {
      name: "cells",
      n: 3,
      tau: 2,
      theta: 1,
      I: [-0, -0, -0],
      refractory: 0,
      receptors: [{ name: "g", kind: "conductance", tau: 2, E: 2 }],
    },
  ],
  trains: [{ name: "train", n: 1, spikes: [{ step: 2, id: 0 }] }],
  projections: [
    {
      name: "p",
      source: { population: "train", from: 0, n: 1 },
      target: { population: "cells", from: 0, n: 3 },
      receptor: "g",
      synapses: [0.1, 0.3, 0.7].map((weight, target) => ({ source: 0, target, weight, delay: 3 })),
      weights: "array",
      delays: "one",
    },
  ],
};

describe.each(["wasm", "reference"] as const)("on %s, long after the last spike,", (device) => {
  it("a conductance is what it was in plain arithmetic until it is all but zero, and then zero", async () => {
    const [net, naive] = [builtNetwork(oneSpike, { device }), naiveTwin(oneSpike)];
    let [ordinary, gone] = [0, 0];
    await net.step(64);
    naive.advance(64);
    const conductances = (): Float64Array => naive.states.get("cells")!.g.get("g")!.slice() as Float64Array;
    for (let k = 0; k < 500; k++) {
      // The step that begins here is one of every 64 at whose beginning variables settle.
      const before = conductances();
      await net.step(1);
      naive.advance(1);
      const plain = conductances();
      net
        .find("cells")
        .get("g.g" as never)
        .forEach((g, i) => {
          if (before[i]! >= 2 ** -950) {
            expect(g).toBe(plain[i]);
            if (g > 0) ordinary++;
          } else {
            expect(g).toBe(0);
            gone++;
          }
        });
      await net.step(63);
      naive.advance(63);
    }
    expect(ordinary).toBeGreaterThan(100);
    expect(gone).toBeGreaterThan(50);
  });

  it.each(["f64", "f32"] as const)("every receptor of precision %s is at rest, and answers the next spike as it did the first", async (precision) => {
    const net = createNetwork({ dt: 0.5, device, precision });
    const [rest, late] = [6000, 6000.5];
    const source = net.population("source", 1, SpikeTrain({ times: [10, late], ids: [0, 0] }));
    const cells = net.population("cells", 1, [
      LIF({ tau: 4, v_rest: 0, threshold: 1e6, v_reset: 0 }),
      ConductanceReceptor({ name: "one", tau: 5 }),
      AlphaConductance({ name: "two", tau: 5 }),
      DoubleExponentialConductance({ name: "three", tau_rise: 1, tau_decay: 5 }),
      CurrentReceptor({ name: "four", tau: 5 }),
    ]);
    for (const [j, receptor] of ["one", "two", "three", "four"].entries())
      net.projection(receptor, { source, target: cells, connect: paired(1), receptor, weight: 0.5 + j, delay: 2 });
    await net.run(30);
    const first = net.state();
    for (const [name, values] of Object.entries(first)) if (/cells\.(one|two|three|four)\.g|cells\.four\.current/.test(name)) expect(values[0], name).not.toBe(0);
    await net.run(rest - 30);
    for (const [name, [value]] of Object.entries(net.state())) if (name.startsWith("cells.")) expect(value, name).toBe(0);
    // The late spike is as long after `rest + 0.5` as the first was after 10.
    await net.run(late - 10 + 30 - rest);
    for (const [name, values] of Object.entries(net.state())) if (name.startsWith("cells.")) expect([...values], name).toEqual([...first[name]!]);
  }); // prettier-ignore
});
