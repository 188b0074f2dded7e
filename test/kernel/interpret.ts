/** Turns a function written in the IR into a JavaScript function, by the meaning of the operations. */
import {
  createBuilder,
  operations,
  roundTo,
  type Builder,
  type OperationName,
  type Precision,
  type Value,
} from "@neuroweave/kernel";

export type Written = (b: Builder, ...args: Value[]) => Value;

export interface Interpreted {
  readonly call: (...args: number[]) => number;
  /** Operations that the result needs, constants and arguments not counted. */
  readonly operations: number;
}

/** Exponents of the normal numbers. */
const normal: Readonly<Record<Precision, readonly [number, number]>> = { f64: [-1022, 1023], f32: [-126, 127] };

/**
 * What `powerOfTwo` and `exponent` give for operands for which the table leaves it open: the number `unspecified`
 * itself, so that two interpretations with different ones tell whether a result depends on it.
 */
function scalarOf(op: OperationName, precision: Precision, unspecified: number | undefined) {
  const { scalar } = operations[op];
  const meaning = scalar as (...args: number[]) => number;
  const [lowest, highest] = normal[precision];
  if (unspecified === undefined) return meaning;
  if (op === "powerOfTwo") return (k: number) => (k >= lowest && k <= highest ? meaning(k) : unspecified);
  if (op === "exponent")
    return (x: number) => (Math.abs(x) >= 2 ** lowest && Math.abs(x) < Infinity ? meaning(x) : unspecified);
  return meaning;
}

/** A function of `arity` arguments, which must be numbers of the precision. */
export function interpret(written: Written, arity: number, precision: Precision, unspecified?: number): Interpreted {
  const b = createBuilder({ precision, dt: 1, n: 1 });
  const args = Array.from({ length: arity }, (_, i) => b.load({ name: `x${i}`, shape: "column" }));
  const result = written(b, ...args);
  const needed = new Set<Value>();
  const visit = (value: Value): void => {
    if (needed.has(value)) return;
    needed.add(value);
    b.instructions[value]!.args.forEach(visit);
  };
  visit(result);
  const registers = new Float64Array(b.instructions.length);
  const steps: (() => void)[] = [];
  b.instructions.forEach(({ op, args: from, number }, to) => {
    if (op === "constant") registers[to] = number!;
    if (op === "constant" || op === "load" || !needed.has(to)) return;
    const scalar = scalarOf(op as OperationName, precision, unspecified);
    const [i = 0, j = 0, k = 0] = from;
    steps.push(() => {
      registers[to] = roundTo(precision, scalar(registers[i]!, registers[j]!, registers[k]!));
    });
  });
  return {
    call: (...values) => {
      args.forEach((arg, i) => (registers[arg] = values[i]!));
      for (const step of steps) step();
      return registers[result]!;
    },
    operations: steps.length,
  };
}
