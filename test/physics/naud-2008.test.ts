import { describe, expect, it } from "vitest";
import { AdEx, adexPatterns, createNetwork, interspikeIntervals } from "neuroweave";

/** Spike times of a row of the paper's table under its current for 600 ms, at a step so small that Euler's error is not seen. */
async function spikesOf(panel: string): Promise<Float64Array> {
  const { values } = adexPatterns.paper.find((each) => each.panel === panel)!;
  const net = createNetwork({ dt: 0.001, seed: 1 });
  const cell = net.population("cell", 1, AdEx({ ...values }), { method: "euler" });
  await net.run(600);
  return cell.spikes().times;
}

describe("Naud, Marcille, Clopath & Gerstner 2008, AdEx patterns at dt 0.001", () => {
  it("tonic spiking: 62 spikes, the first at 14.23 ms, intervals of 9.59 ms in the end", async () => {
    const times = await spikesOf("a");
    expect(times.length).toBe(62);
    expect(times[0]).toBeCloseTo(14.23, 1);
    expect(interspikeIntervals(times).at(-1)).toBeCloseTo(9.59, 1);
  });

  it("adaptation: 12 spikes with growing intervals", async () => {
    const intervals = interspikeIntervals(await spikesOf("b"));
    expect(intervals.length).toBe(11);
    [11.27, 14.38, 19.62, 29.43, 47.75, 67.7].forEach((interval, j) => expect(intervals[j]).toBeCloseTo(interval, 1));
    expect(intervals.at(-1)).toBeCloseTo(75.91, 1);
  });
});
