#!/usr/bin/env node
/** What `neuroweave` starts. */
import { runCommandLine } from "./run-command-line.ts";

// Whoever reads from a pipe may stop reading; that is no failure.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 3));

// Nothing is left to be done, and something is waited for: 13 is how Node says so.
process.on("exit", (code) => {
  if (code !== 13) return;
  process.stderr.write("Error [host-threw]: the file waits for something that never comes\n");
  process.exitCode = 1;
});

const code = await runCommandLine(process.argv.slice(2));
// Timers and threads of the person's own file must not keep a command that is done.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
