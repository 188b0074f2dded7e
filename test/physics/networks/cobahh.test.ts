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

// The paper states no rate. Brian 2.10 runs its Brian script for a second on eight graphs at 32.3 to 37.4 Hz, mean 35.1; this network
// does so at 31.3 to 39.4 Hz, mean 35.3. From 100 to 350 ms, Brian on 20 graphs: 36.8 Hz with a deviation of 3.3, and a CV of 1.22
// with 0.04; here, on 16: 36.1 Hz with 3.7, and 1.23 with 0.04.
describe("COBAHH (Brette et al. 2007, benchmark 3)", () => {
  let found: Awaited<ReturnType<typeof activity>>[];
  beforeAll(async () => {
    found = [];
    for (const seed of [1, 2]) found.push(await activity(seed));
  });

  it("keeps itself active at 26 to 47 Hz, three deviations, and at 36.5 within 7 on average", () => {
    for (const { rate, last } of found) {
      expect(last).toBeGreaterThan(window.to - 5);
      expect(Math.abs(rate - 36.5)).toBeLessThan(10.5);
    }
    expect(Math.abs(mean(found.map(({ rate }) => rate)) - 36.5)).toBeLessThan(7);
  });

  it("fires irregularly: a CV of 1.22, within 0.12", () => {
    for (const { cv } of found) expect(Math.abs(cv - 1.22)).toBeLessThan(0.12);
  });
});
