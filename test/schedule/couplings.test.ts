import {
  allToAll,
  CouplingReceptor,
  createNetwork,
  CurrentReceptor,
  defineBehavior,
  GapJunction,
  LIF,
  uniform,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

const cell = defineBehavior({
  name: "cell",
  state: { v: { init: 1 }, felt: { init: 0 } },
  equations: "dv/dt = -v",
  onArrival: "felt = arriving",
});
const link = defineBehavior({ name: "link", coupling: "w * pre.v" });

describe("a coupling in every step", () => {
  it("has no delay, and is refused with one instead of ignoring it", () => {
    const net = createNetwork({ dt: 0.5 });
    const cells = net.population("cells", 3, cell());
    const couple = (delay: number | number[] | ReturnType<typeof uniform>) => () =>
      net.projection("links", { source: cells, target: cells, connect: allToAll(), delay, behaviors: [link({})] });
    for (const delay of [1, [0.5, 1, 1.5], uniform(0, 3)])
      expect(refusal(couple(delay))).toMatchObject({ code: "structure", entity: "links", behavior: "link" });
    // A delay of at most one step is what every projection has.
    for (const delay of [0, 0.5]) {
      const made = couple(delay)();
      expect(made.n).toBe(9);
      net.remove(made);
    }
  });
});

describe("a coupling into a receptor that adds up what arrives", () => {
  it("is refused, since what it adds in every step would depend on dt", () => {
    const net = createNetwork({ dt: 0.5 });
    const cells = net.population("cells", 2, [
      LIF(),
      CurrentReceptor({ name: "sum" }),
      CouplingReceptor({ name: "held" }),
    ]);
    const couple = (receptor: string) =>
      net.projection("gap", {
        source: cells,
        target: cells,
        connect: allToAll(),
        receptor,
        behaviors: [GapJunction()],
      });
    expect(refusal(() => couple("sum"))).toMatchObject({ code: "structure", entity: "gap" });
    expect(refusal(() => couple("sum")).message).toMatch(/sum of cells.*CouplingReceptor/su);
    expect(net.projections).toHaveLength(0);
    expect(couple("held").n).toBe(4);
  });
});
