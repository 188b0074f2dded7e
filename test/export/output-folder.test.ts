/** The folder of a run: whole files, a manifest that tells the truth, and refusals that say where and what helps. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileNameOf, makeFolder, openOutput, readManifest, verifyOutput, type FileSystem } from "@neuroweave/export";

let root: string;
let foldersMade = 0;
beforeAll(async () => {
  root = await fs.mkdtemp(join(tmpdir(), "neuroweave-output-"));
});
afterAll(() => fs.rm(root, { recursive: true, force: true }));

const freshPath = (): string => join(root, `run-${foldersMade++}`);
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const spikes = { kind: "spikes" } as const;

/** The file system, but for writes to `name`, which fail after `bytes` as the system's code says. */
const failing = (name: string, code: string, bytes = 0): FileSystem => ({
  ...fs,
  open: async (...parameters: Parameters<typeof fs.open>) => {
    const handle = await fs.open(...parameters);
    if (!String(parameters[0]).includes(name)) return handle;
    let written = 0;
    const writeFile = handle.writeFile.bind(handle);
    handle.writeFile = async (data) => {
      written += (data as Uint8Array).length;
      if (written > bytes) throw Object.assign(new Error(`${code}: write`), { code, syscall: "write" });
      await writeFile(data);
    };
    return handle;
  },
});

describe("a folder of results", () => {
  test("has the files, and a manifest with their sizes and hashes, the run, and sorted keys", async () => {
    const path = join(freshPath(), "deep", "er");
    const output = await openOutput(path);
    await output.describe({
      seed: 7,
      dt: 0.1,
      parameters: { cells: { tau: new Float64Array([1, -0, Infinity]), R: 5 } },
    });
    await output.write("b.csv", ["x\n", "1\n"], { kind: "table", rows: 1, columns: [{ name: "x" }] });
    await output.write("a.bin", new Uint8Array([1, 2, 3]), spikes);
    await output.describe({ steps: 100, t: 10 });
    await output.finish();
    expect((await fs.readdir(path)).sort()).toEqual(["a.bin", "b.csv", "manifest.json"]);
    expect(await fs.readFile(join(path, "manifest.json"), "utf8")).toBe(
      `${JSON.stringify(
        {
          complete: true,
          files: [
            { bytes: 3, kind: "spikes", name: "a.bin", sha256: sha256("\u0001\u0002\u0003") },
            { bytes: 4, columns: [{ name: "x" }], kind: "table", name: "b.csv", rows: 1, sha256: sha256("x\n1\n") },
          ],
          format: "neuroweave results",
          run: { dt: 0.1, parameters: { cells: { R: 5, tau: [1, "-0", "Infinity"] } }, seed: 7, steps: 100, t: 10 },
          version: 1,
        },
        null,
        2,
      )}\n`,
    );
    expect(await readManifest(path)).toEqual(output.manifest);
  });

  test("of two runs with the same values is the same to the byte, whatever the order of keys", async () => {
    const texts = [];
    for (const run of [
      { seed: 1, dt: 0.1 },
      { dt: 0.1, seed: 1 },
    ]) {
      const output = await openOutput(freshPath());
      await output.describe(run);
      await Promise.all(["b", "a", "c"].map((name) => output.write(name, name, spikes)));
      await output.finish();
      texts.push(await fs.readFile(join(output.path, "manifest.json"), "utf8"));
    }
    expect(texts[0]).toBe(texts[1]);
  });

  test("says so while the run is not finished, and where it was interrupted", async () => {
    const output = await openOutput(freshPath());
    await output.write("a", "1", spikes);
    expect((await readManifest(output.path)).complete).toBe(false);
    await output.finish({ interrupted: { step: 1234 } });
    expect(await readManifest(output.path)).toMatchObject({ complete: false, interrupted: { step: 1234 } });
    expect((await verifyOutput(output.path)).intact).toBe(false);
  });

  test("is used again by a later run, which removes what it has not written when it is finished, not before", async () => {
    const path = freshPath();
    const first = await openOutput(path);
    await first.write("kept", "1", spikes);
    await first.write("dropped", "1", spikes);
    await first.finish();
    const second = await openOutput(path);
    await second.write("kept", "2", spikes);
    expect(await fs.readFile(join(path, "dropped"), "utf8")).toBe("1");
    expect((await readManifest(path)).earlier).toEqual(["dropped"]);

    // The second run died. The third one still knows what is left of the first.
    const third = await openOutput(path);
    await third.write("other", "3", spikes);
    await third.finish();
    expect((await fs.readdir(path)).sort()).toEqual(["manifest.json", "other"]);
  });

  test("with files of others is refused, and left as it was; with overwrite they stay beside the results", async () => {
    const path = freshPath();
    await fs.mkdir(path);
    await fs.writeFile(join(path, "thesis.tex"), "years of work");
    await expect(openOutput(path)).rejects.toMatchObject({
      code: "cannot-write",
      message: expect.stringContaining("thesis.tex"),
    });
    expect(await fs.readdir(path)).toEqual(["thesis.tex"]);
    const output = await openOutput(path, { overwrite: true });
    await output.write("a", "1", spikes);
    await output.finish();
    expect(await fs.readFile(join(path, "thesis.tex"), "utf8")).toBe("years of work");
    expect((await verifyOutput(path)).unknown).toEqual(["thesis.tex"]);
  });

  test("has the names of its files on the disk before it says that they are written, and its own too", async () => {
    const path = join(freshPath(), "deep");
    const calls: string[] = [];
    const fileSystem: FileSystem = {
      ...fs,
      mkdir: (async (...parameters: Parameters<typeof fs.mkdir>) => {
        const made = await fs.mkdir(...parameters);
        calls.push(`make ${String(parameters[0])}`);
        return made;
      }) as typeof fs.mkdir,
      open: async (...parameters) => {
        const handle = await fs.open(...parameters);
        const sync = handle.sync.bind(handle);
        handle.sync = () => (calls.push(`sync ${String(parameters[0])}`), sync());
        return handle;
      },
      rename: (from, to) => (calls.push(`name ${String(to)}`), fs.rename(from, to)),
    };
    const output = await openOutput(path, { fileSystem });
    const above = join(path, "..");
    expect(calls.slice(0, 4)).toEqual([`make ${above}`, `sync ${root}`, `make ${path}`, `sync ${path.slice(0, -5)}`]);
    calls.length = 0;
    await output.write("a", "1", spikes);
    const whole = (name: string) => [`sync ${join(path, `.${name}.unfinished`)}`, `name ${join(path, name)}`, `sync ${path}`]; // prettier-ignore
    expect(calls).toEqual([...whole("a"), ...whole("manifest.json")]);
  });

  test("with somebody else's manifest.json is none of ours", async () => {
    const path = freshPath();
    await fs.mkdir(path);
    await fs.writeFile(join(path, "manifest.json"), '{ "name": "app", "files": ["../x"] }');
    await expect(openOutput(path)).rejects.toThrow("not results of neuroweave");
  });

  test("loses what a run that died has left half-written", async () => {
    const path = freshPath();
    await openOutput(path);
    await fs.writeFile(join(path, ".spikes.h5.unfinished"), "half");
    await openOutput(path);
    expect(await fs.readdir(path)).toEqual([]);
  });
});

