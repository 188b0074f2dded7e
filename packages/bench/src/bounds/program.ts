/** A loop by hand in C as a program for one task. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { NeuroweaveError } from "@neuroweave/equations";
import type { Task } from "../contest/task.ts";
import type { Compiler } from "./compiler.ts";

const run = promisify(execFile);

const sourceOf = ({ network }: Task): string => fileURLToPath(new URL(`${network}.c`, import.meta.url));

/** Names in capitals; in brackets, as some are negative, and never whole numbers, which C divides as such. */
export const definitions = ({ parameters }: Task): readonly string[] =>
  Object.entries(parameters).map(
    ([name, value]) => `-D${name.toUpperCase()}=(${Number.isInteger(value) ? value.toFixed(1) : String(value)})`,
  );

/** Compiles into a folder, with all parameters of the task as constants; gives the program's path. */
export async function compile(task: Task, { command, flags }: Compiler, folder: string): Promise<string> {
  const program = join(folder, task.id);
  const args = [...flags, ...definitions(task), "-o", program, sourceOf(task), "-lm"];
  try {
    await run(command, args, { timeout: 120_000 });
  } catch (cause) {
    throw new NeuroweaveError(
      "not-supported",
      `${command} does not compile ${task.network}.c: ${String(cause)}`,
      { remedy: "Name another compiler in the environment variable CC." },
      { cause },
    );
  }
  return program;
}
