import { describe, expect, it } from "vitest";
import { createNetwork, Izhikevich, izhikevichPresets, presetInputs, TimedCurrent } from "neuroweave";

/** Spike times in ms of a panel by the scheme of figure1.m: Euler, v with the old u, then u with the new v, spike above 30. */
async function spikesOf(panel: string): Promise<number[]> {
  const preset = izhikevichPresets.find((each) => each.panel === panel)!;
  const net = createNetwork({ dt: preset.dt, seed: 1 });
  const cell = net.population(
    "cell",
    1,
    [
      Izhikevich({ ...preset.values, sequential: true, strict: true }),
      TimedCurrent({ values: presetInputs(preset), every: preset.dt }),
    ],
    { method: "euler" },
  );
  await net.step(Math.round(preset.duration / preset.dt) + 1);
  return [...cell.spikes().times].map((t) => Number(t.toFixed(6)));
}

describe("Izhikevich 2004, figure 1", () => {
  const published: Record<string, number[]> = {
    A: [13, 17, 31.5, 59.25, 86.75],
    B: [43.75],
    D: [39, 42.8, 47, 51.8, 57.6, 67.2],
    I: [26.6],
    M: [68],
    P: [45.25, 86, 126.5, 167.25, 208],
  };
  for (const [panel, times] of Object.entries(published))
    it(`panel ${panel} spikes at ${times.join(", ")} ms`, async () => {
      expect(await spikesOf(panel)).toEqual(times);
    });

  it("panel T bursts under inhibition: 12 spikes", async () => {
    expect((await spikesOf("T")).length).toBe(12);
  });

  it("all twenty ship", () => {
    expect(
      izhikevichPresets
        .slice(0, 20)
        .map(({ panel }) => panel)
        .join(""),
    ).toBe("ABCDEFGHIJKLMNOPQRST");
  });
});
