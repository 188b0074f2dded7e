/** Runs a program with a time limit, in a process group of its own, never through a shell. */
import { spawn } from "./node.ts";

export interface Outcome {
  /** The exit status; null when a signal ended the program. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface CommandOptions {
  readonly input?: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** More than this of either stream is dropped. */
const mostCharacters = 4_000_000;
/** Between asking a group to end and ending it, in milliseconds: compilers remove their own temporary files when asked. */
const grace = 300;

/** Leaders of the groups that run: none of them outlives this process. */
const alive = new Set<number>();

function endAll(): void {
  for (const leader of alive) endGroup(leader, "SIGKILL");
}

/** Rejects when the program cannot be started, and with the signal's reason when that is aborted. */
export async function runCommand(program: string, words: readonly string[], options: CommandOptions): Promise<Outcome> {
  const { input = "", timeout, signal, environment = {}, folder } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
      // Messages in one language, whatever the user's is.
      env: { ...process.env, LC_ALL: "C", ...environment },
      ...(folder === undefined ? {} : { cwd: folder }),
    });
    let stdout = "";
    let stderr = "";
    let timedOut = false;
    let killer: NodeJS.Timeout | undefined;
    let settled = false;
    const leader = child.pid;

    if (alive.size === 0) process.on("exit", endAll);
    if (leader !== undefined) alive.add(leader);
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(limit);
      clearTimeout(killer);
      signal?.removeEventListener("abort", stop);
      if (leader !== undefined) alive.delete(leader);
      if (alive.size === 0) process.removeListener("exit", endAll);
      finish();
    };
    const stop = () => {
      endGroup(leader, "SIGTERM");
      killer ??= setTimeout(() => {
        endGroup(leader, "SIGKILL");
        // A process that left the group may hold the pipes open for ever: do not wait for their end.
        for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
        finished(null, "SIGKILL");
      }, grace);
    };
    const finished = (status: number | null, by: NodeJS.Signals | null) =>
      settle(() => {
        // Its leader may have obeyed and others of the group not.
        if (killer) endGroup(leader, "SIGKILL");
        if (signal?.aborted === true) reject(signal.reason as Error);
        else resolve({ status, signal: by, stdout, stderr, timedOut });
      });
    const limit = setTimeout(() => {
      timedOut = true;
      stop();
    }, timeout);

    signal?.addEventListener("abort", stop);
    child.on("error", (error) => settle(() => reject(error)));
    child.on("close", finished);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (stdout.length < mostCharacters) stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (stderr.length < mostCharacters) stderr += text;
    });
    // A program that ends without reading its input breaks the pipe; its exit status tells the rest.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

function endGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // The group has ended.
  }
}
