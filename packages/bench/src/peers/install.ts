/** Simulators of others, in virtual environments of their own, from versions that are pinned. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NeuroweaveError } from "@neuroweave/equations";
import { runToEnd } from "../contest/children.ts";
import { findPython } from "./python.ts";

export interface Requirements {
  /** The name of the list in `requirements/`. */
  readonly name: string;
  /** Versions of Python, the best first. */
  readonly pythons: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Where environments are kept between runs. */
export const peersFolder = (env: Variables = process.env): string =>
  join(env["XDG_CACHE_HOME"] || join(env["HOME"] ?? homedir(), ".cache"), "neuroweave", "peers");

const minutes = (count: number): number => count * 60_000;

/** Written at the very end: an environment without it is none. */
const mark = "complete";

/**
 * The interpreter of an environment that holds what a list pins; makes it where there is none. What is left of one that could
 * not be made is removed, and the reason thrown as `not-supported`.
 */
export async function environmentOf(
  { name, pythons }: Requirements,
  env: Variables = process.env,
  report: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<string> {
  const list = fileURLToPath(new URL(`requirements/${name}.txt`, import.meta.url));
  const { command, version } = await findPython(pythons, env);
  const key = createHash("sha256").update(version).update(readFileSync(list)).digest("hex").slice(0, 12);
  const folder = join(peersFolder(env), `${name}-${key}`);
  const python = join(folder, "bin", "python");
  if (existsSync(join(folder, mark))) return python;
  report(`installing ${name} for Python ${version}; this takes minutes, once`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await runToEnd(command, ["-m", "venv", folder], { within: minutes(3), env });
    const pip = [
      "-m",
      "pip",
      "install",
      "--no-input",
      "--disable-pip-version-check",
      "--progress-bar",
      "off",
      "-r",
      list,
    ];
    await runToEnd(python, pip, { within: minutes(30), env });
    writeFileSync(join(folder, mark), `${version}\n`);
    return python;
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    const reason = cause instanceof NeuroweaveError ? cause.message.split("\n", 1)[0]! : String(cause);
    throw new NeuroweaveError(
      "not-supported",
      `${name} cannot be installed: ${reason}`,
      { remedy: `Try \`pip install -r ${list}\` in an environment of your own.` },
      { cause },
    );
  }
}
