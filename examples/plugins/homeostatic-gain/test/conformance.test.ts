import { checkBehavior, expectConformance } from "@neuroweave/testkit";
import { catalogOf, createNetwork, formatNetworkFile, LIF, loadNetwork } from "neuroweave";
import { expect, it } from "vitest";
import { GainedCurrent, HomeostaticGain, plugin } from "../src/index.ts";

it("the gain conforms", async () => {
  expectConformance(await checkBehavior(HomeostaticGain, { plugin, with: [LIF({ R: 5 }), GainedCurrent({ bias: 7 })], steps: 400 }));
}); // prettier-ignore

it("the current conforms, its unit being that of the input", async () => {
  const except = { units: "the bias has the unit of whatever input it is added to" };
  expectConformance(await checkBehavior(GainedCurrent, { plugin, with: [LIF({ R: 5 }), HomeostaticGain()], except }));
});

it("neurons of any bias come to the rate that is wanted", async () => {
  const net = createNetwork({ dt: 0.5, seed: 3 });
  const cells = net.population("cells", 3, [
    LIF({ R: 5 }),
    GainedCurrent({ bias: [3.5, 5, 8] }),
    HomeostaticGain({ tau_rate: 200 }),
  ]);
  await net.run(4000);
  const { ids, times } = cells.spikes();
  const late = [0, 1, 2].map((i) => ids.filter((id, k) => id === i && times[k]! >= 2000).length / 2);
  for (const rate of late) expect(Math.abs(rate - 20)).toBeLessThan(4);
});

it("files and the catalogue know the plugin, code and all", async () => {
  expect(catalogOf([plugin]).plasticity.map(({ name }) => name)).toContain("HomeostaticGain");
  const net = createNetwork({ dt: 0.5, plugins: [plugin] });
  net.population("cells", 3, [LIF({ R: 5 }), GainedCurrent(), HomeostaticGain({ target: 30 })]);
  const copy = loadNetwork(formatNetworkFile(net.toJSON()), { plugins: [plugin] });
  await Promise.all([net.run(200), copy.run(200)]);
  expect(copy.state()).toEqual(net.state());
});
