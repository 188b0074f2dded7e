/** Devices that are not of the library: how a network takes them, what it says of them, and what it refuses. */
import { evaluateProgram, type RunningProgram } from "@neuroweave/kernel";
import { catalogOf, createNetwork, defineDevice, definePlugin, LIF, loadNetwork, NeuroweaveError, NoisyCurrent, type CreateOptions, type Device, type DeviceSpecification, type Network } from "neuroweave"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { expectSameBits } from "../devices/twins.ts";
import { refusal } from "../model/refusals.ts";

const own = (change: Partial<DeviceSpecification> = {}): Device =>
  defineDevice({
    name: "my-device",
    doc: "The reference by another name.",
    source: "Own design.",
    start: (program, { memory, host }) => evaluateProgram(program, memory, host),
    ...change,
  });
const pluginOf = (device: Device) =>
  definePlugin({
    name: "neuroweave-my-device",
    version: "1.0.0",
    neuroweave: "^0.1.0",
    devices: { [device.name]: device },
  });
const plugin = pluginOf(own());

function build(options: Partial<CreateOptions>): Network {
  const net = createNetwork({ dt: 0.1, seed: "own", ...options });
  net.population("cells", 7, [LIF({ R: 5, I: 4 }), NoisyCurrent({ sigma: 2 })]);
  return net;
}

describe("a device of one's own", () => {
  it.each<[string, Partial<CreateOptions>]>([
    ["by itself", { device: own() }],
    ["by its name", { device: "my-device", plugins: [plugin] }],
  ])("%s runs a network, and is named by explain() and events", async (_, options) => {
    const net = build(options);
    const heard: string[] = [];
    net.on("compiled", ({ device }) => heard.push(device));
    const twin = build({ device: "reference" });
    await Promise.all([net.step(200), twin.step(200)]);
    expectSameBits(net, twin);
    expect(net.explain().device).toBe("my-device");
    expect(net.explain({ code: true }).notes).toEqual(["device my-device evaluates the plan and emits no program"]);
    expect(heard).toEqual(["my-device"]);
    const copy = loadNetwork(net.toJSON(), options);
    await copy.step(200);
    expectSameBits(copy, twin);
  });

  it("is no part of a network file: whoever runs it chooses", () => {
    expect(JSON.stringify(build({ device: own() }).toJSON())).not.toContain("device");
  });

  it("tells explain() what it knows, and shows its text", async () => {
    const net = build({
      device: own({
        start: (program, { memory, host }) => ({
          ...evaluateProgram(program, memory, host),
          notes: () => ["it hums"],
        }),
        code: ({ stages }) => `; ${stages.length} stages`,
      }),
    });
    await net.step(3);
    expect(net.explain({ code: true })).toMatchObject({ notes: ["it hums"], code: expect.stringMatching(/^; \d+ stages$/) as string }); // prettier-ignore
  });

  it("gets no more threads than it has", () => {
    const two = own({ threads: () => ({ most: 2, shared: false, why: null }) });
    expect(build({ device: two, threads: { count: 4, always: true } }).explain()).toMatchObject({ threads: 2, notes: expect.arrayContaining(["2 threads instead of 4: the device has no more"]) as string[] }); // prettier-ignore
    expect(build({ device: own(), threads: 4 }).explain().notes[0]).toBe("one thread instead of 4: the device my-device has one thread"); // prettier-ignore
  });

  it("ends its programs when the structure changes", async () => {
    const log: string[] = [];
    const start: Device["start"] = (program, { memory, host }) => {
      log.push("started");
      return { ...evaluateProgram(program, memory, host), dispose: () => void log.push("ended") };
    };
    const net = build({ device: own({ start }) });
    await net.step(2);
    net.find("cells").disable("noisyCurrent");
    await net.step(2);
    expect(log).toEqual(["started", "ended", "started"]);
  });

  it("is refused where nobody knows its name, with the nearest names", async () => {
    for (const make of [
      () => build({ device: "my-devise", plugins: [plugin] }),
      () => loadNetwork(build({}).toJSON(), { device: "my-devise", plugins: [plugin] }),
    ])
      // prettier-ignore
      expect(await refusal(make)).toMatchObject({
        code: "not-supported",
        summary: "there is no device my-devise",
        candidates: ["my-device"],
      });
    expect((await refusal(() => build({ device: "my-device" }))).message).toContain("plugins: [plugin]");
    expect(await refusal(() => build({ device: 3 as never }))).toMatchObject({ code: "not-supported", summary: "the device is a value of type number" }); // prettier-ignore
    expect(await refusal(() => build({ device: catalogOf([]).devices[0] as never }))).toMatchObject({ code: "not-supported", message: expect.stringContaining("Give the name of a device") as string }); // prettier-ignore
    expect((await refusal(() => pluginOf(catalogOf([]).devices[0] as never))).summary).toContain("auto is no device");
    expect((await refusal(() => build({ device: "__proto__" }))).summary).toBe("there is no device __proto__");
  });
});

