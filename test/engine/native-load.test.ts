import { appendFileSync, chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { buildLibrary, loadFunctions, loadLibrary } from "../../packages/engine/src/native/index.ts";
import { importKoffi } from "../../packages/engine/src/native/load.ts";
import { emptyFolder, fakeCompiler, realCompiler, writeFakeLibrary } from "./native-fakes.ts";

/** A test of compiled code; where there is no compiler, that this is said. */
function compiled(name: string, body: () => Promise<void>): void {
  if (realCompiler !== null) it(name, body);
  else {
    it(`${name}: refused without a compiler`, async () => {
      await expect(buildLibrary("int x;")).rejects.toMatchObject({ code: "no-compiler" });
    });
  }
}

const source = `
#include <stdint.h>
#include <stdlib.h>
#include <math.h>
#include <pthread.h>

double affine(double a, double b, double c) { return a * b + c; }
void affine_all(double *restrict y, const double *a, const double *b, int32_t n) {
  for (int32_t k = 0; k < n; k++) y[k] = a[k] * b[k] + y[k];
}
int32_t wrap(int32_t a, int32_t b) { return a + b; }
double rounded(double x) { return rint(x); }

void put(void *memory, double offset, double value) {
  *(double *)((uint8_t *)memory + (int64_t)offset) = value;
}

struct counter { double *at; };
void *create(void *memory) {
  struct counter *counter = malloc(sizeof *counter);
  counter->at = memory;
  return counter;
}
int32_t count(void *counter, int32_t n) {
  *((struct counter *)counter)->at += n;
  return n + 1;
}
void destroy(void *counter) { free(counter); }
void *none(void) { return NULL; }

static void *work(void *cell) { *(double *)cell = 42; return NULL; }
int32_t in_thread(void *cell) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, cell)) return 1;
  return pthread_join(thread, NULL);
}
`;

interface Functions {
  readonly affine: (a: number, b: number, c: number) => number;
  readonly affineAll: (y: Float64Array, a: Float64Array, b: Float64Array, n: number) => void;
  readonly wrap: (a: number, b: number) => number;
  readonly rounded: (x: number) => number;
  readonly put: (memory: Uint8Array | bigint, offset: number, value: number) => void;
  readonly create: (memory: Uint8Array) => bigint;
  readonly count: (counter: bigint, n: number) => number;
  readonly destroy: (counter: bigint) => void;
  readonly none: () => bigint | null;
  readonly inThread: (cell: Float64Array) => number;
}

const load = async (): Promise<Functions> =>
  loadFunctions<Functions>((await buildLibrary(source)).path, {
    affine: "double affine(double a, double b, double c)",
    affineAll: "void affine_all(void *y, void *a, void *b, int32_t n)",
    wrap: "int32_t wrap(int32_t a, int32_t b)",
    rounded: "double rounded(double x)",
    put: "void put(void *memory, double offset, double value)",
    create: "void *create(void *memory)",
    count: "int32_t count(void *counter, int32_t n)",
    destroy: "void destroy(void *counter)",
    none: "void *none()",
    inThread: "int32_t in_thread(void *cell)",
  });

describe("compiled functions", () => {
  compiled("round after every operation", async () => {
    const { affine, affineAll, wrap, rounded } = await load();
    // (1 + ε)² - 1 = 2 ε + ε²: a fused multiplication and addition would keep ε².
    const a = 1 + 2 ** -30;
    expect(affine(a, a, -1)).toBe(2 ** -29);
    const y = new Float64Array(67).fill(-1);
    affineAll(y, new Float64Array(67).fill(a), new Float64Array(67).fill(a), 67);
    expect(new Set(y)).toEqual(new Set([2 ** -29]));
    expect(affine(0, -1, -0)).toBe(-0);
    expect(affine(2 ** -1074, 0.75, 0)).toBe(2 ** -1074);
    expect(affine(Infinity, 0, 1)).toBeNaN();
    expect(wrap(2 ** 31 - 1, 1)).toBe(-(2 ** 31));
    expect([0.5, 1.5, -2.5].map((x) => rounded(x))).toEqual([0, 2, -2]);
  });

  for (const shared of [false, true]) {
    compiled(`write into a ${shared ? "shared" : "plain"} memory in place, up to its last bytes`, async () => {
      const { put } = await load();
      const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared });
      put(new Uint8Array(memory.buffer), 64, 1.5);
      expect(new Float64Array(memory.buffer, 64, 1)[0]).toBe(1.5);
      // The view begins where it begins.
      put(new Uint8Array(memory.buffer, 128), 8, 2.5);
      expect(new Float64Array(memory.buffer, 136, 1)[0]).toBe(2.5);

      memory.grow(49152);
      const far = 3 * 2 ** 30;
      put(new Uint8Array(memory.buffer), far, 3.5);
      expect(new Float64Array(memory.buffer, far, 1)[0]).toBe(3.5);
      put(new Uint8Array(memory.buffer, far), 8, 4.5);
      expect(new Float64Array(memory.buffer, far + 8, 1)[0]).toBe(4.5);
      expect(new Float64Array(memory.buffer, 64, 1)[0]).toBe(1.5);
    });
  }

  compiled("give and take addresses", async () => {
    const { create, count, destroy, none, put } = await load();
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const counter = create(new Uint8Array(memory.buffer));
    expect(typeof counter).toBe("bigint");
    expect(count(counter, 3)).toBe(4);
    expect(count(counter, 4)).toBe(5);
    expect(new Float64Array(memory.buffer)[0]).toBe(7);
    destroy(counter);
    expect(none()).toBeNull();

    const library = await loadLibrary((await buildLibrary(source)).path);
    const whole = library.address(new Uint8Array(memory.buffer));
    expect(library.address(new Uint8Array(memory.buffer, 24))).toBe(whole + 24n);
    put(whole + 24n, 8, 9);
    expect(new Float64Array(memory.buffer)[4]).toBe(9);
  });

  compiled("may use threads", async () => {
    const { inThread } = await load();
    const cell = new Float64Array(100);
    expect(inThread(cell)).toBe(0);
    expect(cell[0]).toBe(42);
  });

  compiled("are those of the source after the entry was spoiled", async () => {
    const text = "int answer(void) { return 41 + 1; }";
    const { path } = await buildLibrary(text);
    appendFileSync(path, "spoiled");
    await expect(loadLibrary(path)).rejects.toMatchObject({ code: "library-failed" });
    expect(await buildLibrary(text)).toMatchObject({ path, fromCache: false });
    const { answer } = await loadFunctions<{ answer: () => number }>(path, { answer: "int answer()" });
    expect(answer()).toBe(42);
  });

  compiled("that are missing are named", async () => {
    const { path } = await buildLibrary("int present(void) { return 1; }");
    await expect(loadFunctions<{ f: () => number }>(path, { f: "int absent()" })).rejects.toMatchObject({
      code: "library-failed",
      message: expect.stringContaining("absent"),
    });
    await expect(loadFunctions<{ f: () => number }>(path, { f: "what present()" })).rejects.toMatchObject({
      code: "library-failed",
      message: expect.stringContaining("what"),
    });
  });

  compiled("come from a program that compiles, or its errors are quoted", async () => {
    await expect(buildLibrary("int f(void) { return undeclared; }")).rejects.toMatchObject({
      code: "compiler-failed",
      message: expect.stringContaining("undeclared"),
    });
  });

  compiled("come out of a cache whose folder has blanks and is long", async () => {
    vi.stubEnv("NEUROWEAVE_CACHE", join(emptyFolder(), "a b", "é".repeat(100)));
    const { path } = await buildLibrary("double half(double x) { return x / 2; }");
    const { half } = await loadFunctions<{ half: (x: number) => number }>(path, { half: "double half(double x)" });
    expect(half(3)).toBe(1.5);
  });
});

