/** Processes that are begun here, and end with this one. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";
import { NeuroweaveError } from "@neuroweave/equations";

type Variables = Readonly<Record<string, string | undefined>>;

export type Child = ChildProcessWithoutNullStreams;

const running = new Set<Child>();

/** Begins a process that leads a group, so that compilers and simulators which it begins end with it. */
export function begin(file: string, args: readonly string[], env?: Variables): Child {
  const child = spawn(file, args, { detached: true, ...(env ? { env } : {}) });
  running.add(child);
  child.on("close", () => running.delete(child));
  child.stdin.on("error", () => {});
  return child;
}

/** Ends a process and its group. */
export function end(child: Child): void {
  if (!running.delete(child) || child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

process.on("exit", () => running.forEach(end));

/** The last lines that a process has written to its error stream. */
export function complaints(child: Child, count = 3): readonly string[] {
  const kept: string[] = [];
  createInterface(child.stderr).on("line", (line) => {
    if (line.trim() !== "") kept.push(line.trim());
    if (kept.length > count) kept.shift();
  });
  return kept;
}

/** Sentences without addresses and with one blank at most: for tables. */
export const inOneLine = (lines: readonly string[]): string =>
  lines
    .join(" · ")
    .replaceAll(/\w+:\/\/\S+/g, "…")
    .replaceAll(/\s+/g, " ")
    .slice(0, 400);

/** Runs to the end within so many ms; gives what was written. Throws `not-supported` with the last complaints. */
export function runToEnd(
  file: string,
  args: readonly string[],
  { within, env }: { readonly within: number; readonly env?: Variables },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = begin(file, args, env);
    const said = complaints(child);
    let written = "";
    child.stdout.on("data", (piece) => (written += String(piece)));
    const refuse = (what: string): void =>
      reject(
        new NeuroweaveError("not-supported", inOneLine([`${[file, ...args.slice(0, 2)].join(" ")} ${what}`, ...said]), {
          remedy: "Run it by hand to see all that it says.",
        }),
      );
    const timer = setTimeout(() => {
      refuse(`takes longer than ${within / 1000} s`);
      end(child);
    }, within);
    child.on("error", (error) => {
      clearTimeout(timer);
      refuse(`does not start: ${error.message}`);
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(written);
      else refuse(`ended with ${signal ?? code}`);
    });
  });
}
