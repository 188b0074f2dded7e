/** One worker of a team, in Node and in browsers. */
import { NeuroweaveError } from "@neuroweave/equations";

interface Assignment {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly me: number;
  /** Calls so far. */
  readonly seen: number;
  /** Addresses of the words that say "stop", and on which the first thread may sleep. */
  readonly abort: number;
  readonly phase: number;
}

export interface TeamWorker {
  /** Whether it is known to have ended. */
  lost(): boolean;
  /** Ends it, without waiting. */
  close(): void;
}

/**
 * What the worker runs. It serves calls until it is told to leave; when it fails, or its process ends, it tells the others. The same text
 * serves Node's workers and those of browsers; it is a constant, and nothing is put into it.
 */
const text = `
const serve = ({ module, memory, me, seen, abort, phase }, say) => {
  const words = new Int32Array(memory.buffer);
  const fail = () => { Atomics.store(words, abort / 4, 2); Atomics.notify(words, phase / 4); };
  if (typeof process === "object") process.on("exit", fail);
  const imports = { memory, host: () => 1, sleeps: 1, lost: () => 0 };
  WebAssembly.instantiate(module, { neuroweave: imports }).then(
    (instance) => {
      say("ready");
      try { instance.exports.serve(me, seen); } catch (error) { fail(); throw error; }
      if (typeof process === "object") process.off("exit", fail);
      say("left");
    },
    (error) => say(String(error)),
  );
};
if (typeof require === "function") {
  const { parentPort, workerData } = require("node:worker_threads");
  serve(workerData, (word) => parentPort.postMessage(word));
} else onmessage = ({ data }) => serve(data, (word) => postMessage(word));
`;

interface NodeWorker {
  on(event: "message" | "error" | "exit", listener: (value: unknown) => void): void;
  unref(): void;
  terminate(): Promise<number>;
}
type MakeNodeWorker = new (text: string, options: { eval: true; workerData: Assignment }) => NodeWorker;

/** Opens a worker; it is ready when the promise is fulfilled. */
export function openWorker(assignment: Assignment): Promise<TeamWorker> {
  const { process } = globalThis as {
    readonly process?: { readonly getBuiltinModule?: (name: string) => { readonly Worker: MakeNodeWorker } };
  };
  const node = process?.getBuiltinModule?.("worker_threads");
  return node ? inNode(node.Worker, assignment) : inBrowser(assignment);
}

const failed = (cause: unknown): NeuroweaveError =>
  new NeuroweaveError("thread-lost", `a thread cannot be started: ${cause instanceof Error ? cause.message : String(cause)}`, { remedy: "Use fewer threads, or one." }, { cause }); // prettier-ignore

function inNode(Worker: MakeNodeWorker, assignment: Assignment): Promise<TeamWorker> {
  return new Promise((resolve, reject) => {
    let ended = false;
    const worker = new Worker(text, { eval: true, workerData: assignment });
    worker.on("message", (word) => {
      if (word === "ready") {
        // Waiting workers do not keep the process alive.
        worker.unref();
        resolve({ lost: () => ended, close: () => void worker.terminate() });
      } else if (word !== "left") reject(failed(word));
    });
    worker.on("error", (error) => {
      ended = true;
      reject(failed(error));
    });
    worker.on("exit", () => {
      ended = true;
      reject(failed("it ended"));
    });
  });
}

function inBrowser(assignment: Assignment): Promise<TeamWorker> {
  return new Promise((resolve, reject) => {
    let ended = false;
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.addEventListener("message", ({ data }) => {
      URL.revokeObjectURL(address);
      if (data === "ready") resolve({ lost: () => ended, close: () => worker.terminate() });
      else if (data !== "left") reject(failed(data));
    });
    worker.addEventListener("error", (event) => {
      ended = true;
      reject(failed(event.message));
    });
    worker.postMessage(assignment, []);
  });
}
