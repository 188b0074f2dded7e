/** How many threads are wanted, how many can be had, and what is said of it. */
import { NeuroweaveError } from "@neuroweave/equations";
import { fewestThreads, type Device } from "@neuroweave/kernel";
import { threadsOffered, type Pace } from "./answers.ts";

/** A wish for threads. */
export interface Threads {
  readonly count: number;
  /** Even where a step is so short that waiting for one another takes longer than it saves. */
  readonly always: boolean;
}

/** As users write it. */
export type ThreadsOption = number | { readonly count: number; readonly always?: boolean };

export const oneThread: Threads = { count: 1, always: false };

const most = 256;

/** Checks a wish. */
export function threadsOf(given: ThreadsOption): Threads {
  const wish: { readonly count: unknown; readonly always?: unknown } =
    typeof given === "object" && given !== null ? given : { count: given };
  const { count, always = false, ...others } = wish;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || typeof always !== "boolean")
    throw new NeuroweaveError(
      "invalid-value",
      unknown === undefined ? `threads.always is ${String(always)}` : `threads has no ${unknown}`,
      {
        remedy: "Give a number, or { count: 4, always: true }.",
      },
    );
  if (typeof count === "number" && Number.isInteger(count) && count >= 1 && count <= most) return { count, always };
  throw new NeuroweaveError("out-of-range", `threads is ${String(count)}`, {
    remedy: `Give a whole number from 1 to ${most}; as many as there are cores is a good choice.`,
  });
}

/** What of a wish a device fulfills, and both of those that it changes over between; whether that takes memory which workers share; and why it is not all. */
export function usableThreads(wanted: Threads, device: Device): { readonly threads: Threads; readonly shared: boolean; readonly why: string | null } {
  if (wanted.count === 1) return { threads: wanted, shared: false, why: null };
  const { from, to } = device.changeover ?? {};
  const asked = [from, to, device].filter((each) => each !== undefined);
  const { most: available, shared, why } = fewestThreads(asked.map(threadsOffered));
  const count = Math.min(available, wanted.count);
  return { threads: { ...wanted, count }, shared: shared && count > 1, why: count < wanted.count ? why : null };
} // prettier-ignore

/** What there is to say of the threads that are used, `why` if they are fewer than wanted. */
export function threadNotes(wanted: number, used: number, why: string | null, pace?: Pace | null): string[] {
  if (used < wanted) return [`${used === 1 ? "one thread" : `${used} threads`} instead of ${wanted}: ${why ?? "the device has no more"}`];
  const { together, alone } = pace ?? { together: null, alone: null };
  const measured =
    together === null || alone === null
      ? []
      : [`a step takes ${microseconds(together)} on ${used} threads and ${microseconds(alone)} on one: ${together < alone ? "it is shared" : "one does it"}`];
  const cores = coresHere();
  const crowded = used > cores ? [`${used} threads take turns on ${cores === 1 ? "one core" : `${cores} cores`}, which gains nothing`] : [];
  return [...crowded, ...measured];
} // prettier-ignore

const microseconds = (ms: number): string => `${Number((1000 * ms).toPrecision(2))} µs`;

/** Cores that this process may use. */
function coresHere(): number {
  const { process, navigator } = globalThis as {
    readonly process?: {
      readonly getBuiltinModule?: (name: "os") => { readonly availableParallelism: () => number } | undefined;
    };
    readonly navigator?: { readonly hardwareConcurrency?: number };
  };
  return process?.getBuiltinModule?.("os")?.availableParallelism() ?? navigator?.hardwareConcurrency ?? Infinity;
}
