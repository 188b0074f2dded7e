/** Plugins: manifests that are refused, names that files and the catalogue know, and the standard library through the same door. */
import {
  allToAll,
  catalogOf,
  createNetwork,
  CurrentReceptor,
  defineBehavior,
  defineDevice,
  definePlugin,
  formatNetworkFile,
  LIF,
  loadNetwork,
  oneToOne,
  PoissonSource,
  standardCatalog,
  standardPlugin,
  type Connector,
  type PluginManifest,
} from "neuroweave";
import { neuroweaveVersion } from "@neuroweave/network-file";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRange } from "../../packages/network-file/src/plugin/version-range.ts";
import { refusal } from "../model/refusals.ts";

const Slow = defineBehavior({ name: "slow", doc: "A number that grows.", source: "Own design.", state: { x: { init: 0, unit: "1", doc: "a number" } }, options: { pace: "calm" as string }, build: ({ pace }) => ({ equations: `dx/dt = ${pace === "calm" ? 0.1 : 0.2}` }) }); // prettier-ignore
const Coded = defineBehavior({ name: "coded", state: { y: { init: 0 } }, step: ({ columns, n, dt }) => { for (let i = 0; i < n; i++) columns.y[i]! += dt; } }); // prettier-ignore
const SlowLIF = LIF.with(Slow).named("SlowLIF", { doc: "LIF with a number that grows.", source: "Own design." });
const everySecond = (): Connector =>
  Object.freeze({ ...oneToOne(), name: "everySecond", text: "everySecond()", arguments: [] });
const manifest: PluginManifest = {
  name: "neuroweave-slow",
  version: "1.2.3",
  neuroweave: "^0.1.0",
  behaviors: { Slow, Coded },
  models: { SlowLIF },
  connectors: { everySecond: { make: everySecond, doc: "Neuron i to neuron i.", source: "Own design.", arguments: [], options: [] } },
  kinds: { Coded: { kind: "stimulus", where: "population" } },
  options: { "slow.pace": { doc: "how fast it grows", values: ["calm", "wild"] } },
}; // prettier-ignore
const plugin = definePlugin(manifest);
const words = { doc: "Runs nothing.", source: "Own design.", start: () => ({ run: (_: number, steps: number) => steps }) }; // prettier-ignore
const device = defineDevice({ ...words, name: "my-device" });

/** A network with everything that the plugin has. */
function network(plugins = [plugin]) {
  const net = createNetwork({ dt: 0.5, plugins });
  const source = net.population("source", 3, PoissonSource({ rate: 300 }));
  const cells = net.population("cells", 3, [SlowLIF({ R: 5, pace: "wild" }), Coded(), CurrentReceptor()]);
  net.projection("synapses", { source, target: cells, connect: everySecond(), weight: 3 });
  return net;
}

describe("a file that is written with a plugin", () => {
  it("says its names, and is read with it to the bit", async () => {
    const net = network();
    const file = net.toJSON();
    expect(file.behaviors).toBeUndefined();
    expect(file.populations[1]!.behaviors).toMatchObject([{ use: "SlowLIF", values: { R: 5, pace: "wild" } }, { use: "Coded" }, { use: "CurrentReceptor" }]);
    expect(file.projections![0]!.connect).toEqual({ use: "everySecond" });
    const copy = loadNetwork(formatNetworkFile(file), { plugins: [plugin] });
    expect(copy.toJSON()).toEqual(file);
    await Promise.all([net.run(100), copy.run(100)]);
    expect(copy.state()).toEqual(net.state());
  }); // prettier-ignore

  it("is refused without it, with the place and the cure", async () => {
    expect(await refusal(() => loadNetwork(network().toJSON()))).toMatchObject({
      code: "unknown-name",
      message: expect.stringMatching(/populations\[1\]\.behaviors\[0\]\.use: there is no behavior or model SlowLIF[^]*plugin/),
    });
  }); // prettier-ignore

  it("may also be one that was written without it: code goes by its own name then", async () => {
    const net = network([]);
    const file = net.toJSON();
    expect(JSON.stringify(file)).toContain('"use":"coded"');
    const copy = loadNetwork(file, { plugins: [plugin] });
    await Promise.all([net.run(100), copy.run(100)]);
    expect(copy.state()).toEqual(net.state());
  });

  it("is held to the words that the plugin's options take", async () => {
    const file = network().toJSON();
    (file.populations[1]!.behaviors![0]!.values as Record<string, unknown>)["pace"] = "wilder";
    expect(await refusal(() => loadNetwork(file, { plugins: [plugin] }))).toMatchObject({
      code: "invalid-value",
      message: expect.stringMatching(/values\.pace: pace is "wilder"[^]*"calm", "wild"/),
    });
  });
});

