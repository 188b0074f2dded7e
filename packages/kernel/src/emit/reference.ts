/**
 * The reference device: evaluates programs directly, instruction by instruction, with the meaning written in the
 * operation table. Every other device must give its bits.
 */
import type { Instruction, Kernel, Precision } from "../ir.ts";
import { operations, type OperationName } from "../operations.ts";
import { counterOf, philox, uniformF32, uniformF64 } from "../philox.ts";
import {
  drawGroup,
  elementBytes,
  paddedLength,
  settling,
  type HostCall,
  type Program,
  type ProgramStage,
  type RunningProgram,
} from "../program.ts";
import {
  runCollection,
  runCompetition,
  runDelivery,
  runReduction,
  runRemember,
  runSweep,
} from "./reference-synapses.ts";
import { rowAt } from "./rows.ts";

const block = 256;
type Floats = Float64Array | Float32Array;
type KernelStage = Extract<ProgramStage, { kind: "kernel" }>;

/** Does a stage in step k, the j-th of the call, and tells whether it did: what it leaves, the reference does. */
export type OwnStage = (stage: ProgramStage, k: number, j: number) => boolean;

/**
 * Prepares a program over a memory. The memory may grow between calls of `run`. With `own`, a device of one's own does what stages it can, and
 * has the meaning of all others from here.
 */
export function evaluateProgram(
  program: Program,
  memory: { readonly buffer: ArrayBufferLike },
  host: HostCall,
  own: OwnStage = () => false,
): RunningProgram {
  const registers = new Map<Kernel, Floats[]>();
  const floatsOf = (buffer: ArrayBufferLike): Floats =>
    program.precision === "f64" ? new Float64Array(buffer) : new Float32Array(buffer);

  const runStage = (stage: ProgramStage, k: number, j: number): void => {
    const words = new Uint32Array(memory.buffer);
    switch (stage.kind) {
      case "kernel": {
        if (k % (stage.every ?? 1) !== 0) return;
        let values = registers.get(stage.kernel);
        if (!values)
          registers.set(stage.kernel, (values = stage.kernel.instructions.map(() => lanes(program.precision))));
        runKernel(stage, values, floatsOf(memory.buffer), words, program, k);
        if (stage.log) words[stage.log.ends / 4 + j] = words[stage.log.cursor / 4]!;
        return;
      }
      case "host":
        return host(stage.index, k);
      case "copy":
        new Uint8Array(memory.buffer).copyWithin(stage.to, stage.from, stage.from + stage.bytes);
        return;
      case "clear":
        if (k % stage.every === 0) new Uint8Array(memory.buffer, stage.address, stage.bytes).fill(0);
        return;
      case "sample": {
        if (words[stage.enabled / 4] === 0 || k % stage.every !== 0) return;
        const bytes = new Uint8Array(memory.buffer);
        const stride = stage.sources.reduce((sum, source) => sum + source.bytes, 0);
        let to = stage.buffer + words[stage.cursor / 4]!++ * stride;
        for (const { address, bytes: length } of stage.sources) {
          bytes.copyWithin(to, address, address + length);
          to += length;
        }
        return;
      }
      case "uniforms":
        return;
      case "settle": {
        if (k % settling.every !== 0) return;
        const from = stage.column / elementBytes(program.precision);
        const values = floatsOf(memory.buffer).subarray(from, from + stage.n);
        for (let i = 0; i < values.length; i++)
          if (Math.abs(values[i]!) < settling.least[program.precision]) values[i] = 0;
        return;
      }
      case "draw":
        return runDraw(stage, floatsOf(memory.buffer), program.precision, k);
      case "remember":
        return runRemember(stage, memory.buffer, k, j);
      case "deliver":
        if (!runDelivery(stage.delivery, memory.buffer, k)) words[program.suspect / 4] = 1;
        return;
      case "sweep":
        if (!runSweep(stage.sweep, memory.buffer, k)) words[program.suspect / 4] = 1;
        return;
      case "collect":
        return runCollection(stage, memory.buffer, k);
      case "reduce":
        return runReduction(stage, floatsOf(memory.buffer), elementBytes(program.precision));
      case "compete":
        return runCompetition(stage, floatsOf(memory.buffer), elementBytes(program.precision));
      case "events":
        return runEvents(stage, floatsOf(memory.buffer), words, elementBytes(program.precision), k);
    }
  };

  return {
    run(k, steps) {
      for (let j = 0; j < steps; j++) {
        const words = new Uint32Array(memory.buffer);
        for (const stage of program.stages)
          if (
            stage.kind === "kernel" &&
            stage.log &&
            stage.log.capacity - words[stage.log.cursor / 4]! < stage.kernel.n
          )
            return j;
        for (const stage of program.stages) if (!own(stage, k + j, j)) runStage(stage, k + j, j);
        if (new Uint32Array(memory.buffer)[program.suspect / 4] !== 0) return j + 1;
      }
      return steps;
    },
  };
}

const lanes = (precision: Precision): Floats =>
  precision === "f64" ? new Float64Array(block) : new Float32Array(block);

