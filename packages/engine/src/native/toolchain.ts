/** A compiler with the flags that it takes on this machine, and what tells it from every other. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Compiler } from "./compiler.ts";
import { runCommand, type Outcome } from "./run-command.ts";
import { createHash } from "./node.ts";

export interface Toolchain {
  readonly compiler: Compiler;
  readonly flags: readonly string[];
  /** Stands for the compiler's version and the processor that it compiles for. */
  readonly fingerprint: string;
}

/** A program means the same bits only under these: never dropped. */
const meaning = [
  "-std=gnu11",
  // a * b + c is rounded twice, as everywhere else.
  "-ffp-contract=off",
  // Integers wrap, and one memory holds values of several types.
  "-fwrapv",
  "-fno-strict-aliasing",
] as const;

/** A library comes out only under these: never dropped, and no matter of `-E`. */
const product = ["-shared", "-fPIC", "-pthread"] as const;

/** Speed only: each is dropped where the compiler does not know it. The first that is taken of a row counts. */
const speed: readonly (readonly string[])[] = [
  ["-O3"],
  ["-march=native", "-mcpu=native"],
  ...(process.arch === "x64" || process.arch === "ia32" ? [["-mprefer-vector-width=512"]] : []),
  ["-fno-math-errno"],
  ["-fno-trapping-math"],
  ["-fno-signaling-nans"],
  ["-fno-semantic-interposition"],
];

const toolchains = new Map<string, Promise<Toolchain>>();

/** Asks the compiler once per process; a failure is not remembered. */
export function findToolchain(compiler: Compiler, timeout: number): Promise<Toolchain> {
  const key = JSON.stringify([compiler.identity, compiler.words]);
  let toolchain = toolchains.get(key);
  if (!toolchain) {
    toolchain = probe(compiler, timeout);
    toolchains.set(key, toolchain);
    toolchain.catch(() => toolchains.delete(key));
  }
  return toolchain;
}

async function probe(compiler: Compiler, timeout: number): Promise<Toolchain> {
  // Nearly every compiler takes all: one call, which also gives the macros.
  const all = speed.map(([first = ""]) => first);
  const attempt = await macrosUnder(compiler, all, timeout);
  if (attempt.status === 0) return toolchainOf(compiler, all, attempt);

  const taken: string[] = [];
  const least = await macrosUnder(compiler, [], timeout);
  if (least.status !== 0) throw compilerFailed(compiler, least, timeout, `refuses ${meaning.join(" ")}`);
  for (const row of speed) {
    for (const flag of row) {
      if ((await macrosUnder(compiler, [flag], timeout)).status !== 0) continue;
      taken.push(flag);
      break;
    }
  }
  const together = await macrosUnder(compiler, taken, timeout);
  if (together.status === 0) return toolchainOf(compiler, taken, together);
  return toolchainOf(compiler, [], least);
}

/** The macros that the compiler defines under flags: they tell its version, the processor's features and how it computes. */
async function macrosUnder(compiler: Compiler, flags: readonly string[], timeout: number): Promise<Outcome> {
  const outcome = await callCompiler(
    compiler,
    [...flags, ...meaning, "-fPIC", "-pthread", "-dM", "-E", "-x", "c", "-"],
    { timeout },
  );
  if (outcome.timedOut) throw compilerFailed(compiler, outcome, timeout, "did not answer");
  return outcome;
}

/** What makes computing differ from IEEE 754, were it among the words of `CC`. */
const forbidden = ["__FAST_MATH__", "__ASSOCIATIVE_MATH__", "__RECIPROCAL_MATH__", "__NO_SIGNED_ZEROS__"];

function toolchainOf(compiler: Compiler, taken: readonly string[], { stdout }: Outcome): Toolchain {
  const macros = new Map(
    stdout.split("\n").flatMap((line) => {
      const [, name, value] = /^#define (\w+) (.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  const year = Number.parseInt(macros.get("__STDC_VERSION__") ?? "", 10);
  if (!(year >= 201112)) {
    throw new NeuroweaveError("compiler-failed", `${compiler.name} does not answer as a compiler of C11 does`, {
      remedy: "name another compiler with the environment variable CC",
    });
  }
  const loose = forbidden.filter((name) => macros.has(name));
  if (macros.get("__FINITE_MATH_ONLY__") === "1") loose.push("__FINITE_MATH_ONLY__");
  // Values wider than their type, as on the x87, round twice.
  const width = macros.get("__FLT_EVAL_METHOD__") ?? "0";
  if (width !== "0" && width !== "16") loose.push(`__FLT_EVAL_METHOD__ ${width}`);
  if (loose.length > 0) {
    throw new NeuroweaveError(
      "compiler-failed",
      `${compiler.name} does not compute in strict IEEE 754: ${loose.join(", ")}`,
      {
        remedy: "leave flags such as -ffast-math out of CC",
      },
    );
  }
  return {
    compiler,
    flags: [...taken, ...meaning, ...product],
    fingerprint: createHash("sha256").update(`${process.platform} ${process.arch}\n${stdout}`).digest("hex"),
  };
}

interface Call {
  readonly timeout: number;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** Runs the compiler; that it cannot be started at all is an error, whatever it answers is not. */
export async function callCompiler(compiler: Compiler, words: readonly string[], call: Call): Promise<Outcome> {
  try {
    return await runCommand(compiler.path, [...compiler.words, ...words], call);
  } catch (cause) {
    if (call.signal?.aborted === true) throw cause;
    throw new NeuroweaveError(
      "compiler-failed",
      `${compiler.name} (${compiler.path}) cannot be run: ${(cause as Error).message}`,
      {
        remedy: "name another compiler with the environment variable CC",
      },
      { cause },
    );
  }
}

const mostLines = 20;

/** What went wrong with a call, with the first lines that the compiler said itself. */
export function compilerFailed(compiler: Compiler, outcome: Outcome, timeout: number, what: string): NeuroweaveError {
  if (outcome.timedOut) {
    return new NeuroweaveError(
      "compiler-failed",
      `${compiler.name} (${compiler.path}) had not finished after ${timeout} ms and was stopped`,
      {
        remedy:
          'give it more time with the environment variable NEUROWEAVE_CC_TIMEOUT (ms), or choose the device "wasm"',
      },
    );
  }
  const lines = `${outcome.stderr}\n${outcome.stdout}`.split("\n").filter((line) => line.trim() !== "");
  const shown = lines.slice(0, mostLines).map((line) => `\n    ${line.slice(0, 300)}`);
  if (lines.length > mostLines) shown.push(`\n    … and ${lines.length - mostLines} lines more`);
  const ending = outcome.status === null ? `was ended by ${outcome.signal}` : `ended with status ${outcome.status}`;
  return new NeuroweaveError(
    "compiler-failed",
    `${compiler.name} (${compiler.path}) ${what}: it ${ending}${shown.join("")}`,
    {
      remedy: 'name another compiler with the environment variable CC, or choose the device "wasm"',
    },
  );
}