describe("a library", () => {
  it("that does not load is compiled anew the next time", async () => {
    fakeCompiler(writeFakeLibrary);
    const { path } = await buildLibrary("int x;");
    await expect(loadLibrary(path)).rejects.toMatchObject({
      code: "library-failed",
      message: expect.stringContaining("NEUROWEAVE_CACHE"),
    });
    expect(await buildLibrary("int x;")).toMatchObject({ fromCache: false });
  });

  it("that nobody built is not loaded", async () => {
    const path = join(emptyFolder(), "library.so");
    await expect(loadLibrary(path)).rejects.toMatchObject({ code: "library-failed" });
    writeFileSync(path, "\x7fELF");
    await expect(loadLibrary(path)).rejects.toMatchObject({ code: "library-failed" });
  });

  it("is not loaded where its folders are gone, or are none", async () => {
    await expect(loadLibrary(join(emptyFolder(), "gone", "entry", "library.so"))).rejects.toMatchObject({
      code: "library-failed",
      message: expect.stringContaining("no such file or directory"),
    });
    const file = join(emptyFolder(), "file");
    writeFileSync(file, "", { mode: 0o600 });
    await expect(loadLibrary(join(file, "entry", "library.so"))).rejects.toMatchObject({
      code: "library-failed",
      message: expect.stringContaining("it is no folder"),
    });
  });

  it("in a folder that others may write to is not loaded", async () => {
    fakeCompiler(writeFakeLibrary);
    const { path } = await buildLibrary("int x;");
    chmodSync(dirname(dirname(path)), 0o777);
    await expect(loadLibrary(path)).rejects.toMatchObject({
      code: "library-failed",
      message: expect.stringContaining("others may write"),
    });
    expect(statSync(path).isFile()).toBe(true);
  });

  it("needs koffi, and says so", () => {
    // The package may also be there without its binary for this machine: then it throws as it is loaded.
    const folder = emptyFolder();
    mkdirSync(join(folder, "node_modules", "koffi"), { recursive: true });
    writeFileSync(join(folder, "node_modules", "koffi", "index.js"), 'throw new Error("no binary")');
    const elsewhere = pathToFileURL(join(folder, "module.js")).href;
    expect(() => importKoffi(elsewhere)).toThrow(
      expect.objectContaining({
        code: "missing-package",
        message: expect.stringContaining("npm install koffi"),
      }) as Error,
    );
    expect(importKoffi()).toHaveProperty("load");
  });
});
