/** The shape that every kernel has between stages, and the checker of it. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Instruction, Kernel, Value, ValueType } from "./ir.ts";
import { operations, sources, type OperationName, type SourceName } from "./operations.ts";

const fail = (kernel: Kernel, what: string): never => {
  throw new NeuroweaveError("internal", `kernel ${kernel.name}: ${what}`);
};

/** Checks that values are defined before use, typed as the table says, and that every slot and effect is known. */
export function verify(kernel: Kernel): Kernel {
  const typeOf = (value: Value, limit: number): ValueType =>
    (value >= 0 && value < limit ? kernel.instructions[value]?.type : undefined) ??
    fail(kernel, `value ${value} is used before it is defined`);
  const needSlot = (name: string | undefined): void => {
    if (name === undefined || !kernel.slots.has(name)) fail(kernel, `slot ${name ?? "(none)"} is not declared`);
  };
  kernel.instructions.forEach((instruction, index) => verifyInstruction(kernel, instruction, index, typeOf, needSlot));
  const end = kernel.instructions.length;
  const need = (value: Value, type: ValueType): void => {
    if (typeOf(value, end) !== type) fail(kernel, `effect needs a ${type} but value ${value} is none`);
  };
  for (const effect of kernel.effects) {
    if (effect.kind === "store" || effect.kind === "storeRow") {
      needSlot(effect.slot);
      need(effect.value, "float");
    }
    if (effect.kind === "store" && effect.when !== undefined) need(effect.when, "mask");
    if (effect.kind === "spikes") need(effect.mask, "mask");
    if (effect.kind === "finite") effect.values.forEach((value) => need(value, "float"));
  }
  return kernel;
}

function verifyInstruction(
  kernel: Kernel,
  instruction: Instruction,
  index: number,
  typeOf: (value: Value, limit: number) => ValueType,
  needSlot: (name: string | undefined) => void,
): void {
  const { op, args, type } = instruction;
  const where = `instruction ${index} (${op})`;
  if (Object.hasOwn(operations, op)) {
    const row = operations[op as OperationName];
    if (row.result !== type) fail(kernel, `${where} gives a ${row.result}, not a ${type}`);
    if (row.args.length !== args.length) fail(kernel, `${where} takes ${row.args.length} operands`);
    row.args.forEach((wanted, position) => {
      const given = typeOf(args[position]!, index);
      if (given !== wanted) fail(kernel, `${where} takes a ${wanted} as operand ${position}, not a ${given}`);
    });
    return;
  }
  if (!Object.hasOwn(sources, op)) fail(kernel, `${where} is not an operation`);
  if (sources[op as SourceName] !== type || args.length > 0) fail(kernel, `${where} is not of its shape`);
  if (op === "constant" && instruction.number === undefined) fail(kernel, `${where} has no number`);
  if (op === "load" || op === "loadRow") needSlot(instruction.slot);
  if (op === "loadRow" && !instruction.row) fail(kernel, `${where} has no row`);
  if (op === "random" && (!instruction.stream || instruction.word === undefined)) fail(kernel, `${where} has no stream`);
}
