/** All commands, in the order of the help. */
import { bench } from "../commands/bench.ts";
import { explain } from "../commands/explain.ts";
import { newCommand } from "../commands/new.ts";
import { run } from "../commands/run.ts";
import type { Command } from "./command.ts";

export const commands: readonly Command[] = [run, explain, bench, newCommand];
