/** The library functions of the IR as functions of numbers, for host code. */
import { createBuilder, library, operations, type Builder, type OperationName, type Value } from "@neuroweave/kernel";
import type { PortableMath } from "@neuroweave/model";

type Lowered = (b: Builder, ...args: Value[]) => Value;

/** Interprets the instructions of a library function, in double precision. */
function portable(lowered: Lowered, arity: number): (...xs: number[]) => number {
  let prepared: { instructions: Builder["instructions"]; registers: Float64Array; result: Value } | undefined;
  const prepare = () => {
    const b = createBuilder({ precision: "f64", dt: 1, n: 1 });
    const args = Array.from({ length: arity }, (_, index) => b.load({ name: String(index), shape: "cell" }));
    const result = lowered(b, ...args);
    return { instructions: b.instructions, registers: new Float64Array(b.instructions.length), result };
  };
  return (...xs) => {
    const { instructions, registers, result } = (prepared ??= prepare());
    instructions.forEach(({ op, args, number, slot }, index) => {
      if (op === "constant") registers[index] = number!;
      else if (op === "load") registers[index] = xs[Number(slot)]!;
      else {
        const scalar = operations[op as OperationName].scalar as (...values: number[]) => number;
        registers[index] = scalar(registers[args[0]!]!, registers[args[1] ?? 0]!, registers[args[2] ?? 0]!);
      }
    });
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
