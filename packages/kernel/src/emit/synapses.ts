/** What a kernel of synapses computes, by how often: the same for every emitter. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Kernel, Value } from "../ir.ts";

export interface SynapseValues {
  /** Values that are the same for all synapses of a step, for those of a row, and for one synapse; ascending. */
  readonly perStep: readonly Value[];
  readonly perRow: readonly Value[];
  readonly perSynapse: readonly Value[];
  /** What is added to what arrives, of deliveries. */
  readonly transmitted: Value | null;
  /** What is kept: for the synapse, or for the end of its row. */
  readonly stores: readonly { readonly slot: string; readonly value: Value; readonly perRow: boolean }[];
  /** What each synapse adds to what several have. */
  readonly adds: readonly { readonly slot: string; readonly value: Value }[];
  /** Address of the first value of a slot. */
  readonly addressOf: (slot: string) => number;
}

/** Refuses, as `internal`, effects that no synapse has. */
export function synapseValues(kernel: Kernel, addresses: ReadonlyMap<string, number>): SynapseValues {
  const { instructions, effects, slots } = kernel;
  const live = new Set<Value>();
  const visit = (value: Value): void => {
    if (live.has(value)) return;
    live.add(value);
    instructions[value]!.args.forEach(visit);
  };
  for (const effect of effects)
    if (effect.kind === "store" || effect.kind === "transmit" || effect.kind === "add") visit(effect.value);
    else throw new NeuroweaveError("internal", `kernel ${kernel.name}: no synapse has the effect ${effect.kind}`);
  const sorted = [...live].sort((a, b) => a - b);
  const ofRate = (...rates: readonly string[]): Value[] =>
    sorted.filter((value) => rates.includes(instructions[value]!.rate));
  return {
    perStep: ofRate("constant", "step"),
    perRow: ofRate("row"),
    perSynapse: ofRate("lane"),
    transmitted: effects.find((effect) => effect.kind === "transmit")?.value ?? null,
    stores: effects.flatMap((effect) =>
      effect.kind === "store"
        ? [{ slot: effect.slot, value: effect.value, perRow: slots.get(effect.slot)!.shape !== "column" }]
        : [],
    ),
    adds: effects.flatMap((effect) => (effect.kind === "add" ? [{ slot: effect.slot, value: effect.value }] : [])),
    addressOf(slot) {
      const found = addresses.get(slot);
      if (found === undefined)
        throw new NeuroweaveError("internal", `kernel ${kernel.name}: slot ${slot} has no address`);
      return found;
    },
  };
}
