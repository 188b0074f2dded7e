import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, vi, expect } from "vitest";
import { findCompiler } from "../../packages/engine/src/native/index.ts";

/** The compiler of this machine; null where there is none. */
export const realCompiler: string | null = (() => {
  vi.stubEnv("CC", "");
  try {
    return findCompiler().path;
  } catch {
    return null;
  } finally {
    vi.unstubAllEnvs();
  }
})();

const root = mkdtempSync(join(tmpdir(), "native test "));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** An empty folder, gone after the file's tests. */
export const emptyFolder = (): string => mkdtempSync(join(root, "folder-"));

/** Every test has a cache of its own, and no compiler named. What a worker that is ended leaves behind goes with the rest. */
beforeEach(() => {
  vi.stubEnv("TMPDIR", root);
  vi.stubEnv("NEUROWEAVE_CACHE", emptyFolder());
  vi.stubEnv("NEUROWEAVE_CC_TIMEOUT", "");
  vi.stubEnv("CC", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A shell script that can be called. */
export function script(text: string): string {
  const path = join(emptyFolder(), "compiler");
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

/**
 * Names a compiler with `CC` that answers questions about itself and does `text` when it is to compile. There, `$out` is
 * the file to write and `$words` is what it was called with. `questions` is done before it answers.
 */
export function fakeCompiler(text: string, questions = ""): string {
  const path = script(`words="$*"
case "$words" in *-dM*)
  cat >/dev/null
  ${questions}
  echo "#define __STDC_VERSION__ 201112L"
  exit 0
esac
out=""
for word in "$@"; do
  [ "$before" = "-o" ] && out="$word"
  before="$word"
done
${text}`);
  vi.stubEnv("CC", path);
  return path;
}

/** What a fake writes that is only to look like a library. */
export const writeFakeLibrary = `cat >/dev/null; printf '\\177ELF and no more' >"$out"`;

/** Whether a process comes to its end within ten seconds. One that only waits to be buried has. */
export async function ends(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 500; tries++) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/stat`;
  try {
    return !existsSync(status) || !/\) [ZX] /.test(readFileSync(status, "utf8"));
  } catch {
    return false;
  }
}

/** Where entries are. */
export const cache = () => join(process.env["NEUROWEAVE_CACHE"]!, "native");
/** The cache's entries; a build leaves nothing else in the folder. */
export function entries(folder = cache()): readonly string[] {
  const names = readdirSync(folder);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}$/);
  return names;
}

/** Named as the compiler: writes a file that passes for a library; returns how often it was called for one. */
export function countingCompiler(): () => number {
  const log = join(emptyFolder(), "log");
  writeFileSync(log, "");
  fakeCompiler(`echo called >>"${log}"; ${writeFakeLibrary}`);
  return () => readFileSync(log, "utf8").split("\n").length - 1;
}
