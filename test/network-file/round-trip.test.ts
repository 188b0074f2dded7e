/** Every network that the devices are tested with, and every preset, comes back from its file, to the bit. */
import {
  AdEx,
  adexPatterns,
  createNetwork,
  Izhikevich,
  izhikevichPresets,
  loadNetwork,
  presetInputs,
  Recorder,
  StepCurrent,
  TimedCurrent,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { host, models } from "../devices/models.ts";
import { networks } from "../devices/networks.ts";
import { expectSameNetwork } from "./same-network.ts";

describe("a network that is read from its file has the same bits", () => {
  it.each(models)("$name", async ({ make, method, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: "twins" });
    for (const n of [1, 5]) net.population(`cells ${n}`, n, make(n) as never, method === undefined ? {} : { method });
    await expectSameNetwork(net, 60, { behaviors: { host } });
  });

  it.each(networks)("$name", async ({ make, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: 3 });
    make(net, "f64");
    await expectSameNetwork(net);
  });

  it.each(networks.filter(({ change }) => change))("$name, after its change and a reset", async ({ make, change, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: 4 });
    make(net, "f64");
    await net.step(20);
    change!(net);
    await net.step(20);
    await expectSameNetwork(net);
  }); // prettier-ignore

  it.each(networks)("$name, in single precision", async ({ make, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: 3, precision: "f32" });
    make(net, "f32");
    await expectSameNetwork(net, 20);
  });

  it.each(izhikevichPresets)("the preset $panel of Izhikevich, $name", async (preset) => {
    const net = createNetwork({ dt: preset.dt, seed: 1 });
    const current = TimedCurrent({ values: presetInputs(preset), every: preset.dt });
    net.population("cell", 1, [Izhikevich(preset.values as never), current, Recorder({ variables: ["v", "u"] })]);
    await expectSameNetwork(net, 200);
  });

  it.each([...adexPatterns.paper, ...adexPatterns.notebook])("the pattern $panel of AdEx, $name", async ({ values }) => {
    const { I, ...cell } = values;
    const net = createNetwork({ dt: 0.1, seed: 1 });
    net.population("cell", 1, [AdEx(cell), StepCurrent({ amplitude: I, start: 1, stop: 15 })]);
    await expectSameNetwork(net, 200);
  }); // prettier-ignore
});

describe("a network with a host behavior", () => {
  it("is not read by somebody who does not have it, and the cure is named", () => {
    const net = createNetwork({ dt: 0.1 });
    net.population("cells", 2, models.find(({ name }) => name === "a host behavior")!.make(2) as never);
    expect(() => loadNetwork(net.toJSON())).toThrow(
      /populations\[0\]\.behaviors\[\d\]\.use: there is no behavior or model host[^]*loadNetwork\(file, \{ behaviors: \{ host \} \}\)/,
    );
  });
});
