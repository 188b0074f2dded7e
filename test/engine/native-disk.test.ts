import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as Node from "../../packages/engine/src/native/node.ts";
import { cache, countingCompiler, emptyFolder, fakeCompiler } from "./native-fakes.ts";

/** A disk whose calls are listed in their order, some of which fail. */
const { operations, disk } = vi.hoisted(() => ({
  /** What a build asks of the file system. */
  operations: [
    "chmod",
    "lstat",
    "mkdir",
    "mkdtemp",
    "open",
    "readdir",
    "readFile",
    "realpath",
    "rename",
    "rm",
    "stat",
    "utimes",
    "writeFile",
  ] as const satisfies readonly (keyof typeof Node)[],
  disk: {
    calls: [] as string[],
    fails: (_operation: string, _path: string, _call: number): boolean => false,
  },
}));
type OperationOfDisk = (typeof operations)[number];

vi.mock("../../packages/engine/src/native/node.ts", async (original) => {
  const node = await original<typeof Node>();
  const guarded = operations.map((operation) => {
    const real = node[operation] as (path: string, ...others: unknown[]) => Promise<unknown>;
    const call = (path: string, ...others: unknown[]): Promise<unknown> => {
      const ordinal = disk.calls.push(operation) - 1;
      if (!disk.fails(operation, path, ordinal)) return real(path, ...others);
      const error = Object.assign(new Error(`EIO: i/o error, ${operation} '${path}'`), { code: "EIO", syscall: operation }); // prettier-ignore
      return Promise.reject(error);
    };
    return [operation, call] as const;
  });
  return { ...node, ...Object.fromEntries(guarded) };
});

const { buildLibrary, loadLibrary } = await import("../../packages/engine/src/native/index.ts");
const { isIntact } = await import("../../packages/engine/src/native/cache-entry.ts");

const healthy = (): boolean => false;
beforeEach(() => {
  disk.calls.length = 0;
  disk.fails = healthy;
});

const inCache = (path: string): boolean => path.startsWith(process.env["NEUROWEAVE_CACHE"]!);
const text = "\x7fELF and no more";

type Build = Awaited<ReturnType<typeof buildLibrary>>;

/** What a build came to: a library that is whole, or a refusal of ours with a cure. */
async function outcome(): Promise<Build | null> {
  const built = await buildLibrary("int x;").catch((error: unknown) => error as Error);
  disk.fails = healthy;
  if (built instanceof Error) {
    expect(built).toMatchObject({ name: "NeuroweaveError", code: "compiler-failed", remedy: expect.any(String) });
    return null;
  }
  expect(await isIntact(built.path)).toBe(true);
  expect(readFileSync(built.path, "latin1")).toBe(text);
  return built;
}

/** The next build finds a whole library, or makes one. */
async function expectRecovery(): Promise<void> {
  expect(await outcome()).not.toBeNull();
  const again = (await outcome())!;
  expect(again).toMatchObject({ fromCache: true, warnings: [] });
  expect(inCache(again.path)).toBe(true);
  for (const name of readdirSync(cache())) expect(name).toMatch(/^(build-.*|[0-9a-f]{64})$/);
}

