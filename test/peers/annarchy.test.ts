import { describe, expect, it } from "vitest";
import { AdEx, createNetwork, Recorder, Refractory } from "neuroweave";
import { recordedBy, spikeSteps } from "./recorded.ts";

interface Notebook {
  readonly parameters_notebook: Readonly<Record<string, number[]>>;
  readonly notebook: {
    readonly spike_steps: readonly (readonly number[])[];
    readonly spike_counts: readonly number[];
    readonly sample_steps: readonly number[];
    readonly v_samples: readonly (readonly number[])[];
    readonly w_samples: readonly (readonly number[])[];
  };
}

const { parameters_notebook: table, notebook } = recordedBy<Notebook>("annarchy-adex");

describe("ANNarchy 5.0.3, its notebook of eight AdEx patterns", async () => {
  const net = createNetwork({ dt: 0.1, seed: 1 });
  const cells = net.population(
    "patterns",
    8,
    [AdEx({ ...table, v_spike: 0 }), Refractory({ tau_ref: 2, hold: "all" }), Recorder({ variables: ["v", "w"] })],
    { method: "euler" },
  );
  await net.run(500);
  cells.set({ I: 0 });
  await net.run(50);
  const spikes = cells.spikes();

  it("the first seven patterns spike in exactly the recorded steps", () => {
    for (let row = 0; row < 7; row++) expect(spikeSteps(spikes, row)).toEqual(notebook.spike_steps[row]);
  });

  it("the eighth, which is chaotic, spikes 25 times: 23 exactly, the last two within a step", () => {
    const own = spikeSteps(spikes, 7);
    const theirs = notebook.spike_steps[7]!;
    expect(own.length).toBe(25);
    expect(own.slice(0, 23)).toEqual(theirs.slice(0, 23));
    for (const j of [23, 24]) expect(Math.abs(own[j]! - theirs[j]!)).toBeLessThanOrEqual(1);
  });

  it("the spike counts are those of the notebook", () => {
    expect(notebook.spike_counts.map((_, row) => spikeSteps(spikes, row).length)).toEqual(notebook.spike_counts);
  });

  it("v and w of the regular patterns follow the recorded ones", () => {
    const regular = [0, 1, 2, 3, 4, 5, 6];
    notebook.sample_steps.forEach((k, j) => {
      // The upstroke multiplies a difference of one rounding by e for every 2 mV that it climbs.
      for (const row of regular) {
        expect(cells.recorded("v").at(k)[row]).toBeCloseTo(notebook.v_samples[row]![j]!, 8);
        expect(cells.recorded("w").at(k)[row]).toBeCloseTo(notebook.w_samples[row]![j]!, 8);
      }
    });
  });
});
