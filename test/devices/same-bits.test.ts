import { createNetwork, LIF, type Network } from "neuroweave";
import { afterEach, describe, expect, it, vi } from "vitest";
import { models } from "./models.ts";
import { canRun, expectThreads, native, nativeTeam, places, reference, wasm, type Place } from "./places.ts";
import { build, expectSameBits, sizes, timeout } from "./twins.ts";

/** Lengths of the runs after which everything is compared. */
const chunks = [1, 1, 1, 1, 2, 3, 21, 30] as const;

/** Compilers are slow where WebAssembly is fast: one population of each model is enough for them. */
const sizesIn = ({ compiled }: Place): readonly number[] => (compiled ? [257] : sizes);

describe.each(["f64", "f32"] as const)("in %s, every device gives the bits of the reference:", (precision) => {
  it.each(models)(
    "$name",
    async (model) => {
      const expected = build(model, reference, precision);
      const actual: (readonly [Place, Network])[] = [];
      for (const place of places) {
        const net = build(model, place, precision, sizesIn(place));
        if (await canRun(place, net)) actual.push([place, net]);
      }
      for (const steps of chunks) {
        await expected.step(steps);
        for (const [place, net] of actual) {
          await net.step(steps);
          expectSameBits(net, expected, ` on ${place.name}`);
        }
      }
      for (const [place, net] of actual) {
        expectThreads(net, place);
        net.reset();
        await net.step(expected.steps);
        expectSameBits(net, expected, ` on ${place.name}, in one run`);
      }
    },
    timeout,
  );
});

describe("the list of models", () => {
  it("spikes where it can, so that what happens at spikes is compared", async () => {
    const silent: string[] = [];
    for (const model of models) {
      const net = build(model, wasm, "f64", [257]);
      await net.step(chunks.reduce<number>((sum, steps) => sum + steps, 0));
      if (net.populations[0]!.spikes().ids.length === 0) silent.push(model.name);
    }
    expect(silent).toEqual(["the mean field of QIF neurons"]);
  });
});

describe("where no C compiler is found,", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    ["the PATH is empty", "", ""],
    ["CC names nothing", process.env["PATH"] ?? "", "/no/such/compiler"],
  ])("devices that need one say so, and nothing has run: %s", async (_, path, compiler) => {
    vi.stubEnv("PATH", path);
    vi.stubEnv("CC", compiler);
    for (const place of [native, nativeTeam(2)]) {
      const net = createNetwork({ dt: 0.1, ...place.options });
      net.population("cells", 70, LIF());
      expect(await canRun(place, net)).toBe(false);
    }
  });
});
