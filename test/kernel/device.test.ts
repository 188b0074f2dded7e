/** The contract of devices: what `defineDevice` takes, and what it refuses. */
import { defineDevice, evaluateProgram, isDevice, type Device, type DeviceSpecification } from "@neuroweave/kernel";
import { describe, expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";

const given: DeviceSpecification = {
  name: "twin",
  doc: "The reference once more.",
  source: "Own design.",
  start: (program, { memory, host }) => evaluateProgram(program, memory, host),
};
const twin = defineDevice(given);
const other = defineDevice({ ...given, name: "other-twin" });
const both = defineDevice({ name: "both", doc: "Two.", source: "Own design.", changeover: { from: twin, to: other } });

describe("a device", () => {
  it("has one thread, no text and nothing to load unless it says so, and does not change", () => {
    expect(twin.threads()).toEqual({ most: 1, shared: false, why: "the device twin has one thread" });
    expect(twin.code({} as never)).toBeNull();
    expect(twin.warmUp()).toBeUndefined();
    expect(twin.changeover).toBeNull();
    expect([isDevice(twin), isDevice(given), isDevice(null)]).toEqual([true, false, false]);
    expect(Object.isFrozen(twin)).toBe(true);
  });

  it("that is two others runs as the first of them", () => {
    expect(both).toMatchObject({ start: twin.start, changeover: { from: twin, to: other } });
  });

  it("is what has all that a device has, one that spreads another too; not what only says so", () => {
    expect([{ ...twin }, { ...twin, extra: 1 }, { ...both }].map(isDevice)).toEqual([true, true, true]);
    const { start: _, ...words } = twin;
    const lacking = [
      { kind: "device", name: "wasm", doc: "Words.", source: "A catalogue." },
      words,
      ...(["start", "threads", "warmUp", "code"] as const).map((key) => ({ ...twin, [key]: "none" })),
      { ...twin, kind: "model" },
      { ...twin, name: 3 },
      { ...twin, changeover: undefined },
      { ...twin, changeover: { from: twin } },
      { ...twin, changeover: { from: twin, to: { kind: "device" } } },
      { ...twin, changeover: { from: twin, to: both } },
    ];
    expect(lacking.filter(isDevice)).toEqual([]);
    const endless: Record<string, unknown> = { ...twin };
    endless["changeover"] = { from: endless, to: endless };
    expect(isDevice(endless)).toBe(false);
  });

  it("that is two others has the threads that both have", () => {
    const offering = (most: number, shared: boolean, why: string | null) =>
      defineDevice({ ...given, name: `at-most-${most}`.toLowerCase(), threads: () => ({ most, shared, why }) });
    const [many, two, one] = [offering(Infinity, false, null), offering(2, true, "it has two"), other];
    const threads = (from: Device, to: Device) => defineDevice({ name: "both", doc: "Two.", source: "Own design.", changeover: { from, to } }).threads();
    for (const [from, to] of [[many, two], [two, many]] as const)
      expect(threads(from, to)).toEqual({ most: 2, shared: true, why: "it has two" });
    expect(threads(two, one)).toEqual({ most: 1, shared: true, why: "the device other-twin has one thread" });
    expect(threads(many, many)).toEqual({ most: Infinity, shared: false, why: null });
  }); // prettier-ignore

  it.each<[string, unknown, string, RegExp]>([
    ["nothing", null, "invalid-value", /a device is given as null/],
    ["a name that nobody could type", { ...given, name: "My Device" }, "invalid-name", /"My Device" cannot be the name of a device[^]*my-device/],
    ["a name that objects have anyway", { ...given, name: "__proto__" }, "invalid-name", /cannot be the name/],
    ["a key that does not exist", { ...given, thread: 1 }, "unknown-name", /a device has no thread[^]*threads/],
    ["no doc", { ...given, doc: "" }, "invalid-value", /its doc is ""/],
    ["no source", { ...given, source: undefined }, "invalid-value", /its source is undefined/],
    ["nothing that starts", { ...given, start: "wasm" }, "invalid-value", /start is no function/],
    ["threads that are a number", { ...given, threads: 2 }, "invalid-value", /threads is no function/],
    ["a changeover to nothing", { name: "a", doc: "A.", source: "B.", changeover: { from: twin } }, "invalid-value", /does not change over between two/],
    ["a changeover and a start", { ...given, changeover: { from: twin, to: other } }, "unknown-name", /a device has no start/],
  ])("with %s is refused", async (_, specification, code, message) => {
    expect(await refusal(() => defineDevice(specification as never))).toMatchObject({ code, message: expect.stringMatching(message) as string });
  }); // prettier-ignore

  it("is not called when it is defined", () => {
    let called = 0;
    const call = (): never => {
      called++;
      throw new Error("it was called");
    };
    defineDevice({ ...given, start: call, threads: call, warmUp: call, code: call });
    expect(called).toBe(0);
  });
});
