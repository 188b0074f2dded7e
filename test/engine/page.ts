/** What the engine finds in a page instead of Node: no process that lends modules, and workers that come from an address. */
import { resolveObjectURL } from "node:buffer";
import { vi } from "vitest";

const { Worker: NodeWorker } = process.getBuiltinModule("node:worker_threads");

/** Runs a text as a page's worker does: without `require` and `process`, in a world of its own. */
const world = `
const { parentPort, workerData } = require("node:worker_threads");
const world = { postMessage: (data) => parentPort.postMessage(data) };
require("node:vm").runInNewContext(workerData, world);
parentPort.on("message", (data) => world.onmessage({ data }));
`;

const told = (kind: string, what: { readonly data?: unknown; readonly message?: string }): Event =>
  Object.assign(new Event(kind), what);

/** Workers of pages that have been opened, and the addresses that are still open. */
export const opened: PageWorker[] = [];
export const addresses = new Set<string>();

export class PageWorker extends EventTarget {
  readonly #waiting: unknown[] = [];
  #worker: InstanceType<typeof NodeWorker> | null = null;
  #ended = false;

  constructor(address: string) {
    super();
    opened.push(this);
    void resolveObjectURL(address)!
      .text()
      .then((text) => this.#start(text));
  }

  #start(text: string): void {
    if (this.#ended) return;
    const worker = new NodeWorker(world, { eval: true, workerData: text });
    this.#worker = worker;
    worker.on("message", (data) => this.dispatchEvent(told("message", { data })));
    worker.on("error", ({ message }: Error) => this.dispatchEvent(told("error", { message })));
    worker.unref();
    for (const each of this.#waiting) worker.postMessage(each, []);
  }

  postMessage(data: unknown): void {
    if (this.#worker) this.#worker.postMessage(data, []);
    else this.#waiting.push(data);
  }

  terminate(): void {
    this.#ended = true;
    void this.#worker?.terminate();
  }

  get ended(): boolean {
    return this.#ended;
  }
}

/** While `body` runs, this is a page. `globals` are what else is there or not. */
export async function inPage<T>(body: () => Promise<T>, globals: Readonly<Record<string, unknown>> = {}): Promise<T> {
  const { createObjectURL, revokeObjectURL } = URL;
  vi.stubGlobal("process", Object.create(process, { getBuiltinModule: { value: undefined }, versions: { value: {} } }));
  vi.stubGlobal("Worker", PageWorker);
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  URL.createObjectURL = (blob) => {
    const address = createObjectURL(blob);
    addresses.add(address);
    return address;
  };
  URL.revokeObjectURL = (address) => {
    addresses.delete(address);
    revokeObjectURL(address);
  };
  try {
    return await body();
  } finally {
    Object.assign(URL, { createObjectURL, revokeObjectURL });
    vi.unstubAllGlobals();
  }
}
