import { execFile } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { buildLibrary } from "../../packages/engine/src/native/index.ts";
import { isOurs } from "../../packages/engine/src/native/trust.ts";
import { emptyFolder, ends, fakeCompiler, writeFakeLibrary } from "./native-fakes.ts";

const cache = () => join(process.env["NEUROWEAVE_CACHE"]!, "native");
/** The cache's entries; a build leaves nothing else in the folder. */
function entries(folder = cache()): readonly string[] {
  const names = readdirSync(folder);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}$/);
  return names;
}

/** Named as the compiler: writes a file that passes for a library; returns how often it was called for one. */
function countingCompiler(): () => number {
  const log = join(emptyFolder(), "log");
  writeFileSync(log, "");
  fakeCompiler(`echo called >>"${log}"; ${writeFakeLibrary}`);
  return () => readFileSync(log, "utf8").split("\n").length - 1;
}

describe("a build", () => {
  it("is made once and then found", async () => {
    const calls = countingCompiler();
    const first = await buildLibrary("int x;");
    const second = await buildLibrary("int x;");
    expect(first).toMatchObject({ fromCache: false, compiler: process.env["CC"], warnings: [] });
    expect(second).toMatchObject({ fromCache: true, path: first.path, warnings: [] });
    expect(first.milliseconds).toBeGreaterThan(0);
    expect(calls()).toBe(1);
    expect(entries()).toHaveLength(1);
    expect(readFileSync(first.path, "latin1")).toBe("\x7fELF and no more");
  });

  it("is another for another source, and for another compiler", async () => {
    const calls = countingCompiler();
    const paths = new Set([(await buildLibrary("int x;")).path, (await buildLibrary("int y;")).path]);
    expect(calls()).toBe(2);
    const callsOfAnother = countingCompiler();
    paths.add((await buildLibrary("int x;")).path);
    expect(callsOfAnother()).toBe(1);
    expect(paths.size).toBe(3);
  });

  it("is another on another processor", async () => {
    const path = fakeCompiler(writeFakeLibrary);
    const first = await buildLibrary("int x;");
    // The same program, which finds another processor and so defines other macros.
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace("echo", 'echo "#define __AVX512F__ 1"; echo'));
    expect(await buildLibrary("int x;")).toMatchObject({ fromCache: false });
    writeFileSync(path, text);
    expect(await buildLibrary("int x;")).toMatchObject({ fromCache: true, path: first.path });
  });

  it("is for its owner only", async () => {
    countingCompiler();
    const { path } = await buildLibrary("int x;");
    for (let folder = path; folder !== dirname(process.env["NEUROWEAVE_CACHE"]!); folder = dirname(folder)) {
      expect(statSync(folder).mode & 0o077).toBe(0);
    }
    for (const name of readdirSync(dirname(path))) expect(statSync(join(dirname(path), name)).mode & 0o777).toBe(0o600);
  });

  it("goes where it is told to", async () => {
    countingCompiler();
    const folder = join(emptyFolder(), "made", "for it");
    const { path } = await buildLibrary("int x;", { cacheFolder: folder });
    expect(path.startsWith(join(folder, "native"))).toBe(true);
    vi.stubEnv("NEUROWEAVE_CACHE", "");
    vi.stubEnv("XDG_CACHE_HOME", emptyFolder());
    const byDefault = await buildLibrary("int x;");
    expect(byDefault.path.startsWith(join(process.env["XDG_CACHE_HOME"]!, "neuroweave", "native"))).toBe(true);
  });

  it("that several ask for at one time is one", async () => {
    const calls = countingCompiler();
    const built = await Promise.all(Array.from({ length: 20 }, () => buildLibrary("int x;")));
    expect(new Set(built.map(({ path }) => path)).size).toBe(1);
    expect(calls()).toBe(1);
  });

  it("may be made by two processes at one time", async () => {
    countingCompiler();
    const module = join(import.meta.dirname, "../../packages/engine/src/native/index.ts");
    const program = `const { buildLibrary } = await import(${JSON.stringify(module)});
      for (let k = 0; k < 8; k++) console.log((await buildLibrary("int x" + k + ";")).path);`;
    const words = ["--import", "tsx", "--input-type=module", "--eval", program];
    const run = () => promisify(execFile)(process.execPath, words, { env: process.env });
    const [one, other] = await Promise.all([run(), run()]);
    expect(one.stdout).toBe(other.stdout);
    expect(entries()).toHaveLength(8);
    expect(await buildLibrary("int x7;")).toMatchObject({ fromCache: true });
  });
});

