import { createNetwork, LIF, type Network } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "./refusals.ts";

const build = (): Network => {
  const net = createNetwork({ dt: 0.5 });
  net.population("cells", 1, LIF());
  return net;
};

describe("what happens every so many ms", () => {
  it("happens at the borders that runs come to, once each, in the order in which it came", async () => {
    const net = build();
    const seen: string[] = [];
    const end = net.every(2, ({ t }) => void seen.push(`a${t}`));
    net.every(3, ({ t }) => void seen.push(`b${t}`));
    await net.run(4);
    await net.run(0);
    await net.step(4);
    await net.runUntil(({ t }) => t >= 8, { max: 100 });
    end();
    await net.run(1);
    expect(seen).toEqual(["a2", "b3", "a4", "a6", "b6", "a8", "b9"]);
  });

  it("may change the network, is awaited, and ends the run where it throws", async () => {
    const net = build();
    net.every(2, async () => {
      await Promise.resolve();
      net.population(`at ${net.t}`, 1, LIF());
      if (net.t === 4) throw new Error("enough");
    });
    await expect(net.run(10)).rejects.toThrow("enough");
    expect([net.t, net.populations.map(({ name }) => name)]).toEqual([4, ["cells", "at 2", "at 4"]]);
    await net.run(1);
    expect(net.t).toBe(5);
  });

  it("cannot be in no time, off the grid, or a run within the run", async () => {
    const net = build();
    expect((await refusal(() => net.every(0, () => {}))).code).toBe("out-of-range");
    expect((await refusal(() => net.every(0.7, () => {}))).code).toBe("off-grid");
    net.every(1, () => net.run(1));
    expect((await refusal(() => net.run(1))).code).toBe("wrong-moment");
  });
});
