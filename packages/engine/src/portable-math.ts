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

interface Prepared {
  readonly registers: Float64Array;
  /** Registers of the arguments. */
  readonly slots: readonly Value[];
  readonly operations: readonly {
    readonly out: Value;
    readonly args: readonly Value[];
    readonly scalar: Operation["scalar"];
  }[];
  readonly result: Value;
}

/** A library function's instructions, constants in place. */
function prepare(lowered: Lowered, arity: number): Prepared {
  const b = createBuilder({ precision: "f64", dt: 1, n: 1 });
  const slots = Array.from({ length: arity }, (_, index) => b.load({ name: String(index), shape: "cell" }));
  const result = lowered(b, ...slots);
  const registers = Float64Array.from(b.instructions, ({ number }) => number ?? 0);
  const steps = b.instructions.flatMap(({ op, args }, out) => {
    const row: Operation | undefined = Object.hasOwn(operations, op) ? operations[op as OperationName] : undefined;
    return row ? [{ out, args, scalar: row.scalar }] : [];
  });
  return { registers, slots, operations: steps, result };
}

/** Interprets the instructions of a library function, in double precision. */
function portable(lowered: Lowered, arity: number): (...xs: number[]) => number {
  let prepared: Prepared | undefined;
  return (...xs) => {
    const { registers, slots, operations: steps, result } = (prepared ??= prepare(lowered, arity));
    slots.forEach((slot, index) => (registers[slot] = xs[index]!));
    for (const { out, args, scalar } of steps)
      registers[out] =
        args.length === 1
          ? scalar(registers[args[0]!]!)
          : args.length === 2
            ? scalar(registers[args[0]!]!, registers[args[1]!]!)
            : scalar(registers[args[0]!]!, registers[args[1]!]!, registers[args[2]!]!);
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
