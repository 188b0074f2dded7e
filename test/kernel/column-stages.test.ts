/** Stages that look at whole columns, by themselves on every device, held to lists. */
import { elementBytes, type Precision, type ProgramStage } from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allBits } from "./bits.ts";
import { kernelDevices, startProgram, type KernelDevice } from "./run-kernel.ts";

/** Where the columns x, y, marks and a cell lie; behind them room for winners. */
const room = 4096;
const at = { x: room, y: 2 * room, marks: 3 * room, cell: 4 * room, winners: 5 * room };
type Columns = Readonly<Record<"x" | "y" | "marks" | "cell", readonly number[]>>;

/** What the columns hold when steps from `from` on have been done. */
async function after(stages: readonly ProgramStage[], columns: Columns, run: { device: KernelDevice; precision: Precision; from?: number; steps?: number }): Promise<Columns> {
  const { device, precision, from = 0, steps = 1 } = run;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const Floats = precision === "f64" ? Float64Array : Float32Array;
  const names = Object.keys(columns) as (keyof Columns)[];
  for (const name of names) new Floats(memory.buffer, at[name], columns[name].length).set(columns[name]);
  const running = await startProgram({ precision, dt: 1, stages, sharedMemory: false, team: null, suspect: 64 }, memory, device);
  expect(running.run(from, steps)).toBe(steps);
  return Object.fromEntries(names.map((name) => [name, Array.from(new Floats(memory.buffer, at[name], columns[name].length))])) as unknown as Columns;
} // prettier-ignore

const places = kernelDevices.flatMap((device) => (["f64", "f32"] as const).map((precision) => ({ device, precision })));

describe.each(places)("on $device in $precision", ({ device, precision }) => {
  const runs = { numRuns: device === "native" ? 5 : 60, seed: 9 };
  const round = precision === "f64" ? (x: number): number => x : Math.fround;
  const number = fc.oneof(fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 0.5), fc.double({ min: -9, max: 9, noNaN: true })).map(round); // prettier-ignore

  it("a column is copied, and another cleared in the steps in which it is due", async () => {
    const columns = { x: [1, 2, 3], y: [4, 5, 6], marks: [7, 8], cell: [9] };
    const bytes = elementBytes(precision);
    const stages: ProgramStage[] = [
      { kind: "copy", from: at.x, to: at.y, bytes: 2 * bytes },
      { kind: "clear", address: at.marks, bytes, every: 3 },
    ];
    const copied = { ...columns, y: [1, 2, 6] };
    expect(await after(stages, columns, { device, precision, from: 1, steps: 2 })).toEqual(copied);
    expect(await after(stages, columns, { device, precision, from: 1, steps: 3 })).toEqual({
      ...copied,
      marks: [0, 8],
    });
  });

  it("a cell becomes the sum, the mean, the largest or the smallest value, in blocks of 256", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("sum", "mean", "max", "min"), fc.array(number, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 300 }), async (by, some, n) => {
        const x = Array.from({ length: n }, (_, i) => some[i % some.length]!);
        const blocks = Array.from({ length: Math.ceil(n / 256) }, (_, block) => x.slice(256 * block, 256 * (block + 1)).reduce((sum, each) => round(sum + each), 0));
        const sum = blocks.reduce((whole, each) => round(whole + each), 0);
        const expected = { sum, mean: round(sum / n), max: Math.max(...x), min: Math.min(...x) }[by];
        const { cell } = await after([{ kind: "reduce", by, from: at.x, to: at.cell, n }], { x, y: [], marks: [], cell: [5] }, { device, precision });
        expect(allBits(cell)).toEqual(allBits([expected]));
      }),
      runs,
    );
  }); // prettier-ignore

  it("the strongest of each line lose their mark, all of those that are as strong as the last where ties count", async () => {
    const drafts = fc.record({
      length: fc.integer({ min: 1, max: 6 }),
      inner: fc.integer({ min: 1, max: 3 }),
      outer: fc.integer({ min: 1, max: 3 }),
      values: fc.array(fc.constantFrom(-1, 0, 1, 2, 3, NaN), { minLength: 54, maxLength: 54 }),
      marked: fc.array(fc.boolean(), { minLength: 54, maxLength: 54 }),
      k: fc.integer({ min: 1, max: 4 }),
      ties: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(drafts, async ({ length, inner, outer, values, marked, k, ties }) => {
        const n = length * inner * outer;
        const x = values.slice(0, n);
        const marks = marked.slice(0, n).map(Number);
        const stage = { kind: "compete", by: at.x, marks: at.marks, k, ties, n, length, inner, winners: at.winners } as const;
        const expected = marks.map((mark, neuron) => {
          const line = x.flatMap((value, other) => {
            const sameLine = Math.floor(other / (inner * length)) === Math.floor(neuron / (inner * length)) && other % inner === neuron % inner;
            return sameLine && marks[other] === 1 ? [{ value, other }] : [];
          });
          // How many are ahead: stronger, or as strong with a lower index where ties do not count.
          const ahead = line.filter(({ value, other }) => value > x[neuron]! || (!ties && value === x[neuron] && other < neuron));
          return mark === 1 && !Number.isNaN(x[neuron]!) && ahead.length < k ? 0 : mark;
        });
        expect((await after([stage], { x, y: [], marks, cell: [] }, { device, precision })).marks).toEqual(expected);
      }),
      runs,
    );
  }); // prettier-ignore
});
