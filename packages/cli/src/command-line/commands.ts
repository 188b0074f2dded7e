/** All commands, in the order of the help. */
import { bench } from "../commands/bench.ts";
import { convert } from "../commands/convert.ts";
import { explain } from "../commands/explain.ts";
import { list } from "../commands/list.ts";
import { newCommand } from "../commands/new.ts";
import { report } from "../commands/report.ts";
import { run } from "../commands/run.ts";
import type { Command } from "./command.ts";

export const commands: readonly Command[] = [run, explain, report, bench, newCommand, list, convert];
