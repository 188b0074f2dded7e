/** From a projection and its kernel to a delivery: rows, rings and addresses. */
import { elementBytes, type Delivery, type Kernel } from "@neuroweave/kernel";
import type { Entity, NetworkCore } from "@neuroweave/model";
import { transmissionOf } from "@neuroweave/schedule";
import type { Channels, Pending } from "./channels.ts";
import type { Memory } from "./memory.ts";
import { activeProjections, longestDelay, longestLag, waitingLags } from "./routes.ts";
import { offsetsOf } from "./offsets.ts";
import type { Scratch } from "./scratch.ts";
import { synapseAddresses, weaveSynapses } from "./weave-synapses.ts";

/** The delivery of a projection. Without a lag it couples: every row in every step. */
export function deliveryOf(
  projection: Entity,
  kernel: Kernel,
  lag: number | undefined,
  channels: Channels,
  memory: Memory,
  scratch: Scratch | null,
  lags: number | null = null,
): Delivery {
  const synapses = projection.synapses!;
  const { source, target, receptor, delays, shared } = synapses;
  const bytes = elementBytes(memory.precision);
  const { block, rows, stride } = channels.arrivals(target.entity, receptor);
  return {
    kernel,
    addresses: synapseAddresses(projection, kernel, bytes),
    pointers: synapses.pointers.address,
    targets: synapses.targets.address,
    targetBytes: synapses.targetWidth,
    index: shared && { address: shared.block.address, bytes: shared.width },
    from: source.from,
    n: source.n,
    into: target.n,
    arrivals: { address: block.address + target.from * bytes, rows, stride },
    delay: couples(lag) ? { kind: "one", steps: 0 } : delayOf(projection, scratch && rows === 1 ? scratch : null),
    lag: rows === 1 && delays.kind === "one" && lag !== undefined ? delays.steps : (lag ?? 0),
    lags,
    since: synapses.since,
    spikes: couples(lag) ? null : channels.spikes(source.entity),
  };
}

/** Deliveries of a projection whose spikes bring what waits: one for all sources, or one for each lag that some of them have. */
export function waitingDeliveries(
  projection: Entity,
  kernel: Kernel,
  { channels, memory, scratch }: { readonly channels: Channels; readonly memory: Memory; readonly scratch: Scratch },
): Delivery[] {
  return lagsOf(projection, scratch).map(({ lag, lags }) =>
    deliveryOf(projection, kernel, lag, channels, memory, scratch, lags),
  );
}

/** The lags with which spikes are handled where what they bring waits, and where the lag of each source is, if they differ. */
function lagsOf(projection: Entity, scratch: Scratch): { readonly lag: number; readonly lags: number | null }[] {
  const lags = waitingLags(projection);
  if (typeof lags === "number") return [{ lag: lags, lags: null }];
  const words = scratch.words(projection, "lags/waiting", lags.length);
  words.view().set(lags);
  return [...new Set(lags)].sort((a, b) => b - a).map((lag) => ({ lag, lags: words.address }));
}

/** Delays as they are stored, or with room for it as what is collected by them. */
function delayOf(projection: Entity, scratch: Scratch | null): Delivery["delay"] {
  const { delays } = projection.synapses!;
  if (delays.kind === "one") return delays;
  if (scratch === null || delays.kind === "source") return { kind: delays.kind, address: delays.block.address, bytes: delays.width };
  return { kind: "collected", longest: delays.longest, ...offsetsOf(projection, scratch) };
} // prettier-ignore

const couples = (lag: number | undefined): boolean => lag === undefined;

/**
 * Lets what spikes bring to a receptor wait in its ring, so that the projections into it may change or go: what has reached the synapses by
 * the last step but one, and of the one that is `leaving` all that is on its way. What is there is no longer theirs: they handle later
 * spikes only.
 */
export function handOver(
  core: NetworkCore,
  { target, receptor, leaving }: { readonly target: Entity; readonly receptor: string; readonly leaving: Entity | null },
  channels: Channels,
  memory: Memory,
  scratch: Scratch,
): void {
  if (core.step === 0 || (!channels.handlesOnArrival(target, receptor) && channels.waiting(target, receptor) === undefined)) return;
  const into = activeProjections(core.entities)
    .filter(({ synapses }) => synapses!.target.entity === target && synapses!.receptor === receptor)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const waits = channels.waiting(target, receptor) !== undefined;
  const pending = into.flatMap((projection): Pending[] => {
    const stage = transmissionOf(projection, core.learning);
    const { delays, source } = projection.synapses!;
    if (stage.kind !== "deliver" || !channels.hasSpikes(source.entity)) return [];
    const kernel = weaveSynapses(projection, stage, { precision: memory.precision, dt: core.dt, seed: core.seed });
    // Where spikes wait, synapses whose delay is over have handled theirs.
    return lagsOf(projection, scratch).map(({ lag, lags }) => ({
      projection,
      delivery: { ...deliveryOf(projection, kernel, lag, channels, memory, null, lags), lag },
      onArrival: !waits && delays.kind === "synapse",
      lag: waits ? lag : longestDelay(projection),
      until: projection === leaving ? core.step : core.step - lag,
    }));
  });
  channels.handOver(target, receptor, pending, core.step);
  for (const { projection } of pending) {
    const left = projection === leaving ? 0 : longestLag(waitingLags(projection));
    projection.synapses!.since = Math.max(projection.synapses!.since, core.step - left);
  }
} // prettier-ignore