describe("a device that breaks its promise", () => {
  it.each<[string, number]>([
    ["stands still", 0],
    ["runs further than it was asked", 2],
    ["does half a step", 0.5],
    ["does no number", NaN],
  ])("and %s is refused, and the network is at the border before", async (_, done) => {
    let faulty = false;
    const net = build({
      device: own({
        start(program, { memory, host }) {
          const { run } = evaluateProgram(program, memory, host);
          return { run: (k, steps) => (faulty ? (run(k, steps), done * steps) : run(k, steps)) };
        },
      }),
    });
    await net.step(5);
    const before = net.state();
    faulty = true;
    expect(await refusal(() => net.step(1))).toMatchObject({ code: "faulty-device", message: expect.stringContaining("checkDevice") as string }); // prettier-ignore
    expect([net.steps, net.state()]).toEqual([5, before]);
    faulty = false;
    const twin = build({ device: "reference" });
    await Promise.all([net.step(4), twin.step(9)]);
    expectSameBits(net, twin);
  });

  it("and starts nothing is refused", async () => {
    const net = build({ device: own({ start: () => ({}) as never }) });
    expect(await refusal(() => net.step())).toMatchObject({ code: "faulty-device", summary: "the device my-device has started nothing that runs" }); // prettier-ignore
  });
});

describe("what a device says of itself", () => {
  const throwing = (): never => {
    throw new RangeError("out of order");
  };

  it.each<[string, () => void]>([
    ["throws", throwing],
    ["is rejected", () => Promise.reject(new RangeError("out of order")) as never],
  ])("is not heard where it warms up and %s: the network runs", async (_, warmUp) => {
    const [net, twin] = [build({ device: own({ warmUp }) }), build({ device: "reference" })];
    await Promise.all([net.step(20), twin.step(20)]);
    expectSameBits(net, twin);
  });

  it.each<[string, () => unknown, string]>([
    ["undefined", () => undefined, "said undefined"],
    ["nothing", () => ({}), "said {}"],
    ["no thread", () => ({ most: 0, shared: false, why: "it is shy" }), 'said { most: 0, shared: false, why: "it is shy" }'],
    ["half threads", () => ({ most: 1.5, shared: false, why: null }), "said { most: 1.5, shared: false, why: null }"],
    ["no number", () => ({ most: NaN, shared: false, why: null }), "said { most: NaN, shared: false, why: null }"],
    ["a memory of no kind", () => ({ most: 2, why: null }), "said { most: 2, why: null }"],
    ["a reason that is no text", () => ({ most: 1, shared: false, why: {} }), "said { most: 1, shared: false, why: … }"],
    ["a list", () => [2], "said a list of 1"],
    ["an error", throwing, "threw RangeError: out of order"],
  ])("is refused where it offers %s instead of threads", async (_, threads, said) => {
    const device = own({ threads: threads as never });
    const error = await refusal(() => build({ device, threads: 2 }));
    expect(error).toMatchObject({ code: "faulty-device", summary: `the device my-device was asked for its threads, and ${said}` });
    expect(error.remedy).toContain("most a whole number from 1 on or Infinity");
    const both = defineDevice({ name: "both", doc: "Two.", source: "Own design.", changeover: { from: own({ name: "first" }), to: device } });
    expect((await refusal(() => build({ device: both, threads: 2 }))).summary).toBe(error.summary);
  }); // prettier-ignore

  it.each<[string, string, Partial<RunningProgram>]>([
    ["notes", "threw RangeError: out of order", { notes: throwing }],
    ["notes", "said a list of 1", { notes: () => [3] as never }],
    ["notes", 'said "a line"', { notes: () => "a line" as never }],
    ["pace", "threw RangeError: out of order", { pace: throwing }],
    ["pace", "said 3", { pace: () => 3 as never }],
    ["pace", "said { together: 1 }", { pace: () => ({ together: 1 }) as never }],
  ])("is refused by explain() where its %s is %s", async (what, said, wrong) => {
    const start: Device["start"] = (program, { memory, host }) => ({ ...evaluateProgram(program, memory, host), ...wrong });
    const net = build({ device: own({ start }) });
    await net.step(2);
    expect(await refusal(() => net.explain())).toMatchObject({ code: "faulty-device", summary: `the device my-device was asked for its ${what}, and ${said}` });
  }); // prettier-ignore

  it("is refused by explain() where its text is none, unless it refuses by itself", async () => {
    const texts = (code: unknown) => refusal(() => build({ device: own({ code: code as never }) }).explain({ code: true }));
    expect((await texts(throwing)).summary).toBe("the device my-device was asked for its code, and threw RangeError: out of order");
    expect(await texts(() => 3)).toMatchObject({ code: "faulty-device", summary: "the device my-device was asked for its code, and said 3" });
    const refusing = () => { throw new NeuroweaveError("not-supported", "it has no words for that", { remedy: "Wait." }); };
    expect(await texts(refusing)).toMatchObject({ code: "not-supported", summary: "it has no words for that" });
  }); // prettier-ignore
});

