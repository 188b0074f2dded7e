import { beforeAll, describe, expect, it } from "vitest";
import { cuba } from "../../../examples/networks/cuba.ts";
import { irregularity, mean, meanRate } from "../../../examples/networks/measures.ts";

const window = { from: 0, to: 1000 };

async function activity(seed: number, n = 4000, device: "wasm" | "reference" = "wasm", duration = 1000) {
  const { net, cells, excitatory } = cuba({ n, seed, device });
  await net.run(duration);
  const spikes = cells.spikes();
  const exciting = spikes.times.filter((_, k) => spikes.ids[k]! < excitatory.n);
  return {
    spikes,
    rate: meanRate(spikes, n, window),
    excitatory: meanRate({ times: exciting }, excitatory.n, window),
    cv: irregularity(spikes, n, window),
  };
}

// Brian 2.10 on eight graphs: 5.33 to 5.98 Hz, mean 5.64; CV over neurons with five intervals or more 0.520 to 0.553.
describe("CUBA (Vogels & Abbott 2005; Brette et al. 2007, benchmark 2)", () => {
  let found: Awaited<ReturnType<typeof activity>>[];
  beforeAll(async () => {
    found = [];
    for (const seed of [1, 2, 3, 4]) found.push(await activity(seed));
  });

  it("keeps itself active at 5.3 to 6.1 Hz on every graph, and at 5.3 to 5.9 Hz on average", () => {
    for (const { rate } of found) {
      expect(rate).toBeGreaterThan(5.2);
      expect(rate).toBeLessThan(6.1);
    }
    const average = mean(found.map(({ rate }) => rate));
    expect(average).toBeGreaterThan(5.3);
    expect(average).toBeLessThan(5.9);
  });

  it("fires irregularly: a CV of 0.54, within 0.03", () => {
    for (const { cv } of found) expect(Math.abs(cv - 0.54)).toBeLessThan(0.03);
  });

  it("does not tell cells that excite from cells that inhibit by their rate, for they are alike", () => {
    for (const { rate, excitatory } of found) expect(Math.abs(excitatory / rate - 1)).toBeLessThan(0.03);
  });

  it("has the same spikes on every device", async () => {
    const [one, other] = [await activity(5, 200, "wasm", 40), await activity(5, 200, "reference", 40)];
    expect(one.spikes.ids.length).toBeGreaterThan(20);
    expect(Array.from(one.spikes.times)).toEqual(Array.from(other.spikes.times));
    expect(Array.from(one.spikes.ids)).toEqual(Array.from(other.spikes.ids));
  });
});
