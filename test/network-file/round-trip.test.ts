/** Every network that the devices are tested with comes back from its file, to the bit. */
import { createNetwork } from "neuroweave";
import { describe, it } from "vitest";
import { models } from "../devices/models.ts";
import { networks } from "../devices/networks.ts";
import { expectSameNetwork } from "./same-network.ts";

describe("a network that is read from its file", () => {
  it.each(models)("has the same bits: $name", async ({ make, method, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: "twins" });
    for (const n of [1, 5]) net.population(`cells ${n}`, n, make(n) as never, method === undefined ? {} : { method });
    await expectSameNetwork(net);
  });

  it.each(networks)("has the same bits: $name", async ({ make, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: 3 });
    make(net, "f64");
    await expectSameNetwork(net);
  });
});