describe("a device that changes over between two", () => {
  it("has no more threads than each of them, so that neither is given a team that it did not offer", async () => {
    const teams: (readonly [string, number | undefined, boolean])[] = [];
    const offering = (name: string, most: number, shared: boolean) =>
      own({
        name,
        threads: () => ({ most, shared, why: most === 1 ? `${name} has but one` : null }),
        start(program, { memory, host }) {
          teams.push([name, program.team?.threads, program.sharedMemory]);
          return evaluateProgram(program, memory, host);
        },
      });
    /** Runs until the second has been started, and gives what explain() says then. */
    const run = async (from: Device, to: Device) => {
      const both = defineDevice({ name: "both", doc: "Two.", source: "Own design.", changeover: { from, to } });
      const net = build({ device: both, threads: { count: 4, always: true } });
      const stop = new AbortController();
      net.once("device", () => stop.abort());
      await net.step(2 ** 40, { signal: stop.signal });
      return net.explain();
    };
    const one = await run(offering("many", 8, true), offering("one", 1, false));
    expect(teams.splice(0)).toEqual([["many", undefined, false], ["one", undefined, false]]);
    expect(one).toMatchObject({ threads: 1, notes: expect.arrayContaining(["one thread instead of 4: one has but one"]) as string[] });
    expect(await run(offering("many", 8, false), offering("three", 3, true))).toMatchObject({ threads: 3 });
    expect(teams).toEqual([["many", 3, true], ["three", 3, true]]);
  }); // prettier-ignore

  it("begins on the first, which explain() tells", async () => {
    const first = own({ name: "first" });
    const second = own({ name: "second" });
    const both = defineDevice({ name: "both", doc: "Two.", source: "Own design.", changeover: { from: first, to: second } }); // prettier-ignore
    const net = build({ device: both });
    const heard: string[] = [];
    net.on("compiled", ({ device }) => heard.push(device));
    await net.step(3);
    expect(net.explain()).toMatchObject({ device: "both", notes: ["both runs on first at present"] });
    expect(heard).toEqual(["first"]);
  });

  it("changes over at a step border once the run is long, to the same bits", async () => {
    const log: string[] = [];
    const named = (name: string): Device =>
      own({
        name,
        start(program, { memory, host }) {
          const { run } = evaluateProgram(program, memory, host);
          log.push(name);
          return { run };
        },
      });
    const both = defineDevice({ name: "both", doc: "Two.", source: "Own design.", changeover: { from: named("first"), to: named("second") } }); // prettier-ignore
    const net = build({ device: both });
    const changes: { readonly device: string; readonly step: number }[] = [];
    net.on("device", (event) => changes.push(event));
    const stop = new AbortController();
    net.once("device", () => stop.abort());
    await net.step(2 ** 40, { signal: stop.signal });
    expect(log).toEqual(["first", "second"]);
    expect(changes).toEqual([{ device: "second", step: expect.any(Number) as number }]);
    const twin = build({ device: "reference" });
    await twin.step(net.steps);
    expectSameBits(net, twin);
  });
});
