/** The library's own devices through the suite that every device of a plugin goes through. */
import { checkDevice, deviceCheckNames, expectConformance } from "@neuroweave/testkit";
import { standardPlugin } from "neuroweave";
import { describe, expect, it } from "vitest";
import { compilerHere } from "../compiler.ts";

/** A compiler is called for each of the programs. */
const timeout = 600_000;

describe("the devices of the library", () => {
  it("are there by the door of plugins", () => {
    expect([...standardPlugin.devices.keys()]).toEqual(["wasm", "native", "auto", "reference"]);
  });

  it.each([...standardPlugin.devices])(
    "%s conforms; where there is no compiler, native and what changes over to it fail with that reason and with no other",
    async (name, device) => {
      const report = await checkDevice(device);
      expect(report.checks.map((each) => each.name)).toEqual(deviceCheckNames);
      if ((name === "native" || name === "auto") && !compilerHere())
        for (const { detail } of report.checks) expect(detail).toContain("no C compiler");
      else expectConformance(report);
    },
    timeout,
  );
});
