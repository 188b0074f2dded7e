/** The library functions of the IR as functions of numbers, for host code. */
import {
  createBuilder,
  library,
  operations,
  type Builder,
  type Operation,
  type OperationName,
  type Value,
} from "@neuroweave/kernel";
import type { PortableMath } from "@neuroweave/model";

type Lowered = (b: Builder, ...args: Value[]) => Value;

/** Instructions as parallel lists: what is done, to which registers, and where the result goes. */
interface Prepared {
  readonly registers: Float64Array;
  /** Registers of the arguments. */
  readonly slots: readonly Value[];
  readonly codes: Uint8Array;
  /** Register of the result and of three operands for each instruction; operands that there are not are register 0. */
  readonly places: Uint16Array;
  /** The row of the operation table for each instruction. */
  readonly scalars: readonly Operation["scalar"][];
  readonly result: Value;
}

/** Arithmetic, most of any function, is done in place; whatever else by its row in the table of operations. */
const arithmetic: readonly OperationName[] = ["add", "sub", "mul", "div"];

/** A library function's instructions, constants in place. */
function prepare(lowered: Lowered, arity: number): Prepared {
  const b = createBuilder({ precision: "f64", dt: 1, n: 1 });
  const slots = Array.from({ length: arity }, (_, index) => b.load({ name: String(index), shape: "cell" }));
  const result = lowered(b, ...slots);
  const registers = Float64Array.from(b.instructions, ({ number }) => number ?? 0);
  const steps = b.instructions.flatMap(({ op, args }, out) =>
    Object.hasOwn(operations, op) ? [{ out, args, op: op as OperationName }] : [],
  );
  return {
    registers,
    slots,
    codes: Uint8Array.from(steps, ({ op }) => arithmetic.indexOf(op) + 1),
    places: Uint16Array.from(steps.flatMap(({ out, args: [x = 0, y = 0, z = 0] }) => [out, x, y, z])),
    scalars: steps.map(({ op }) => operations[op].scalar),
    result,
  };
}

/** Interprets the instructions in double precision. */
function evaluate({ registers, codes, places, scalars }: Prepared): void {
  for (let k = 0; k < codes.length; k++) {
    const x = registers[places[4 * k + 1]!]!;
    const y = registers[places[4 * k + 2]!]!;
    let value: number;
    switch (codes[k]) {
      case 1:
        value = x + y;
        break;
      case 2:
        value = x - y;
        break;
      case 3:
        value = x * y;
        break;
      case 4:
        value = x / y;
        break;
      default:
        value = scalars[k]!(x, y, registers[places[4 * k + 3]!]!);
    }
    registers[places[4 * k]!] = value;
  }
}

/** A library function as a function of numbers. */
function portable(lowered: Lowered, arity: 1 | 2): (x: number, y?: number) => number {
  let prepared: Prepared | undefined;
  return (x, y = 0) => {
    prepared ??= prepare(lowered, arity);
    const { registers, slots, result } = prepared;
    registers[slots[0]!] = x;
    if (arity === 2) registers[slots[1]!] = y;
    evaluate(prepared);
    return registers[result]!;
  };
}

const one = (lowered: Lowered) => portable(lowered, 1) as (x: number) => number;

export const portableMath: PortableMath = {
  exp: one(library.exp),
  log: one(library.log),
  sin: one(library.sin),
  cos: one(library.cos),
  tan: one(library.tan),
  sinh: one(library.sinh),
  cosh: one(library.cosh),
  tanh: one(library.tanh),
  exprel: one(library.exprel),
  pow: portable(library.pow, 2) as (x: number, y: number) => number,
};
