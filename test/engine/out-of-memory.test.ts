import { createNetwork, DeltaReceptor, fixedProbability, LIF, normal, uniform, type Network } from "neuroweave";
import { expect, it } from "vitest";

const neurons = 9_000_000;

/** A network of some hundred megabytes, and a small part of it that does something. */
function busy(): Network {
  const net = createNetwork({ dt: 1, seed: 2 });
  const crowd = net.population("crowd", neurons, [LIF({ R: 1 }), DeltaReceptor()]);
  const few = net.population("few", 50, [LIF({ R: 1, I: uniform(60, 200) }), DeltaReceptor()]);
  net.projection("p", { source: few, target: crowd.slice(0, 50), connect: fixedProbability(0.5), weight: 3 });
  return net;
}

it("what memory has no room for is refused with the sum, and the network runs as if nobody had asked", async () => {
  const [net, twin] = [busy(), busy()];
  const crowd = net.find("crowd");
  const part = crowd.slice(0, 50_000);
  const refused = expect.objectContaining({
    code: "out-of-memory",
    message: expect.stringMatching(/\d+ MiB in all, which cannot be had: at most 4096 MiB/) as string,
  });
  const wrong = { source: part, target: part, weight: normal(1, 0.1), delay: normal(1.5, 0.7, { min: 1 }) };
  // Of its own, this projection would fit into 4 GiB. Nothing of it is made.
  const large = { ...fixedProbability(0.149), build: () => expect.unreachable() };
  expect(() => net.projection("wrong", { ...wrong, connect: large })).toThrow(refused);
  expect(() => net.population("wrong", 600_000_000, LIF())).toThrow(refused);
  net.projection("right", { ...wrong, connect: fixedProbability(1e-5) });
  twin.projection("right", {
    ...wrong,
    source: twin.find("crowd").slice(0, 50_000),
    target: twin.find("crowd").slice(0, 50_000),
    connect: fixedProbability(1e-5),
  });
  for (const each of [net, twin]) await each.run(10);
  expect(net.projections.map(({ name }) => name)).toEqual(["p", "right"]);
  expect(crowd.spikes().ids.length + net.find("few").spikes().ids.length).toBeGreaterThan(20);
  for (const name of ["few", "crowd"]) expect(net.find(name).spikes()).toEqual(twin.find(name).spikes());
  expect(crowd.get("v").subarray(0, 60_000)).toEqual(twin.find("crowd").get("v").subarray(0, 60_000));
}, 60_000);
