import { hostStream } from "@neuroweave/model";
import { describe, expect, it } from "vitest";
import { afferents, segment } from "../../../examples/learning/masquelier-2008/afferents.ts";
import { walkingTrains } from "../../../examples/learning/masquelier-2008/walking-trains.ts";

describe("the afferents of Masquelier, Guyonneau & Thorpe 2008", () => {
  it("spike at 54 Hz and are never silent for more than 50 ms and the ms in which they are made to spike", () => {
    const n = 500;
    const trains = walkingTrains(n, hostStream(1, "trains"));
    const last = new Float64Array(n).fill(-Infinity);
    let [count, longest] = [0, 0];
    for (let part = 0; part < 40; part++) {
      const { times, ids } = trains(segment);
      times.forEach((time, k) => {
        const id = ids[k]!;
        const at = part * segment + time;
        if (last[id]! >= 0) longest = Math.max(longest, at - last[id]!);
        last[id] = at;
      });
      count += times.length;
    }
    expect(Math.abs((1000 * count) / (n * 40 * segment) / 54 - 1)).toBeLessThan(0.02);
    expect(longest).toBeGreaterThan(50);
    expect(longest).toBeLessThanOrEqual(51);
  });

  it("have as many spikes in the pattern as beside it, 64 Hz on average", () => {
    const [n, seeds] = [500, 40];
    const counts = { pattern: [0, 0], rest: [0, 0] };
    for (let seed = 1; seed <= seeds; seed++) {
      const { stream, shows } = afferents({ n, seed, inPattern: n });
      for (let index = 0; index < 6; index++) {
        const count = counts[shows(index) ? "pattern" : "rest"];
        count[0]! += stream(index * segment, (index + 1) * segment).ids.length;
        count[1]!++;
      }
    }
    const rate = ([spikes, segments]: number[]): number => (1000 * spikes!) / (n * segment * segments!);
    // One pattern has a standard deviation of 3.3 % about the mean over patterns; forty have 0.5 %.
    for (const found of [rate(counts.pattern), rate(counts.rest)]) expect(Math.abs(found / 64 - 1)).toBeLessThan(0.02);
  });
});
