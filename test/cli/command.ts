/** The command as a process, in a folder of its own. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const bin = fileURLToPath(new URL("../../packages/cli/bin/neuroweave.mjs", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly ended: Promise<Ended>;
  /** Resolves once a text has been written to standard error. */
  says(text: string): Promise<void>;
  interrupt(signal?: NodeJS.Signals): void;
}

export interface Place {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a program without a terminal. */
export function start(program: string, args: readonly string[], { cwd, env = {} }: Place): Started {
  const child = spawn(program, [...args], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  const waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
    for (const each of waiting) if (err.includes(each.text)) each.resolve();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
  return {
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        if (err.includes(text)) resolve();
        waiting.push({ text, resolve });
        void ended.then(({ err }) => reject(new Error(`it ended without saying ${text}: ${err}`)));
      }),
    interrupt: (signal = "SIGINT") => void child.kill(signal),
  };
}

/** Runs `neuroweave` to its end. */
export const neuroweave = (args: readonly string[], place: Place): Promise<Ended> =>
  start(process.execPath, [bin, ...args], place).ended;

/** An empty folder that is removed when the tests of a file are done, with files in it. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "neuroweave-command-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
