import { expect, it } from "vitest";
import { createNetwork, LIF } from "neuroweave";

it("an incomplete population does not keep others from being made; it is refused before the next step", async () => {
  const net = createNetwork({ dt: 0.1 });
  const first = net.population("first", 1, LIF());
  first.disable("leak");
  const second = net.population("second", 1, LIF({ I: 30 }));
  await expect(net.run(1)).rejects.toMatchObject({ code: "missing-companion", entity: "first" });
  first.enable("leak");
  await net.run(100);
  expect(second.spikes().ids.length).toBeGreaterThan(0);
});
