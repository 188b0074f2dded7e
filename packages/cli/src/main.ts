#!/usr/bin/env node
/** What `neuroweave` starts. */
import { NeuroweaveError } from "@neuroweave/equations";
import { exitCodes } from "./exit-codes.ts";
import { runCommandLine, tellFailure } from "./run-command-line.ts";

const args = process.argv.slice(2);

// Whoever reads from a pipe may stop reading; that is no failure.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? exitCodes.done : exitCodes.output),
  );

const end = (code: number): void => {
  // Timers and threads of the person's own file must not keep a command that is done.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
};

// Comes only where nothing is left to be done and the command has not ended.
process.once("beforeExit", () => {
  const remedy = "Look for a promise that nobody fulfills.";
  end(
    tellFailure(args, new NeuroweaveError("host-threw", "the file waits for something that never comes", { remedy })),
  );
});

void runCommandLine(args).then(end);
