/** From the text of a C program to a library on disk: out of the cache, or compiled. */
import { NeuroweaveError } from "@neuroweave/equations";
import { buildPrefix, formatVersion, hash, isIntact, libraryOf, publish, touch, trim } from "./cache-entry.ts";
import { cacheFolder, noFolder, openFolder, temporaryFolder } from "./cache-folder.ts";
import { findCompiler } from "./compiler.ts";
import { callCompiler, compilerFailed, findToolchain, type Toolchain } from "./toolchain.ts";
import { join, mkdir, mkdtemp, open, resolve, rm } from "./node.ts";

export interface BuildOptions {
  /** Milliseconds that the compiler may take; `NEUROWEAVE_CC_TIMEOUT` or a minute unless given. */
  readonly timeout?: number;
  /** Instead of `NEUROWEAVE_CACHE` and the user's cache folder. */
  readonly cacheFolder?: string;
  readonly signal?: AbortSignal;
}

export interface BuiltLibrary {
  /** For `loadFunctions`. */
  readonly path: string;
  /** Whether it was there already. */
  readonly fromCache: boolean;
  /** Path of the compiler. */
  readonly compiler: string;
  /** What a user may want to know, each said once per process. */
  readonly warnings: readonly string[];
  readonly milliseconds: number;
}

/** Builds of one source at one time are one build; it ends early only when all who wait for it have given up. */
interface Running {
  readonly built: Promise<BuiltLibrary>;
  readonly stop: AbortController;
  waiting: number;
}

const running = new Map<string, Running>();
const warned = new Set<string>();

export async function buildLibrary(source: string, options: BuildOptions = {}): Promise<BuiltLibrary> {
  const { signal } = options;
  signal?.throwIfAborted();
  const start = performance.now();
  const timeout = timeLimit(options.timeout);
  const cache = resolve(options.cacheFolder ?? cacheFolder());
  const toolchain = await findToolchain(findCompiler(), timeout);
  signal?.throwIfAborted();

  const key = keyOf(source, toolchain);
  const place = join(cache, key);
  let build = running.get(place);
  if (!build) {
    const stop = new AbortController();
    build = {
      built: findOrCompile(source, toolchain, key, { timeout, cache, start, signal: stop.signal }),
      stop,
      waiting: 0,
    };
    running.set(place, build);
    const mine = build;
    const forget = () => {
      if (running.get(place) === mine) running.delete(place);
    };
    mine.built.then(forget, forget);
    stop.signal.addEventListener("abort", forget);
  }
  return waitFor(build, signal);
}

async function waitFor(build: Running, signal: AbortSignal | undefined): Promise<BuiltLibrary> {
  build.waiting++;
  if (!signal) return build.built;
  const { promise, resolve: giveUp } = withResolver();
  signal.addEventListener("abort", giveUp);
  try {
    await Promise.race([build.built, promise]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
  if (!signal.aborted) return build.built;
  if (--build.waiting === 0) build.stop.abort(signal.reason);
  // Nobody may be left to hear how it ended.
  build.built.catch(() => {});
  throw signal.reason;
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolver = () => {};
  const promise = new Promise<void>((settle) => (resolver = settle));
  return { promise, resolve: () => resolver() };
}

function keyOf(source: string, { compiler, flags, fingerprint }: Toolchain): string {
  return hash(JSON.stringify([formatVersion, compiler.path, compiler.words, flags, fingerprint, source]));
}

function timeLimit(asked: number | undefined): number {
  const text = process.env["NEUROWEAVE_CC_TIMEOUT"] ?? "";
  const limit = asked ?? (text === "" ? 60_000 : Number(text));
  // Timers take no more than 31 bits.
  if (limit > 0 && limit < 2 ** 31) return limit;
  throw new NeuroweaveError(
    "invalid-value",
    `the time limit of the compiler is no number of milliseconds: ${asked ?? text}`,
    {
      remedy: "set NEUROWEAVE_CC_TIMEOUT to a positive number, as 60000, or leave it out",
    },
  );
}

interface Task {
  readonly timeout: number;
  readonly cache: string;
  readonly start: number;
  readonly signal: AbortSignal;
}

async function findOrCompile(source: string, toolchain: Toolchain, key: string, task: Task): Promise<BuiltLibrary> {
  const opened = await openFolder(task.cache);
  let folder = "path" in opened ? opened.path : null;
  let reason = "path" in opened ? "" : opened.unusable;

  if (folder !== null) {
    const entry = join(folder, key);
    if (await isIntact(libraryOf(entry))) return result(entry, true);
    try {
      return await result(await compile(source, toolchain, folder, key, task), false);
    } catch (error) {
      if (!isOfFiles(error)) throw error;
      reason = `the cache folder ${folder} cannot be written to: ${error.message}`;
      folder = null;
    }
  }

  const warnings = warned.has(task.cache) ? [] : [`${reason}; what is compiled is not kept`];
  warned.add(task.cache);
  const ownFolder = temporaryFolder();
  const entry = join(ownFolder, key);
  if (await isIntact(libraryOf(entry))) return result(entry, true, warnings);
  try {
    return await result(await compile(source, toolchain, ownFolder, key, task), false, warnings);
  } catch (error) {
    throw isOfFiles(error) ? noFolder(error) : error;
  }

  async function result(at: string, fromCache: boolean, said: readonly string[] = []): Promise<BuiltLibrary> {
    if (fromCache) await touch(at);
    const milliseconds = performance.now() - task.start;
    return { path: libraryOf(at), fromCache, compiler: toolchain.compiler.path, warnings: said, milliseconds };
  }
}

/** An error of the file system, which another folder may not have. */
const isOfFiles = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && !(error instanceof NeuroweaveError) && "syscall" in error;

/** Makes the entry `key` of a folder, and returns its path. All that is unfinished lies in one folder, which goes in any case. */
async function compile(
  source: string,
  { compiler, flags }: Toolchain,
  folder: string,
  key: string,
  { timeout, signal }: Task,
): Promise<string> {
  const work = await mkdtemp(join(folder, buildPrefix));
  try {
    const made = join(work, "made");
    const scratch = join(work, "scratch");
    await mkdir(made, { mode: 0o700 });
    await mkdir(scratch, { mode: 0o700 });
    const library = libraryOf(made);
    const outcome = await callCompiler(compiler, [...flags, "-o", library, "-x", "c", "-", "-lm"], {
      input: source,
      timeout,
      signal,
      folder: scratch,
      environment: { TMPDIR: scratch },
    });
    if (outcome.timedOut || outcome.status !== 0) {
      throw compilerFailed(compiler, outcome, timeout, "did not compile the program");
    }
    if (!(await isLibrary(library))) throw compilerFailed(compiler, outcome, timeout, "made no library");
    const entry = join(folder, key);
    await publish(made, entry);
    await trim(folder);
    return entry;
  } finally {
    await rm(work, { recursive: true, force: true }).catch(() => {});
  }
}

/** ELF or Mach-O of 64 bits. */
const beginnings = new Set(["7f454c46", "cffaedfe"]);

async function isLibrary(path: string): Promise<boolean> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return beginnings.has(buffer.toString("hex"));
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}
