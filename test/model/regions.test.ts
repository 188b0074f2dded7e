import {
  allToAll,
  ConstantCurrent,
  createNetwork,
  DeltaReceptor,
  oneToOne,
  PoissonSource,
  Recorder,
  type Network,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { everything } from "./network-with-projections.ts";
import { expectCure, refusal } from "./refusals.ts";
import { Cell, Counter, Decay } from "./tiny-behaviors.ts";

/** Two layers of a column, one population beside them. */
function cortex(): Network {
  const net = createNetwork({ dt: 0.5, seed: 5 });
  const input = net.population("input", 6, PoissonSource({ rate: 300 }));
  const column = net.region("column");
  const [L4, L5] = [column.region("L4"), column.region("L5")];
  const exc = L4.population("exc", 6, [Cell(), DeltaReceptor(), Recorder({ variables: ["v"], every: 1 })], { tags: ["E"] });
  const inh = L4.population("inh", 2, [Cell(), DeltaReceptor()]);
  const deep = L5.population("exc", [2, 2], [Cell(), DeltaReceptor()]);
  net.projection("input→exc", { source: input, target: exc, connect: oneToOne(), weight: 0.7 });
  L4.projection("exc→inh", { source: exc, target: inh, connect: allToAll(), weight: 0.3, delay: 2 });
  L4.projection("inh→exc", { source: inh, target: exc, connect: allToAll(), weight: -0.5, delay: 1 });
  column.projection("L4→L5", { source: exc, target: deep, connect: allToAll(), weight: 0.2, delay: 4 });
  return net;
} // prettier-ignore

const namesOf = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);