describe("a disk that fails", () => {
  it("once, at whatever call of a build, costs no more than that build or its place", async () => {
    countingCompiler();
    await outcome();
    const calls = [...disk.calls];
    expect(new Set(calls)).toEqual(new Set(operations.filter((operation) => operation !== "utimes")));
    const seen = { built: 0, elsewhere: 0, refused: 0 };
    for (const [at, operation] of calls.entries()) {
      vi.stubEnv("NEUROWEAVE_CACHE", emptyFolder());
      disk.calls.length = 0;
      disk.fails = (_, __, call) => call === at;
      const built = await outcome();
      if (built === null) seen.refused++;
      else if (inCache(built.path)) seen.built++;
      else seen.elsewhere++;
      // What fails is said, where it changes where the library is.
      if (built) expect(built.warnings, `${operation} (${at})`).toHaveLength(inCache(built.path) ? 0 : 1);
      if (built?.warnings[0] !== undefined) expect(built.warnings[0]).toContain(cache());
      await expectRecovery();
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });

  it("from some call on in the cache folder is done without, or the build is refused", async () => {
    countingCompiler();
    await outcome();
    const { length } = disk.calls;
    for (let from = 0; from < length; from++) {
      vi.stubEnv("NEUROWEAVE_CACHE", emptyFolder());
      disk.calls.length = 0;
      disk.fails = (_, path, call) => call >= from && inCache(path);
      await outcome();
      await expectRecovery();
    }
  });

  it.each<[OperationOfDisk, string]>([
    ["mkdir", "cannot be used"],
    ["realpath", "cannot be used"],
    ["mkdtemp", "cannot be written to"],
    ["chmod", "cannot be written to"],
    ["writeFile", "cannot be written to"],
    ["rename", "cannot be written to"],
  ])("at %s in the cache folder leaves the library to this process alone", async (operation, why) => {
    const calls = countingCompiler();
    disk.fails = (each, path) => each === operation && inCache(path);
    const built = (await outcome())!;
    expect(built.fromCache).toBe(false);
    expect(inCache(built.path)).toBe(false);
    expect(built.warnings).toEqual([expect.stringMatching(`${why}.*EIO.*not kept`)]);
    const first = calls();
    disk.fails = (each, path) => each === operation && inCache(path);
    expect(await outcome()).toMatchObject({ fromCache: true, path: built.path, warnings: [] });
    expect(calls() - first).toBeLessThanOrEqual(1);
  });

  it.each<OperationOfDisk>(["mkdtemp", "writeFile", "rename"])("at %s everywhere has no folder to compile in", async (operation) => {
    countingCompiler();
    disk.fails = (each) => each === operation;
    await expect(buildLibrary("int x;")).rejects.toMatchObject({
      code: "compiler-failed",
      message: expect.stringMatching(/no folder to compile in: EIO[^]*NEUROWEAVE_CACHE/),
    });
  }); // prettier-ignore

  it("only where it tidies up does not matter", async () => {
    const calls = countingCompiler();
    disk.fails = (operation, path) =>
      ["rm", "utimes", "readdir"].includes(operation) || (operation === "stat" && /[0-9a-f]{64}$/.test(path));
    const first = await buildLibrary("int x;");
    expect(first).toMatchObject({ fromCache: false, warnings: [] });
    const [left, ...more] = readdirSync(cache()).filter((name) => name.startsWith("build-"));
    expect([left !== undefined, more]).toEqual([true, []]);
    disk.fails = (operation, path) => operation === "utimes" || (operation === "stat" && /[0-9a-f]{64}$/.test(path));
    expect(await buildLibrary("int x;")).toMatchObject({ fromCache: true, path: first.path, warnings: [] });
    // An entry whose age nobody can tell stays as well.
    await buildLibrary("int y;");
    expect(existsSync(first.path)).toBe(true);
    expect(calls()).toBe(2);
  });
});

describe("an entry", () => {
  /** A compiler that writes another library each time, and first does `text`. */
  const numbered = (before: string): void => {
    const count = join(emptyFolder(), "count");
    fakeCompiler(`${before}; echo . >>"${count}"; cat >/dev/null; printf '\\177ELF %s' "$(wc -l <"${count}" | tr -d ' ')" >"$out"`);
  }; // prettier-ignore

  it("that another process has put there in the meantime stays, and is what the build gives", async () => {
    const aside = join(emptyFolder(), "aside");
    numbered(`[ -d "${aside}" ] && cp -Rp "${aside}" "$NEUROWEAVE_CACHE/native/$(cat "${aside}.key")"`);
    const { path } = await buildLibrary("int x;");
    const entry = dirname(path);
    mkdirSync(aside, { mode: 0o700 });
    for (const name of readdirSync(entry)) copyFileSync(join(entry, name), join(aside, name));
    writeFileSync(`${aside}.key`, entry.slice(-64));
    rmSync(entry, { recursive: true });
    const built = await buildLibrary("int x;");
    expect(built).toMatchObject({ path, fromCache: false, warnings: [] });
    expect(readFileSync(path, "latin1")).toBe("\x7fELF 1");
    expect(readdirSync(cache())).toEqual([entry.slice(-64)]);
  });

  it("that another process has left half done in the meantime is replaced", async () => {
    const planted = join(emptyFolder(), "key");
    numbered(`[ -e "${planted}" ] && mkdir -p "$NEUROWEAVE_CACHE/native/$(cat "${planted}")/half"`);
    const { path } = await buildLibrary("int x;");
    const entry = dirname(path);
    writeFileSync(planted, entry.slice(-64));
    rmSync(entry, { recursive: true });
    expect(await buildLibrary("int x;")).toMatchObject({ path, fromCache: false, warnings: [] });
    expect(readFileSync(path, "latin1")).toBe("\x7fELF 2");
    expect(readdirSync(entry).toSorted()).toEqual(["library.so", "manifest.json"]);
  });

  it("whose library cannot be loaded and not be removed is refused all the same", async () => {
    countingCompiler();
    const { path } = await buildLibrary("int x;");
    disk.fails = (operation) => operation === "rm";
    await expect(loadLibrary(path)).rejects.toMatchObject({
      code: "library-failed",
      message: expect.stringContaining("cannot be loaded"),
    });
    expect(existsSync(path)).toBe(true);
  });
});
