import { createBuilder, verify, type Effect, type Instruction, type Kernel, type Slot } from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";
import { kernelOf, kernelText, recipes } from "./random-kernels.ts";

/** A kernel with one of everything. */
function sound(): Kernel {
  const b = createBuilder({ precision: "f32", dt: 0.1, n: 3 });
  const x = b.load({ name: "x", shape: "column" });
  const cell = b.load({ name: "cell", shape: "cell" });
  const narrow = b.loadRow({ name: "narrow", shape: "table", narrow: true }, { kind: "table", every: 2, rows: 4 });
  const ring = b.loadRow({ name: "ring", shape: "table" }, { kind: "ring", lag: 1, rows: 2 });
  const random = b.random({ low: 7, high: 8 }, 1);
  const mask = b.apply("lt", b.apply("mul", cell, narrow), b.time());
  const sum = b.apply(
    "add",
    b.apply("add", x, ring),
    b.apply("add", random, b.apply("add", b.lane(), b.constant(0.1))),
  );
  b.effect({ kind: "spikes", mask });
  b.effect({ kind: "store", slot: "x", value: sum, when: mask }, { name: "x", shape: "column" });
  b.effect({ kind: "storeRow", slot: "ring", row: { kind: "ring", lag: 0, rows: 2 }, value: x });
  b.effect({ kind: "finite", values: [sum] });
  return b.finish("sound");
}

const indexOf = (op: string): number => sound().instructions.findIndex((each) => each.op === op);

/** The sound kernel with something else in the instruction of an operation. */
function withInstruction(op: string, change: Partial<Record<keyof Instruction, unknown>>): Kernel {
  const kernel = sound();
  const at = indexOf(op);
  return {
    ...kernel,
    instructions: kernel.instructions.with(at, { ...kernel.instructions[at]!, ...change } as Instruction),
  };
}

/** The sound kernel with something else in the effect of a kind. */
function withEffect(kind: Effect["kind"], change: Readonly<Record<string, unknown>>): Kernel {
  const kernel = sound();
  return {
    ...kernel,
    effects: kernel.effects.map((each) => (each.kind === kind ? ({ ...each, ...change } as Effect) : each)),
  };
}

const withSlot = (slot: Slot): Kernel => ({ ...sound(), slots: new Map([...sound().slots, [slot.name, slot]]) });

const table = { kind: "table", every: 2, rows: 4 };
const ring = { kind: "ring", lag: 1, rows: 2 };