describe("a region", () => {
  it("names what is made through it, and finds it with and without its own name", () => {
    const net = cortex();
    const L4 = net.region("column.L4");
    expect(namesOf(net.populations)).toEqual(["input", "column.L4.exc", "column.L4.inh", "column.L5.exc"]);
    expect(namesOf(net.projections)).toEqual(["input→exc", "column.L4.exc→inh", "column.L4.inh→exc", "column.L4→L5"]);
    expect(L4.find("exc")).toBe(net.find("column.L4.exc"));
    expect(L4.find("column.L4.exc")).toBe(net.find("column.L4.exc"));
    expect(net.region("column").find("L5.exc").shape).toEqual([2, 2]);
    expect(net.find("E")).toBe(L4.find("exc"));
    expect(net.findProjection("column.L4.inh→exc").source).toBe("column.L4.inh");
  });

  it("is the same each time that it is asked for, and holds its parts and nothing else", () => {
    const net = cortex();
    const column = net.region("column");
    expect(net.region("column")).toBe(column);
    expect(column.region("L4")).toBe(net.region("column.L4"));
    expect(namesOf(column.populations)).toEqual(["column.L4.exc", "column.L4.inh", "column.L5.exc"]);
    expect(namesOf(column.projections)).toEqual(["column.L4.exc→inh", "column.L4.inh→exc", "column.L4→L5"]);
    expect(namesOf(column.region("L4").populations)).toEqual(["column.L4.exc", "column.L4.inh"]);
    expect(namesOf(column.region("L4").projections)).toEqual(["column.L4.exc→inh", "column.L4.inh→exc"]);
    expect(namesOf(net.region("elsewhere").populations)).toEqual([]);
  });

  it("takes in what was made elsewhere, under its own name, and loses what is removed", () => {
    const net = cortex();
    const both = net.region("feed").add(net.find("input"), net.findProjection("input→exc"), net.find("input"));
    expect(namesOf(both.populations)).toEqual(["input"]);
    expect(namesOf(both.projections)).toEqual(["input→exc"]);
    expect(both.find("input")).toBe(net.find("input"));
    net.remove(net.findProjection("input→exc"));
    expect(namesOf(both.projections)).toEqual([]);
  });

  it("does not take in what is later called as something was that it has lost", () => {
    const net = cortex();
    const L5 = net.region("column.L5");
    net.remove(net.findProjection("column.L4→L5"));
    net.remove(L5.find("exc"));
    net.population("column.L5.exc", 3, [Cell()]);
    expect(namesOf(L5.populations)).toEqual([]);
    expect(namesOf(net.fork().region("column.L5").populations)).toEqual([]);
  });

  it("has the bits of the same network made without it", async () => {
    const made = cortex();
    const plain = createNetwork({ dt: 0.5, seed: 5 });
    const input = plain.population("input", 6, PoissonSource({ rate: 300 }));
    const exc = plain.population("column.L4.exc", 6, [Cell(), DeltaReceptor(), Recorder({ variables: ["v"], every: 1 })]);
    const inh = plain.population("column.L4.inh", 2, [Cell(), DeltaReceptor()]);
    const deep = plain.population("column.L5.exc", [2, 2], [Cell(), DeltaReceptor()]);
    plain.projection("input→exc", { source: input, target: exc, connect: oneToOne(), weight: 0.7 });
    plain.projection("column.L4.exc→inh", { source: exc, target: inh, connect: allToAll(), weight: 0.3, delay: 2 });
    plain.projection("column.L4.inh→exc", { source: inh, target: exc, connect: allToAll(), weight: -0.5, delay: 1 });
    plain.projection("column.L4→L5", { source: exc, target: deep, connect: allToAll(), weight: 0.2, delay: 4 });
    await Promise.all([made.step(60), plain.step(60)]);
    expect(everything(made)).toEqual(everything(plain));
    expect(made.find("column.L5.exc").spikes().ids.length).toBeGreaterThan(2);
  }); // prettier-ignore

  it("gives the spikes and samples of all its populations by name, pauses and clears them together", async () => {
    const net = cortex();
    const column = net.region("column");
    column.region("L5").attach(Recorder({ name: "deep", variables: ["v", "I"], every: 2 }), ConstantCurrent({ amplitude: 0.1 }));
    await net.step(40);
    const spikes = column.spikes();
    expect(Object.keys(spikes)).toEqual(namesOf(column.populations));
    for (const each of column.populations) expect(spikes[each.name]).toEqual(each.spikes());
    const recorded = column.recorded("v");
    expect(Object.keys(recorded)).toEqual(["column.L4.exc", "column.L5.exc"]);
    expect(recorded["column.L4.exc"]!.shape).toEqual([20, 6]);
    expect(recorded["column.L5.exc"]!.shape).toEqual([10, 4]);
    expect(Object.keys(column.recorded("I"))).toEqual(["column.L5.exc"]);
    expect(column.recorded("nothing")).toEqual({});

    column.pauseRecording();
    await net.step(10);
    expect(column.recorded("v")["column.L4.exc"]!.times.length).toBe(20);
    expect(column.spikes()["column.L4.exc"]!.ids.length).toBe(spikes["column.L4.exc"]!.ids.length);
    expect(net.find("input").spikes().times.at(-1)).toBeGreaterThan(20);
    column.pauseRecording(false);
    column.clearRecording();
    await net.step(10);
    expect(Array.from(column.recorded("v")["column.L4.exc"]!.times)).toEqual([25, 26, 27, 28, 29]);
    expect(Math.min(...column.spikes()["column.L4.exc"]!.times)).toBeGreaterThanOrEqual(25);
  }); // prettier-ignore

  it("stops and starts the transmission of all its projections, and of no others", async () => {
    const net = cortex();
    net.region("column").disable();
    expect(net.projections.map(({ enabled }) => enabled)).toEqual([true, false, false, false]);
    await net.step(40);
    expect(net.find("column.L4.exc").spikes().ids.length).toBeGreaterThan(0);
    expect(net.find("column.L4.inh").get("v" as never)).toEqual(new Float64Array(2));
    expect(net.find("column.L4.inh").spikes().ids.length).toBe(0);
    net.region("column.L4").enable();
    expect(net.projections.map(({ enabled }) => enabled)).toEqual([true, true, true, false]);
    await net.step(40);
    expect(net.find("column.L4.inh").spikes().ids.length).toBeGreaterThan(0);
    expect(net.find("column.L5.exc").get("v" as never)).toEqual(new Float64Array(4));
  });

  it("explains its own part of the plan", () => {
    const net = cortex();
    const [all, part] = [net.explain(), net.region("column.L4").explain()];
    expect(part.populations.map(({ name }) => name)).toEqual(["column.L4.exc", "column.L4.inh"]);
    expect(part.projections.map(({ name }) => name)).toEqual(["column.L4.exc→inh", "column.L4.inh→exc"]);
    expect(new Set(part.stages.map(({ entity }) => entity))).toEqual(
      new Set(["column.L4.exc", "column.L4.inh", "column.L4.exc→inh", "column.L4.inh→exc"]),
    );
    expect(part.stages.map(({ entity, kind }) => [entity, kind])).toEqual(
      all.stages.filter(({ entity }) => entity.startsWith("column.L4.")).map(({ entity, kind }) => [entity, kind]),
    );
    for (const text of [String(part), part.toMarkdown()]) {
      expect(text).toContain("column.L4.exc");
      expect(text).not.toContain("column.L5");
    }
  });

  it("is copied with its parts when the network is, and copies and originals go their own ways", async () => {
    const net = cortex();
    await net.step(7);
    const fork = net.fork();
    for (const name of ["column", "column.L4", "column.L5"]) {
      expect(namesOf(fork.region(name).populations)).toEqual(namesOf(net.region(name).populations));
      expect(namesOf(fork.region(name).projections)).toEqual(namesOf(net.region(name).projections));
    }
    expect(fork.region("column").find("L4.exc")).toBe(fork.find("column.L4.exc"));
    expect(fork.region("column").find("L4.exc")).not.toBe(net.find("column.L4.exc"));
    await Promise.all([net.step(20), fork.step(20)]);
    expect(fork.region("column").spikes()).toEqual(net.region("column").spikes());
    fork.region("column").region("L6").population("exc", 1, [Cell()]);
    expect(namesOf(net.region("column").populations)).not.toContain("column.L6.exc");
    expect(namesOf(fork.region("column").populations)).toContain("column.L6.exc");
  });
});

