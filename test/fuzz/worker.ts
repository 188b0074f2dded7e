/** The loop of the fuzzer, in a thread that can be ended: input after input, and those that reach what none did before are kept. */
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { changed, longest } from "./change.ts";
import { startCoverage } from "./coverage.ts";
import type { FromWorker, Task } from "./messages.ts";
import { randomOf } from "./random.ts";
import { isRefusal } from "./target.ts";
import { targets } from "./targets/index.ts";
import { planted } from "./targets/planted.ts";

const { target: name, within, seed, inputs, seconds, corpus, least, shared } = workerData as Task;
const target = [...targets, planted].find((each) => each.name === name)!;
const bytes = new TextEncoder();
const words = target.words.map((word) => bytes.encode(word));
const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const untouched = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);

const progress = new Int32Array(shared, 0, 2);
const current = new Uint8Array(shared, 8, longest);
/** Ports of threads take no origin, which pages have. */
const port: Pick<MessagePort, "postMessage"> = parentPort!;
const tell = (message: FromWorker): void => port.postMessage(message);

/** What is wrong with how an input was taken; undefined if nothing is. */
async function wrongWith(input: Uint8Array): Promise<string | undefined> {
  // Whoever watches sees the input that is being tried.
  current.set(input);
  progress[1] = input.length;
  Atomics.add(progress, 0, 1);
  try {
    await target.enter(input);
  } catch (error) {
    if (!isRefusal(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const touched = prototypes.some((prototype, index) => Reflect.ownKeys(prototype).length !== untouched[index]);
  return touched ? "a prototype of JavaScript has been changed" : undefined;
}

const coverage = startCoverage(within);
const kept: Uint8Array[] = [];
let tried = 0;

/** Tries an input, keeps it if it reaches more, and tells of it if `tells`. */
async function attempt(input: Uint8Array, tells: boolean): Promise<void> {
  tried++;
  const wrong = await wrongWith(input);
  if (wrong !== undefined) tell({ kind: "wrong", input, wrong });
  if (!coverage.fresh(!least)) return;
  kept.push(input);
  if (tells) tell({ kind: "kept", input });
}

const start = performance.now();
const random = randomOf(seed);
const first = [...corpus, ...target.seeds.map((each) => (typeof each === "string" ? bytes.encode(each) : each))];
for (const input of first) await attempt(input.subarray(0, longest), least);
while (tried < inputs && performance.now() - start < 1000 * seconds) {
  const parent = random.below(4) === 0 ? kept[kept.length - 1]! : random.pick(kept);
  await attempt(changed(parent, random.pick(kept), words, random), true);
}
coverage.stop();
tell({ kind: "done", tried, functions: coverage.functions });
