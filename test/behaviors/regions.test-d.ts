import { corticalColumn, corticalLayer, createNetwork, LIF, ProximalDendrite } from "neuroweave";
import { describe, expectTypeOf, it } from "vitest";

const net = createNetwork({ dt: 1 });
const cell = [LIF(), ProximalDendrite()] as const;

describe("a cortical layer, for the compiler", () => {
  it("knows the variables of its populations, and whether there is an inhibitory one", () => {
    const both = corticalLayer(net, "both", { exc: { n: 2, behaviors: cell }, inh: { n: 2, behaviors: LIF() } });
    expectTypeOf(both.exc.column).toBeCallableWith("I_proximal");
    // @ts-expect-error the inhibitory population has no dendrite
    both.inh.column("I_proximal");
    const alone = corticalLayer(net, "alone", { exc: { n: 2, behaviors: cell } });
    expectTypeOf(alone.inh).toEqualTypeOf<undefined>();
  });

  it("sees behaviors whose companions are missing", () => {
    // @ts-expect-error a dendrite needs an input
    corticalLayer(net, "bare", { exc: { n: 2, behaviors: [ProximalDendrite()] } });
  });

  it("sees ends that do not exist", () => {
    const connect = {} as never;
    // @ts-expect-error there is no population pv
    corticalLayer(net, "ends", { exc: { n: 2, behaviors: cell }, synapses: [{ from: "exc", to: "pv", connect }] });
    corticalColumn(net, "column", {
      layers: { L4: { exc: { n: 2, behaviors: cell } } },
      // @ts-expect-error there is no layer L5
      synapses: [{ from: "L4.exc", to: "L5.exc", connect }],
    });
  });
});