describe("the catalogue", () => {
  it("has the entries of plugins beside those of the library", () => {
    const catalog = catalogOf([plugin]);
    const find = (list: keyof typeof catalog, name: string) => catalog[list].find((each) => each.name === name);
    expect(find("behaviors", "Slow")).toMatchObject({ doc: "A number that grows.", options: [{ name: "pace", default: "calm", doc: "how fast it grows", values: ["calm", "wild"] }] });
    expect(find("stimuli", "Coded")).toBeDefined();
    expect(find("models", "SlowLIF")).toMatchObject({ members: ["leak", "currentInput", "fire", "slow"] });
    expect(find("connectors", "everySecond")).toMatchObject({ doc: "Neuron i to neuron i." });
    for (const [kind, list] of Object.entries(standardCatalog())) expect(catalog[kind as "models"]).toEqual(expect.arrayContaining([...list]));
  }); // prettier-ignore

  it("is that of the library without plugins, and the library is a plugin like any", () => {
    expect(catalogOf([])).toEqual(standardCatalog());
    expect(standardPlugin).toMatchObject({ kind: "plugin", name: "neuroweave", version: neuroweaveVersion });
    const text = readFileSync(new URL("../../packages/neuroweave/package.json", import.meta.url), "utf8");
    expect((JSON.parse(text) as { version: string }).version).toBe(neuroweaveVersion);
  });
});

describe("a manifest", () => {
  it.each<[string, object, string, RegExp]>([
    ["a key that does not exist", { behavior: {} }, "unknown-name", /no key behavior[^]*behaviors/],
    ["a name that no package has", { name: "My Plugin" }, "invalid-name", /"My Plugin" cannot be the name/],
    ["a version that is none", { version: "1.0" }, "invalid-value", /its version is "1\.0"/],
    ["no range of versions", { neuroweave: undefined }, "invalid-value", /no range of versions[^]*\^0\.1\.0/],
    ["a range of versions that is none", { neuroweave: "newest" }, "invalid-value", /"newest", which is no range/],
    ["a range that this version is not in", { neuroweave: "^7.0.0" }, "not-supported", /made for neuroweave \^7\.0\.0, and this is/],
    ["a behavior whose name cannot be imported", { behaviors: { "Slow one": Slow } }, "invalid-name", /"Slow one" cannot be a name of behaviors/],
    ["an instance for a behavior", { behaviors: { Slow: Slow() } }, "invalid-value", /Slow is no behavior/],
    ["a behavior for a model", { models: { Slower: Slow } }, "invalid-value", /Slower is no model/],
    ["one name for two things", { models: { Slow: SlowLIF } }, "duplicate-name", /Slow is a behavior and a model/],
    ["a connector without words", { connectors: { everySecond: { make: everySecond } } }, "invalid-value", /everySecond is not described/],
    ["a connector that is none", { connectors: { everySecond: 3 } }, "invalid-value", /everySecond is no connector/],
    ["a kind of what it does not have", { kinds: { Fast: { kind: "model", where: "population" } } }, "unknown-name", /kinds names Fast/],
    ["a kind that does not exist", { kinds: { Slow: { kind: "thing", where: "population" } } }, "invalid-value", /kind of Slow/],
    ["a device whose name cannot be typed", { devices: { MyDevice: device } }, "invalid-name", /"MyDevice" cannot be a name of devices[^]*my-device/],
    ["a device by another name", { devices: { another: device } }, "invalid-name", /the device my-device is listed as "another"/],
    ["a device that is none", { devices: { "my-device": { start: () => ({}) } } }, "invalid-value", /my-device is no device[^]*defineDevice/],
    ["an option without words", { options: { pace: {} } }, "invalid-value", /option pace has no words/],
    ["a list", { behaviors: [Slow] }, "invalid-value", /behaviors of plugin .* no object/],
    ["a name that objects have anyway", { behaviors: JSON.parse('{ "constructor": 1 }') as object }, "reserved-name", /refused for safety/],
  ])("with %s is refused", async (_, changes, code, message) => {
    expect(await refusal(() => definePlugin({ ...manifest, ...changes }))).toMatchObject({ code, message: expect.stringMatching(message) });
  }); // prettier-ignore

  it("runs no code: what would be computed is refused, and nothing is called", async () => {
    let called = 0;
    const call = () => void called++;
    const computed = Object.defineProperty({ ...manifest }, "doc", { get: call, enumerable: true });
    expect((await refusal(() => definePlugin(computed as PluginManifest))).message).toMatch(/doc of .* is an accessor/);
    const make = (() => call()) as unknown as () => Connector;
    definePlugin({
      ...manifest,
      connectors: { lazy: { make, doc: "Never called.", source: "Own design.", arguments: [], options: [] } },
    });
    expect(called).toBe(0);
  });

  it("is not changed afterwards", () => {
    expect(Object.isFrozen(plugin)).toBe(true);
  });
});

