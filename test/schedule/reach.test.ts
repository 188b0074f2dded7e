import {
  allToAll,
  createNetwork,
  defineBehavior,
  Phase,
  uniform,
  type Connector,
  type Projection,
  type ProjectionOptions,
} from "neuroweave";
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

/** A learning rule, instead of a part of the transmission. */
const later = { priority: Phase.Learning };

/** A projection with a behavior that consists of the given texts. */
function withTexts(texts: object, options: Partial<ProjectionOptions> = {}): () => unknown {
  return made(texts, options).projection;
}

/** The network of the cells, and a function that makes the projection at its first call. */
function made(texts: object, options: Partial<ProjectionOptions> = {}) {
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
  let projection: Projection | undefined;
  const make = (): Projection =>
    (projection ??= net.projection("p", {
      source: cells,
      target: cells,
      connect: allToAll(),
      behaviors: [Texts() as object] as never,
      ...options,
    }));
  return { net, projection: make };
}

describe("a name in the text of a projection's behavior", () => {
  it.each([
    ["equations that read spikes", { equations: "z = spike" }, "a projection has no spike"],
    ["onPre that reads spikes", { onPre: "z = t - t_last_spike" }, "a projection has no t_last_spike"],
    ["a coupling that reads spikes", { coupling: "w * spike" }, "a projection has no spike"],
    ["onPre that reads a table", { onPre: "z = table" }, "table is a table"],
    ["onPre that reads what arrives", { onPre: "z = arriving" }, "arriving has a value in onArrival only"],
    ["equations that read what arrives", { equations: "z = arriving" }, "arriving has a value in onArrival only"],
    ["efficacy in every step", { equations: "efficacy = 2" }, "efficacy is what onPre assigns"],
    ["efficacy that is read", { onPre: "efficacy = 2\nz = efficacy" }, "efficacy is assigned"],
    ["efficacy in a coupling", { coupling: "efficacy * w" }, "efficacy is assigned"],
    ["a variable of the sources that takes one of the synapses", { onPre: "x = z" }, "x has one value for each source, and z has one for each synapse"],
    ["a variable of the sources that takes the weight", { onPre: "x = w" }, "x has one value for each source, and w has one for each synapse"],
    ["a variable of the sources that takes one of the targets", { onPre: "x = y" }, "x has one value for each source, and y has one for each target"],
    ["a variable of the sources that looks at the other end", { onPre: "x = post.v" }, "x has one value for each source, and post.v has one for each target"],
    ["a variable of the sources that draws at a spike", { onPre: "x = uniform(0, 1)" }, "and a draw has one for each synapse"],
    ["a variable of the sources that takes the number of the synapse", { onPre: "x = i" }, "and i has one for each synapse"],
    ["the same in learning rules", { ...later, onPre: "x = z" }, "x has one value for each source, and z has one for each synapse"],
    ["a variable of the targets at spikes of the sources", { ...later, onPre: "y = 1" }, "y has one value for each target, and onPre runs over the synapses of a source"],
    ["a variable of the sources at spikes of the targets", { onPost: "x = 1" }, "x has one value for each source, and onPost runs over the synapses of a target"],
    ["a variable of the targets that takes one of the synapses", { onPost: "y = z" }, "y has one value for each target, and z has one for each synapse"],
    ["a variable of the targets that takes one of the sources", { onPost: "y += x" }, "y has one value for each target, and x has one for each source"],
    ["a variable of the targets that draws at a spike", { onPost: "y = normal(0, 1)" }, "and a draw has one for each synapse"],
    ["equations of a variable of the sources that read one of the synapses", { equations: "x = z" }, "x has one value for each source, and z has one for each synapse"],
    ["equations of a variable of the sources that look at the other end", { equations: "dx/dt = post.v - x" }, "and post.v has one for each target"],
    ["equations of a variable of the targets that read a parameter of the sources", { equations: "y = speed" }, "y has one value for each target, and speed has one for each source"],
    ["efficacy behind firing", { ...later, onPre: "efficacy = 2" }, "efficacy is part of the transmission"],
    ["efficacy at spikes of the targets", { onPost: "efficacy = 2" }, "efficacy is what onPre assigns"],
    ["onPost that reads a table", { onPost: "z = table" }, "table is a table"],
    ["equations that read a table beside an end", { equations: "z = table * pre.v" }, "table is a table"],
    ["sums of a table", { signals: { all: { of: "table", by: "sum", per: "target" } } }, "table is a table"],
    ["bounds that look at an end", { bounds: { z: { min: "pre.v" } } }, "pre.v belongs to an end, and a bound to each synapse"],
    ["bounds that read a variable of the targets", { bounds: { w: { max: "y" } } }, "y belongs to an end, and a bound to each synapse"],
    ["equations that read the past of a variable of the sources", { equations: "dz/dt = delayed(x, 1)" }, "delayed(x, …) has no meaning in a synapse"],
  ])("is refused where it has no value: %s", (_, texts, message) => {
    const { code, entity, behavior, remedy, message: said } = refusal(withTexts(texts));
    expect({ code, entity, behavior }).toEqual({ code: "structure", entity: "p", behavior: "texts" });
    expect(said.replaceAll("texts.", "")).toContain(message);
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
  ] as const)("is read where weights have %s, as every device reads it, and not as zeros", async (kind, options) => {
    const { net, projection } = made({ equations: "z = w" }, options);
    const weights = projection().weights().values;
    await net.step();
    expect(new Set(weights).size).toBeGreaterThan(1);
    expect(projection().get("z")).toEqual(weights);
    const initial = withTexts({ state: { z: { init: "2 * w" } } }, options);
    const { code, entity, remedy } = refusal(initial);
    expect({ code, entity }).toEqual({ code: kind === "fewer places than synapses" ? "wrong-length" : "not-supported", entity: "p" });
    expect(remedy).not.toBe("");
  });

  it.each([
    ["equations", { equations: "pre.v = 1" }, "pre.v = 1"],
    ["onPost", { onPost: "post.v += 1" }, "post.v += 1"],
    ["onPre", { ...later, onPre: "pre.v += 1" }, "pre.v += 1"],
  ])("of an end is only read: %s", (_, texts, source) => {
    const error = refusal(withTexts(texts));
    expect(error).toMatchObject({ code: "not-an-equation", entity: "p", behavior: "texts", source });
    expect(error.remedy).not.toBe("");
  });

  it("is added to where synapses share weights, and never assigned at spikes", () => {
    const { code, message, remedy, behavior } = refusal(withTexts({ onPost: "w = 2" }, { connect: shared }));
    expect({ code, behavior }).toEqual({ code: "not-supported", behavior: "texts" });
    expect(message).toContain("w cannot be written at spikes: synapses share its values");
    expect(remedy).toContain("w += …");
    expect(refusal(withTexts({ equations: "w = z" }, { connect: shared })).message).toContain("w has one value for each of the weights that synapses share");
    for (const legal of [{ onPost: "w += 0.1 * z" }, { equations: "w = 0.9 * w" }])
      expect(withTexts(legal, { connect: shared })).not.toThrow();
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
      { ...later, onPre: "x += speed * pre.v\nz = w" },
      { onPost: "y += post.v\nw += x * y * z" },
      { signals: { all: { of: "w * x * y * pre.v", by: "sum", per: "source" } }, equations: "x = all" },
      { bounds: { w: { min: "-2", max: "2" } } },
    ])
      expect(withTexts(texts)).not.toThrow();
  });

  it("has the value that it says", async () => {
    const { net, projection } = made({
      state: { z: { init: 0 }, u: { init: 0 }, q: { init: 0 }, x: { init: [1, 2, 3], per: "source" }, y: { init: [4, 5, 6], per: "target" } },
      equations: "x = 2 * x + pre.v\ny = y + 1\nz = x + 10 * y + 100 * pre.v + 1000 * post.v\nu = pre.spike - post.spike\ndq/dt = 2 * x + y",
    });
    projection();
    net.find("cells").set({ v: [0.1, 0.2, 0.3] });
    await net.step();
    // Cells have advanced by 0.05, and the equations of the same moment read what was before.
    const v = [0.1, 0.2, 0.3];
    const { sources, targets } = projection().weights();
    const each = (value: (s: number, t: number) => number) => Array.from(sources, (s, j) => value(s, targets[j]!));
    const [x, y] = [[1, 2, 3], [4, 5, 6]];
    const close = (name: string, expected: readonly number[]) => projection().get(name).forEach((value, j) => expect(value).toBeCloseTo(expected[j]!, 12));
    close("x", x.map((value, s) => 2 * value + v[s]!));
    close("y", y.map((value) => value + 1));
    close("z", each((s, t) => x[s]! + 10 * y[t]! + 100 * v[s]! + 1000 * v[t]!));
    close("q", each((s, t) => 0.5 * (2 * x[s]! + y[t]!)));
    close("u", each(() => 0));
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
