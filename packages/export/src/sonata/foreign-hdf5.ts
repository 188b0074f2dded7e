/**
 * HDF5 files of others, read in a thread of their own. The C library trusts what a file says: one with changed bytes can make it take all memory, never
 * come back, or break its own state for all that is read later. The thread has its own copy of it, whose memory ends at a limit, and
 * is ended after the file, or when an answer takes too long.
 */
import { Worker } from "node:worker_threads";
import { unreadable } from "../unreadable.ts";

/** Type class (0 whole numbers, 1 floats) and bytes of an entry, and the lengths. */
export interface DatasetAbout {
  readonly type: number;
  readonly size: number;
  readonly shape: readonly number[] | null;
}

export interface AttributeAbout {
  readonly value: unknown;
  /** Names and numbers of an enumeration. */
  readonly members: Readonly<Record<string, number>> | null;
}

type Numbers = ArrayLike<number> | ArrayLike<bigint>;

interface Answers {
  /** "Group", "Dataset" or another word; null where there is nothing. */
  kind: (path: string) => string | null;
  keys: (path: string) => readonly string[];
  about: (path: string) => DatasetAbout;
  attribute: (path: string, name: string) => AttributeAbout | null;
  /** Entries of a dataset of one dimension. */
  slice: (path: string, from: number, to: number) => Numbers;
}

export type ForeignHdf5 = {
  [Name in keyof Answers]: (...given: Parameters<Answers[Name]>) => Promise<ReturnType<Answers[Name]>>;
};

/** Bytes that the library may use besides the file. */
const mostMemory = 2 ** 29;

/** In ms. Opening a file, or reading a million numbers, takes milliseconds. */
const longestAnswer = 20_000;

/** What the thread runs; a constant, and nothing is put into it. */
const text = `
const { parentPort, workerData } = require("node:worker_threads");
const { address, bytes, mostMemory } = workerData;
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 65536 > mostMemory) throw new RangeError("no more memory");
  return grow.call(this, pages);
};
const start = async () => {
  const { default: hdf5 } = await import(address);
  const library = await hdf5.ready;
  library.activate_throwing_error_handler();
  library.FS.writeFile("/file.h5", bytes);
  const file = new hdf5.File("/file.h5", "r");
  return {
    kind: (path) => file.get(path)?.type ?? null,
    keys: (path) => file.get(path).keys(),
    about(path) {
      const { type, size, shape } = file.get(path).metadata;
      return { type, size, shape };
    },
    attribute(path, name) {
      const { attrs } = file.get(path);
      if (!Object.hasOwn(attrs, name)) return null;
      const { value, metadata } = attrs[name];
      return { value, members: metadata.enum_type?.members ?? null };
    },
    slice: (path, from, to) => file.get(path).slice([[from, to]]),
  };
};
const reason = (error) => ({ reason: String(error?.message ?? error) });
start().then(
  (answers) => {
    parentPort.on("message", ([name, ...given]) => {
      try {
        parentPort.postMessage({ value: answers[name](...given) });
      } catch (error) {
        parentPort.postMessage(reason(error));
      }
    });
    parentPort.postMessage({ value: null });
  },
  (error) => parentPort.postMessage(reason(error)),
);
`;

const names: readonly (keyof Answers)[] = ["kind", "keys", "about", "attribute", "slice"];

/** What `read` makes of a file with these bytes. Errors: what `read` throws; `Error` with the library's reason; `unreadable-file` for no answer. */
export async function fromForeignHdf5<T>(bytes: Uint8Array, read: (file: ForeignHdf5) => Promise<T>): Promise<T> {
  const thread = openThread(bytes);
  try {
    await thread.answer();
    const asking = names.map(
      (name) => [name, (...given: readonly unknown[]) => thread.answer([name, ...given])] as const,
    );
    return await read(Object.fromEntries(asking) as unknown as ForeignHdf5);
  } finally {
    await thread.close();
  }
}

interface Thread {
  /** The answer to a question, or that the file is open; one is waited for at a time. */
  answer(question?: readonly unknown[]): Promise<unknown>;
  close(): Promise<unknown>;
}

function openThread(bytes: Uint8Array): Thread {
  const worker = new Worker(text, {
    eval: true,
    workerData: { address: import.meta.resolve("h5wasm"), bytes, mostMemory },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
    stderr: true,
    stdout: true,
  });
  let settle: { resolve(value: unknown): void; reject(reason: unknown): void } | undefined;
  const fail = (reason: unknown): void => settle?.reject(reason);
  worker.on("message", ({ value, reason }: { readonly value?: unknown; readonly reason?: string }) =>
    reason === undefined ? settle?.resolve(value) : fail(new Error(inShort(reason))),
  );
  worker.on("error", fail);
  worker.on("exit", () => fail(stuck()));
  return {
    async answer(question) {
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise((resolve, reject) => {
          settle = { resolve, reject };
          timer = setTimeout(() => reject(stuck()), longestAnswer);
          if (question) worker.postMessage(question, []);
        });
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => worker.terminate(),
  };
}

/** The library gives a trace of its calls; the first one says what could not be done. */
const inShort = (reason: string): string => /\(\): (.+)/u.exec(reason)?.[1] ?? reason;

const stuck = (): Error =>
  unreadable("the HDF5 file", "reading it does not end", "Make it again; it is damaged, or made to do harm.");
