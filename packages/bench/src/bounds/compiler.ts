/** The compiler of C that a machine has, and what it takes of the flags that a loop by hand deserves. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { NeuroweaveError } from "@neuroweave/equations";

const run = promisify(execFile);

export interface Compiler {
  readonly command: string;
  /** The first line of what it says about itself. */
  readonly version: string;
  /** What it accepts of `wanted`. */
  readonly flags: readonly string[];
  /** The widest vectors that its programs use here. */
  readonly vectors: Vectors;
}

type Vectors = "avx512" | "avx2" | "neon" | "other";

/** Same bits as without: nothing here lets the compiler change a result. */
const wanted = [
  "-O3",
  "-march=native",
  "-mprefer-vector-width=512",
  "-ffp-contract=off",
  "-fno-math-errno",
  "-fno-trapping-math",
] as const;

/** The command of `CC`, or the first of cc, gcc and clang that answers. Throws `not-supported` where there is none. */
export async function findCompiler(environment: NodeJS.ProcessEnv = process.env): Promise<Compiler> {
  const asked = environment["CC"];
  for (const command of asked ? [asked] : ["cc", "gcc", "clang"]) {
    try {
      const { stdout } = await run(command, ["--version"], { env: environment, timeout: 20_000 });
      const version = stdout.split("\n", 1)[0]!.trim();
      const flags = await accepted(command, environment);
      return { command, version, flags, vectors: await vectorsOf(command, flags, environment) };
    } catch {
      // The next one.
    }
  }
  throw new NeuroweaveError("not-supported", asked ? `CC is ${asked}, which does not run` : "there is no C compiler", {
    remedy: "Install gcc or clang, or name one in the environment variable CC.",
  });
}

/** By the macros that the compiler defines. */
async function vectorsOf(command: string, flags: readonly string[], env: NodeJS.ProcessEnv): Promise<Vectors> {
  const { stdout } = await run(command, [...flags, "-dM", "-E", "-x", "c", "/dev/null"], { env, timeout: 20_000 });
  if (stdout.includes("__AVX512F__")) return "avx512";
  if (stdout.includes("__AVX2__")) return "avx2";
  return stdout.includes("__ARM_NEON") ? "neon" : "other";
}

async function accepted(command: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "neuroweave-flags-"));
  try {
    const source = join(folder, "empty.c");
    writeFileSync(source, "int main(void) { return 0; }\n");
    const trial = async (flags: readonly string[]): Promise<boolean> => {
      try {
        await run(command, ["-Werror", ...flags, "-o", join(folder, "empty"), source], { env, timeout: 60_000 });
        return true;
      } catch {
        return false;
      }
    };
    if (await trial(wanted)) return wanted;
    const kept: string[] = [];
    for (const flag of wanted) if (await trial([flag])) kept.push(flag);
    return kept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
