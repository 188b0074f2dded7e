import { checkDevice, expectConformance } from "@neuroweave/testkit";
import {
  AdEx,
  allToAll,
  catalogOf,
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  loadNetwork,
  Phase,
  SpikeTrain,
} from "neuroweave";
import { expect, it } from "vitest";
import { countingDevice, plugin } from "../src/index.ts";

it("the device conforms", async () => {
  expectConformance(await checkDevice(countingDevice()));
}, 240_000);

/** Two additions and a multiplication for each neuron, and a division where x is above 10. */
const Sum = defineBehavior({
  name: "sum",
  priority: Phase.Trace,
  parameters: { a: { default: [0.25, 0.5, 11] }, b: { default: 3 } },
  state: { x: { init: 0 } },
  equations: "x = x + a * b + a",
});

it("what it counts is what the equations say, for each neuron and step", async () => {
  const device = countingDevice();
  const net = createNetwork({ dt: 1, device });
  net.population("cells", 3, Sum({ b: [3, 3, 3] }));
  await net.step(7);
  const [kernel, ...others] = device.counts();
  expect(others).toEqual([]);
  expect(kernel).toMatchObject({ kernel: "kernel 0 of cells", steps: 7 });
  expect(Object.fromEntries(kernel!.operations)).toEqual({ load: 3 * 3 * 7, mul: 3 * 7, add: 2 * 3 * 7 });
});

it("a synapse costs when its spike comes, and nothing before", async () => {
  const device = countingDevice();
  const net = createNetwork({ dt: 1, device });
  const source = net.population("source", 4, SpikeTrain({ times: [2, 2, 5], ids: [0, 3, 1] }));
  const target = net.population("target", 6, [AdEx(), DeltaReceptor()]);
  net.projection("synapses", { source, target, connect: allToAll(), weight: Array.from({ length: 24 }, () => 0.1) });
  const loads = (): number =>
    device
      .counts()
      .find(({ kernel }) => kernel.includes("synapses"))!
      .operations.get("load") ?? 0;
  await net.step(2);
  expect(loads()).toBe(0);
  await net.step(5);
  expect(loads()).toBe(3 * 6);
});

it("explain() names it and says what a step takes, by the name and with the plugin", async () => {
  const net = createNetwork({ dt: 1, device: "counting", plugins: [plugin] });
  net.population("cells", 3, Sum());
  await net.step(4);
  const { device, notes } = net.explain();
  expect(device).toBe("counting");
  expect(notes.join("\n")).toMatch(/^kernel 0 of cells: .* operations in a step: .*6 add/mu);
  const copy = loadNetwork(net.toJSON(), { device: "counting", plugins: [plugin] });
  await copy.step(4);
  expect(copy.state()).toEqual(net.state());
  expect(copy.explain().device).toBe("counting");
});

it("counts of two networks are apart where each has a device of its own", async () => {
  const [one, other] = [countingDevice(), countingDevice()];
  for (const [device, steps] of [[one, 2], [other, 5]] as const) {
    const net = createNetwork({ dt: 1, device });
    net.population("cells", 3, Sum());
    await net.step(steps);
  }
  expect([one, other].map((each) => each.counts()[0]!.steps)).toEqual([2, 5]);
}); // prettier-ignore

it("the catalogue has it beside the devices of the library", () => {
  expect(catalogOf([plugin]).devices.map(({ name }) => name)).toEqual(["auto", "counting", "native", "reference", "wasm"]);
}); // prettier-ignore
