/** What one synapse does as C: values of a kernel of synapses, and what it keeps. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Instruction, Kernel, Slot, Value } from "../../ir.ts";
import { operations, type OperationName } from "../../operations.ts";
import type { Delivery } from "../../program.ts";
import { synapseValues } from "../synapses.ts";
import { constant, emitters, types } from "./instructions.ts";

export const unsigned = { 1: "u8_at", 2: "u16_at", 4: "u32_at" } as const;

/** Text of a number of a delivery. */
export type NumberText = (x: number) => string;

export const literal: NumberText = (x) => `${x}LL`;

/** Bytes of a value that is stored with fewer than the kernel computes with. */
export const packedBytes = ({ packed }: Slot): number | undefined => packed && { i16: 2, f32: 4 }[packed.element];

/**
 * Lines over `j` (synapse), `s` (source), `target`, `e` (the step whose numbers are drawn), `t` and the word `odd`, which is no longer 0 when
 * something that is not finite is kept.
 */
export function synapseText(kernel: Kernel, addresses: ReadonlyMap<string, number>, index: Delivery["index"], num: NumberText) {
  const values = synapseValues(kernel, addresses);
  const at = (address: number): string => `AT(${num(address)})`;
  const address = (slot: string): string => at(values.addressOf(slot));
  const listed = (type: string, list: string, place: string): string => `((${type} *)${list})[${place}]`;
  const placeOf = (slot: Slot): string => {
    const shared = index ? listed(unsigned[index.bytes], at(index.address), "j") : "";
    return { column: "j", source: "s", target: "target", shared }[slot.shape as "column"];
  };
  const load = (slot: Slot): string => {
    if (slot.shape === "cell") return `*(real_at *)${address(slot.name)}`;
    const place = placeOf(slot);
    if (slot.packed?.element === "i16")
      return `(real)${listed("i16_at", address(slot.name), place)} * ${constant("s", slot.packed.scale)}`;
    if (slot.packed?.element === "f32") return `(real)${listed("f32_at", address(slot.name), place)}`;
    return listed("real_at", address(slot.name), place);
  };
  const streams = new Set<string>();
  const drawn = (value: Value, { stream, word }: Instruction): string[] => {
    const pair = `u${stream!.low}_${stream!.high}`;
    const lines = streams.has(pair) ? [] : [`real ${pair}[2];`, `uniforms_s((uint32_t)j, e, ${stream!.low}u, ${stream!.high}u, ${pair});`];
    streams.add(pair);
    return [...lines, `const real v${value} = ${pair}[${word}];`];
  };
  const define = (value: Value): string[] => {
    const instruction = kernel.instructions[value]!;
    const { op, type } = instruction;
    const set = (text: string): string[] => [`const ${types.s[type]} v${value} = ${text};`];
    if (op === "constant") return set(constant("s", instruction.number!));
    if (op === "time") return set("(real)t");
    if (op === "lane") return set("(real)j");
    if (op === "load") return set(load(kernel.slots.get(instruction.slot!)!));
    if (op === "random") return drawn(value, instruction);
    if (!Object.hasOwn(operations, op)) throw new NeuroweaveError("internal", `kernel ${kernel.name}: no synapse can do ${op}`);
    return set(emitters[op as OperationName]("s", ...instruction.args.map((arg) => `v${arg}`)));
  };
  const slotOf = (name: string): Slot => kernel.slots.get(name)!;
  return {
    values,
    at,
    address,
    listed,
    define,
    /** What is kept for the end of a row, or for each synapse. */
    stored: (perRow: boolean): string[] =>
      values.stores.flatMap(({ slot, value, perRow: own }) => {
        if (own !== perRow) return [];
        const narrow = slotOf(slot).packed?.element === "f32";
        const kept = narrow ? `(float)v${value}` : `v${value}`;
        return [
          `${listed(narrow ? "f32_at" : "real_at", address(slot), placeOf(slotOf(slot)))} = ${kept};`,
          `odd |= bits_of((real)(${kept} - ${kept}));`,
        ];
      }),
    added: values.adds.flatMap(({ slot, value }) => {
      const [type, cast] = slotOf(slot).packed?.element === "f32" ? ["f32_at", "(float)"] : ["real_at", ""];
      const place = listed(type, address(slot), placeOf(slotOf(slot)));
      return [`${place} = ${cast}((real)${place} + v${value});`, `odd |= bits_of((real)${place} - (real)${place});`];
    }),
  };
} // prettier-ignore