describe("a compiler", () => {
  it("that refuses is quoted", async () => {
    fakeCompiler(`for line in $(seq 1 30); do echo "wrong in line $line" >&2; done; exit 3`);
    const error = await buildLibrary("int x;").catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "NeuroweaveError", code: "compiler-failed" });
    const { message } = error as Error;
    expect(message).toContain(process.env["CC"]);
    expect(message).toContain("status 3");
    expect(message).toContain("wrong in line 20");
    expect(message).not.toContain("wrong in line 21\n");
    expect(message).toContain("10 lines more");
    expect(message).toContain("Remedy");
    expect(entries()).toEqual([]);
  });

  it("that fails once is asked again", async () => {
    const trouble = join(emptyFolder(), "trouble");
    writeFileSync(trouble, "");
    fakeCompiler(`[ -e "${trouble}" ] && exit 1; ${writeFakeLibrary}`);
    await expect(buildLibrary("int x;")).rejects.toMatchObject({ code: "compiler-failed" });
    renameSync(trouble, `${trouble} gone`);
    expect(await buildLibrary("int x;")).toMatchObject({ fromCache: false });
  });

  it.each([
    ["says nothing", "sleep 60"],
    ["started another", 'sleep 60 & echo $! >>"$pids"; wait'],
    ["does not want to end", "trap '' TERM; sleep 60; sleep 60"],
    ["reads nothing and writes much", "while :; do echo much; done"],
  ])("that hangs is stopped: it %s", async (_, text) => {
    const pids = join(emptyFolder(), "pids");
    fakeCompiler(`pids="${pids}"; echo $$ >"$pids"; echo half >"$out"; ${text}`);
    await expect(buildLibrary("int x;".repeat(100_000), { timeout: 400 })).rejects.toMatchObject({
      code: "compiler-failed",
      message: expect.stringMatching(/400 ms[^]*NEUROWEAVE_CC_TIMEOUT/),
    });
    for (const pid of readFileSync(pids, "utf8").trim().split("\n")) expect(await ends(Number(pid))).toBe(true);
    expect(entries()).toEqual([]);
  });

  it("that hangs when asked about itself is stopped", async () => {
    fakeCompiler("exit 1", "sleep 60");
    vi.stubEnv("NEUROWEAVE_CC_TIMEOUT", "300");
    await expect(buildLibrary("int x;")).rejects.toMatchObject({
      code: "compiler-failed",
      message: expect.stringContaining("300 ms"),
    });
  });

  it("has a time limit that is a time", async () => {
    countingCompiler();
    for (const text of ["soon", "-1", "0", "1e12"]) {
      vi.stubEnv("NEUROWEAVE_CC_TIMEOUT", text);
      await expect(buildLibrary("int x;")).rejects.toMatchObject({
        code: "invalid-value",
        message: expect.stringContaining(text),
      });
    }
    await expect(buildLibrary("int x;", { timeout: Number.NaN })).rejects.toMatchObject({ code: "invalid-value" });
  });

  it.each([
    ["writes garbage", 'echo garbage >"$out"'],
    ["writes nothing", ":"],
    ["makes an empty file", ': >"$out"'],
    ["makes a folder", 'mkdir "$out"'],
    ["ends by a signal", "kill -9 $$"],
  ])("that %s is refused", async (_, text) => {
    fakeCompiler(`cat >/dev/null; ${text}`);
    await expect(buildLibrary("int x;")).rejects.toMatchObject({ code: "compiler-failed" });
    expect(entries()).toEqual([]);
  });

  it("leaves nothing behind", async () => {
    fakeCompiler(`echo some >some.s; echo other >"$TMPDIR/other.o"; ${writeFakeLibrary}`);
    const { path } = await buildLibrary("int x;");
    expect(entries()).toHaveLength(1);
    expect(readdirSync(dirname(path)).sort()).toEqual(["library.so", "manifest.json"]);
  });

  it("is stopped when nobody waits any more", async () => {
    const pids = join(emptyFolder(), "pids");
    fakeCompiler(`echo $$ >"${pids}"; sleep 60`);
    const stops = [new AbortController(), new AbortController()] as const;
    const builds = stops.map(({ signal }) => buildLibrary("int x;", { signal }).catch((reason: unknown) => reason));
    while (!existsSync(pids) || readFileSync(pids, "utf8") === "") await new Promise((done) => setTimeout(done, 10));
    const pid = Number(readFileSync(pids, "utf8"));
    stops[0].abort(new Error("first"));
    expect(await builds[0]).toMatchObject({ message: "first" });
    expect(() => process.kill(pid, 0)).not.toThrow();
    stops[1].abort(new Error("second"));
    expect(await builds[1]).toMatchObject({ message: "second" });
    expect(await ends(pid)).toBe(true);
    await expect.poll(() => readdirSync(cache())).toEqual([]);
    await expect(buildLibrary("int x;", { signal: stops[0].signal })).rejects.toThrow("first");
  });
});

