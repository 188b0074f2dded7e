import type { Recording } from "@neuroweave/model";
import { createRecords } from "@neuroweave/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

interface Form {
  readonly variables: readonly string[];
  readonly n: number;
  readonly every: number;
  readonly keep: number | undefined;
  readonly precision: "f64" | "f32";
}

const dt = 0.25;
const open = ({ variables, n, every, keep, precision }: Form): Recording =>
  createRecords().samples({
    request: { variables, every: every * dt, keep },
    counts: variables.map(() => n),
    every,
    dt,
    precision,
  });

const forms = fc.record<Form>({
  variables: fc.constantFrom(["v"], ["v", "omega"], ["v", "omega", "spike"]),
  n: fc.integer({ min: 1, max: 4 }),
  every: fc.integer({ min: 1, max: 5 }),
  keep: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  precision: fc.constantFrom("f64", "f32"),
});

/** A recorder does not care what is in a sample, so these number themselves. */
const filler = () => {
  let next = 0;
  return (length: number, precision: Form["precision"]) => {
    const values = Array.from({ length }, () => next++ / 8);
    return precision === "f32" ? Float32Array.from(values) : Float64Array.from(values);
  };
};

type Act = number | "clear" | "pause" | "resume" | "reload";
const acts = fc.array<Act>(
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) },
    { weight: 1, arbitrary: fc.constantFrom<Act>("clear", "pause", "resume", "reload") },
  ),
  { maxLength: 30 },
);

