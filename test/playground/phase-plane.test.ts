/** What the page draws of a phase plane: where it begins anew, and how far it reaches. */
import { describe, expect, it } from "vitest";
import { planeScale } from "../../examples/playground/src/panels/plane-scale.ts";
import { opened } from "./sessions.ts";

const asked = (neuron: number) =>
  ({ population: "patterns", neuron, x: "v", y: "w", ranges: [-80, 0, -20, 80] }) as const;

describe("the trajectory in the phase plane", () => {
  it.each([
    ["every sample", 20],
    ["bins of many samples", 1000],
  ])("is broken at each reset and nowhere else, drawn from %s", async (_, window) => {
    const session = await opened("lif-family");
    const view = { population: "LIF", variables: ["v"], neurons: [2, 3], plane: { neuron: 3, axes: ["v"] }, window, columns: 100, rows: {} }; // prettier-ignore
    const seen: number[] = [];
    let last = 0;
    for (let k = 0; k < 6; k++) {
      const { traces, t } = await session.advance({ elapsed: 50, speed: 1, playing: true, view });
      // Lane by lane: the second half is neuron 3.
      for (const index of traces.breaks) seen.push(traces.values[traces.times.length + index]!);
      expect([...traces.times]).toEqual([...traces.times].sort((a, b) => a - b));
      last = traces.times.at(-1) ?? last;
      expect(last).toBeLessThanOrEqual(t);
    }
    // The bin that has just begun is still to come.
    const spikes = session.counts("LIF")!.counts[3]!;
    expect(spikes).toBeGreaterThan(5);
    expect(spikes - seen.length).toBeLessThanOrEqual(1);
    expect(seen.every((v) => v === -70)).toBe(true);
  });

  it("is whole where a spike moves nothing that is shown", async () => {
    const session = await opened("lif-family");
    const view = { population: "AELIF", variables: ["v"], neurons: [3], plane: { neuron: 3, axes: [] }, window: 20, columns: 100, rows: {} }; // prettier-ignore
    const { traces } = await session.advance({ elapsed: 100, speed: 1, playing: true, view });
    expect(traces.times.length).toBeGreaterThan(100);
    expect(traces.breaks).toEqual([]);
  });
});

describe("the range of the phase plane", () => {
  it("is told where the nullclines are that lie outside: the lowest point of that of a driven AdEx neuron", async () => {
    const session = await opened("adex-notebook");
    await session.step(10);
    const plane = session.phase(asked(0))!;
    expect(plane.nullclines[0]).toEqual([]);
    // w = I - gL (v - E_L) + gL delta_T exp((v - v_T) / delta_T) is lowest at v_T = -50, which is on the grid.
    expect(plane.nearest[0]).toBeCloseTo(500 - 10 * 20 + 10 * 2, 6);
    // w = a (v - E_L) runs through the plane.
    expect(plane.nearest[1]).toBeGreaterThanOrEqual(-20);
    expect(plane.nearest[1]).toBeLessThanOrEqual(80);
  });

  it("knows the threshold, by name and by value, and that a mean field has none", async () => {
    const [adex, field] = [await opened("adex-notebook"), await opened("mean-field")];
    expect(adex.phase(asked(0))!.threshold).toBe(0);
    const ranges = [-3, 3, 0, 1] as const;
    expect(field.phase({ population: "field", neuron: 0, x: "v", y: "r", ranges })!.threshold).toBeNull();
  });

  it("grows to what is good to see, but not to more than four times of what happens", () => {
    const scale = planeScale("pA");
    expect(scale.reach(320)).toBe(false);
    scale.take([0, 100]);
    expect(scale.reach(320)).toBe(true);
    expect(scale.high).toBeGreaterThanOrEqual(320);
    const { low, high } = scale;
    expect(scale.reach(-180)).toBe(false);
    expect(scale.reach(NaN)).toBe(false);
    expect([scale.low, scale.high]).toEqual([low, high]);
    expect(scale.take([-180])).toBe(true);
    expect(scale.low).toBeLessThanOrEqual(-180);
  });

  it("begins with the usual voltages only for neurons that have such", () => {
    const [usual, other] = [planeScale("mV"), planeScale("mV")];
    usual.take([-65, -60]);
    expect([usual.low <= -80, usual.high >= -40]).toEqual([true, true]);
    other.take([0, 10]);
    expect(other.low).toBeGreaterThan(-10);
  });
});
