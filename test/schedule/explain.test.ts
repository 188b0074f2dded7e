import { createNetwork, defineBehavior, Phase, Recorder, Refractory } from "neuroweave";
import { describe, expect, it } from "vitest";
import { Cell, Drive } from "../model/tiny-behaviors.ts";

const Leak = defineBehavior({
  name: "leak",
  doc: "Decays to rest.",
  source: "Lapicque 1907",
  parameters: { tau: { default: 10, unit: "ms", doc: "membrane time constant" }, v_rest: { default: -65, unit: "mV" } },
  state: { v: { init: "v_rest", unit: "mV", doc: "voltage" } },
  equations: "tau * dv/dt += v_rest - v",
});
const Input = defineBehavior({
  name: "input",
  parameters: { tau: { default: 10, unit: "ms" }, R: { default: 1 } },
  inputs: { I: { default: 0.5 } },
  equations: "tau * dv/dt += R * I",
});
const Fire = defineBehavior({
  name: "fires",
  parameters: { theta: { default: -50, unit: "mV" } },
  spike: "v >= theta",
  onSpike: "v = v_rest",
});
const Count = defineBehavior({ name: "count", state: { spikes: { init: 0 } }, onSpike: "spikes += 1" });
const Adapt = defineBehavior({
  name: "slow",
  priority: Phase.Firing + 1,
  state: { w: { init: 0 } },
  equations: "w += 0.1 * spike",
});
const Watch = defineBehavior({ name: "watch", priority: Phase.Homeostasis, writes: ["w"], step: () => undefined });

function make() {
  const net = createNetwork({ dt: 0.1, seed: 3 });
  net.population("cells", 4, [
    Leak(),
    Input(),
    Drive({ amplitude: [1, 2, 3, 4] }),
    Fire(),
    Count(),
    Adapt(),
    Watch(),
    Recorder({ variables: ["v", "w"] }),
  ]);
  return net;
}

