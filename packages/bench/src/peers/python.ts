/** Interpreters of Python that a machine has. */
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { NeuroweaveError } from "@neuroweave/equations";
import { runToEnd } from "../contest/children.ts";

export interface Python {
  readonly command: string;
  /** Such as `3.12.1`. */
  readonly version: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Interpreters that pyenv keeps, which are on no path. */
function kept(wanted: string, env: Variables): readonly string[] {
  const folder = join(env["PYENV_ROOT"] ?? join(env["HOME"] ?? homedir(), ".pyenv"), "versions");
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith(`${wanted}.`));
    return names.map((name) => join(folder, name, "bin", "python3"));
  } catch {
    return [];
  }
}

async function versionOf(command: string, env: Variables): Promise<string | undefined> {
  try {
    return (
      await runToEnd(command, ["-c", "print(__import__('platform').python_version())"], { within: 20_000, env })
    ).trim();
  } catch {
    return undefined;
  }
}

/** The first of some versions, such as `3.12`, that is there; or whatever `python3` is. Throws where there is none. */
export async function findPython(wanted: readonly string[], env: Variables = process.env): Promise<Python> {
  const plain = await versionOf("python3", env);
  for (const version of wanted) {
    if (plain?.startsWith(`${version}.`)) return { command: "python3", version: plain };
    for (const command of [`python${version}`, ...kept(version, env)]) {
      const found = await versionOf(command, env);
      if (found?.startsWith(`${version}.`)) return { command, version: found };
    }
  }
  if (plain !== undefined) return { command: "python3", version: plain };
  throw new NeuroweaveError("not-supported", "there is no python3", {
    remedy: `Install Python, best ${wanted[0] ?? "3"}.`,
  });
}