describe("samples", () => {
  it("are what a list of rows would hold, after any appending, clearing, pausing and reloading", () => {
    fc.assert(
      fc.property(forms, acts, (form, list) => {
        let recording = open(form);
        const fill = filler();
        const { variables, n, every, keep = Infinity, precision } = form;
        let rows: { step: number; values: number[][] }[] = [];
        let step = 0;
        let paused = false;
        for (const act of list) {
          if (act === "clear") {
            recording.clear();
            rows = [];
          } else if (act === "pause" || act === "resume") recording.paused = paused = act === "pause";
          else if (act === "reload") {
            const saved = recording.dump();
            recording = open(form);
            recording.load(saved);
          } else {
            const samples = fill(act * variables.length * n, precision);
            recording.append(step, act, samples);
            for (let j = 0; j < act; j++, step += every)
              if (!paused)
                rows.push({
                  step,
                  values: variables.map((_, index) => [
                    ...samples.subarray((j * variables.length + index) * n).subarray(0, n),
                  ]),
                });
            rows = rows.slice(Math.max(0, rows.length - keep));
          }
          variables.forEach((name, index) => {
            const read = recording.read(name);
            expect(read.shape).toEqual([rows.length, n]);
            expect([...read.times]).toEqual(rows.map((row) => row.step * dt));
            expect([...read.values]).toEqual(rows.flatMap((row) => row.values[index]!));
            for (let neuron = 0; neuron < n; neuron++)
              expect([...read.trace(neuron)]).toEqual(rows.map((row) => row.values[index]![neuron]));
            for (const row of rows) expect([...read.at(row.step)]).toEqual(row.values[index]);
          });
          expect(recording.paused).toBe(paused);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("show what there is at the moment of asking, and leave what was handed out as it was", () => {
    fc.assert(
      fc.property(forms, fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 2, maxLength: 12 }), (form, counts) => {
        const recording = open(form);
        const fill = filler();
        const window = recording.read("v");
        const handed: { view: ArrayLike<number>; copy: number[] }[] = [];
        let step = 0;
        for (const count of counts) {
          recording.append(step, count, fill(count * form.variables.length * form.n, form.precision));
          step += count * form.every;
          expect(window.shape).toEqual(recording.read("v").shape);
          expect(window.values).toEqual(recording.read("v").values);
          for (const view of [window.values, window.times]) handed.push({ view, copy: [...view] });
          if (count === 7) recording.clear();
          for (const { view, copy } of handed) expect(Array.from(view)).toEqual(copy);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("have the precision of the network", () => {
    const form = { variables: ["v"], n: 1, every: 1, keep: undefined };
    for (const [precision, kind] of [
      ["f32", Float32Array],
      ["f64", Float64Array],
    ] as const) {
      const recording = open({ ...form, precision });
      recording.append(0, 1, kind.of(0.1));
      expect(recording.read("v").values).toEqual(kind.of(0.1));
      expect(recording.read("v").at(0)).toBeInstanceOf(kind);
    }
  });

  it("survive a dump exactly, NaN and signed zero included, and a dump is a copy", () => {
    const form: Form = { variables: ["v"], n: 3, every: 2, keep: undefined, precision: "f64" };
    const recording = open(form);
    recording.append(4, 1, Float64Array.of(-0, Number.NaN, Infinity));
    const saved = recording.dump();
    recording.append(6, 1, Float64Array.of(7, 8, 9));
    const twin = open(form);
    twin.load(saved);
    expect([...twin.read("v").values]).toEqual([-0, Number.NaN, Infinity]);
    expect(saved.steps).toEqual(Float64Array.of(4));
    (saved.columns["v"] as Float64Array)[0] = 5;
    expect(Object.is(twin.read("v").at(4)[0], -0)).toBe(true);
  });

  it("refuse a step that was not sampled and name its neighbours", () => {
    const recording = open({ variables: ["v"], n: 1, every: 5, keep: undefined, precision: "f64" });
    expect(refusal(() => recording.read("v").at(0)).remedy).toContain("no samples yet");
    recording.append(10, 4, new Float64Array(4));
    const between = refusal(() => recording.read("v").at(17));
    expect(between).toMatchObject({ code: "out-of-range", candidates: ["15", "20"] });
    expect(between.remedy).toContain("15 (3.75 ms) and 20 (5 ms)");
    expect(refusal(() => recording.read("v").at(9)).candidates).toEqual(["10"]);
    expect(refusal(() => recording.read("v").at(26)).candidates).toEqual(["25"]);
    for (const step of [Number.NaN, 12.5, -1])
      expect(refusal(() => recording.read("v").at(step)).code).toBe("out-of-range");
  });

  it("refuse neurons and variables that they do not have, and dumps of others", () => {
    const recording = open({ variables: ["v"], n: 2, every: 1, keep: undefined, precision: "f64" });
    for (const neuron of [2, -1, 0.5])
      expect(refusal(() => recording.read("v").trace(neuron)).code).toBe("out-of-range");
    expect(refusal(() => recording.read("w"))).toMatchObject({ code: "unknown-name", candidates: ["v"] });
    const steps = Float64Array.of(0);
    for (const columns of [{}, { w: new Float64Array(2) }, { v: new Float64Array(3) }])
      expect(refusal(() => recording.load({ steps, columns, paused: false })).code).toBe("snapshot");
    expect(recording.read("v").shape).toEqual([0, 2]);
  });

  it("cost the same to append however many there are, since their memory doubles", () => {
    const recording = open({ variables: ["v"], n: 1, every: 1, keep: undefined, precision: "f64" });
    const buffers = new Set<ArrayBufferLike>();
    for (let k = 0; k < 100_000; k++) {
      recording.append(k, 1, Float64Array.of(k));
      buffers.add(recording.read("v").values.buffer);
    }
    // A buffer at least doubles each time: no more than log2 of the number of samples are ever made.
    expect(buffers.size).toBeLessThanOrEqual(Math.ceil(Math.log2(100_000)));
  });

  it("that are bounded keep their memory bounded", () => {
    const recording = open({ variables: ["v"], n: 3, every: 1, keep: 10, precision: "f64" });
    let largest = 0;
    for (let k = 0; k < 10_000; k++) {
      recording.append(k, 1, new Float64Array(3));
      largest = Math.max(largest, recording.read("v").values.buffer.byteLength);
    }
    expect(largest).toBeLessThanOrEqual(8 * 2 * (10 + 1) * 3);
  });
});

it("keeps variables of several lengths apart", () => {
  const request = { variables: ["w", "R"], every: dt, keep: 2 };
  const options = { request, counts: [3, 1], every: 1, dt, precision: "f64" } as const;
  const recording = createRecords().samples(options);
  recording.append(0, 2, Float64Array.of(1, 2, 3, 10, 4, 5, 6, 20));
  recording.append(2, 1, Float64Array.of(7, 8, 9, 30));
  const copy = createRecords().samples(options);
  copy.load(recording.dump());
  for (const { read } of [recording, copy]) {
    expect([read("w").shape, read("R").shape]).toEqual([
      [2, 3],
      [2, 1],
    ]);
    expect([...read("w").values]).toEqual([4, 5, 6, 7, 8, 9]);
    expect([...read("R").trace()]).toEqual([20, 30]);
    expect([...read("w").at(2)]).toEqual([7, 8, 9]);
  }
});
