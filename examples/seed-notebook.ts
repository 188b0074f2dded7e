/** `npm start`: the seed notebook in the terminal, and as a report. */
import { progressBar, terminalCapabilities } from "@neuroweave/plot";
import { isRunDirectly } from "./run-directly.ts";
import { openReport, readArguments, shownPath, usage, writeReport } from "./seed-notebook/command-line.ts";
import { runNotebook } from "./seed-notebook/notebook.ts";
import { notebookReport } from "./seed-notebook/report.ts";
import { notebookText } from "./seed-notebook/terminal.ts";

/** Runs everything, writes to the stream as it goes, and gives the path of the report. */
export async function seedNotebook(
  args: readonly string[] = [],
  stream: Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns"> = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { out, help } = readArguments(args);
  if (help) {
    stream.write(`${usage}\n`);
    return out;
  }
  openReport(out);
  const terminal = terminalCapabilities(stream, env);
  const bar = progressBar({ stream, label: "seed notebook", total: 1, capabilities: terminal });

  const results = await runNotebook((done, doing) => bar.update(done, doing)).catch((error: unknown) => {
    bar.finish("stopped");
    throw error;
  });
  writeReport(out, notebookReport(results));
  bar.update(1);
  bar.finish("done");

  stream.write(
    `\n${notebookText(results, terminal)}\n\nReport with figures, tables and equations: ${shownPath(out)}\n`,
  );
  return out;
}

if (isRunDirectly(import.meta.url)) {
  // Whoever reads from a pipe may stop reading; that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  await seedNotebook(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
