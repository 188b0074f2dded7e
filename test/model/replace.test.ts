import { Adaptation, AELIF, ConstantCurrent, createNetwork, defineBehavior, Fire, Leak } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

const network = () => {
  const net = createNetwork({ dt: 0.1, seed: 3 });
  const cells = net.population("cells", 3, [AELIF({ R: 5 }), ConstantCurrent({ amplitude: [4, 6, 8] })]);
  return { net, cells };
};

const Doubled = defineBehavior({
  name: "doubled",
  parameters: { tau: { default: 10, unit: "ms" }, v_rest: { default: -65, unit: "mV" } },
  state: { v: { init: "v_rest", unit: "mV" } },
  equations: "tau * dv/dt += 2 * (v_rest - v)",
});

describe("a behavior in the place of another", () => {
  it("that says the same changes nothing, not even in the middle of a run", async () => {
    const [changed, untouched] = [network(), network()];
    for (const { net } of [changed, untouched]) await net.run(50);
    changed.cells.replace("leak", Leak({ name: "leak" }));
    for (const { net } of [changed, untouched]) await net.run(150);
    expect(changed.cells.spikes()).toEqual(untouched.cells.spikes());
    expect(changed.cells.state()).toEqual(untouched.cells.state());
  });

  it("keeps what is still there, stands in its place, and acts from the next step on", async () => {
    const { net, cells } = network();
    await net.run(20);
    const before = cells.state();
    const places = cells.behaviors.map(({ name }) => name);
    cells.replace("leak", Doubled());
    expect(cells.state()).toEqual(before);
    expect(cells.behaviors.map(({ name }) => name)).toEqual(places.map((name) => (name === "leak" ? "doubled" : name)));
    const single = network();
    single.cells.loadState(before);
    const [twice, once] = [cells.derivatives().v, single.cells.derivatives().v];
    // Twice the leak is once the leak more: (v_rest - v) / tau.
    twice.forEach((slope, j) => expect(slope - once[j]!).toBeCloseTo((-65 - before["v"]![j]!) / 10, 12));
  });

  it("stays switched off where the other was", async () => {
    const { net, cells } = network();
    cells.disable("adaptation").replace("adaptation", Adaptation({ name: "adaptation" }));
    expect(cells.behaviors.find(({ name }) => name === "adaptation")!.enabled).toBe(false);
    await net.run(50);
    expect([...cells.get("omega")]).toEqual([0, 0, 0]);
  });

  it("is refused as a whole where the result could not run", async () => {
    const [changed, untouched] = [network(), network()];
    for (const { net } of [changed, untouched]) await net.run(30);
    const { cells } = changed;
    expect(refusal(() => cells.replace("leak", Fire({ name: "again" })))).toMatchObject({ entity: "cells" });
    expect(refusal(() => cells.replace("lake", Leak()))).toMatchObject({ code: "unknown-name", candidates: ["leak"] });
    expect(cells.behaviors).toEqual(untouched.cells.behaviors);
    for (const { net } of [changed, untouched]) await net.run(100);
    expect(cells.spikes()).toEqual(untouched.cells.spikes());
  });

  it("takes the variables away that nobody has any more", () => {
    const { cells } = network();
    cells.replace("adaptation", ConstantCurrent({ name: "more", amplitude: 1 }));
    expect(Object.keys(cells.state())).toEqual(["v"]);
  });
});