describe("plugins together", () => {
  it.each<[string, readonly unknown[], string, RegExp]>([
    ["one twice", [plugin, plugin], "duplicate-name", /neuroweave-slow is there twice/],
    ["the library once more", [standardPlugin], "duplicate-name", /plugin neuroweave is there twice/],
    ["two that give one name", [plugin, definePlugin({ ...manifest, name: "other", behaviors: { Slow }, models: {}, kinds: {} })], "duplicate-name", /neuroweave-slow and other both have Slow/],
    ["a name of the library", [definePlugin({ ...manifest, name: "other", models: { LIF: SlowLIF } })], "duplicate-name", /neuroweave and other both have LIF/],
    ["a device of the library", [definePlugin({ name: "other", version: "1.0.0", neuroweave: "^0.1.0", devices: { auto: defineDevice({ ...words, name: "auto" }) } })], "duplicate-name", /neuroweave and other both have the device auto/],
    ["what is none", [manifest], "invalid-value", /plugin 1 of the list is none/],
  ])("are refused where there is %s", async (_, plugins, code, message) => {
    for (const use of [() => catalogOf(plugins as never), () => createNetwork({ dt: 1, plugins: plugins as never }), () => loadNetwork(network([]).toJSON(), { plugins: plugins as never })])
      expect(await refusal(use)).toMatchObject({ code, message: expect.stringMatching(message) });
  }); // prettier-ignore
});

describe("ranges of versions", () => {
  it.each<[string, string, boolean | null]>([
    ["1.2.3", "^1.0.0", true],
    ["2.0.0", "^1.0.0", false],
    ["0.2.0", "^0.1.5", false],
    ["0.1.9", "^0.1.5", true],
    ["0.0.2", "^0.0.1", false],
    ["1.3.0", "~1.2.0", false],
    ["1.2.9", "~1.2.0", true],
    ["1.5.0", ">=1.2.0 <2.0.0", true],
    ["2.0.0", ">=1.2.0 <2.0.0", false],
    ["1.0.0", "1.0.0", true],
    ["1.0.0", "1.x", null],
    ["1.0.0", "", null],
    ["1.0.0", "01.0.0", null],
  ])("%s in %s: %s", (version, range, is) => {
    expect(inRange(version, range)).toBe(is);
  });

  it("^ holds for what is not smaller and has the same leftmost number that is not zero", () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(version, version, (at, from) => {
        const leading = from.findIndex((x) => x > 0);
        const same = leading < 0 ? at.join() === from.join() : from.slice(0, leading + 1).join() === at.slice(0, leading + 1).join();
        expect(inRange(at.join("."), `^${from.join(".")}`)).toBe(same && at.join(".") >= from.join("."));
      }),
    );
  }); // prettier-ignore
});

it("devices are in the catalogue, and names of connectors are no names of devices", () => {
  const disc = defineDevice({ ...words, name: "disc" });
  const all = catalogOf([definePlugin({ name: "other", version: "1.0.0", neuroweave: "^0.1.0", devices: { disc } })]);
  expect(all.devices.map(({ name }) => name)).toEqual(["auto", "disc", "native", "reference", "wasm"]);
  expect(all.devices[1]).toMatchObject({ kind: "device", where: "network", doc: "Runs nothing.", source: "Own design." });
}); // prettier-ignore

it("allToAll is the library's, by whatever plugins it is read", () => {
  expect(standardPlugin.connectors.get("allToAll")!.make).toBe(allToAll);
});
