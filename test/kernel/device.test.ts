/** The contract of devices: what `defineDevice` takes, and what it refuses. */
import { defineDevice, evaluateProgram, isDevice, type DeviceSpecification } from "@neuroweave/kernel";
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
    const both = defineDevice({ name: "both", doc: "Two.", source: "Own design.", changeover: { from: twin, to: other } }); // prettier-ignore
    expect(both).toMatchObject({ start: twin.start, changeover: { from: twin, to: other } });
  });

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