describe("an entry of the cache", () => {
  /** Builds, spoils the entry, and says whether the next build made it anew, as it was. */
  async function madeAnew(spoil: (library: string, entry: string) => void): Promise<boolean> {
    const calls = countingCompiler();
    const { path } = await buildLibrary("int x;");
    const content = readFileSync(path, "latin1");
    spoil(path, dirname(path));
    const again = await buildLibrary("int x;");
    expect(again.path).toBe(path);
    expect(readFileSync(path, "latin1")).toBe(content);
    expect(lstatSync(path).isFile()).toBe(true);
    expect(lstatSync(path).mode & 0o777).toBe(0o600);
    expect(lstatSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(entries()).toHaveLength(1);
    expect(await buildLibrary("int x;")).toMatchObject({ fromCache: true });
    return !again.fromCache && calls() === 2;
  }

  const manifest = (entry: string) => join(entry, "manifest.json");
  const other = () => {
    const path = join(emptyFolder(), "other");
    writeFileSync(path, "\x7fELF by another", { mode: 0o600 });
    return path;
  };

  it.each<[string, (library: string, entry: string) => void]>([
    ["whose library changed", (library) => appendFileSync(library, "!")],
    ["whose library is cut off", (library) => writeFileSync(library, "\x7fELF")],
    ["whose library is gone", (library) => renameSync(library, `${library}.old`)],
    ["whose library others may write", (library) => chmodSync(library, 0o620)],
    ["whose library everybody may write", (library) => chmodSync(library, 0o602)],
    ["that others may write", (_, entry) => chmodSync(entry, 0o770)],
    [
      "whose library is a link",
      (library) => {
        const target = `${library}.target`;
        renameSync(library, target);
        symlinkSync(target, library);
      },
    ],
    [
      "that is a link",
      (_, entry) => {
        const target = join(emptyFolder(), "target");
        renameSync(entry, target);
        symlinkSync(target, entry);
      },
    ],
    ["whose library was put there by another", (library) => renameSync(other(), library)],
    ["whose manifest is cut off", (_, entry) => writeFileSync(manifest(entry), '{"version":1,"ke')],
    ["whose manifest is empty", (_, entry) => writeFileSync(manifest(entry), "")],
    ["whose manifest is null", (_, entry) => writeFileSync(manifest(entry), "null")],
    ["whose manifest others may write", (_, entry) => chmodSync(manifest(entry), 0o660)],
    ["whose manifest is gone", (_, entry) => renameSync(manifest(entry), `${manifest(entry)}.old`)],
    [
      "whose manifest is another's",
      (_, entry) => {
        const text = readFileSync(manifest(entry), "utf8");
        writeFileSync(manifest(entry), text.replace(/"key":"./, '"key":"x'));
      },
    ],
  ])("%s is made anew", async (_, spoil) => {
    expect(await madeAnew(spoil)).toBe(true);
  });

  it("is used as it is when nothing happened to it", async () => {
    expect(await madeAnew(() => {})).toBe(false);
  });

  it("must belong to us", () => {
    const uid = process.getuid!();
    expect(isOurs({ uid, mode: 0o100600 })).toBe(true);
    expect(isOurs({ uid: uid + 1, mode: 0o100600 })).toBe(false);
    expect(isOurs({ uid, mode: 0o100620 })).toBe(false);
  });

  it("goes when 200 others were used later", async () => {
    countingCompiler();
    const used = await buildLibrary("int used;");
    const unused = await buildLibrary("int unused;");
    const name = (k: number) => k.toString(16).padStart(64, "0");
    for (let k = 0; k < 205; k++) {
      mkdirSync(join(cache(), name(k)), { mode: 0o700 });
      utimesSync(join(cache(), name(k)), 1e9 + k, 1e9 + k);
    }
    for (const { path } of [used, unused]) utimesSync(dirname(path), 1e8, 1e8);
    mkdirSync(join(cache(), "build-cut-off"));
    utimesSync(join(cache(), "build-cut-off"), 1e9, 1e9);
    mkdirSync(join(cache(), "build-going-on"));

    expect(await buildLibrary("int used;")).toMatchObject({ fromCache: true });
    const added = await buildLibrary("int added;");
    const names = readdirSync(cache());
    expect(names.filter((entry) => entry.length === 64)).toHaveLength(200);
    expect(names.filter((entry) => entry.length !== 64)).toEqual(["build-going-on"]);
    expect(existsSync(used.path)).toBe(true);
    expect(existsSync(added.path)).toBe(true);
    expect(existsSync(unused.path)).toBe(false);
    expect(names).not.toContain(name(6));
    expect(names).toContain(name(7));
  });
});

describe("a cache folder", () => {
  /** A build in a cache that cannot be used: elsewhere, and the warning comes once. */
  async function builtElsewhere(folder: string): Promise<string> {
    const calls = countingCompiler();
    vi.stubEnv("NEUROWEAVE_CACHE", folder);
    const first = await buildLibrary("int x;");
    expect(first.fromCache).toBe(false);
    expect(first.path.startsWith(join(tmpdir(), "neuroweave-"))).toBe(true);
    for (let at = dirname(first.path); at !== tmpdir(); at = dirname(at)) expect(statSync(at).mode & 0o077).toBe(0);
    expect(await buildLibrary("int x;")).toEqual({
      ...first,
      fromCache: true,
      warnings: [],
      milliseconds: expect.any(Number),
    });
    expect(calls()).toBe(1);
    expect(first.warnings).toHaveLength(1);
    return first.warnings[0]!;
  }

  it("that cannot be made is done without", async () => {
    const file = join(emptyFolder(), "file");
    writeFileSync(file, "");
    expect(await builtElsewhere(join(file, "below"))).toContain(join(file, "below", "native"));
  });

  it("that is a file is done without", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "native"), "");
    expect(await builtElsewhere(folder)).toContain("native");
  });

  it("that others may write to is not used", async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "native"));
    chmodSync(join(folder, "native"), 0o770);
    expect(await builtElsewhere(folder)).toContain("others may write");
    expect(readdirSync(join(folder, "native"))).toEqual([]);
  });

  it("that everybody may exchange is not used", async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "open"));
    chmodSync(join(folder, "open"), 0o777);
    expect(await builtElsewhere(join(folder, "open", "cache"))).toContain("everybody may exchange");
  });

  it("of a process alone goes with it", async () => {
    countingCompiler();
    const file = join(emptyFolder(), "file");
    writeFileSync(file, "");
    vi.stubEnv("NEUROWEAVE_CACHE", file);
    const module = join(import.meta.dirname, "../../packages/engine/src/native/index.ts");
    const program = `const { buildLibrary } = await import(${JSON.stringify(module)});
      const { existsSync } = await import("node:fs");
      const { path } = await buildLibrary("int x;");
      console.log(JSON.stringify([path, existsSync(path)]));`;
    const words = ["--import", "tsx", "--input-type=module", "--eval", program];
    const { stdout } = await promisify(execFile)(process.execPath, words, { env: process.env });
    const [path, existed] = JSON.parse(stdout) as [string, boolean];
    expect(existed).toBe(true);
    expect(existsSync(dirname(dirname(path)))).toBe(false);
  });
});
