/** Every check of a device can fail: devices that are wrong in one way are found, with words that say where. */
import { defineDevice, evaluateProgram, type DeviceSpecification, type ProgramStage } from "@neuroweave/kernel";
import { checkDevice, deviceCheckNames, expectConformance } from "@neuroweave/testkit";
import { catalogOf, standardPlugin, type Device } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";
import { backward, counted, fusing, overflowing, shortSighted, silent, single, stale, swallowing, unordered } from "./wrong-devices.ts"; // prettier-ignore

/** The report of these checks alone. */
const reportOn = (device: Device, names: readonly string[]) => {
  const others = deviceCheckNames.filter((name) => !names.includes(name));
  return checkDevice(device, { except: Object.fromEntries(others.map((name) => [name, "checked in another place"])) });
};

const wrong: readonly (readonly [what: string, device: Device, check: string, message: RegExp])[] = [
  ["multiplies and adds with one rounding", fusing, "same bits: cells", /^f64, after \d+ steps?: [a-z]+\.\w+\[\d+\] is -?\d.* instead of -?\d/],
  ["sums in another order", backward, "same bits: sums and competitions", /^f64, after \d+ steps?: crowd\..*\[\d+\] is .* instead of/],
  ["hands spikes over in another order", unordered, "same bits: synapses with delays", /^f64, after \d+ steps?: target\.[\w.]+\[\d+\] is .* instead of/],
  ["keeps a column with itself", stale, "values between runs", /^after a state was set, after 11 steps: .*target\.v\[0\] is .* instead of/],
  ["goes on where spikes have no room", overflowing, "stopping", /^where spikes fill their list, ahead of which a run must stop, after 0 steps it throws/],
  ["is silent about numbers that are none", silent, "stopping", /where a number becomes infinite.*: it ran on instead of "non-finite-state/],
  ["keeps to itself what code throws", swallowing, "faults of host code", /^code threw: nothing was thrown instead of "host-threw/],
  ["looks at a memory that is no more", shortSighted, "memory that grows", /^in a memory that grows between calls, after 0 steps it throws TypeError/],
  ["has one program for all", single, "several networks", /^two networks that take turns, after \d steps/],
  ["counts the steps itself", counted, "same bits: random numbers", /^f64, in one run after a reset, after 41 steps/],
  ["counts the steps itself, across a change of structure", counted, "changes of structure", /^when a behavior is switched off, after \d+ steps/],
]; // prettier-ignore

describe("a device that", () => {
  it.each(wrong)("%s is found", async (_, device, check, message) => {
    const report = await reportOn(device, [check]);
    const failed = report.checks.filter(({ ok }) => !ok);
    expect(failed).toEqual([{ name: check, ok: false, detail: expect.stringMatching(message) as string }]);
    expect(await refusal(() => expectConformance(report))).toMatchObject({ code: "conformance" });
  });

  it("is badly described is found", async () => {
    const words = { doc: "no sentence", source: "?" };
    const mute = defineDevice({ name: "mute", ...words, start: (program, { memory, host }) => evaluateProgram(program, memory, host) }); // prettier-ignore
    const { checks } = await reportOn(mute, ["description"]);
    expect(checks[0]!.detail).toBe("its doc is no sentence; it has no source");
  });

  it("changes over to one that does nothing fails every check, in words that name it", async () => {
    const idle = defineDevice({ name: "idle", doc: "Does nothing.", source: "Own design.", start: () => ({ run: (_, steps) => steps }) });
    const both = defineDevice({ name: "both", doc: "Two devices.", source: "Own design.", changeover: { from: standardPlugin.devices.get("wasm")!, to: idle } });
    const names = ["same bits: cells", "stopping", "values between runs", "snapshots", "changes of structure"];
    const { checks } = await reportOn(both, names);
    for (const { name, ok, detail } of checks.filter((each) => names.includes(each.name))) {
      expect([name, ok]).toEqual([name, false]);
      expect(detail).toMatch(/^on idle, to which it changes over: /);
    }
  }); // prettier-ignore

  it("changes over between two that conform does so too, and the report speaks of both", async () => {
    const twin = (name: string) => defineDevice({ name, doc: "The reference.", source: "Own design.", start: (program, { memory, host }) => evaluateProgram(program, memory, host) });
    const both = defineDevice({ name: "both", doc: "Two devices.", source: "Own design.", changeover: { from: twin("first"), to: twin("second") } });
    const report = expectConformance(await reportOn(both, ["description", "threads"]));
    expect(report.checks.find(({ name }) => name === "description")!.detail).toBe("both: Two devices.; on second: second: The reference.");
    expect(report.checks.find(({ name }) => name === "threads")!.detail).toBe("the device first has one thread; on second: the device second has one thread");
  }); // prettier-ignore

  it.each<[string, Partial<DeviceSpecification>, string, RegExp]>([
    ["throws while it warms up", { warmUp: () => { throw new Error("cold"); } }, "description", /its warmUp throws/],
    ["is refused while it warms up", { warmUp: () => Promise.reject(new Error("cold")) as never }, "description", /its warmUp throws/],
    ["offers no thread", { threads: () => ({ most: 0, shared: false, why: "it is shy" }) }, "threads", /asked for its threads, and said { most: 0/],
    ["offers nothing", { threads: () => undefined as never }, "threads", /asked for its threads, and said undefined/],
  ])("%s is found", async (_, change, check, message) => {
    const device = defineDevice({ name: "odd", doc: "The reference.", source: "Own design.", start: (program, { memory, host }) => evaluateProgram(program, memory, host), ...change });
    const { checks } = await reportOn(device, [check]);
    expect(checks.filter(({ ok }) => !ok)).toEqual([{ name: check, ok: false, detail: expect.stringMatching(message) as string }]);
  }); // prettier-ignore

  it("offers threads and does all on one conforms: how steps are shared is its own business", async () => {
    const boasting = defineDevice({
      name: "boasting",
      doc: "Offers threads.",
      source: "Own design.",
      threads: () => ({ most: 2, shared: false, why: null }),
      start: (program, { memory, host }) => evaluateProgram({ ...program, team: null }, memory, host),
    });
    expectConformance(await reportOn(boasting, ["threads"]));
  });
});

describe("the networks of the suite", () => {
  it("have every kind of stage, so that each of them is compared", async () => {
    const kinds: Record<ProgramStage["kind"], number> = { kernel: 0, uniforms: 0, draw: 0, remember: 0, deliver: 0, sweep: 0, collect: 0, reduce: 0, compete: 0, host: 0, sample: 0, events: 0, settle: 0, copy: 0, clear: 0 }; // prettier-ignore
    const watching = defineDevice({
      name: "watching",
      doc: "Looks at programs.",
      source: "Own design.",
      start(program, { memory, host }) {
        for (const { kind } of program.stages) kinds[kind]++;
        return evaluateProgram(program, memory, host);
      },
    });
    await reportOn(watching, deviceCheckNames.filter((name) => name.startsWith("same bits")));
    expect(Object.entries(kinds).filter(([, count]) => count === 0)).toEqual([]);
  }); // prettier-ignore
});

describe("checkDevice", () => {
  it.each<[string, () => unknown, string, RegExp]>([
    ["what is no device", () => checkDevice({ name: "wasm" } as never), "invalid-value", /no device/],
    ["what the catalogue says of one", () => checkDevice(catalogOf([]).devices[0] as never), "invalid-value", /no device/],
    ["a check that does not exist", () => checkDevice(silent, { except: { stoping: "a reason that is long enough" } }), "unknown-name", /no check stoping[^]*stopping/],
    ["no reason", () => checkDevice(silent, { except: { stopping: "" } }), "invalid-value", /left out without a reason/],
    ["an option that does not exist", () => checkDevice(silent, { without: [] } as never), "unknown-name", /no option without/],
  ])("refuses %s", async (_, call, code, message) => {
    expect(await refusal(call)).toMatchObject({ code, message: expect.stringMatching(message) as string });
  }); // prettier-ignore
});