describe("a region refuses", () => {
  it.each(["", " ", "a/b", undefined, 5])("the name %j", async (name) => {
    const error = await refusal(() => createNetwork({ dt: 1 }).region(name as string));
    expect(error.code).toBe("invalid-name");
    expectCure(error);
  });

  it("populations of another network, whatever they are called, and what has been removed", async () => {
    const [net, other] = [cortex(), cortex()];
    net.population("gone", 1, [Cell()]);
    const gone = net.find("gone");
    net.remove(gone);
    for (const stranger of [other.find("column.L4.exc"), other.findProjection("input→exc"), gone]) {
      const error = await refusal(() => net.region("column.L5").add(net.find("input"), stranger as never));
      expect(error.code).toBe("structure");
      expect(error.message).toContain(stranger.name);
      expectCure(error);
      expect(namesOf(net.region("column.L5").populations)).toEqual(["column.L5.exc"]);
    }
  });

  it("names that it does not have, with those that it has", async () => {
    const error = await refusal(() => cortex().region("column.L4").find("input"));
    expect(error).toMatchObject({ code: "unknown-name" });
    expect(error.message).toContain("column.L4.exc, column.L4.inh");
  });

  it("names that are taken, and what could not run, and has no more members than before", async () => {
    const net = cortex();
    const L4 = net.region("column.L4");
    expect(await refusal(() => L4.population("exc", 1, [Cell()]))).toMatchObject({ code: "duplicate-name", entity: "column.L4.exc" });
    expect(await refusal(() => L4.population("other", 0, [Cell()]))).toMatchObject({ code: "invalid-n", entity: "column.L4.other" });
    expect(await refusal(() => L4.projection("loop", { source: L4.find("exc"), target: L4.find("exc"), connect: oneToOne(), receptor: "none" }))).toMatchObject({ code: "missing-companion", entity: "column.L4.loop" });
    expect(namesOf(L4.populations)).toEqual(["column.L4.exc", "column.L4.inh"]);
    net.population("column.L4.other", 1, [Cell()]);
    expect(namesOf(L4.populations)).toEqual(["column.L4.exc", "column.L4.inh"]);
  }); // prettier-ignore

  it("behaviors that one of its populations cannot take, for all of them", async () => {
    const net = cortex();
    const column = net.region("column");
    net.find("column.L5.exc").attach(Decay() as never);
    const before = everything(net);
    const behaviors = (): unknown => net.populations.map((each) => each.behaviors);
    const listed = behaviors();
    for (const ingredient of [Recorder({ name: "x", variables: ["x"] as never }), Decay()]) {
      const error = await refusal(() => column.attach(Counter(), ingredient));
      expect(error.entity).toMatch(/^column\./);
      expect(behaviors()).toEqual(listed);
      expect(everything(net)).toEqual(before);
    }
    await net.step(5);
  });
});