describe("what cannot be written", () => {
  test("is refused where a system says of a folder that is there that it is not, and each of the path is tried at most twice", async () => {
    const tried: string[] = [];
    const mkdir = ((folder: string) => {
      tried.push(folder);
      const code = folder === "/odd" ? "EEXIST" : "ENOENT";
      return Promise.reject(Object.assign(new Error(code), { code, syscall: "mkdir" }));
    }) as typeof fs.mkdir;
    const stat = () => Promise.resolve({ size: 0, isDirectory: () => true });
    await expect(makeFolder("/odd/a/b", { mkdir, stat })).rejects.toMatchObject({
      code: "cannot-write",
      summary: "cannot make the folder /odd/a/b: the system makes none there",
    });
    expect(tried).toEqual(["/odd/a/b", "/odd/a", "/odd", "/odd/a"]);
  });

  test.each([
    ["ENOSPC", "the disk is full", "another disk"],
    ["EDQUOT", "your share of the disk", "another disk"],
    ["EACCES", "not permitted", "permissions"],
    ["EROFS", "only be read", "another disk"],
    ["EIO", "reports a fault", "another disk"],
  ])(
    "%s during a run: place, reason and cure are said, nothing half-written stays, the rest is readable",
    async (code, reason, cure) => {
      const path = freshPath();
      const output = await openOutput(path, { fileSystem: failing("big", code, 10) });
      await output.write("small", "1", spikes);
      const chunks = ["12345678", "12345678", "12345678"];
      const error: unknown = await output.write("big", chunks, spikes).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ name: "NeuroweaveError", code: "cannot-write" });
      expect((error as Error).message).toContain(join(path, "big"));
      expect((error as Error).message).toContain(reason);
      expect((error as { remedy: string }).remedy).toContain(cure);
      expect((await fs.readdir(path)).sort()).toEqual(["manifest.json", "small"]);
      expect((await verifyOutput(path)).files).toEqual([{ name: "small", state: "intact" }]);

      // When there is room again, the run can go on.
      await output.write("after", "2", spikes);
      await output.finish();
      expect((await verifyOutput(path)).intact).toBe(true);
    },
  );

  test("is found out before the run", async () => {
    const path = freshPath();
    await expect(openOutput(path, { fileSystem: failing("probe", "ENOSPC") })).rejects.toThrow("the disk is full");
    expect(await fs.readdir(path)).toEqual([]);
    await fs.writeFile(join(root, "a-file"), "");
    await expect(openOutput(join(root, "a-file"))).rejects.toMatchObject({ code: "cannot-write" });
    await expect(openOutput(join(root, "a-file", "below"))).rejects.toThrow("is a file, not a folder");
  });

  test("stays as it was before, when the new version of a file fails", async () => {
    const output = await openOutput(freshPath());
    await output.write("a", "first", spikes);
    const broken = (function* () {
      yield "second";
      throw new RangeError("the source broke");
    })();
    await expect(output.write("a", broken, spikes)).rejects.toThrow(RangeError);
    expect(await fs.readFile(join(output.path, "a"), "utf8")).toBe("first");
    expect((await verifyOutput(output.path)).files).toEqual([{ name: "a", state: "intact" }]);
  });

  test("because the system itself says so: a limit on the size of files", async () => {
    const path = freshPath();
    const child = fileURLToPath(new URL("write-too-much.ts", import.meta.url));
    const limited = 'ulimit -f 128 && exec "$0" --import tsx "$1" "$2"';
    const { stdout, stderr, status } = spawnSync("sh", ["-c", limited, process.execPath, child, path], {
      encoding: "utf8",
      env: { ...process.env, TSX_DISABLE_CACHE: "1" },
    });
    expect([status, stderr]).toEqual([0, ""]);
    const said = JSON.parse(stdout) as { code: string; message: string };
    expect(said.code).toBe("cannot-write");
    expect(said.message).toContain("larger than is allowed");
    expect((await fs.readdir(path)).sort()).toEqual(["manifest.json", "small"]);
    expect((await verifyOutput(path)).files).toEqual([{ name: "small", state: "intact" }]);
  });
});

