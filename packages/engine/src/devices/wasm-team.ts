/** A team of threads in WebAssembly: workers over shared memory, one instance of the module in each. */
import { NeuroweaveError } from "@neuroweave/equations";
import {
  control,
  soloThread,
  type DeviceThreads,
  type HostCall,
  type RunningProgram,
  type Team,
} from "@neuroweave/kernel";
import { runningTeam } from "./adaptive.ts";
import { guarded } from "./guarded.ts";
import { openWorker, type TeamWorker } from "./team-worker.ts";

export interface TeamOptions {
  /** How long the first thread waits for the others at a barrier before it gives them up, in ms. */
  readonly patience?: number;
}

/** Programs that nobody holds any more end their workers. */
const forgotten = new FinalizationRegistry<() => void>((release) => release());

/** Pages get shared memory only where no other origin can look into them. */
export function sharedMemory(): DeviceThreads {
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
  if (typeof SharedArrayBuffer === "function" && crossOriginIsolated !== false)
    return { most: Infinity, shared: true, why: null };
  return {
    most: 1,
    shared: true,
    why: "the page is not cross-origin isolated; serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp",
  };
}

/** Whether the thread that runs this may sleep: the main thread of a page may not. */
const maySleep = (): boolean => !("document" in globalThis);

/**
 * Starts the workers and waits until each is ready. When one of them is lost, the call throws `thread-lost`, and so does every later one.
 */
export async function startTeam(
  bytes: Uint8Array<ArrayBuffer>,
  team: Team,
  memory: WebAssembly.Memory,
  host: HostCall,
  { patience = 30_000 }: TeamOptions = {},
): Promise<RunningProgram & { readonly workers: readonly TeamWorker[] }> {
  const { threads, control: at } = team;
  const module = await WebAssembly.compile(bytes);
  const { call, rethrow } = guarded(host);
  let waitingSince = 0;
  let phase = -1;
  const words = (): Int32Array => new Int32Array(memory.buffer, at, control.words);
  const place = (name: keyof typeof control): number => control[name] / 4;
  /** Asked at a barrier now and then. */
  const lost = (): 0 | 1 => {
    const now = performance.now();
    const present = Atomics.load(words(), place("phase"));
    if (present !== phase) {
      phase = present;
      waitingSince = now;
    }
    return now - waitingSince > patience ? 1 : 0;
  };
  const imports = { memory, host: call, sleeps: maySleep() ? 1 : 0, lost };
  const instance = await WebAssembly.instantiate(module, { neuroweave: imports });
  const run = instance.exports["run"] as (k: number, steps: number, me: number) => number;
  const seen = Atomics.load(words(), place("call"));
  Atomics.store(words(), place("abort"), 0);
  Atomics.store(words(), place("arrived"), 0);
  const workers: TeamWorker[] = [];
  const request = (steps: number, k: number): void => {
    const now = words();
    now[place("steps")] = steps;
    new Float64Array(memory.buffer, at + control.first, 1)[0] = k;
    Atomics.add(now, place("call"), 1);
    Atomics.notify(now, place("call"));
  };
  let released = false;
  // The words are those of the next team too: they are written once, while they are this one's.
  const release = (): void => {
    if (released) return;
    released = true;
    request(-1, 0);
    workers.forEach((worker) => worker.close());
  };
  try {
    const opened = Array.from({ length: threads - 1 }, (_, index) =>
      openWorker({ module, memory, me: index + 1, seen, abort: at + control.abort, phase: at + control.phase }),
    );
    for (const each of await Promise.allSettled(opened)) {
      if (each.status === "rejected") throw each.reason;
      workers.push(each.value);
    }
  } catch (error) {
    release();
    throw error;
  }
  const stop = (): void => {
    rethrow();
    if (Atomics.load(words(), place("abort")) === 2) throw lostThread(null);
  };
  const together = (k: number, steps: number): number => {
    const dead = workers.findIndex((worker) => worker.lost());
    if (dead >= 0) throw lostThread(dead + 1);
    Atomics.store(words(), place("abort"), 0);
    request(steps, k);
    const done = run(k, steps, 0);
    stop();
    return done;
  };
  const alone = (k: number, steps: number): number => {
    Atomics.store(words(), place("abort"), 0);
    const done = run(k, steps, soloThread(threads));
    stop();
    return done;
  };
  const running = { workers, ...runningTeam(team, { together, alone }), dispose: release };
  forgotten.register(running, release);
  return running;
}

function lostThread(me: number | null): NeuroweaveError {
  return new NeuroweaveError("thread-lost", `${me === null ? "a thread" : `thread ${me}`} of the network has ended, or does not answer`, {
    remedy: "The network is at the step border before, and goes on with new threads when it is run again.",
  });
} // prettier-ignore
