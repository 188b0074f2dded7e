/** The files among the examples are read, do something, and are as they would be written. */
import { loadNetwork, type NetworkFile } from "neuroweave";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("../../examples/networks-as-files/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

describe("networks as files", () => {
  it("are four: cells, a network, learning, and a behavior of its own", () => {
    expect(files.sort()).toEqual(["aelif.json", "coba.json", "own-behavior.json", "stdp.json"]);
  });

  it.each(files)("%s is what its network writes, and every population of it fires", async (name) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    const file = JSON.parse(text) as NetworkFile;
    const net = loadNetwork(text);
    expect(net.toJSON()).toEqual(file);
    await net.run(file.run!.duration);
    for (const population of net.populations)
      expect(population.spikes().ids.length, population.name).toBeGreaterThan(0);
  });

  it("own-behavior.json has cells that fire less, the more of the slow current they have", async () => {
    const net = loadNetwork(readFileSync(new URL("own-behavior.json", folder), "utf8"));
    await net.run(500);
    const { ids } = net.find("cells").spikes();
    const counts = [0, 1, 2].map((cell) => ids.filter((id) => id === cell).length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(new Set(counts).size).toBe(3);
  });
});
