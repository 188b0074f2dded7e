import { createNetwork } from "neuroweave";
import { describe, expect, it } from "vitest";
import { Izhikevich, izhikevichPreset, izhikevichPresets, presetInput, presetInputs, TimedCurrent, type IzhikevichPreset } from "@neuroweave/behaviors"; // prettier-ignore
import { refusal } from "../equations/refusal.ts";

/** The scheme of the scripts, written out: v by Euler from the u before, then u from the new v; a spike above 30. */
function scripted({ values, dt, duration }: IzhikevichPreset, input: (t: number) => number): number[] {
  const { a, b, c, d, p2 = 5, p3 = 140, recovery = "follow", init_v, init_u = b * init_v } = values;
  let [v, u] = [init_v, init_u];
  const spikes: number[] = [];
  for (let k = 0; k <= Math.round(duration / dt); k++) {
    v += dt * (0.04 * v * v + p2 * v + p3 - u + input(k * dt));
    u += dt * a * (recovery === "follow" ? b * v - u : b * (v + 65));
    if (v <= 30) continue;
    spikes.push(k * dt);
    v = c;
    u += d;
  }
  return spikes;
}

const by = (panel: string): IzhikevichPreset => izhikevichPresets.find((each) => each.panel === panel)!;

describe("the presets of Izhikevich's model", () => {
  it("are twenty of 2004, A to T, and eight of 2003, with names of their own", () => {
    const panels = izhikevichPresets.map(({ panel }) => panel);
    expect(panels.slice(0, 20).join("")).toBe("ABCDEFGHIJKLMNOPQRST");
    expect(panels.slice(20)).toEqual(["RS", "IB", "CH", "FS", "TC", "TC burst", "RZ", "LTS"]);
    expect(new Set(izhikevichPresets.map(({ name }) => name)).size).toBe(28);
  });

  it.each([
    ["A", [13, 17, 31.5, 59.25, 86.75]],
    ["B", [43.75]],
    ["D", [39, 42.8, 47, 51.8, 57.6, 67.2]],
    ["I", [26.6]],
    ["M", [68]],
    ["P", [45.25, 86, 126.5, 167.25, 208]],
  ])("panel %s spikes at %j in the scheme of the script", (panel, times) => {
    const spikes = scripted(by(panel), (t) => presetInput(by(panel), t));
    expect(spikes.map((t) => Number(t.toFixed(6)))).toEqual(times);
  });

  it("panel T spikes twelve times", () => {
    expect(scripted(by("T"), (t) => presetInput(by("T"), t))).toHaveLength(12);
  });

  it.each(izhikevichPresets.map((each) => [each.name, each] as const))(
    "%s: the model steps as the script does when it is told to",
    async (_, preset) => {
      const { dt } = preset;
      const net = createNetwork({ dt });
      const values = presetInputs(preset);
      const cells = net.population(
        "cells",
        1,
        [Izhikevich({ ...preset.values, sequential: true, strict: true }), TimedCurrent({ values, every: dt })],
        { method: "euler" },
      );
      await net.step(values.length);
      const expected = scripted(preset, (t) => values[Math.round(t / dt)]!);
      expect(Array.from(cells.spikes().times, (t) => Number(t.toFixed(6)))).toEqual(
        expected.map((t) => Number(t.toFixed(6))),
      );
      expect(expected.length).toBeGreaterThan(0);
    },
  );

  it("are found by name, and a wrong name is refused with the nearest", () => {
    expect(izhikevichPreset("tonic bursting").panel).toBe("C");
    expect(refusal(() => izhikevichPreset("tonic burstin"))).toMatchObject({
      code: "unknown-name",
      candidates: expect.arrayContaining(["tonic bursting"]),
    });
  });
});

describe("the input of a preset", () => {
  const preset: IzhikevichPreset = {
    ...by("A"),
    input: {
      elsewhere: 1,
      pieces: [
        { after: 2, until: 4, value: 5 },
        { after: 3, value: 0, slope: 2 },
      ],
    },
  };

  it("is its first piece that lies around the moment, both ends excluded, or the current elsewhere", () => {
    expect([0, 2, 2.5, 3.5, 4, 5].map((t) => presetInput(preset, t))).toEqual([1, 1, 5, 5, 2, 4]);
  });

  it("as numbers covers the duration, the last moment included", () => {
    const inputs = presetInputs({ ...preset, duration: 5, dt: 0.5 });
    expect([...inputs]).toEqual([1, 1, 1, 1, 1, 5, 5, 5, 2, 3, 4]);
    expect(presetInputs(preset, 1)).toHaveLength(101);
  });
});
