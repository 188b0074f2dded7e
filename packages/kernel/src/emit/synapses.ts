/** What a kernel of synapses computes, by how often: the same for every emitter. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Value } from "../ir.ts";
import type { Delivery } from "../program.ts";

export interface SynapseValues {
  /** Values that are the same for all synapses of a step, for those of a row, and for one synapse; ascending. */
  readonly perStep: readonly Value[];
  readonly perRow: readonly Value[];
  readonly perSynapse: readonly Value[];
  readonly transmitted: Value;
  /** What is kept: for the synapse, or for its source. */
  readonly stores: readonly { readonly slot: string; readonly value: Value; readonly perSource: boolean }[];
  /** Address of the first value of a slot. */
  readonly addressOf: (slot: string) => number;
}

/** Refuses, as `internal`, effects that no synapse has. */
export function synapseValues({ kernel, addresses }: Delivery): SynapseValues {
  const { instructions, effects, slots } = kernel;
  const live = new Set<Value>();
  const visit = (value: Value): void => {
    if (live.has(value)) return;
    live.add(value);
    instructions[value]!.args.forEach(visit);
  };
  for (const effect of effects)
    if (effect.kind === "store" || effect.kind === "transmit") visit(effect.value);
    else throw new NeuroweaveError("internal", `kernel ${kernel.name}: no synapse has the effect ${effect.kind}`);
  const sorted = [...live].sort((a, b) => a - b);
  const ofRate = (...rates: readonly string[]): Value[] =>
    sorted.filter((value) => rates.includes(instructions[value]!.rate));
  return {
    perStep: ofRate("constant", "step"),
    perRow: ofRate("row"),
    perSynapse: ofRate("lane"),
    transmitted: effects.find((effect) => effect.kind === "transmit")!.value,
    stores: effects.flatMap((effect) =>
      effect.kind === "store"
        ? [{ slot: effect.slot, value: effect.value, perSource: slots.get(effect.slot)!.shape === "source" }]
        : [],
    ),
    addressOf(slot) {
      const found = addresses.get(slot);
      if (found === undefined)
        throw new NeuroweaveError("internal", `kernel ${kernel.name}: slot ${slot} has no address`);
      return found;
    },
  };
}
