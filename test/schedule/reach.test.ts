import { allToAll, createNetwork, defineBehavior, uniform, type Connector, type ProjectionOptions } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

const Cell = defineBehavior({
  name: "cell",
  state: { v: { init: 1 } },
  equations: "dv/dt = 0.1",
  spike: "v >= 2",
  onSpike: "v = 0",
});
const Receptor = defineBehavior({
  name: "receptor",
  scope: "instance",
  state: { g: { init: 0 } },
  onArrival: "g = arriving",
});

/** All to all, with two weights for nine synapses. */
const shared: Connector = {
  kind: "connector",
  name: "shared",
  text: "shared()",
  expected: () => 9,
  build: () => ({
    pointers: Uint32Array.of(0, 3, 6, 9),
    targets: Uint16Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2),
    shared: { values: Float64Array.of(1, 2), index: Uint16Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0) },
  }),
};

/** A projection with a behavior that consists of the given texts. */
function withTexts(texts: object, options: Partial<ProjectionOptions> = {}): () => unknown {
  const Texts = defineBehavior({
    name: "texts",
    scope: "instance",
    parameters: { speed: { default: 1, per: "source" } },
    state: { z: { init: 0 }, x: { init: 1, per: "source" }, y: { init: 1, per: "target" } },
    tables: { table: { values: [1, 2], every: 1 } },
    ...texts,
  } as object as { name: string });
  const net = createNetwork({ dt: 0.5 });
  const cells = net.population("cells", 3, [Cell(), Receptor()]);
  return () =>
    net.projection("p", {
      source: cells,
      target: cells,
      connect: allToAll(),
      behaviors: [Texts() as object] as never,
      ...options,
    });
}

describe("a name in the text of a projection's behavior", () => {
  it.each([
    ["equations of a variable of the sources", { equations: "dx/dt = -x" }, "x has one value for each source"],
    ["assignments of one in every step", { equations: "x = 2" }, "x has one value for each source"],
    ["equations that read one", { equations: "dz/dt = x" }, "x has one value for each source"],
    ["equations that read a parameter of the sources", { equations: "dz/dt = speed" }, "speed has one value"],
    ["equations that read a variable of the targets", { equations: "dz/dt = y" }, "y has one value for each target"],
    ["equations that read its past", { equations: "dz/dt = delayed(x, 1)" }, "x has one value for each source"],
    ["equations that look at an end", { equations: "z = pre.v" }, "pre.v cannot be read"],
    ["a condition that looks at one", { equations: "dz/dt = 1", hold: { variables: ["z"], while: "post.v > 0" } }, "post.v cannot be read"],
    ["equations that read spikes", { equations: "z = spike" }, "a projection has no spike"],
    ["onPre that reads spikes", { onPre: "z = t - t_last_spike" }, "a projection has no t_last_spike"],
    ["a coupling that reads spikes", { coupling: "w * spike" }, "a projection has no spike"],
    ["onPre that reads a table", { onPre: "z = table" }, "table is a table"],
    ["onPre that reads what arrives", { onPre: "z = arriving" }, "arriving has a value in onArrival only"],
    ["equations that read what arrives", { equations: "z = arriving" }, "arriving has a value in onArrival only"],
    ["efficacy in every step", { equations: "efficacy = 2" }, "efficacy is what onPre assigns"],
    ["efficacy that is read", { onPre: "efficacy = 2\nz = efficacy" }, "efficacy is assigned"],
    ["efficacy in a coupling", { coupling: "efficacy * w" }, "efficacy is assigned"],
    ["a variable of the sources that takes one of the synapses", { onPre: "x = z" }, "x has one value for each source"],
  ])("is refused where it has no value: %s", (_, texts, message) => {
    const { code, entity, behavior, remedy, message: said } = refusal(withTexts(texts));
    expect({ code, entity, behavior }).toEqual({ code: "structure", entity: "p", behavior: "texts" });
    expect(said).toContain(message);
    expect(remedy).not.toBe("");
  });

  it.each([
    ["conditions of spikes", { spikeRequires: "1 > 0" }, "spikeRequires"],
    ["spikes before the first step", { initialSpikes: 1 }, "initialSpikes"],
  ])("is not passed over: %s", (_, texts, what) => {
    expect(refusal(withTexts(texts)).message).toContain(`texts has ${what}, which means nothing on a projection`);
  });

  it.each([
    ["f32", { weights: "f32", weight: uniform(0, 1) }],
    ["16 bits", { weights: "i16", weight: uniform(0, 1) }],
    ["fewer places than synapses", { connect: shared }],
  ] as const)("is refused where weights have %s: equations and initial values do not read zeros", (_, options) => {
    for (const texts of [{ equations: "dz/dt = w" }, { state: { z: { init: "2 * w" } } }]) {
      const { code, entity, remedy } = refusal(withTexts(texts, options));
      expect(["not-supported", "wrong-length"]).toContain(code);
      expect(entity).toBe("p");
      expect(remedy).not.toBe("");
    }
    expect(withTexts({ onPre: "z = w" }, options)).not.toThrow();
    expect(withTexts({ coupling: "w" }, options)).not.toThrow();
  });

  it("is refused where it has no value yet: initial values that look at an end", () => {
    for (const init of ["pre.v", "2 * post.v"]) {
      const { code, message } = refusal(withTexts({ state: { z: { init } } }));
      expect(code).toBe("not-supported");
      expect(message).toContain(`cannot be computed from ${init.includes("pre") ? "pre.v" : "post.v"}`);
    }
  });

  it("is read where it has a value", () => {
    for (const texts of [
      { onPre: "x = x * speed\nz = z + x + y + pre.spike + post.t_last_spike" },
      { coupling: "w * x * y * (pre.v - post.v)" },
      { equations: "dz/dt = w + table" },
    ])
      expect(withTexts(texts)).not.toThrow();
  });
}); // prettier-ignore

it("what arrives is there for onArrival alone, and for equations only through a state", () => {
  const Late = defineBehavior({
    name: "late",
    scope: "instance",
    state: { g: { init: 0 }, sum: { init: 0 } },
    onArrival: "g = arriving",
    equations: "sum = sum + arriving",
  });
  const net = createNetwork({ dt: 0.5 });
  expect(refusal(() => net.population("cells", 2, [Cell(), Late()])).message).toContain("onArrival only");
});
