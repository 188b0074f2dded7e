/** The digests were written once, by the reference under one version of Node: whatever runs this test is compared with that. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digestOf, digestsOn, goldenRuns, precisions, type Digests } from "./golden.ts";
import { reference, wasm, wasmTeam } from "./places.ts";
import { timeout } from "./twins.ts";

const golden = JSON.parse(readFileSync(new URL("golden.json", import.meta.url), "utf8")) as Digests;

describe(`under Node ${process.versions.node}, all models and networks end in the bits that are on record:`, () => {
  it.each([reference, wasm, wasmTeam(2)])("on $name", { timeout }, async ({ options }) => {
    expect(await digestsOn(options)).toEqual(golden);
  });
});

describe("the digests", () => {
  it("are of every run, and tell the precisions apart", () => {
    for (const precision of precisions)
      expect(Object.keys(golden[precision])).toEqual(goldenRuns.map(({ name }) => name));
    const alike = goldenRuns.filter(({ name }) => golden.f64[name] === golden.f32[name]);
    expect(alike).toEqual([]);
  });

  it("change with one bit of one value", async () => {
    const net = await goldenRuns[0]!.run(reference.options, "f64");
    const before = await digestOf(net);
    const population = net.populations[0]!;
    const v = Float64Array.from(population.get("v" as "spike"));
    new BigInt64Array(v.buffer)[7]! ^= 1n;
    population.set({ v } as never);
    expect(await digestOf(net)).not.toBe(before);
  });
});
