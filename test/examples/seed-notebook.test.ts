import { patternThresholds } from "neuroweave";
import { beforeAll, describe, expect, it } from "vitest";
import { patternName } from "../../examples/seed-notebook/figures.ts";
import { growth, growthProtocol, type Growth } from "../../examples/seed-notebook/growth.ts";
import { meanField, type MeanFieldComparison } from "../../examples/seed-notebook/mean-field.ts";
import { firingPatterns, type PatternTables } from "../../examples/seed-notebook/patterns.ts";
import { izhikevichPatterns, type ShownPreset } from "../../examples/seed-notebook/presets.ts";

describe("the eight AdEx patterns", () => {
  let tables: PatternTables;
  beforeAll(async () => {
    tables = await firingPatterns();
  });

  it("fire as often as ANNarchy's notebook does", () => {
    expect(tables.notebook.map(({ spikes }) => spikes.length)).toEqual([42, 10, 10, 9, 30, 0, 66, 25]);
  });

  it("fire in the steps of ANNarchy's chaotic neuron, as long as rounding does not matter", () => {
    const recorded = [
      159, 217, 285, 374, 543, 867, 971, 1288, 1395, 1726, 1829, 2131, 2242, 2602, 2699, 2933, 3090, 3452, 3548, 3777,
      3939, 4281, 4381,
    ];
    const steps = Array.from(tables.notebook[7]!.spikes, (time) => Math.round(time / 0.1));
    expect(steps.slice(0, recorded.length)).toEqual(recorded);
  });

  it("differ in rows f and g with the values of the paper, and nowhere else", () => {
    expect(tables.paper.map(({ spikes }) => spikes.length)).toEqual([42, 10, 10, 9, 30, 24, 1, 25]);
    for (const row of [0, 1, 2, 3, 4, 7]) expect(tables.paper[row]!.spikes).toEqual(tables.notebook[row]!.spikes);
  });

  it("are named from their spikes as the paper names them", () => {
    expect(tables.paper.map((row) => patternName(row))).toEqual([
      "tonic",
      "adapting",
      "initial burst",
      "bursting",
      "delayed accelerating",
      "delayed bursting",
      "transient",
      "irregular",
    ]);
    expect([5, 6].map((row) => patternName(tables.notebook[row]!))).toEqual(["silent", "tonic"]);
    expect(tables.paper[4]!.verdict.measures.latency).toBeGreaterThan(patternThresholds.delayFraction * 500);
  });

  it("say why", () => {
    expect(tables.paper[5]!.verdict.reason).toContain("6 bursts of 4 spikes");
    expect(tables.notebook[5]!.verdict.reason).toContain("No spike");
  });
});

describe("the growing model", () => {
  let grown: Growth;
  beforeAll(async () => {
    grown = await growth();
  });

  it("gains the terms of one behavior at a time and keeps the others", () => {
    const terms = grown.models.map(({ dynamics }) => dynamics[0]!.terms.map(({ behavior }) => behavior));
    expect(terms).toEqual([
      ["leak", "currentInput"],
      ["leak", "currentInput", "exponentialUpstroke"],
      ["leak", "currentInput", "exponentialUpstroke", "adaptation"],
    ]);
  });

  it("fires as LIF in the intervals that Euler's geometric series gives", () => {
    // v − v_inf shrinks by (1 − dt / tau) in each step, from v_reset − v_inf = −30 mV to threshold − v_inf = −5 mV.
    const steps = Math.ceil(Math.log(5 / 30) / Math.log(1 - growthProtocol.dt / 10));
    const { spikes } = grown.models[0]!;
    const intervals = Array.from(spikes.subarray(1), (time, k) => Math.round((time - spikes[k]!) / growthProtocol.dt));
    expect(new Set(intervals)).toEqual(new Set([steps]));
  });

  it("fires faster with the upstroke, and ever slower with adaptation", () => {
    const [lif, elif, aelif] = grown.models.map(({ spikes }) => spikes);
    expect(elif!.length).toBeGreaterThan(lif!.length);
    const intervals = aelif!.subarray(1).map((time, k) => time - aelif![k]!);
    for (let k = 1; k < intervals.length; k++) expect(intervals[k]).toBeGreaterThan(intervals[k - 1]!);
  });

  it("is run as one kernel with its stimulus", () => {
    expect(grown.plan.kernels.map(({ stages }) => stages.length)).toEqual([3]);
  });
});

describe("Izhikevich's twenty patterns", () => {
  let presets: readonly ShownPreset[];
  beforeAll(async () => {
    presets = await izhikevichPatterns();
  });
  const trainOf = (panel: string) =>
    Array.from(presets.find((each) => each.panel === panel)!.spikes, (t) => +t.toFixed(6));

  it("are complete and in the order of the paper", () => {
    expect(presets.map(({ panel }) => panel).join("")).toBe("ABCDEFGHIJKLMNOPQRST");
  });

  it("spike when the script of the paper spikes", () => {
    expect(trainOf("A")).toEqual([13, 17, 31.5, 59.25, 86.75]);
    expect(trainOf("B")).toEqual([43.75]);
    expect(trainOf("D")).toEqual([39, 42.8, 47, 51.8, 57.6, 67.2]);
    expect(trainOf("I")).toEqual([26.6]);
    expect(trainOf("M")).toEqual([68]);
    expect(trainOf("P")).toEqual([45.25, 86, 126.5, 167.25, 208]);
    expect(trainOf("T")).toHaveLength(12);
  });

  it("have one current for each sample of the voltage", () => {
    for (const { times, voltage, current, duration } of presets) {
      expect([voltage.length, current.length]).toEqual([times.length, times.length]);
      expect(times.at(-1)).toBeCloseTo(duration, 6);
    }
  });
});

describe("the mean field and ten thousand spiking neurons", () => {
  let field: MeanFieldComparison;
  const heard: number[] = [];
  beforeAll(async () => {
    field = await meanField(10_000, (fraction) => heard.push(fraction));
  });

  it("settle in the fixed points of the equations", () => {
    const [low, during, after] = field.states.map(({ expected }) => expected);
    expect(low).toBeCloseTo(0.081134, 4);
    expect(during! / 1.373244).toBeCloseTo(1, 2);
    expect(after! / 1.030597).toBeCloseTo(1, 2);
  });

  it("agree within 6 % in the low state and 3 % in the high one", () => {
    const differences = field.states.map(({ expected, measured }) => Math.abs(measured / expected - 1));
    expect(differences[0]).toBeLessThan(0.06);
    expect(differences[1]).toBeLessThan(0.03);
    expect(differences[2]).toBeLessThan(0.03);
  });

  it("ring together after the onset and come to rest together", () => {
    const window = ({ times, rate }: MeanFieldComparison["expected"], from: number, to: number) =>
      rate.filter((_, k) => times[k]! >= from && times[k]! < to);
    const peak = (curve: MeanFieldComparison["expected"]) => window(curve, 10, 15).reduce((a, b) => Math.max(a, b));
    expect(peak(field.measured) / peak(field.expected)).toBeCloseTo(1, 1);
    const settled = window(field.measured, 36, 40);
    const mean = settled.reduce((sum, each) => sum + each, 0) / settled.length;
    for (const rate of settled) expect(Math.abs(rate / mean - 1)).toBeLessThan(0.05);
  });

  it("report their progress up to the end", () => {
    expect(heard.at(-1)).toBe(1);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  });
});
