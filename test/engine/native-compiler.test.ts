import { chmodSync, copyFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NeuroweaveError } from "@neuroweave/equations";
import { describe, expect, it, vi } from "vitest";
import { buildLibrary, findCompiler } from "../../packages/engine/src/native/index.ts";
import { emptyFolder, fakeCompiler, realCompiler, script, writeFakeLibrary } from "./native-fakes.ts";

const refusal = (code: string) => expect.objectContaining({ name: "NeuroweaveError", code }) as NeuroweaveError;

function caught(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe("the compiler", () => {
  it("is what CC names", () => {
    const path = script("exit 0");
    vi.stubEnv("CC", path);
    expect(findCompiler()).toMatchObject({ path, words: [] });
  });

  it("may be named with words of its own", () => {
    const folder = emptyFolder();
    symlinkSync(script("exit 0"), join(folder, "wrapper"));
    vi.stubEnv("PATH", folder);
    vi.stubEnv("CC", " wrapper  gcc -m64");
    expect(findCompiler()).toMatchObject({ path: join(folder, "wrapper"), words: ["gcc", "-m64"] });
  });

  it("is looked for on the PATH in the order cc, gcc, clang", () => {
    const [first, second] = [emptyFolder(), emptyFolder()];
    vi.stubEnv("PATH", `${first}::${second}`);
    for (const [folder, name] of [
      [first, "clang"],
      [second, "gcc"],
      [second, "cc"],
    ] as const) {
      symlinkSync(script("exit 0"), join(folder, name));
      vi.stubEnv("PATH", `${first}:/nowhere-${name}:${second}`);
      expect(findCompiler().path).toBe(join(folder, name));
    }
  });

  it("is looked up once, and again when CC, PATH or the program change", () => {
    const folder = emptyFolder();
    const [one, other] = [script("exit 0"), script("exit 1")];
    copyFileSync(one, join(folder, "cc"));
    vi.stubEnv("PATH", folder);
    const found = findCompiler();
    expect(findCompiler()).toBe(found);
    vi.stubEnv("CC", other);
    expect(findCompiler().path).toBe(other);
    vi.stubEnv("CC", "");
    expect(findCompiler()).toEqual(found);
    rmSync(join(folder, "cc"));
    expect(caught(findCompiler)).toEqual(refusal("no-compiler"));
  });

  it("is no file that cannot be run, and no folder", () => {
    const folder = emptyFolder();
    const path = script("exit 0");
    chmodSync(path, 0o644);
    copyFileSync(path, join(folder, "cc"));
    symlinkSync(emptyFolder(), join(folder, "gcc"));
    vi.stubEnv("PATH", folder);
    expect(caught(findCompiler)).toEqual(refusal("no-compiler"));
  });

  it("is missed with the cure for each system", () => {
    vi.stubEnv("PATH", emptyFolder());
    const error = caught(findCompiler) as NeuroweaveError;
    expect(error).toEqual(refusal("no-compiler"));
    for (const cure of ["apt install build-essential", "dnf install gcc", "xcode-select --install", '"wasm"', "CC"]) {
      expect(error.message).toContain(cure);
    }
    vi.stubEnv("CC", "no-such-compiler -m64");
    expect(caught(findCompiler)).toMatchObject({ code: "no-compiler", message: expect.stringContaining("CC") });
  });

  it("is looked for nowhere where there is no PATH, unless CC says where it is", () => {
    vi.stubEnv("CC", undefined);
    vi.stubEnv("PATH", undefined);
    expect(caught(findCompiler)).toEqual(refusal("no-compiler"));
    vi.stubEnv("CC", "cc");
    expect(caught(findCompiler)).toEqual(refusal("no-compiler"));
    const path = script("exit 0");
    vi.stubEnv("CC", path);
    expect(findCompiler()).toMatchObject({ path });
  });

  it("is not looked for on Windows, where what it makes is another kind of library", async () => {
    vi.stubEnv("CC", script("exit 0"));
    vi.spyOn(process, "platform", "get").mockReturnValue("win32");
    try {
      expect(caught(findCompiler)).toEqual(refusal("not-supported"));
      await expect(buildLibrary("int x;")).rejects.toMatchObject({
        code: "not-supported",
        remedy: expect.stringContaining('"wasm"'),
      });
    } finally {
      vi.restoreAllMocks();
    }
  });

  it("is missed by a build too", async () => {
    vi.stubEnv("PATH", emptyFolder());
    await expect(buildLibrary("int x;")).rejects.toEqual(refusal("no-compiler"));
  });
});

describe("flags", () => {
  /** The words of the call that compiles, when questions with one of `refused` fail. */
  async function wordsWithout(refused: string): Promise<readonly string[]> {
    const log = join(emptyFolder(), "log");
    fakeCompiler(
      `echo "$words" >"${log}"; ${writeFakeLibrary}`,
      `case "$words" in ${refused}) echo "unknown flag" >&2; exit 1;; esac`,
    );
    await buildLibrary("int x;");
    return readFileSync(log, "utf8").trim().split(" ");
  }

  it("are all given to a compiler that takes all", async () => {
    const words = await wordsWithout("nothing");
    expect(words).toEqual(expect.arrayContaining(["-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math"]));
    expect(words).toEqual(expect.arrayContaining(["-std=gnu11", "-ffp-contract=off", "-shared", "-fPIC", "-pthread"]));
    expect(words.join(" ")).not.toContain("fast");
  });

  it("that a compiler does not know are left out, but for those that have to do with bits", async () => {
    const words = await wordsWithout("*-march=native*|*-fno-signaling-nans*|*-mprefer-vector-width*");
    expect(words).toEqual(expect.arrayContaining(["-O3", "-mcpu=native", "-ffp-contract=off", "-fno-math-errno"]));
    expect(words).not.toContain("-march=native");
    expect(words).not.toContain("-fno-signaling-nans");
    expect(words).not.toContain("-mprefer-vector-width=512");
  });

  it("that each pass alone and fail together are all left out", async () => {
    const words = await wordsWithout("*-O3*-fno-math-errno*");
    expect(words).not.toContain("-O3");
    expect(words).toContain("-ffp-contract=off");
  });

  it("that have to do with bits must be taken", async () => {
    await expect(wordsWithout("*-ffp-contract=off*")).rejects.toMatchObject({
      code: "compiler-failed",
      message: expect.stringMatching(/-ffp-contract=off.*\n.*unknown flag/),
    });
  });

  it("must leave IEEE 754 as it is", async () => {
    for (const macro of ["__FAST_MATH__ 1", "__FINITE_MATH_ONLY__ 1", "__FLT_EVAL_METHOD__ 2"]) {
      fakeCompiler("exit 1", `echo "#define ${macro}"`);
      await expect(buildLibrary("int x;")).rejects.toMatchObject({
        code: "compiler-failed",
        message: expect.stringContaining("IEEE 754"),
      });
    }
  });

  it("among the words of CC may not loosen it either", async () => {
    vi.stubEnv("CC", `${realCompiler ?? "cc"} -ffast-math`);
    await expect(buildLibrary("int x;")).rejects.toMatchObject({
      code: realCompiler === null ? "no-compiler" : "compiler-failed",
      ...(realCompiler === null ? {} : { message: expect.stringContaining("__FAST_MATH__") }),
    });
  });

  it("are not asked of what is no compiler", async () => {
    vi.stubEnv("CC", script("cat >/dev/null; echo hello"));
    await expect(buildLibrary("int x;")).rejects.toMatchObject({
      code: "compiler-failed",
      message: expect.stringContaining("does not answer as a compiler"),
    });
    // Its interpreter is missing: it cannot be started at all.
    const stillborn = script("");
    writeFileSync(stillborn, "#!/no/such/interpreter\n");
    vi.stubEnv("CC", stillborn);
    await expect(buildLibrary("int x;")).rejects.toMatchObject({
      code: "compiler-failed",
      message: expect.stringContaining("cannot be run"),
    });
  });
});