describe("names of files", () => {
  test.each([
    "../a",
    "a/b",
    "a\\b",
    "/a",
    ".",
    "..",
    "",
    ".hidden",
    "a\0",
    "a\nb",
    "C:a",
    "CON",
    "nul.txt",
    "a.",
    "a ",
    "manifest.json",
    "MANIFEST.json",
    "x".repeat(201),
    "a*",
    "a%b",
    "\uD800",
  ])("%j is refused", async (name) => {
    const output = await openOutput(freshPath());
    await expect(output.write(name, "1", spikes)).rejects.toMatchObject({ code: "invalid-name" });
    expect(await fs.readdir(output.path)).toEqual([]);
  });

  test("that differ in capitals only are refused", async () => {
    const output = await openOutput(freshPath());
    await output.write("exc.csv", "1", spikes);
    await expect(output.write("Exc.csv", "1", spikes)).rejects.toMatchObject({ code: "duplicate-name" });
  });

  test("are made of any text, and different for different ones", async () => {
    const output = await openOutput(freshPath());
    expect(fileNameOf("exc→inh", "csv")).toBe("exc→inh.csv");
    expect(fileNameOf("L4/exc", "csv")).toBe("L4%2Fexc.csv");
    const word = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom("con", "..", ".", "", "a/b", "a%2Fb", "%", " a", "a "),
    );
    await fc.assert(
      fc.asyncProperty(word, word, async (a, b) => {
        const [first, second] = [fileNameOf(a, "x"), fileNameOf(b, "x")];
        expect(first === second).toBe(a === b);
        if (first.toLowerCase() !== second.toLowerCase() || a === b)
          await (await openOutput(output.path)).write(first, a, spikes);
      }),
      { numRuns: 60 },
    );
  });
});

describe("verification", () => {
  test("tells intact, changed and missing files, and those it does not know", async () => {
    const output = await openOutput(freshPath());
    for (const name of ["same", "longer", "flipped", "gone"]) await output.write(name, name, spikes);
    await output.finish();
    expect((await verifyOutput(output.path)).intact).toBe(true);
    await fs.writeFile(join(output.path, "longer"), "longer!");
    await fs.writeFile(join(output.path, "flipped"), "flippee");
    await fs.rm(join(output.path, "gone"));
    await fs.writeFile(join(output.path, "foreign"), "");
    expect(await verifyOutput(output.path)).toMatchObject({
      intact: false,
      files: [
        { name: "flipped", state: "changed" },
        { name: "gone", state: "missing" },
        { name: "longer", state: "changed" },
        { name: "same", state: "intact" },
      ],
      unknown: ["foreign"],
    });
  });

  test.each([
    ["", "no JSON"],
    ["[]", "format"],
    ['{"format":"neuroweave results","version":2}', "version"],
    ['{"format":"neuroweave results","version":1,"run":{},"complete":true,"files":[{}]}', "list of files"],
    [
      `{"format":"neuroweave results","version":1,"run":{},"complete":true,"files":[{"name":"../../x","bytes":1,"kind":"a","sha256":"${"0".repeat(64)}"}]}`,
      "list of files",
    ],
    [
      '{"format":"neuroweave results","version":1,"run":{},"complete":true,"files":[],"earlier":["/etc/passwd"]}',
      "earlier",
    ],
  ])("refuses the manifest %j", async (text, reason) => {
    const path = freshPath();
    await fs.mkdir(path);
    await fs.writeFile(join(path, "manifest.json"), text);
    await expect(verifyOutput(path)).rejects.toMatchObject({
      code: "unreadable-file",
      message: expect.stringContaining(reason),
    });
  });

  test("refuses a folder that is none", async () => {
    await expect(readManifest(join(root, "nowhere"))).rejects.toMatchObject({ code: "unreadable-file" });
  });
});
