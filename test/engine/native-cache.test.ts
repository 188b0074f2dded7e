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
  rmSync,
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
import { cache, countingCompiler, emptyFolder, entries } from "./native-fakes.ts";

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

  it("where the system makes none, though it says that the folder above is there, is done without", async () => {
    expect(await builtElsewhere("/proc/self/nothing/below")).toContain("/proc/self/nothing/below/native");
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

  it("of a process alone is made again when it was cleared away", async () => {
    const calls = countingCompiler();
    const file = join(emptyFolder(), "file");
    writeFileSync(file, "");
    vi.stubEnv("NEUROWEAVE_CACHE", file);
    const first = await buildLibrary("int x;");
    rmSync(dirname(dirname(first.path)), { recursive: true });
    expect(await buildLibrary("int x;")).toMatchObject({ fromCache: false });
    expect(calls()).toBe(2);
  });

  it("that cannot be had anywhere is asked for", async () => {
    countingCompiler();
    vi.stubEnv("NEUROWEAVE_CACHE", join(process.env["CC"]!, "cache"));
    vi.stubEnv("TMPDIR", join(process.env["CC"]!, "temporary"));
    // The folder of earlier tests is of another TMPDIR: a process of its own has none yet.
    vi.resetModules();
    const fresh = await import("../../packages/engine/src/native/index.ts");
    await expect(fresh.buildLibrary("int x;")).rejects.toMatchObject({
      code: "compiler-failed",
      message: expect.stringMatching(/no folder to compile in[^]*NEUROWEAVE_CACHE/),
    });
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
