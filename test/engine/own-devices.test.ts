/** Devices that are not of the library: how a network takes them, what it says of them, and what it refuses. */
import { evaluateProgram } from "@neuroweave/kernel";
import { createNetwork, defineDevice, definePlugin, LIF, loadNetwork, NoisyCurrent, type CreateOptions, type Device, type DeviceSpecification, type Network } from "neuroweave"; // prettier-ignore
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

describe("a device that changes over between two", () => {
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
