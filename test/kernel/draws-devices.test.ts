/** Columns of random numbers, as devices fill them many at a time: the bits of the generator and of the reference. */
import {
  counterOf,
  elementBytes,
  paddedLength,
  drawGroup,
  philox,
  uniformF32,
  uniformF64,
  type Precision,
  type Program,
  type ProgramStage,
} from "@neuroweave/kernel";
import { describe, expect, it } from "vitest";
import { allBits } from "./bits.ts";
import { kernelDevices, startProgram } from "./run-kernel.ts";

const counts = [1, 2, 15, 16, 17, 31, 32, 33, 64, 65, 100, 127, 129, 255, 256, 257, 300];
const steps = [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 12345, 2 ** 52 + 1];

/** Chances from half to one in millions; equal ones, and one whose lower half alone decides. */
const few = [0.5, 0.8, 0.95].map((p) => Math.floor(p * 2 ** 32));
const many = [0.1, 0.3, 0.3, 0.5, 0.7, 0.8, 0.9, 0.97, 0.999, 0.9999999].map((p) => Math.floor(p * 2 ** 32));
const close = [2 ** 31, 2 ** 31 + 1, 2 ** 31 + 40000, 2 ** 31 + 65535, 2 ** 31 + 65536];

const stream = { low: 0x89abcdef, high: 7 };

/** What `random` stands for. The reference computes it where it is used, and not ahead. */
const uniform = (precision: Precision, word: 0 | 1, neuron: number, k: number): number => {
  const words = philox(counterOf(neuron, k), [stream.low, stream.high]);
  return precision === "f64" ? uniformF64(words[2 * word]!, words[2 * word + 1]!) : uniformF32(words[2 * word]!);
};

interface Column {
  readonly name: string;
  readonly address: number;
  readonly length: number;
}

/** Every kind of stage that draws, for n neurons each, in one program. */
function drawing(precision: Precision, n: number) {
  const bytes = elementBytes(precision);
  let top = 128;
  const columns: Column[] = [];
  const take = (name: string, length: number): number => {
    const address = top;
    columns.push({ name, address, length });
    top += Math.ceil((length * bytes) / 64) * 64;
    return address;
  };
  const drawn = Math.ceil(n / drawGroup) * drawGroup;
  const draw = (name: string, low: number, thresholds: readonly number[] | null = null): ProgramStage => ({
    kind: "draw",
    draw: { stream: { low, high: 0xfedcba98 }, thresholds },
    column: take(name, drawn),
    n,
  });
  const pair = [take("first uniforms", paddedLength(n)), take("second uniforms", paddedLength(n))] as const;
  const stages: ProgramStage[] = [
    { kind: "uniforms", stream, columns: pair, n },
    draw("uniform numbers", 1),
    draw("counts of few thresholds", 2, few),
    draw("counts of many thresholds", 3, many),
    draw("counts of close thresholds", 4, close),
  ];
  const program: Program = { precision, dt: 1, stages, sharedMemory: false, team: null, suspect: 64 };
  return { program, columns, top };
}

type Memory = WebAssembly.Memory;

const numbers = ({ buffer }: Memory, { address, length }: Column, precision: Precision, n: number): number[] =>
  Array.from(
    precision === "f64" ? new Float64Array(buffer, address, length) : new Float32Array(buffer, address, length),
  ).slice(0, n);

describe.each(["f64", "f32"] as const)("columns of random numbers in %s", (precision) => {
  it.each(kernelDevices.filter((device) => device !== "reference"))("have on %s the bits that are due", async (device) => {
    // Every count is a program of its own, and those in C take a while.
    for (const n of device === "native" ? [1, 16, 33, 129, 257, 300] : counts) {
      const { program, columns, top } = drawing(precision, n);
      const memories = [0, 1].map(() => new WebAssembly.Memory({ initial: Math.ceil(top / 65536) })) as [Memory, Memory];
      const running = [await startProgram(program, memories[0], device), await startProgram(program, memories[1], "reference")];
      for (const k of steps) {
        for (const each of running) each.run(k, 1);
        for (const [index, column] of columns.entries()) {
          const due = index < 2 ? Array.from({ length: n }, (_, i) => uniform(precision, index as 0 | 1, i, k)) : numbers(memories[1], column, precision, n);
          expect(allBits(numbers(memories[0], column, precision, n)), `${column.name} of ${n} neurons in step ${k}`).toEqual(allBits(due));
        }
      }
    }
  });

  it("are not all alike", async () => {
    const n = 300;
    const { program, columns, top } = drawing(precision, n);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(top / 65536) });
    (await startProgram(program, memory, "reference")).run(3, 1);
    const different = columns.slice(2).map((column) => new Set(numbers(memory, column, precision, n)).size);
    // Of close thresholds all or none are reached.
    expect(different[0]).toBeGreaterThan(290);
    expect(different.slice(1)).toEqual([few.length + 1, expect.any(Number), 2]);
    expect(different[2]).toBeGreaterThan(6);
  });
}); // prettier-ignore