const malformed: readonly (readonly [string, () => Kernel, RegExp])[] = [
  ["has no neurons", () => ({ ...sound(), n: 0 }), /0 neurons/],
  ["has half a neuron", () => ({ ...sound(), n: 1.5 }), /1\.5 neurons/],
  ["stands still", () => ({ ...sound(), dt: 0 }), /step is 0/],
  ["takes an infinite step", () => ({ ...sound(), dt: Infinity }), /step is Infinity/],
  ["has an operation that no table knows", () => withInstruction("add", { op: "fma" }), /\(fma\) is not an operation/],
  ["has an operation named like a method of objects", () => withInstruction("add", { op: "toString" }), /not an operation/],
  ["reads its own result", () => withInstruction("lt", { args: [indexOf("lt"), 0] }), /before it is defined/],
  ["reads a value that comes later", () => withInstruction("mul", { args: [0, indexOf("lt")] }), /before it is defined/],
  ["reads a value of negative number", () => withInstruction("mul", { args: [0, -1] }), /before it is defined/],
  ["reads a value of fractional number", () => withInstruction("mul", { args: [0, 0.5] }), /before it is defined/],
  ["gives an operation too few operands", () => withInstruction("add", { args: [0] }), /takes 2 operands, not 1/],
  ["gives an operation too many operands", () => withInstruction("add", { args: [0, 0, 0] }), /takes 2 operands, not 3/],
  ["adds a truth value", () => withInstruction("add", { op: "add", args: [0, indexOf("lt")] }), /takes a float as operand 1/],
  ["calls a comparison a number", () => withInstruction("lt", { type: "float" }), /gives a mask, not a float/],
  ["calls a column a truth value", () => withInstruction("load", { type: "mask" }), /gives a float, not a mask/],
  ["computes once what differs between neurons", () => withInstruction("add", { rate: "step" }), /per lane, not per step/],
  ["computes once what differs between steps", () => withInstruction("mul", { rate: "constant" }), /per step, not per constant/],
  ["loads a column once", () => withInstruction("load", { rate: "step" }), /per lane, not per step/],
  ["draws once for all neurons", () => withInstruction("random", { rate: "step" }), /per lane, not per step/],
  ["takes time as constant", () => withInstruction("time", { rate: "constant" }), /per step, not per constant/],
  ["gives a source an operand", () => withInstruction("time", { args: [0] }), /takes no operands/],
  ["has a constant without a number", () => withInstruction("constant", { number: undefined }), /has no number/],
  ["has a constant that its precision cannot hold", () => withInstruction("constant", { number: 0.1 }), /not rounded to f32/],
  ["loads from nowhere", () => withInstruction("load", { slot: undefined }), /not declared/],
  ["loads from a slot that is not declared", () => withInstruction("load", { slot: "y" }), /slot y, which is not declared/],
  ["loads a table as if it were a column", () => withInstruction("load", { slot: "ring" }), /takes a cell or a column/],
  ["loads a row of a column", () => withSlot({ name: "ring", shape: "column" }), /takes a table/],
  ["loads a row without saying which", () => withInstruction("loadRow", { row: undefined }), /has no row/],
  ["loads a row of an empty table", () => withInstruction("loadRow", { row: { ...table, rows: 0 } }), /0 rows/],
  ["stays in a row for no step", () => withInstruction("loadRow", { row: { ...table, every: 0 } }), /every 0 steps/],
  ["stays in a row for half a step", () => withInstruction("loadRow", { row: { ...table, every: 0.5 } }), /every 0\.5 steps/],
  ["looks back further than the ring", () => withInstruction("loadRow", { slot: "ring", row: { ...ring, lag: 2 }, rate: "lane" }), /2 steps back in a ring of 2/], // prettier-ignore
  ["looks ahead in a ring", () => withInstruction("loadRow", { row: { ...ring, lag: -1 } }), /-1 steps back/],
  ["draws from no stream", () => withInstruction("random", { stream: undefined }), /no stream/],
  ["draws with a key that is too wide", () => withInstruction("random", { stream: { low: 2 ** 32, high: 0 } }), /no stream/],
  ["draws a third word", () => withInstruction("random", { word: 2 }), /no word 0 or 1/],
  ["stores to a slot that is not declared", () => withEffect("store", { slot: "y" }), /slot y, which is not declared/],
  ["stores to a cell", () => withEffect("store", { slot: "cell" }), /columns only/],
  ["stores a truth value", () => withEffect("store", { value: indexOf("lt") }), /needs a float/],
  ["stores a value that does not exist", () => withEffect("store", { value: 99 }), /before it is defined/],
  ["stores where a number says", () => withEffect("store", { when: 0 }), /needs a mask/],
  ["stores a row of a column", () => withEffect("storeRow", { slot: "x" }), /takes a table/],
  ["stores a row per neuron where there is one value", () => withEffect("storeRow", { slot: "narrow" }), /per neuron/],
  ["stores a row without saying which", () => withEffect("storeRow", { row: undefined }), /has no row/],
  ["spikes where a number says", () => withEffect("spikes", { mask: 0 }), /needs a mask/],
  ["asks whether a truth value is finite", () => withEffect("finite", { values: [0, indexOf("lt")] }), /needs a float/],
  ["spikes twice", () => ({ ...sound(), effects: [...sound().effects, sound().effects[0]!] }), /two lists of spikes/],
]; // prettier-ignore

describe("the verifier", () => {
  it("lets a sound kernel pass", () => {
    const kernel = sound();
    expect(verify(kernel)).toBe(kernel);
  });

  it("lets everything pass that the builder makes", () => {
    fc.assert(
      fc.property(recipes, fc.constantFrom("f64" as const, "f32" as const), (recipe, precision) => {
        const kernel = kernelOf(recipe, { precision, n: 3 });
        expect(() => verify(kernel), kernelText(kernel)).not.toThrow();
      }),
    );
  });

  it.each(malformed)("refuses a kernel that %s", (_, make, message) => {
    const error = refusal(() => verify(make()));
    expect(error.code).toBe("internal");
    expect(error.message).toMatch(/kernel sound/);
    expect(error.message).toMatch(message);
  });

  it("refuses a kernel as soon as any operand is replaced by one of another type", () => {
    fc.assert(
      fc.property(recipes, fc.nat(), fc.nat(), (recipe, which, position) => {
        const kernel = kernelOf(recipe, { precision: "f64", n: 3 });
        const applied = [...kernel.instructions.keys()].filter((index) => kernel.instructions[index]!.args.length > 0);
        const at = applied[which % applied.length]!;
        const instruction = kernel.instructions[at]!;
        const slot = position % instruction.args.length;
        const type = kernel.instructions[instruction.args[slot]!]!.type;
        const other = kernel.instructions.findIndex((each, index) => index < at && each.type !== type);
        fc.pre(other >= 0);
        const changed = { ...instruction, args: instruction.args.with(slot, other) };
        refusal(() => verify({ ...kernel, instructions: kernel.instructions.with(at, changed) }));
      }),
    );
  });
});