function runDraw(
  { draw, column, n }: Extract<ProgramStage, { kind: "draw" }>,
  floats: Floats,
  precision: Precision,
  k: number,
): void {
  const { stream, thresholds } = draw;
  const [, low, high] = counterOf(0, k);
  const at = column / elementBytes(precision);
  for (let i = 0; i < Math.ceil(n / drawGroup) * drawGroup; i++) {
    const half = (last: number): number => {
      const words = philox([4 * (i >> 5) + ((i >> 1) & 3), low, high, last], [stream.low, stream.high]);
      return (words[(i >> 3) & 3]! >>> (16 * (i & 1))) & 0xffff;
    };
    const word = half(2) * 65536 + half(3);
    if (thresholds) floats[at + i] = thresholds.filter((each) => word >= each).length;
    else floats[at + i] = precision === "f64" ? (word + 0.5) * 2 ** -32 : uniformF32(word);
  }
}

function runEvents(
  stage: Extract<ProgramStage, { kind: "events" }>,
  floats: Floats,
  words: Uint32Array,
  bytes: number,
  k: number,
): void {
  const at = stage.cursors / 4;
  let next = words[at + 1]!;
  for (let j = words[at]!; j < next; j++) floats[stage.column / bytes + words[stage.ids / 4 + j]!] = 0;
  words[at] = next;
  for (; next < stage.count && words[stage.steps / 4 + next] === k; next++)
    floats[stage.column / bytes + words[stage.ids / 4 + next]!] = 1;
  words[at + 1] = next;
}

function runKernel(
  stage: KernelStage,
  registers: readonly Floats[],
  floats: Floats,
  words: Uint32Array,
  program: Program,
  k: number,
): void {
  const { kernel, addresses, log } = stage;
  const bytes = elementBytes(program.precision);
  const base = (slot: string): number => addresses.get(slot)! / bytes;
  const rowBase = (slot: string, row: Instruction["row"]): number => {
    const length = kernel.slots.get(slot)!.narrow ? 1 : paddedLength(kernel.n);
    return base(slot) + rowAt(row!, k) * length;
  };
  let suspect = false;
  for (let from = 0; from < kernel.n; from += block) {
    const count = Math.min(block, kernel.n - from);
    kernel.instructions.forEach((instruction, index) => {
      const out = registers[index]!;
      const { op, slot } = instruction;
      if (op === "constant") out.fill(instruction.number!);
      else if (op === "time") out.fill(k * kernel.dt);
      else if (op === "lane") for (let i = 0; i < count; i++) out[i] = from + i;
      else if (op === "load" && kernel.slots.get(slot!)!.shape === "cell") out.fill(floats[base(slot!)]!);
      else if (op === "load") out.set(floats.subarray(base(slot!) + from, base(slot!) + from + count));
      else if (op === "loadRow" && kernel.slots.get(slot!)!.narrow) out.fill(floats[rowBase(slot!, instruction.row)]!);
      else if (op === "loadRow") {
        const start = rowBase(slot!, instruction.row) + from;
        out.set(floats.subarray(start, start + count));
      } else if (op === "random") drawInto(out, instruction, from, count, k, program.precision);
      else {
        const [a, b, c] = instruction.args.map((arg) => registers[arg]!);
        const scalar = operations[op as OperationName].scalar as (...xs: number[]) => number;
        for (let i = 0; i < count; i++) out[i] = scalar(a![i]!, b ? b[i]! : 0, c ? c[i]! : 0);
      }
    });
    for (const effect of kernel.effects) {
      switch (effect.kind) {
        case "store": {
          const value = registers[effect.value]!;
          const mask = effect.when === undefined ? null : registers[effect.when]!;
          const to = base(effect.slot) + from;
          for (let i = 0; i < count; i++) if (!mask || mask[i]) floats[to + i] = value[i]!;
          break;
        }
        case "storeRow":
          floats.set(registers[effect.value]!.subarray(0, count), rowBase(effect.slot, effect.row) + from);
          break;
        case "spikes": {
          const mask = registers[effect.mask]!;
          for (let i = 0; i < count; i++) if (mask[i]) words[log!.ids / 4 + words[log!.cursor / 4]!++] = from + i;
          break;
        }
        case "finite":
          for (const value of effect.values)
            for (let i = 0; i < count; i++) if (!Number.isFinite(registers[value]![i]!)) suspect = true;
      }
    }
  }
  if (suspect) words[program.suspect / 4] = 1;
}

function drawInto(
  out: Floats,
  { stream, word, shared }: Instruction,
  from: number,
  count: number,
  k: number,
  precision: Precision,
): void {
  for (let i = 0; i < count; i++) {
    const words = philox(counterOf(shared ? 0 : from + i, k), [stream!.low, stream!.high]);
    const high = words[word === 0 ? 0 : 2];
    out[i] = precision === "f64" ? uniformF64(high, words[word === 0 ? 1 : 3]) : uniformF32(high);
  }
}
