/** What one synapse does as WAT: values of a kernel of synapses, and what it keeps. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Instruction, Kernel, Slot, Value } from "../../ir.ts";
import { operations, type OperationName } from "../../operations.ts";
import { elementBytes, type Delivery } from "../../program.ts";
import { synapseValues } from "../synapses.ts";
import { emitters, shapes, splat } from "./instructions.ts";

/** Load of an unsigned integer of some bytes. */
export const loadWord = (bytes: 1 | 2 | 4, address: string, offset = 0): string =>
  `(i32.load${bytes === 4 ? "" : `${bytes * 8}_u`} offset=${offset} ${address})`;

export const scaled = (index: string, bytes: number): string =>
  bytes === 1 ? index : `(i32.shl ${index} (i32.const ${Math.log2(bytes)}))`;

/**
 * Lines over the locals `$j` (synapse), `$s` (source), `$target`, `$e` (the step whose numbers are drawn), `$t` and `$odd`, which becomes
 * NaN when something that is not finite is kept. Values are vectors of which the first lane counts, so that all devices share one
 * table of operations.
 */
export function synapseLines(kernel: Kernel, addresses: ReadonlyMap<string, number>, index: Delivery["index"]) {
  const shape = shapes[kernel.precision];
  const bytes = elementBytes(kernel.precision);
  const scalar = bytes === 8 ? "f64" : "f32";
  const values = synapseValues(kernel, addresses);
  const { addressOf: address } = values;
  /** Declarations of all that has been defined so far. */
  const locals: string[] = [];
  const local = (value: Value): string => `(local.get $v${value})`;
  let pairs = 0;
  const streams = new Map<string, string>();
  const placeOf = (slot: Slot): string => {
    const shared = slot.shape === "shared" ? loadWord(index!.bytes, scaled("(local.get $j)", index!.bytes), index!.address) : "";
    return { column: "(local.get $j)", source: "(local.get $s)", target: "(local.get $target)", shared }[slot.shape as "column"];
  };
  const load = (slot: Slot): string => {
    if (slot.shape === "cell") return `(${shape.splatLoad} (i32.const ${address(slot.name)}))`;
    const at = placeOf(slot);
    const packed = slot.packed?.element;
    if (packed === "i16") {
      const count = `(${scalar}.convert_i32_s (i32.load16_s offset=${address(slot.name)} ${scaled(at, 2)}))`;
      return `(${shape.float}.splat (${scalar}.mul ${count} (${scalar}.const ${slot.packed!.scale})))`;
    }
    if (packed === "f32" && bytes === 8)
      return `(f64x2.splat (f64.promote_f32 (f32.load offset=${address(slot.name)} ${scaled(at, 4)})))`;
    return `(${shape.splatLoad} offset=${address(slot.name)} ${scaled(at, bytes)})`;
  };
  const drawn = (value: Value, { stream, word }: Instruction): string[] => {
    const key = `${stream!.low} ${stream!.high}`;
    let pair = streams.get(key);
    const lines: string[] = [];
    if (pair === undefined) {
      pair = `$u${pairs++}`;
      streams.set(key, pair);
      locals.push(`(local ${pair}a v128) (local ${pair}b v128)`);
      lines.push(
        `(call $uniforms (i64x2.splat (i64.extend_i32_u (local.get $j))) (local.get $e) (i64.const ${stream!.low}) (i64.const ${stream!.high}))`,
        `(local.set ${pair}b) (local.set ${pair}a)`,
      );
    }
    return [...lines, `(local.set $v${value} (local.get ${pair}${word === 0 ? "a" : "b"}))`];
  };
  const define = (value: Value): string[] => {
    const instruction = kernel.instructions[value]!;
    const { op } = instruction;
    locals.push(`(local $v${value} v128)`);
    const set = (text: string): string[] => [`(local.set $v${value} ${text})`];
    if (op === "constant") return set(splat(shape, instruction.number!));
    if (op === "time") return set(bytes === 8 ? "(f64x2.splat (local.get $t))" : "(f32x4.splat (f32.demote_f64 (local.get $t)))");
    if (op === "lane") return set(`(${shape.float}.splat (${scalar}.convert_i32_u (local.get $j)))`);
    if (op === "load") return set(load(kernel.slots.get(instruction.slot!)!));
    if (op === "random") return drawn(value, instruction);
    if (!Object.hasOwn(operations, op)) throw new NeuroweaveError("internal", `kernel ${kernel.name}: no synapse can do ${op}`);
    return set(emitters[op as OperationName](shape, ...instruction.args.map(local)));
  };
  // x − x is +0 where x is finite, and NaN elsewhere.
  const check = (value: string): string =>
    `(local.set $odd (v128.or (local.get $odd) (${shape.float}.sub ${value} ${value})))`;
  const store = (slot: Slot, value: string): string => {
    const at = placeOf(slot);
    if (slot.packed?.element === "f32" && bytes === 8)
      return `(f32.store offset=${address(slot.name)} ${scaled(at, 4)} (f32.demote_f64 (f64x2.extract_lane 0 ${value})))`;
    return `(v128.store${bytes * 8}_lane offset=${address(slot.name)} 0 ${scaled(at, bytes)} ${value})`;
  };
  const slotOf = (name: string): Slot => kernel.slots.get(name)!;
  return {
    values,
    locals,
    define,
    /** Stores, in order: of the row, or of the synapse. */
    stored: values.stores.map(({ slot, value, perRow }) => ({
      perRow,
      lines: [store(slotOf(slot), local(value)), ...finiteOf(slotOf(slot), local(value))],
    })),
    added: values.adds.flatMap(({ slot, value }) => {
      const narrow = slotOf(slot).packed?.element === "f32" && bytes === 8;
      const place = scaled(placeOf(slotOf(slot)), narrow ? 4 : bytes);
      const before = narrow ? "(f64.promote_f32 (f32.load (local.get $q)))" : `(${scalar}.load (local.get $q))`;
      const sum = `(${scalar}.add ${before} (${shape.float}.extract_lane 0 ${local(value)}))`;
      return [
        `(local.set $q (i32.add (i32.const ${address(slot)}) ${place}))`,
        narrow ? `(f32.store (local.get $q) (f32.demote_f64 ${sum}))` : `(${scalar}.store (local.get $q) ${sum})`,
        check(`(${shape.float}.splat ${before})`),
      ];
    }),
    /** Sets the word at `suspect` where something that is not finite was kept. */
    checked: (suspect: number): string[] => {
      const oddness = `(${shape.float}.extract_lane 0 (local.get $odd))`;
      return [
        `(if (${scalar}.ne ${oddness} ${oddness})`,
        `  (then (i32.store (i32.const ${suspect}) (i32.const 1))))`,
      ];
    },
  };

  /** What is stored with fewer bits may overflow there. */
  function finiteOf({ packed }: Slot, value: string): string[] {
    if (packed?.element !== "f32" || bytes !== 8) return [check(value)];
    return [check(`(f64x2.promote_low_f32x4 (f32x4.demote_f64x2_zero ${value}))`)];
  }
} // prettier-ignore
