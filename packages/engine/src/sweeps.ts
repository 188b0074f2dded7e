/** From a projection and its kernel to a sweep: whose rows or columns, and where they are. */
import { elementBytes, paddedLength, type Kernel, type Sweep } from "@neuroweave/kernel";
import type { Entity, Lag } from "@neuroweave/model";
import type { Channels } from "./channels.ts";
import type { Memory } from "./memory.ts";
import { columnsOf } from "./post-index.ts";
import { beforeName, isSetAside } from "./names.ts";
import { longestLag } from "./routes.ts";
import type { Scratch } from "./scratch.ts";
import type { SweepStage } from "./passes.ts";
import { firstAddress } from "./weave-synapses.ts";

/** The sweep of simultaneous stages of a projection. */
export function sweepOf(
  projection: Entity,
  [first]: readonly SweepStage[],
  kernel: Kernel,
  { channels, memory, scratch }: { readonly channels: Channels; readonly memory: Memory; readonly scratch: Scratch },
): Sweep {
  const synapses = projection.synapses!;
  const { source, target, shared, axonal, dendritic, learnsFrom } = synapses;
  const lagOf = (lag: Lag, name: string): { lag: number; lags: number | null } => {
    if (typeof lag === "number") return { lag, lags: null };
    const words = scratch.words(projection, name, lag.length);
    words.view().set(lag);
    return { lag: longestLag(lag), lags: words.address };
  };
  const addressOf = (name: string): number =>
    isSetAside(name)
      ? scratch.floats(projection, name, paddedLength(shared!.values)).block.address
      : firstAddress(projection, name, elementBytes(memory.precision));
  const over = (): Sweep["over"] => {
    if (first!.kind !== "sweep") return { kind: "all", every: "every" in first! ? first.every : 1 };
    if (first!.over === "pre")
      return { kind: "pre", spikes: channels.spikes(source.entity), from: source.from, since: learnsFrom, ...lagOf(axonal, "lags/axonal") };
    return {
      kind: "post",
      spikes: channels.spikes(target.entity),
      from: target.from,
      since: learnsFrom,
      columns: columnsOf(projection, scratch),
      ...lagOf(dendritic, "lags/dendritic"),
    };
  };
  return {
    kernel,
    addresses: new Map([...kernel.slots.keys()].map((name) => [name, addressOf(name)])),
    pointers: synapses.pointers.address,
    targets: synapses.targets.address,
    targetBytes: synapses.targetWidth,
    index: shared && { address: shared.block.address, bytes: shared.width },
    n: source.n,
    into: target.n,
    over: over(),
  };
} // prettier-ignore

/** Names of what a sweep reads as it was before it, without the mark of that. */
export const setAsideOf = ({ slots }: Kernel): string[] =>
  [...slots.keys()].filter(isSetAside).map((name) => name.slice(0, -beforeName("").length));
