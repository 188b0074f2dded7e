/**
 * Builds a kernel instruction by instruction. Equal instructions become one (common subexpressions), instructions
 * of constants are computed (constant folding), and rewrites that never change a bit are applied, all on the way in.
 */
import { NeuroweaveError } from "@neuroweave/equations";
import { rates } from "./ir.ts";
import type {
  ColumnDraw,
  Effect,
  Immediate,
  Instruction,
  Kernel,
  Precision,
  Rate,
  RowRule,
  Slot,
  StreamKey,
  Value,
} from "./ir.ts";
import { operations, type OperationName } from "./operations.ts";
import { rewrite } from "./passes/rewrites.ts";

/** Rounds to the element type of a precision. */
export function roundTo(precision: Precision, x: number): number {
  return precision === "f32" ? Math.fround(x) : x;
}

/** A kernel under construction. Values are indices of its instructions. */
export interface Builder {
  readonly precision: Precision;
  readonly dt: number;
  readonly n: number;
  readonly instructions: readonly Instruction[];
  /** A number, rounded to the precision. */
  constant(x: number): Value;
  /** The number behind a value, if it is a constant. */
  constantOf(value: Value): number | undefined;
  /** Applies an operation of the table. */
  apply(op: OperationName, ...args: Value[]): Value;
  /** t in ms. */
  time(): Value;
  /** The index of the neuron. */
  lane(): Value;
  /** The content of a cell or column before the kernel runs. */
  load(slot: Slot): Value;
  /** An element of a row of a table or ring. */
  loadRow(slot: Slot, row: RowRule): Value;
  /** The first or second uniform of a stream for this step and neuron. */
  random(stream: StreamKey, word: 0 | 1): Value;
  /** The same number for all neurons. */
  sharedRandom(stream: StreamKey, word: 0 | 1): Value;
  /** A number of a stream for this step and neuron from a column that is filled ahead of the kernel, if kernels of its kind have those. */
  draw?(draw: ColumnDraw): Value;
  /** Appends an effect; the slot of a store is declared by it. */
  effect(effect: Effect, slot?: Slot): void;
  finish(name: string): Kernel;
}

/** Starts an empty kernel for `n` neurons, or synapses, at step size `dt` (ms). */
export function createBuilder(options: {
  precision: Precision;
  dt: number;
  n: number;
  synapses?: "source" | "target";
}): Builder {
  const { precision, dt, n } = options;
  const instructions: Instruction[] = [];
  const known = new Map<string, Value>();
  const slots = new Map<string, Slot>();
  const effects: Effect[] = [];

  const intern = (key: string, make: () => Instruction): Value => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = instructions.push(make()) - 1;
    known.set(key, value);
    return value;
  };
  const at = (value: Value): Instruction => {
    const instruction = instructions[value];
    if (!instruction) throw new NeuroweaveError("internal", `value ${value} does not exist in this kernel`);
    return instruction;
  };
  const source = (op: Instruction["op"], rate: Rate, immediate: Immediate, key: string): Value =>
    intern(`${op} ${key}`, () => ({ op, args: [], type: "float", rate, ...immediate }));
  const declare = (slot: Slot): void => {
    const before = slots.get(slot.name);
    if (before && before.shape !== slot.shape)
      throw new NeuroweaveError("internal", `slot ${slot.name} is used as ${before.shape} and as ${slot.shape}`);
    if (!before) slots.set(slot.name, slot);
  };

  const builder: Builder = {
    precision,
    dt,
    n,
    instructions,
    constant(x) {
      const number = roundTo(precision, x);
      return source("constant", "constant", { number }, Object.is(number, -0) ? "-0" : String(number));
    },
    constantOf(value) {
      const { op, number } = at(value);
      return op === "constant" ? number : undefined;
    },
    apply(op, ...args) {
      const row = operations[op];
      const constants = args.map((arg) => at(arg)).map((arg) => (arg.op === "constant" ? arg.number : undefined));
      if (row.result === "float" && constants.every((x) => x !== undefined))
        return builder.constant((row.scalar as (...xs: number[]) => number)(...(constants as number[])));
      const simpler = rewrite(builder, op, args);
      if (simpler !== undefined) return simpler;
      return intern(`${op} ${args.join(" ")}`, () => ({
        op,
        args,
        type: row.result,
        rate: rates[Math.max(...args.map((arg) => rates.indexOf(at(arg).rate)))] ?? "constant",
      }));
    },
    time: () => source("time", "step", {}, ""),
    lane: () => source("lane", "lane", {}, ""),
    load(slot) {
      declare(slot);
      const rate = slot.shape === "cell" ? "step" : slot.shape === options.synapses ? "row" : "lane";
      return source("load", rate, { slot: slot.name }, slot.name);
    },
    loadRow(slot, row) {
      declare(slot);
      return source(
        "loadRow",
        slot.narrow ? "step" : "lane",
        { slot: slot.name, row },
        `${slot.name} ${JSON.stringify(row)}`,
      );
    },
    sharedRandom: (stream, word) =>
      source("random", "step", { stream, word, shared: true }, `shared ${stream.low} ${stream.high} ${word}`),
    ...(options.synapses
      ? {}
      : {
          draw(draw: ColumnDraw) {
            const { stream, thresholds } = draw;
            const name = `${stream.low}:${stream.high}:${thresholds === null ? "" : thresholds.join(":")}~draw`;
            return builder.load({ name, shape: "column", draw });
          },
        }),
    random: (stream, word) => source("random", "lane", { stream, word }, `${stream.low} ${stream.high} ${word}`),
    effect(effect, slot) {
      if (slot) declare(slot);
      effects.push(effect);
    },
    finish: (name) => ({
      name,
      precision,
      n,
      dt,
      slots,
      instructions,
      effects,
      ...(options.synapses ? { rows: options.synapses } : {}),
    }),
  };
  return builder;
}
