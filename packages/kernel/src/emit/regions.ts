/**
 * Where each instruction is evaluated: before the loop over neurons, in it, or only where a mask has a lane set.
 *
 * An instruction belongs to the region of a mask when nothing but the seldom side of `rarely`s and conditional effects
 * of that mask needs it. Those `rarely`s are resolved at the border of the region.
 */
import type { Kernel, StreamKey, Value } from "../ir.ts";
import { streamName } from "../program.ts";

/** Instructions that only matter where `mask` is set. */
export interface Region {
  readonly mask: Value;
  /** Instructions to be evaluated inside, ascending. */
  readonly inside: readonly Value[];
  /** The `rarely`s that it decides, ascending. */
  readonly decides: readonly Value[];
}

export interface Placement {
  /** Values that some effect needs, directly or not. */
  readonly live: ReadonlySet<Value>;
  readonly uses: readonly number[];
  readonly regions: readonly Region[];
}

/** Finds what is alive, how often each value is used, and which values are needed only under one mask. */
export function place(kernel: Kernel): Placement {
  const { instructions } = kernel;
  const live = new Set<Value>();
  const uses = instructions.map(() => 0);
  const visit = (value: Value): void => {
    uses[value]!++;
    if (live.has(value)) return;
    live.add(value);
    instructions[value]!.args.forEach(visit);
  };
  for (const effect of kernel.effects) {
    if (effect.kind === "store" && effect.when !== undefined) visit(effect.when);
    if (effect.kind === "spikes") visit(effect.mask);
    if (effect.kind === "finite") effect.values.forEach(visit);
    if (effect.kind === "store" || effect.kind === "storeRow") visit(effect.value);
  }
  const masks = new Set<Value>();
  for (const value of live) if (instructions[value]!.op === "rarely") masks.add(instructions[value]!.args[0]!);
  for (const effect of kernel.effects) {
    if (effect.kind === "spikes") masks.add(effect.mask);
    if (effect.kind === "store" && effect.when !== undefined) masks.add(effect.when);
  }
  const claimed = new Set<Value>();
  const regions: Region[] = [];
  for (const mask of [...masks].sort((a, b) => a - b)) {
    const region = regionOf(kernel, live, claimed, mask);
    region.inside.forEach((value) => claimed.add(value));
    regions.push(region);
  }
  return { live, uses, regions };
}

/** The region of one mask; what an earlier region has claimed counts as needed. */
function regionOf(kernel: Kernel, live: ReadonlySet<Value>, claimed: ReadonlySet<Value>, mask: Value): Region {
  const { instructions } = kernel;
  const needed = new Set<Value>([mask]);
  const seldom = new Set<Value>();
  for (const effect of kernel.effects) {
    if (effect.kind === "finite") effect.values.forEach((value) => needed.add(value));
    if (effect.kind === "storeRow") needed.add(effect.value);
    if (effect.kind === "spikes") needed.add(effect.mask);
    if (effect.kind === "store") {
      if (effect.when !== undefined && effect.when !== mask) needed.add(effect.when);
      (effect.when === mask ? seldom : needed).add(effect.value);
    }
  }
  // Descending, every user of a value has been seen before the value itself.
  const inside: Value[] = [];
  const decides: Value[] = [];
  for (let value = instructions.length - 1; value >= 0; value--) {
    if (!live.has(value)) continue;
    const { op, args, rate } = instructions[value]!;
    if (needed.has(value) || claimed.has(value) || rate !== "lane" || op === "load" || !seldom.has(value)) {
      if (op === "rarely" && args[0] === mask && !claimed.has(value)) {
        decides.push(value);
        seldom.add(args[1]!);
        needed.add(args[2]!);
      } else args.forEach((arg) => needed.add(arg));
    } else {
      inside.push(value);
      args.forEach((arg) => seldom.add(arg));
    }
  }
  return { mask, inside: inside.reverse(), decides: decides.reverse() };
}

/** Streams of whose numbers every neuron needs one in every step: those that are worth drawing ahead. */
export function streamsOfAll(kernel: Kernel): StreamKey[] {
  const { live, regions } = place(kernel);
  const seldom = new Set(regions.flatMap(({ inside }) => inside));
  const found = new Map<string, StreamKey>();
  for (const value of live) {
    const { op, stream, shared } = kernel.instructions[value]!;
    if (op === "random" && !shared && !seldom.has(value)) found.set(streamName(stream!), stream!);
  }
  return [...found.values()];
}
