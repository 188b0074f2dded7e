import { checkBehavior, checkModel, expectConformance } from "@neuroweave/testkit";
import { AdEx, ConstantCurrent, createNetwork, loadNetwork, Recorder } from "neuroweave";
import { expect, it } from "vitest";
import { Afterhyperpolarization, MCurrent, plugin, SlowCell } from "../src/index.ts";

const driven = [AdEx(), ConstantCurrent({ amplitude: 1500 })];

it("the M-current conforms", async () => {
  expectConformance(await checkBehavior(MCurrent, { plugin, with: driven }));
});

it("the afterhyperpolarization conforms", async () => {
  expectConformance(await checkBehavior(Afterhyperpolarization, { plugin, with: driven, steps: 200 }));
});

it("the cell conforms, but for units that AdEx leaves open", async () => {
  const except = { units: "members of AdEx leave the unit of what does not matter to them open" };
  expectConformance(await checkModel(SlowCell, { plugin, with: [ConstantCurrent({ amplitude: 1500 })], except }));
});

it("a file names the cell, and only who has the plugin reads it", async () => {
  const net = createNetwork({ dt: 0.1, plugins: [plugin] });
  net.population("cells", 2, [
    SlowCell({ g_m: 5 }),
    ConstantCurrent({ amplitude: 900 }),
    Recorder({ variables: ["p"] }),
  ]);
  const file = net.toJSON();
  expect(file.populations[0]!.behaviors![0]).toEqual({ use: "SlowCell", values: { g_m: 5 } });
  expect(() => loadNetwork(file)).toThrow(/there is no behavior or model SlowCell/);
  const copy = loadNetwork(file, { plugins: [plugin] });
  await Promise.all([net.run(50), copy.run(50)]);
  expect(copy.state()).toEqual(net.state());
});

it("both currents make spikes rarer, and the gate of a clamped voltage is where it should be", async () => {
  const net = createNetwork({ dt: 0.05 });
  const current = { amplitude: 800 };
  const plain = net.population("plain", 1, [AdEx({ a: 0, b: 0 }), ConstantCurrent(current)]);
  const slow = net.population("slow", 1, [SlowCell(), ConstantCurrent(current)]);
  const rest = net.population("rest", 1, [SlowCell({ g_m: 0, g_ahp: 0 })]);
  await net.run(400);
  expect(slow.spikes().ids.length).toBeGreaterThan(0);
  expect(slow.spikes().ids.length).toBeLessThan(plain.spikes().ids.length);
  // p at a voltage v that stands: p_inf (1 − e^(−t / tau_p)).
  const v = rest.get("v")[0]!;
  expect(rest.get("p")[0]).toBeCloseTo((1 / (1 + Math.exp(-(v + 45) / 5))) * (1 - Math.exp(-400 / 80)), 4);
});
