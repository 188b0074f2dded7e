/** All commands, in the order of the help. */
import { run } from "../commands/run.ts";
import type { Command } from "./command.ts";

export const commands: readonly Command[] = [run];
