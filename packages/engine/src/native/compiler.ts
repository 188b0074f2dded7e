/** Which C compiler there is: found on the machine, never brought along. */
import { NeuroweaveError } from "@neuroweave/equations";
import { accessSync, constants, delimiter, join, resolve, statSync } from "./node.ts";

export interface Compiler {
  /** Absolute path of the program. */
  readonly path: string;
  /** Words that come before all flags: `CC="ccache gcc"` calls ccache with `gcc`. */
  readonly words: readonly string[];
  /** As a person would name it. */
  readonly name: string;
  /** Differs when the program at the path is exchanged. */
  readonly identity: string;
}

const remedy =
  "install one (Debian, Ubuntu: `apt install build-essential`; Fedora: `dnf install gcc`; macOS: `xcode-select --install`), " +
  'name one with the environment variable CC, or choose the device "auto" or "wasm"';

let found: { readonly asked: string; readonly compiler: Compiler } | undefined;

/** `CC` if it is set, else the first of cc, gcc and clang on the PATH. Looks again only when CC or PATH change. */
export function findCompiler(): Compiler {
  if (process.platform === "win32") {
    throw new NeuroweaveError("not-supported", "native code is compiled on Linux and macOS only", {
      remedy: 'choose the device "auto" or "wasm"',
    });
  }
  const named = process.env["CC"]?.trim() ?? "";
  const asked = JSON.stringify([named, process.env["PATH"]]);
  if (found?.asked === asked) {
    // A compiler that was exchanged or taken away is looked up again.
    if (identify(found.compiler.path) === found.compiler.identity) return found.compiler;
  }
  const compiler = named === "" ? firstOf(["cc", "gcc", "clang"]) : fromWords(named);
  if (!compiler) {
    const message =
      named === ""
        ? "no C compiler is found: neither cc, gcc nor clang is on the PATH"
        : `CC names no program: ${named}`;
    throw new NeuroweaveError("no-compiler", message, { remedy });
  }
  found = { asked, compiler };
  return compiler;
}

function firstOf(names: readonly string[]): Compiler | undefined {
  for (const name of names) {
    const path = locate(name);
    if (path !== undefined) return { path, words: [], name, identity: identify(path) };
  }
  return undefined;
}

/** The whole text may be one program, whose path contains blanks; else its first word is the program. */
function fromWords(named: string): Compiler | undefined {
  const whole = firstOf([named]);
  if (whole) return whole;
  const [program = "", ...words] = named.split(/\s+/);
  const path = locate(program);
  return path === undefined ? undefined : { path, words, name: named, identity: identify(path) };
}

function locate(name: string): string | undefined {
  if (name.includes("/")) return isProgram(resolve(name)) ? resolve(name) : undefined;
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => resolve(join(folder, name)))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function identify(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${path} ${stats.ino} ${stats.size} ${stats.mtimeMs}` : `${path} gone`;
}