describe("explain()", () => {
  it("gives every stage with its priority, phase, behaviors, reads and writes", () => {
    const stages = make()
      .explain()
      .stages.map(({ kind, priority, phase, behaviors, reads, writes, method }) => ({
        kind,
        priority,
        phase,
        behaviors,
        reads,
        writes,
        method,
      }));
    expect(stages).toEqual([
      {
        kind: "input",
        priority: 180,
        phase: "Input",
        behaviors: ["drive"],
        reads: ["drive.amplitude"],
        writes: ["I"],
        method: null,
      },
      {
        kind: "dynamics",
        priority: 260,
        phase: "Dynamics",
        behaviors: ["leak", "input"],
        reads: ["I", "R", "tau", "v", "v_rest"],
        writes: ["v"],
        method: "euler",
      },
      {
        kind: "fire",
        priority: 340,
        phase: "Firing",
        behaviors: ["fires", "count"],
        reads: ["spikes", "theta", "v", "v_rest"],
        writes: ["spike", "spikes", "t_last_spike", "v"],
        method: null,
      },
      {
        kind: "assign",
        priority: 341,
        phase: "Firing + 1",
        behaviors: ["slow"],
        reads: ["spike", "w"],
        writes: ["w"],
        method: null,
      },
      {
        kind: "host",
        priority: 360,
        phase: "Homeostasis",
        behaviors: ["watch"],
        reads: ["w"],
        writes: ["w"],
        method: null,
      },
      {
        kind: "sample",
        priority: 600,
        phase: "Record",
        behaviors: ["recorder"],
        reads: ["v", "w"],
        writes: [],
        method: null,
      },
    ]);
  });

  it("gives the composed equations and the behavior that each term came from", () => {
    const { stages } = make().explain();
    const [sum, derivative] = stages[1]!.equations;
    expect(sum!.terms).toEqual([
      { text: "I_constant", behavior: "input" },
      { text: "I_host", behavior: "watch" },
      { text: "drive.amplitude", behavior: "drive" },
    ]);
    expect(sum!.text).toBe("I = I_constant + I_host + drive.amplitude");
    expect(derivative!.text).toBe("tau * dv/dt = v_rest - v + R * I");
    expect(derivative!.terms).toEqual([
      { text: "v_rest - v", behavior: "leak" },
      { text: "R * I", behavior: "input" },
    ]);
    const fire = stages[2]!.equations;
    expect(fire.map(({ text }) => text)).toEqual(["spike = v >= theta", "v = v_rest", "spikes += 1"]);
    expect(fire.map(({ terms }) => terms.map(({ behavior }) => behavior))).toEqual([["fires"], ["fires"], ["count"]]);
    for (const { equations } of stages)
      for (const { latex, text } of equations) expect([latex, text].includes("")).toBe(false);
  });

  it("names every condition of a spike, and the behavior that it came from", () => {
    const net = createNetwork({ dt: 0.1 });
    const Quiet = defineBehavior({ name: "quiet", spikeRequires: "t > 5" });
    net.population("p", 1, [Cell(), Refractory(), Quiet()]);
    const stage = net.explain().stages.find(({ kind }) => kind === "fire")!;
    expect(stage.equations[0]!.text).toBe("spike = v >= theta and not refractory > 0 and t > 5");
    expect(stage.equations[0]!.terms).toEqual([
      { text: "v >= theta", behavior: "cell" },
      { text: "not refractory > 0", behavior: "refractory" },
      { text: "t > 5", behavior: "quiet" },
    ]);
    expect(stage.behaviors).toEqual(["cell", "refractory", "quiet"]);
  });

  it("shows what holds a derivative still, and that it is read", () => {
    const net = createNetwork({ dt: 0.1 });
    net.population("p", 1, [Cell(), Refractory()]);
    const stage = net.explain().stages.find(({ kind }) => kind === "dynamics")!;
    expect(stage.reads).toContain("refractory");
    expect(stage.equations.map(({ text }) => text).join("\n")).toContain("refractory > 0");
  });

  it("says what was fused into which kernel", async () => {
    const net = make();
    const { kernels, stages } = net.explain();
    expect(kernels.map(({ entity, stages: fused }) => [entity, fused])).toEqual([["cells", [0, 1, 2, 3]]]);
    expect(stages.map(({ kernel }) => kernel === kernels[0]!.name)).toEqual([true, true, true, true, false, false]);
    net.find("cells").disable("watch");
    let compiled = 0;
    net.on("compiled", ({ kernels: count }) => (compiled = count));
    await net.step();
    expect(compiled).toBe(net.explain().kernels.length);
  });

  it("describes populations: behaviors, switches, parameters with units, values and where they live, states", () => {
    const net = make();
    net
      .find("cells")
      .disable("count")
      .set({ tau: 12 } as never);
    const [cells] = net.explain().populations;
    expect([cells!.name, cells!.n, cells!.method]).toEqual(["cells", 4, "euler"]);
    expect(cells!.behaviors.find(({ name }) => name === "leak")).toEqual({
      name: "leak",
      behavior: "leak",
      priority: 260,
      enabled: true,
      doc: "Decays to rest.",
      source: "Lapicque 1907",
    });
    expect(cells!.behaviors.filter(({ enabled }) => !enabled).map(({ name }) => name)).toEqual(["count"]);
    const parameters = Object.fromEntries(cells!.parameters.map(({ name, ...rest }) => [name, rest]));
    expect(parameters["tau"]).toEqual({
      value: "12",
      default: "10",
      owners: ["leak", "input"],
      unit: "ms",
      doc: "membrane time constant",
      form: "cell",
    });
    expect(parameters["theta"]).toMatchObject({ value: "-50", form: "constant" });
    expect(parameters["drive.amplitude"]).toMatchObject({ value: "1, 2, 3, 4", form: "column" });
    expect(cells!.states.find(({ name }) => name === "v")).toEqual({ name: "v", unit: "mV", doc: "voltage" });
  });

  it("is text and Markdown with all of it", () => {
    const explanation = make().explain();
    const text = String(explanation);
    const markdown = explanation.toMarkdown();
    for (const each of [
      "dt 0.1",
      "seed 3",
      "wasm",
      "f64",
      "cells",
      "tau * dv/dt = v_rest - v + R * I",
      "leak",
      "watch",
      "Firing + 1",
      "180",
      "600",
    ])
      expect(text).toContain(each);
    for (const each of [
      "dt 0.1",
      "seed 3",
      "cells",
      "Decays to rest.",
      "membrane time constant",
      "`R * I` from input",
      "Firing + 1",
      "$$",
    ])
      expect(markdown).toContain(each);
    const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
    for (const row of rows) expect([5, 6, 9]).toContain(row.replaceAll("\\|", "").split("|").length);
    for (const hidden of ["~", "undefined", "NaN", "[object"])
      for (const each of [text, markdown]) expect(each).not.toContain(hidden);
  });

  it("has the emitted program only when asked, where the device has one", () => {
    const net = make();
    expect(net.explain().code).toBeNull();
    const { code } = net.explain({ code: true });
    expect(code).toMatch(/^\(module/);
    expect(String(net.explain({ code: true }))).toContain(code);
    expect(net.explain({ code: true }).toMarkdown()).toContain("```wat");
    const reference = createNetwork({ dt: 0.1, device: "reference" });
    reference.population("p", 1, [Cell()]);
    const explained = reference.explain({ code: true });
    expect(explained.code).toBeNull();
    expect(explained.notes.join(" ")).toContain("reference");
  });

  it("is the same for the same network, and follows its changes", () => {
    const [one, two] = [make(), make()];
    expect(String(one.explain())).toBe(String(two.explain()));
    one.find("cells").disable("count");
    expect(one.explain().stages[2]!.behaviors).toEqual(["fires"]);
    one.find("cells").enable("count");
    expect(String(one.explain())).toBe(String(two.explain()));
    expect(createNetwork({ dt: 1 }).explain().stages).toEqual([]);
  });

  it("survives JSON", () => {
    const explanation = make().explain({ code: true });
    const { stages, populations, kernels } = explanation;
    expect(JSON.parse(JSON.stringify(explanation))).toMatchObject({ dt: 0.1, seed: 3, stages, populations, kernels });
  });
});
