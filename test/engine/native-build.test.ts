import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { buildLibrary } from "../../packages/engine/src/native/index.ts";
import { cache, countingCompiler, emptyFolder, ends, entries, fakeCompiler, writeFakeLibrary } from "./native-fakes.ts";

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

  it("goes on for one who waits when another has given up, and is the same for both", async () => {
    const [begun, go] = [join(emptyFolder(), "begun"), join(emptyFolder(), "go")];
    fakeCompiler(`echo >"${begun}"; while [ ! -e "${go}" ]; do sleep 0.02; done; ${writeFakeLibrary}`);
    const [leaves, stays] = [new AbortController(), new AbortController()];
    const left = buildLibrary("int x;", { signal: leaves.signal }).catch((reason: unknown) => reason);
    const stayed = buildLibrary("int x;", { signal: stays.signal });
    const careless = buildLibrary("int x;");
    while (!existsSync(begun)) await new Promise((done) => setTimeout(done, 10));
    leaves.abort(new Error("enough"));
    expect(await left).toMatchObject({ message: "enough" });
    writeFileSync(go, "");
    const built = await stayed;
    expect(built).toMatchObject({ fromCache: false, warnings: [] });
    expect(await careless).toBe(built);
    // Whoever gives up when all is done changes nothing.
    stays.abort(new Error("too late"));
    expect(await buildLibrary("int x;")).toMatchObject({ fromCache: true, path: built.path });
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

  it("that refuses is quoted where nothing can be kept, too", async () => {
    const file = join(emptyFolder(), "file");
    writeFileSync(file, "");
    vi.stubEnv("NEUROWEAVE_CACHE", file);
    fakeCompiler(`echo "wrong in line 1" >&2; exit 3`);
    await expect(buildLibrary("int x;")).rejects.toMatchObject({
      code: "compiler-failed",
      message: expect.stringMatching(/status 3[^]*wrong in line 1/),
    });
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
    // A minute, unless somebody says otherwise.
    vi.stubEnv("NEUROWEAVE_CC_TIMEOUT", undefined);
    expect(await buildLibrary("int x;")).toMatchObject({ fromCache: false });
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
