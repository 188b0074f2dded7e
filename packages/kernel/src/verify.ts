/** The shape that every kernel has between stages, and the checker of it. */
import { NeuroweaveError } from "@neuroweave/equations";
import { rates } from "./ir.ts";
import type { Effect, Instruction, Kernel, Rate, RowRule, Slot, Value, ValueType } from "./ir.ts";
import { operations, sources, type OperationName, type SourceName } from "./operations.ts";

type Fail = (what: string) => never;

/**
 * Checks that values are defined before use, typed and rated as the tables say, and that slots, rows, streams and
 * effects are what emitters take for granted. Gives the kernel back; a kernel that is not so is refused as `internal`.
 */
export function verify(kernel: Kernel): Kernel {
  const fail: Fail = (what) => {
    throw new NeuroweaveError("internal", `kernel ${kernel.name}: ${what}`);
  };
  if (!Number.isSafeInteger(kernel.n) || kernel.n < 1) fail(`it has ${kernel.n} neurons`);
  if (!(kernel.dt > 0 && kernel.dt < Infinity)) fail(`its step is ${kernel.dt}`);
  kernel.instructions.forEach((instruction, index) => {
    const failHere: Fail = (what) => fail(`instruction ${index} (${instruction.op}) ${what}`);
    if (Object.hasOwn(operations, instruction.op)) verifyOperation(kernel, instruction, index, failHere);
    else if (Object.hasOwn(sources, instruction.op)) verifySource(kernel, instruction, failHere);
    else failHere("is not an operation");
  });
  for (const effect of kernel.effects) verifyEffect(kernel, effect, (what) => fail(`effect ${effect.kind} ${what}`));
  if (kernel.effects.filter(({ kind }) => kind === "spikes").length > 1) fail("it has two lists of spikes");
  return kernel;
}

/** The instruction of a value that is defined before `limit`. */
function definedAt(kernel: Kernel, value: Value | undefined, limit: number, fail: Fail): Instruction {
  const found = value !== undefined && value >= 0 && value < limit ? kernel.instructions[value] : undefined;
  return found ?? fail(`uses value ${value} before it is defined`);
}

function verifyOperation(kernel: Kernel, { op, args, type, rate }: Instruction, index: number, fail: Fail): void {
  const row = operations[op as OperationName];
  if (row.result !== type) fail(`gives a ${row.result}, not a ${type}`);
  if (row.args.length !== args.length) fail(`takes ${row.args.length} operands, not ${args.length}`);
  const given = row.args.map((_, position) => definedAt(kernel, args[position], index, fail));
  row.args.forEach((wanted, position) => {
    if (given[position]!.type !== wanted) fail(`takes a ${wanted} as operand ${position}`);
  });
  const fastest = rates[Math.max(...given.map((each) => rates.indexOf(each.rate)))];
  if (rate !== fastest) fail(`changes per ${fastest}, not per ${rate}`);
}

function verifySource(kernel: Kernel, instruction: Instruction, fail: Fail): void {
  const { op, args, type, rate, number, row, stream, word } = instruction;
  const wanted: ValueType = sources[op as SourceName];
  if (type !== wanted) fail(`gives a ${wanted}, not a ${type}`);
  if (args.length > 0) fail("takes no operands");
  if (op === "constant") {
    if (number === undefined) fail("has no number");
    if (kernel.precision === "f32" && !Object.is(Math.fround(number!), number)) fail("is not rounded to f32");
  }
  const slot = op === "load" || op === "loadRow" ? slotNamed(kernel, instruction.slot, fail) : undefined;
  if (op === "load" && slot!.shape === "table") fail("takes a cell or a column");
  if (op === "loadRow") verifyRow(slot!, row, fail);
  if (op === "random") {
    if (!stream || !isWord(stream.low) || !isWord(stream.high)) fail("has no stream of two 32-bit words");
    if (word !== 0 && word !== 1) fail("has no word 0 or 1");
  }
  const wantedRate = instruction.shared ? "step" : rateOf(op as SourceName, slot, kernel.rows);
  if (rate !== wantedRate) fail(`changes per ${wantedRate}, not per ${rate}`);
}

function rateOf(op: SourceName, slot: Slot | undefined, rows: Kernel["rows"]): Rate {
  if (op === "constant") return "constant";
  if (op === "time" || slot?.shape === "cell" || slot?.narrow === true) return "step";
  if (rows !== undefined && slot?.shape === rows) return "row";
  return "lane";
}

function verifyEffect(kernel: Kernel, effect: Effect, fail: Fail): void {
  const need = (value: Value, type: ValueType): void => {
    if (definedAt(kernel, value, kernel.instructions.length, fail).type !== type) fail(`needs a ${type}`);
  };
  switch (effect.kind) {
    case "store":
      verifyStore(kernel, slotNamed(kernel, effect.slot, fail), effect.value, fail);
      need(effect.value, "float");
      if (effect.when !== undefined) need(effect.when, "mask");
      return;
    case "storeRow": {
      const slot = slotNamed(kernel, effect.slot, fail);
      verifyRow(slot, effect.row, fail);
      if (slot.narrow) fail("writes a value per neuron");
      return need(effect.value, "float");
    }
    case "transmit":
      return need(effect.value, "float");
    case "add":
      if (!["source", "target", "shared"].includes(slotNamed(kernel, effect.slot, fail).shape))
        fail("adds to what several synapses have only");
      return need(effect.value, "float");
    case "spikes":
      return need(effect.mask, "mask");
    case "finite":
      effect.values.forEach((value) => need(value, "float"));
  }
}

/** A column of the lanes may be stored to; in kernels of synapses also what the end of a row has, by what is the same for the row. */
function verifyStore({ rows, instructions }: Kernel, { shape, packed }: Slot, value: Value, fail: Fail): void {
  if (shape !== "column" && (rows === undefined || shape !== rows)) fail("writes columns only");
  if (shape !== "column" && instructions[value]?.rate === "lane") fail("writes for a row what differs within it");
  if (packed && (rows === undefined || packed.element !== "f32")) fail("writes no packed columns");
}

function slotNamed(kernel: Kernel, name: string | undefined, fail: Fail): Slot {
  return (name === undefined ? undefined : kernel.slots.get(name)) ?? fail(`names slot ${name}, which is not declared`);
}

function verifyRow(slot: Slot, row: RowRule | undefined, fail: Fail): void {
  if (slot.shape !== "table") fail("takes a table");
  if (!row) return fail("has no row");
  if (!isCount(row.rows)) fail(`has ${row.rows} rows`);
  if (row.kind === "table" && !isCount(row.every)) fail(`changes rows every ${row.every} steps`);
  if (row.kind === "ring" && !(Number.isSafeInteger(row.lag) && row.lag >= 0 && row.lag < row.rows))
    fail(`looks ${row.lag} steps back in a ring of ${row.rows}`);
}

const isCount = (x: number): boolean => Number.isSafeInteger(x) && x >= 1;

const isWord = (x: number): boolean => Number.isInteger(x) && x >= 0 && x <= 0xffffffff;
