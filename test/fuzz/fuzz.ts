/** Fuzzing of one target, watched from outside: an input that hangs or takes too much memory is found too. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { longest } from "./change.ts";
import type { FromWorker, Task } from "./messages.ts";

export interface FuzzOptions {
  readonly seed: number;
  readonly inputs?: number;
  readonly seconds?: number;
  /** Instead of the kept corpus. */
  readonly corpus?: readonly Uint8Array[];
  readonly within?: string;
  /** An input that is not done with after so many ms hangs, on a machine that is busy too. */
  readonly hangsAfter?: number;
  /** Only tells which inputs of the corpus reach blocks that those before them do not. */
  readonly least?: boolean;
}

export interface FuzzReport {
  readonly target: string;
  readonly tried: number;
  /** Functions of the packages that were reached. */
  readonly functions: number;
  /** Inputs that reached what none of the corpus did. */
  readonly kept: readonly Uint8Array[];
  readonly wrong: readonly { readonly input: Uint8Array; readonly wrong: string }[];
}

/** Megabytes that one target may take, the packages and all that is kept among them. */
const memory = 768;

/** The kept inputs of a target. */
export function corpusOf(target: string): Uint8Array[] {
  const folder = join(import.meta.dirname, "corpus", target);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return names
    .map(({ name }) => name)
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(folder, name))));
}

/** The fewest of these inputs that reach as many blocks together, short ones first. */
export async function leastOf(target: string, inputs: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
  const corpus = inputs.toSorted((a, b) => a.length - b.length);
  return (await fuzz(target, { seed: 0, inputs: 0, corpus, least: true })).kept;
}

/** Tries inputs until there were so many or so many seconds are over. The same seed and number of inputs give the same inputs. */
export function fuzz(target: string, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, inputs = Infinity, seconds = Infinity, corpus = corpusOf(target), least = false } = options;
  const { within = "/packages/", hangsAfter = 20_000 } = options;
  const shared = new SharedArrayBuffer(8 + longest);
  const progress = new Int32Array(shared, 0, 2);
  const present = (): Uint8Array => new Uint8Array(shared.slice(8, 8 + progress[1]!));
  const task: Task = { target, within, seed, inputs, seconds, corpus, least, shared };
  const worker = new Worker(new URL("start-worker.mjs", import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  const kept: Uint8Array[] = [];
  const wrong: { input: Uint8Array; wrong: string }[] = [];
  return new Promise((resolve, reject) => {
    let [count, since] = [-1, 0];
    const end = (tried: number, functions: number): void => {
      clearInterval(watch);
      void worker.terminate().then(() => resolve({ target, tried, functions, kept, wrong }));
    };
    const watch = setInterval(() => {
      const now = Atomics.load(progress, 0);
      since = now === count ? since + 500 : 0;
      count = now;
      // Before the first input the packages are being loaded.
      if (since < (count === 0 ? 120_000 : hangsAfter)) return;
      wrong.push({ input: present(), wrong: `no answer after ${hangsAfter / 1000} s` });
      end(count, 0);
    }, 500);
    worker.on("message", (message: FromWorker) => {
      if (message.kind === "kept") kept.push(message.input);
      else if (message.kind === "wrong") wrong.push(message);
      else end(message.tried, message.functions);
    });
    worker.on("error", (error: Error & { code?: string }) => {
      if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") return void (clearInterval(watch), reject(error));
      wrong.push({ input: present(), wrong: `more than ${memory} MB are taken` });
      end(Atomics.load(progress, 0), 0);
    });
  });
}
