import { describe, expect, it, vi } from "vitest";
import { createNetwork, NeuroweaveError, PoissonSource, SpikeTrain } from "neuroweave";

describe("spike trains that come as data", () => {
  it("spike in the steps of their times, whatever the order of the lists", async () => {
    const net = createNetwork({ dt: 0.1, seed: 1 });
    const cells = net.population("cells", 3, SpikeTrain({ times: [2.5, 0, 2.5, 1.2, 0.3], ids: [2, 0, 1, 0, 2] }));
    await net.run(1);
    await net.run(4);
    const { steps, ids } = cells.spikes();
    expect([...steps]).toEqual([0, 3, 12, 25, 25]);
    expect([...ids]).toEqual([0, 2, 0, 1, 2]);
  });

  it("are rounded to the grid, with one warning that counts them", async () => {
    const net = createNetwork({ dt: 1, seed: 1 });
    const heard = vi.fn();
    net.on("warning", heard);
    const cells = net.population("cells", 1, SpikeTrain({ times: [1.4, 2, 3.6], ids: [0, 0, 0] }));
    await net.run(10);
    net.reset();
    await net.run(10);
    expect([...cells.spikes().steps]).toEqual([1, 2, 4]);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(heard.mock.calls[0]![0]).toMatchObject({ entity: "cells", behavior: "spikeTrain", message: /^2 of/ });
  });

  it("refuse a neuron that the population does not have, and leave no population behind", () => {
    const net = createNetwork({ dt: 1, seed: 1 });
    expect(() => net.population("cells", 2, SpikeTrain({ times: [1], ids: [2] }))).toThrow(NeuroweaveError);
    expect(net.populations).toHaveLength(0);
  });
});

describe("a Poisson source", () => {
  it("spikes at its rate, less what one spike per step hides, within four standard errors", async () => {
    const [rate, n, duration, dt] = [200, 500, 1000, 0.5];
    const net = createNetwork({ dt, seed: 3 });
    const cells = net.population("cells", n, PoissonSource({ rate }));
    await net.run(duration);
    const trials = (n * duration) / dt;
    const p = 1 - Math.exp((-rate * dt) / 1000);
    const error = Math.abs(cells.spikes().ids.length - trials * p) / Math.sqrt(trials * p * (1 - p));
    expect(error).toBeLessThan(4);
  });

  it("draws the same spikes whatever was made before it, and others under another name or seed", async () => {
    const spikes = async (seed: number, name: string, others: number): Promise<string> => {
      const net = createNetwork({ dt: 1, seed });
      for (let j = 0; j < others; j++) net.population(`other ${j}`, 2, PoissonSource());
      const cells = net.population(name, 20, PoissonSource({ rate: 100 }));
      await net.run(50);
      return `${cells.spikes().steps.join()}|${cells.spikes().ids.join()}`;
    };
    expect(await spikes(1, "a", 0)).toBe(await spikes(1, "a", 3));
    expect(await spikes(1, "a", 0)).not.toBe(await spikes(1, "b", 0));
    expect(await spikes(1, "a", 0)).not.toBe(await spikes(2, "a", 0));
  });
});
