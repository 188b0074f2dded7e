/**
 * Evaluates instructions of a kernel for one lane, and only those that are asked for: the seldom side of a `rarely` where its mask is set,
 * the chosen side of a `select`. What does not change within a step, or within a row of synapses, is computed once for it.
 */
import {
  counterOf,
  operations,
  philox,
  uniformF32,
  uniformF64,
  type Instruction,
  type Kernel,
  type OperationName,
  type Rate,
  type Value,
} from "@neuroweave/kernel";
import type { Counter } from "./counts.ts";

/** Reads a slot for the lane that the interpreter stands at. */
export type Load = (instruction: Instruction) => number;

export class Interpreter {
  readonly #kernel: Kernel;
  readonly #counter: Counter;
  readonly #load: Load;
  readonly #values: Float64Array;
  /** The number of the step, row or lane in which each value was computed last. */
  readonly #computed: Float64Array;
  readonly #at: Record<Rate, number> = { constant: 1, step: 0, row: 0, lane: 0 };
  readonly #round: (x: number) => number;
  /** Loads of what belongs to the end of a row. */
  readonly #ofRow: readonly Value[];
  #k = 0;
  #lane = 0;

  constructor(kernel: Kernel, counter: Counter, load: Load) {
    this.#kernel = kernel;
    this.#counter = counter;
    this.#load = load;
    this.#values = new Float64Array(kernel.instructions.length);
    this.#computed = new Float64Array(kernel.instructions.length);
    this.#ofRow = [...kernel.instructions.keys()].filter((index) => {
      const { op, rate } = kernel.instructions[index]!;
      return op === "load" && rate === "row";
    });
    this.#round = kernel.precision === "f64" ? (x) => x : Math.fround;
  }

  /** Goes to step k, which is also the step whose numbers are drawn. */
  enterStep(k: number): void {
    this.#k = k;
    this.#at.step++;
    this.#at.row++;
    this.#at.lane++;
  }

  /** Goes to the next row of synapses, and reads what belongs to its end before synapses add to that. */
  enterRow(): void {
    this.#at.row++;
    this.#at.lane++;
    for (const index of this.#ofRow) this.value(index);
  }

  /** Goes to a lane: a neuron, or a synapse. */
  enterLane(lane: number): void {
    this.#lane = lane;
    this.#at.lane++;
  }

  /** The value of an instruction here; a mask is 0 or 1. */
  value(index: Value): number {
    const instruction = this.#kernel.instructions[index]!;
    const now = this.#at[instruction.rate];
    if (this.#computed[index] !== now) {
      this.#values[index] = this.#round(this.#evaluate(instruction));
      this.#computed[index] = now;
    }
    return this.#values[index]!;
  }

  #evaluate(instruction: Instruction): number {
    const { op, args } = instruction;
    if (op !== "constant") this.#counter.add(op);
    switch (op) {
      case "constant":
        return instruction.number!;
      case "time":
        return this.#k * this.#kernel.dt;
      case "lane":
        return this.#lane;
      case "load":
      case "loadRow":
        return this.#load(instruction);
      case "random":
        return this.#drawn(instruction);
      case "select":
      case "rarely":
        return this.value(this.value(args[0]!) === 1 ? args[1]! : args[2]!);
      default: {
        const [a, b = a] = args;
        const scalar = operations[op as OperationName].scalar as (x: number, y: number) => number;
        return scalar(this.value(a!), this.value(b!));
      }
    }
  }

  #drawn({ stream, word, shared }: Instruction): number {
    const words = philox(counterOf(shared ? 0 : this.#lane, this.#k), [stream!.low, stream!.high]);
    const high = words[word === 0 ? 0 : 2];
    return this.#kernel.precision === "f64" ? uniformF64(high, words[word === 0 ? 1 : 3]) : uniformF32(high);
  }
}
