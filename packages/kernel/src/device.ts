/** The contract of devices: where programs run. A device knows the program and the memory, and nothing of networks. */
import { nearest, NeuroweaveError } from "@neuroweave/equations";
import type { HostCall, Program, RunningProgram } from "./program.ts";

/** What a device is given beside the program. */
export interface DevicePlace {
  /**
   * The network's memory: all that a program reads and writes, at the byte addresses that its stages hold. It grows between two calls of
   * `run`, which takes its buffer away from views of it: they are made anew in every call. Between calls anybody may change any of it, by
   * setting values, restoring a snapshot or in host code, so nothing of it is kept elsewhere.
   */
  readonly memory: WebAssembly.Memory;
  /** Called by stages of the kind `host`, in the thread that called `run`. What it throws ends the call of `run`, and is thrown by it. */
  readonly host: HostCall;
  /** Tells the user something that is no reason to fail. */
  readonly warn: (message: string) => void;
}

/** Threads that a device has to offer. */
export interface DeviceThreads {
  /** Most that a program can have, 1 or more, or Infinity. With more than one a program may come with a `team`, which says who does what. */
  readonly most: number;
  /** Whether several need a memory that is shared between workers. */
  readonly shared: boolean;
  /** Why there are no more, as the end of a sentence; null where there may be any number. */
  readonly why: string | null;
}

/** What a device is, and what of it has no default. */
interface DeviceWords {
  /** The name by which it is chosen: small letters and digits, in words that hyphens join. */
  readonly name: string;
  /** A sentence that says what it runs. */
  readonly doc: string;
  /** Where it comes from: a paper, a system, or a design of its own. */
  readonly source: string;
}

/** What `defineDevice` takes of a device that runs programs. */
export interface DeviceSpecification extends DeviceWords {
  /**
   * Makes a program run over the memory. It is called once for each structure of a network, and for as many networks as use the device: what
   * it returns shares nothing with other programs. The program has been checked and does not change. Throws a `NeuroweaveError` for what the
   * device cannot do, before anything has run.
   */
  readonly start: (program: Program, place: DevicePlace) => RunningProgram | Promise<RunningProgram>;
  /** Threads; one unless given. */
  readonly threads?: () => DeviceThreads;
  /** Begins to load what `start` will need, when a network is made. It fails silently: `start` reports what is wrong. */
  readonly warmUp?: () => void;
  /** The program as text, for `explain({ code: true })`; null unless given. */
  readonly code?: (program: Program) => string | null;
}

/**
 * What `defineDevice` takes of a device that is two others: a run begins on `from`, while `to` is started in the background where what is left
 * of the run is worth it, and changes over at a step border. If `to` cannot be started, the run stays where it is and says why. Both are given
 * the same program over the same memory, so threads are those that both have to offer: the fewer of them, in shared memory if either needs it.
 */
export interface ChangeoverSpecification extends DeviceWords {
  readonly changeover: { readonly from: Device; readonly to: Device };
}

/**
 * Where programs run. Whatever the device, memory after a step is the same to the bit as after `evaluateProgram`, which is the meaning of
 * every stage: operations are rounded exactly and one by one, never fused; sums are taken in the order in which stages say; random numbers are
 * those of their streams. A device for daily use allocates nothing in a step.
 */
export interface Device extends DeviceWords {
  readonly kind: "device";
  readonly start: (program: Program, place: DevicePlace) => RunningProgram | Promise<RunningProgram>;
  readonly threads: () => DeviceThreads;
  readonly warmUp: () => void;
  readonly code: (program: Program) => string | null;
  /** Of a device that is two others. */
  readonly changeover: { readonly from: Device; readonly to: Device } | null;
}

const ofBoth = ["name", "doc", "source"];
const running = [...ofBoth, "start", "threads", "warmUp", "code"];
const changing = [...ofBoth, "changeover"];

