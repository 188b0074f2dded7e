/** A contender at work: a process that builds one network, and runs it from the beginning whenever it is asked. */
import { createInterface } from "node:readline";
import { NeuroweaveError } from "@neuroweave/equations";
import { isAnswer, readReading, readReady, type Reading, type Ready } from "./answers.ts";
import { begin, complaints, end, inOneLine } from "./children.ts";

export interface Command {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** ms that building and a run may take. */
  readonly patience: { readonly build: number; readonly turn: number };
}

export interface Player {
  readonly ready: Ready;
  turn(): Promise<Reading>;
  /** Ends the process and all that it began. */
  close(): void;
}

/** Starts a contender and waits until its network stands. Throws why it does not. */
export async function startPlayer({ name, file, args, env, patience }: Command): Promise<Player> {
  const child = begin(file, args, env);
  const said = complaints(child);
  const arrived: string[] = [];
  const failures: NeuroweaveError[] = [];
  let wake: () => void = () => {};
  const fail = (message: string): void => {
    failures.push(new NeuroweaveError("not-supported", message, { remedy: "Run it alone to see all that it says." }));
    wake();
  };
  child.on("error", (error) => fail(`${name} does not start: ${error.message}`));
  child.on("close", (code, signal) => fail(inOneLine([`${name} ended with ${signal ?? code}`, ...said])));
  createInterface(child.stdout).on("line", (line) => {
    if (isAnswer(line)) arrived.push(line);
    wake();
  });

  async function answer(within: number, during: string): Promise<string> {
    const timer = setTimeout(() => {
      fail(`${name} takes longer than ${within / 1000} s to ${during}`);
      end(child);
    }, within);
    try {
      while (arrived.length === 0 && failures.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    } finally {
      clearTimeout(timer);
    }
    const line = arrived.shift();
    if (line !== undefined) return line;
    throw failures[0]!;
  }

  try {
    const ready = readReady(name, await answer(patience.build, "build"));
    return {
      ready,
      async turn() {
        child.stdin.write("turn\n");
        return readReading(name, await answer(patience.turn, "run"));
      },
      close: () => end(child),
    };
  } catch (error) {
    end(child);
    throw error;
  }
}
