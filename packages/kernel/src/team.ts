/**
 * A step that several threads do together. Each has neurons of its own in every population, and does everything for these;
 * what cannot be shared out, the first thread does. Data, like the program that it is made of.
 */
import { accessesOf, collide, storedBy, type ThreadAccess } from "./accesses.ts";
import type { Precision } from "./ir.ts";
import type { ProgramStage, SpikeLog, SpikeRing } from "./program.ts";

/** Where threads leave the neurons that spiked, until they are put together: each from the place of its first neuron on. */
export interface OwnSpikes {
  readonly ids: number;
  /** Count of thread t at `counts` + 64 t, so that no two threads write into one line of a cache. */
  readonly counts: number;
}

/**
 * The number of a thread that does everything, without the others: it has all neurons, is first, and waits for nobody. Whether a step
 * is done together or by one thread makes no difference to what is in memory after it.
 */
export const soloThread = (threads: number): number => threads + 1;

/** log2 of the bytes between the counts of two threads. */
export const ownCountShift = 6;

/** Neurons that one thread has at least: those whose random numbers are drawn together. */
export const shareUnit = 32;

/** How the neurons of a population are shared out. */
export interface KernelShare {
  /**
   * Words: the first neuron of each thread, and the one behind the last; multiples of `shareUnit`, the last one of the padding.
   * Then 0 and the last again, the bounds of `soloThread`.
   */
  readonly bounds: number;
  /** Of kernels with spikes. */
  readonly own: OwnSpikes | null;
}

/** How the synapses of a delivery are shared out: by their targets. */
export interface DeliveryShare {
  /** As in `KernelShare`, of the population of the targets. */
  readonly bounds: number;
  /** Neuron of that population that is target 0. */
  readonly from: number;
  /**
   * How a thread finds its synapses in a row. `whole`: it has all or none. `scan`: it looks at each target. `split`: rows are
   * in the order of threads; words at `splits`, for each source the first synapse of thread 1, then the same for thread 2, and so on.
   */
  readonly find: { readonly kind: "whole" | "scan" } | { readonly kind: "split"; readonly splits: number };
}

/** A stage, and its share where it can be shared out. */
export type Shareable =
  | { readonly stage: Extract<ProgramStage, { kind: "deliver" }>; readonly share: DeliveryShare | null }
  /** One for each delivery. */
  | { readonly stage: Extract<ProgramStage, { kind: "collect" }>; readonly share: readonly DeliveryShare[] | null }
  | { readonly stage: Exclude<ProgramStage, { kind: "deliver" | "collect" }>; readonly share: KernelShare | null };

export type TeamStage =
  /** With a share, every thread does what belongs to its neurons; without, the first thread does all. */
  | ({ readonly kind: "stage" } & Shareable)
  /** Nobody goes on before all are here. */
  | { readonly kind: "barrier" }
  /** What threads have left of their spikes goes into the log, and the ring if there is one. */
  | {
      readonly kind: "gather";
      readonly log: SpikeLog;
      readonly ring: SpikeRing | null;
      readonly own: OwnSpikes;
      readonly bounds: number;
    }
  /** Everyone learns whether this is the last step. */
  | { readonly kind: "decide" };

export interface Team {
  readonly threads: number;
  /** Ends with a barrier. */
  readonly stages: readonly TeamStage[];
  /** Words by which the threads agree; see `control`. */
  readonly control: number;
  /** Whether the first thread may do steps by itself where that is faster. */
  readonly mayBeAlone: boolean;
}

/** Places of the words of `Team.control`, in bytes; those that are written often have a line of a cache to themselves. */
export const control = {
  /** Counts the calls: threads wait for it to change. */
  call: 0,
  /** Steps of the call. */
  steps: 4,
  /** First step, a double. */
  first: 8,
  /** Threads that have come to the barrier. */
  arrived: 64,
  /** Counts the barriers. */
  phase: 128,
  /** Threads that sleep until `phase` or `call` changes. */
  sleepers: 192,
  /**
   * 1 once host code has failed: everyone stops where the step decides whether it is the last, and nowhere sooner, since others
   * may still be on their way out of the barrier before. 2 once a thread is lost: everyone leaves at once.
   */
  abort: 256,
  words: 80,
} as const;

/**
 * The stages of a team: the same, in the same order, with a barrier where one would see or spoil what another thread does.
 * Spikes are gathered ahead of host code and of sweeps, which look at them, and at the end of the step.
 */
export function teamStages(stages: readonly Shareable[], precision: Precision): TeamStage[] {
  const result: TeamStage[] = [];
  let since: ThreadAccess[] = [];
  /** Gathers that wait for a barrier. */
  let waiting: Extract<TeamStage, { kind: "gather" }>[] = [];
  /** Whether a barrier stands behind everything that lists spikes or finds fault. */
  let settled = false;
  const barrier = (): void => {
    result.push({ kind: "barrier" });
    since = [];
  };
  const gather = (): void => {
    result.push(...waiting);
    waiting = [];
  };
  const last = stages.findLastIndex(({ stage }) => mayFindFault(stage));
  for (const [index, each] of stages.entries()) {
    const { stage, share } = each;
    if (stage.kind === "remember") continue;
    if ((stage.kind === "host" || stage.kind === "sweep") && waiting.length > 0) {
      barrier();
      gather();
      // Each thread has copied its own: all of it is there when all have.
      barrier();
    }
    const alone = share === null;
    const accesses = accessesOf(stage, precision).map((each) => ({ ...each, alone, own: each.own && !alone }));
    if (accesses.some((access) => since.some((before) => collide(access, before)))) {
      barrier();
      if (index > last && !settled) {
        settled = true;
        gather();
        result.push({ kind: "decide" });
      }
    }
    result.push({ kind: "stage", ...each });
    since.push(...accesses);
    if (stage.kind === "host") barrier();
    if (stage.kind === "kernel" && stage.log && share && "own" in share && share.own)
      waiting.push({
        kind: "gather",
        log: stage.log,
        ring: ringOf(stages, stage.log),
        own: share.own,
        bounds: share.bounds,
      });
  }
  if (!settled) {
    barrier();
    gather();
    result.push({ kind: "decide" });
  }
  barrier();
  return result;
}

function ringOf(stages: readonly Shareable[], log: SpikeLog): SpikeRing | null {
  for (const { stage } of stages) if (stage.kind === "remember" && stage.log === log) return stage.ring;
  return null;
}

/** Whether a stage may list spikes or set the word `suspect`. */
function mayFindFault(stage: ProgramStage): boolean {
  if (stage.kind === "kernel")
    return stage.log !== null || stage.kernel.effects.some(({ kind }) => kind === "finite" || kind === "spikes");
  return (
    stage.kind === "host" ||
    stage.kind === "sweep" ||
    (stage.kind === "deliver" && storedBy(stage.delivery.kernel).size > 0)
  );
}