/** Names that devices may have. */
export const deviceName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Whether a value is what `defineDevice` returns, or has all that this has. Entries of the catalogue, which describe devices, are none. */
export function isDevice(value: unknown): value is Device {
  if (typeof value !== "object" || value === null) return false;
  const { kind, name, start, threads, warmUp, code, changeover } = value as { readonly [key in keyof Device]?: unknown };
  if (kind !== "device" || typeof name !== "string") return false;
  if ([start, threads, warmUp, code].some((each) => typeof each !== "function")) return false;
  if (changeover === null) return true;
  const { from, to } = (changeover ?? {}) as { readonly from?: unknown; readonly to?: unknown };
  return runsItself(from) && runsItself(to);
} // prettier-ignore

/** Whether a value is a device that is not two others. Asked first what it is not, so that what holds itself comes to an end. */
const runsItself = (value: unknown): value is Device =>
  (value as { readonly changeover?: unknown } | null | undefined)?.changeover === null && isDevice(value);

/**
 * A device, for `createNetwork({ device })` and `definePlugin({ devices })`. Refuses names that nobody could choose, keys that it does not know,
 * and what is missing. Nothing of it is called.
 */
export function defineDevice(given: DeviceSpecification | ChangeoverSpecification): Device {
  if (typeof given !== "object" || given === null)
    throw refuse("invalid-value", `a device is given as ${String(given)}`, "Give { name, doc, source, start }.");
  const { name, doc, source } = given;
  if (typeof name !== "string" || name.length > 100 || !deviceName.test(name))
    throw refuse("invalid-name", `${JSON.stringify(name)} cannot be the name of a device`, "Give small letters and digits in words that hyphens join, such as my-device.");
  const known = "changeover" in given ? changing : running;
  for (const key of Object.keys(given))
    if (!known.includes(key))
      throw new NeuroweaveError("unknown-name", `device ${name}: a device has no ${key}`, {
        candidates: nearest(key, known),
        remedy: `It has ${known.join(", ")}.`,
      });
  for (const [key, text] of Object.entries({ doc, source }))
    if (typeof text !== "string" || text === "")
      throw refuse("invalid-value", `device ${name}: its ${key} is ${JSON.stringify(text)}`, "Give a text.");
  const words = { kind: "device" as const, name, doc, source };
  if ("changeover" in given) {
    const { from, to } = given.changeover ?? {};
    for (const each of [from, to])
      if (!runsItself(each))
        throw refuse("invalid-value", `device ${name}: it does not change over between two devices`, "Give { from, to }, each of which runs programs itself.");
    const { start, warmUp, code } = from;
    const threads = (): DeviceThreads => fewestThreads([from.threads(), to.threads()]);
    return Object.freeze({ ...words, start, threads, warmUp, code, changeover: Object.freeze({ from, to }) });
  }
  const { start, threads = oneThread(name), warmUp = nothing, code = noText } = given;
  for (const [key, each] of Object.entries({ start, threads, warmUp, code }))
    if (typeof each !== "function")
      throw refuse("invalid-value", `device ${name}: ${key} is no function`, "Look up in the contract `Device` what it is called with.");
  return Object.freeze({ ...words, start, threads, warmUp, code, changeover: null });
} // prettier-ignore

/** What all of these have to offer: the first of the fewest, in memory that is shared if any of them needs it. */
export function fewestThreads(offers: readonly DeviceThreads[]): DeviceThreads {
  const fewest = offers.reduce((least, each) => (each.most < least.most ? each : least));
  return { ...fewest, shared: offers.some(({ shared }) => shared) };
}

const oneThread = (name: string) => (): DeviceThreads => ({ most: 1, shared: false, why: `the device ${name} has one thread` }); // prettier-ignore
const nothing = (): void => {};
const noText = (): null => null;

const refuse = (code: "invalid-name" | "invalid-value", what: string, remedy: string): NeuroweaveError =>
  new NeuroweaveError(code, what, { remedy });
