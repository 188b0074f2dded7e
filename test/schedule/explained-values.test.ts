/** What an explanation says of values and defaults, and the part of it about some entities. */
import {
  allToAll,
  createNetwork,
  defineBehavior,
  LIF,
  uniform,
  WeightBounds,
  type BehaviorInstance,
  type Network,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { Sink } from "../behaviors/plasticity/trains.ts";

const behavior = (name: string, body: object): BehaviorInstance =>
  (defineBehavior({ name, ...body }) as () => BehaviorInstance)();

function two(options: object = {}): Network {
  const net = createNetwork({ dt: 0.5, seed: 2, ...options });
  const cells = net.population("cells", 3, [LIF({ R: 5, I: 8 }), Sink()]);
  const others = net.population("others", 1, [LIF(), Sink()]);
  net.projection("onward", { source: cells, target: others, connect: allToAll() });
  net.projection("back", { source: others, target: cells, connect: allToAll() });
  return net;
} // prettier-ignore

describe("the parameters of an explanation", () => {
  it("have their values and their defaults, numbers, lists and distributions", () => {
    const net = createNetwork({ dt: 1 });
    net.population("cells", 5, [
      behavior("own", {
        parameters: { one: { default: 2.5 }, list: { default: [1, 2, 3, 4, 5] }, drawn: { default: uniform(1, 2) } },
        state: { x: { init: 0 } },
      }),
    ] as never);
    const { parameters } = net.explain().populations[0]!;
    const of = (name: string) => parameters.find((each) => each.name === name)!;
    expect(of("one")).toMatchObject({ value: "2.5", default: "2.5" });
    expect(of("list")).toMatchObject({ value: "1 … 5", default: "1 … 5" });
    expect(of("drawn").default).toBe("uniform(1, 2)");
    expect(of("drawn").value).toMatch(/^1\.\d+ … 1\.\d+$/);
  });
});

describe("the part of an explanation about some entities", () => {
  it("has what is theirs, in the same words, and nothing of others", () => {
    const all = two().explain();
    const part = all.only(new Set(["cells", "back"]));
    expect(part.populations.map(({ name }) => name)).toEqual(["cells"]);
    expect(part.projections.map(({ name }) => name)).toEqual(["back"]);
    expect(part.stages).toEqual(all.stages.filter(({ entity }) => entity === "cells" || entity === "back"));
    expect(part.kernels).toEqual(all.kernels.filter(({ entity }) => entity !== "others" && entity !== "onward"));
    expect(String(part)).not.toMatch(/population others|projection onward/);
    const lines = new Set(String(all).split("\n"));
    for (const line of String(part).split("\n")) expect(lines).toContain(line);
    expect(String(all.only(new Set()))).not.toContain("kernels");
    expect(part.only(new Set(["others"])).stages).toEqual([]);
  });

  it("keeps the notes on the whole", () => {
    const net = two({ threads: 2 });
    const { notes } = net.explain();
    expect(notes.length).toBeGreaterThan(0);
    const part = net.explain().only(new Set(["cells"]));
    for (const note of notes) {
      expect(String(part)).toContain(`note     ${note}`);
      expect(part.toMarkdown()).toContain(`> ${note}`);
    }
    expect(String(two({ threads: { count: 2, always: true } }).explain())).toContain("2 threads");
  });
});

describe("stages that may stand in any order", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const orderOf = (shuffle?: number): string => {
    const net = createNetwork({ dt: 1, ...(shuffle === undefined ? {} : { shuffle }) });
    for (const name of names) net.population(name, 1, [behavior("decay", { state: { x: { init: 1 } }, equations: "dx/dt = -x" })] as never);
    return net.explain().stages.map(({ entity }) => entity).join("");
  }; // prettier-ignore

  it("stand in that of creation, or in one that follows from a number", () => {
    expect(orderOf()).toBe("abcdef");
    const orders = Array.from({ length: 30 }, (_, seed) => orderOf(seed));
    for (const [seed, order] of orders.entries()) {
      expect([...order].sort().join("")).toBe("abcdef");
      expect(orderOf(seed)).toBe(order);
    }
    // Of 720 orders, 30 at random are almost all different.
    expect(new Set(orders).size).toBeGreaterThan(24);
  });
});

describe("bounds with one side open", () => {
  it("hold on that side alone, in equations of weights as well", async () => {
    for (const [slope, open] of [[1, "min"], [-1, "max"]] as const) {
      const net = two();
      const grown = net.projection("grown", {
        source: net.find("cells"),
        target: net.find("others"),
        connect: allToAll(),
        weight: 0.5,
        behaviors: [behavior("drift", { equations: `dw/dt = ${slope}` }), WeightBounds({ min: 0.25, max: 0.75, [open]: null })],
      } as never);
      const after: number[] = [];
      for (let step = 0; step < 3; step++) {
        await net.step();
        after.push(grown.weights().values[0]!);
      }
      expect(after).toEqual(slope === 1 ? [0.75, 0.75, 0.75] : [0.25, 0.25, 0.25]);
    }
  }); // prettier-ignore
});
