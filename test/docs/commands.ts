/** Commands that pages show, and whether they exist. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, root } from "./documents.ts";

const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> }).scripts,
);

/** A line of a shell block: its words, without comment, prompt and what follows a pipe. */
export interface Command {
  readonly words: readonly string[];
  readonly place: string;
}

/** The commands of a page's shell blocks. A line that ends with a backslash goes on in the next. */
export function commandsOf({ path, blocks }: Page): Command[] {
  return blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ code, line }) => {
      const joined = code.replace(/\\\n/gu, (end) => `${" ".repeat(end.length - 1)}\u0000`);
      let at = line;
      return joined.split("\n").flatMap((text) => {
        const place = `${path}:${at}`;
        at += 1 + text.split("\u0000").length - 1;
        return text
          .replaceAll("\u0000", " ")
          .replace(/(?:^|\s)#.*$/u, "")
          .split(/&&|\||;/u)
          .map((part) => part.trim().split(/\s+/u))
          .filter(([first]) => first !== undefined && first !== "")
          .map((words) => ({ words, place }));
      });
    });
}

/** What the command `neuroweave` says of itself, or of one of its commands; null where it refuses to. */
const told = new Map<string, string | null>();
function helpOf(command: readonly string[]): string | null {
  const key = command.join(" ");
  if (!told.has(key)) {
    const { bin } = JSON.parse(readFileSync(join(root, "packages/cli/package.json"), "utf8")) as {
      bin?: Readonly<Record<string, string>>;
    };
    const program = join(root, "packages/cli", bin?.["neuroweave"] ?? "");
    const { status, stdout } = spawnSync(process.execPath, [program, ...command, "--help"], { encoding: "utf8" });
    told.set(key, status === 0 ? stdout : null);
  }
  return told.get(key)!;
}

const optionsIn = (help: string | null): readonly string[] => help?.match(/--[a-z][a-z-]*/gu) ?? [];

function faultOfNeuroweave([name, ...rest]: readonly string[]): string | null {
  if (name === undefined || name.startsWith("--")) return null;
  const help = helpOf([name]);
  if (help === null) return `neuroweave has no command ${name}`;
  const known = new Set([...optionsIn(help), ...optionsIn(helpOf([]))]);
  const unknown = rest
    .filter((word) => word.startsWith("--"))
    .map((word) => word.split("=")[0]!)
    .find((option) => !known.has(option));
  return unknown === undefined ? null : `neuroweave ${name} has no option ${unknown}`;
}

const faultOfScript = (name: string | undefined): string | null =>
  name !== undefined && scripts.includes(name) ? null : `package.json has no script ${String(name)}`;

/** Why a command would not run; null where nothing speaks against it. */
export function faultOf([program, ...args]: readonly string[]): string | null {
  if (program === "cd" || program === "git" || program === "mkdir") return null;
  if (program === "bash") return existsSync(join(root, args[0] ?? "")) ? null : `there is no ${String(args[0])}`;
  if (program === "npm") {
    if (args[0] === "start" || args[0] === "test") return faultOfScript(args[0]);
    if (args[0] === "run") return faultOfScript(args.find((word, index) => index > 0 && !word.startsWith("-")));
    if (args[0] === "install" || args[0] === "init" || args[0] === "create") return null;
  }
  if (program === "npx" && args[0]?.startsWith("pnpm@"))
    return args[1] === "install" || args[1] === "add" ? null : faultOfScript(args[1]);
  if (program === "npx" && args[0] === "neuroweave") return faultOfNeuroweave(args.slice(1));
  if (program === "neuroweave") return faultOfNeuroweave(args);
  if (program === "npx" && args[0] === "tsx") {
    const file = args[1] ?? "";
    return /NAME|^(?!.*\/)/u.test(file) || existsSync(join(root, file)) ? null : `there is no ${file}`;
  }
  return `nothing is known of ${[program, args[0]].join(" ")}`;
}
