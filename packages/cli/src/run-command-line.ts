/** The command line as a function: arguments in, exit code out. */
import { nearest } from "@neuroweave/equations";
import type { Command } from "./command-line/command.ts";
import { commands } from "./command-line/commands.ts";
import { commandHelp, generalHelp } from "./command-line/help.ts";
import { parseArguments } from "./command-line/parse.ts";
import { commandVersion } from "./command-home.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { Failure, usageFailure } from "./failure.ts";
import { errorDocument, tellError } from "./screen/told-error.ts";
import { openScreen, type Screen } from "./screen/screen.ts";

// The one document must be alone, whatever the person's own file prints: see `runCommandLine`.
const write = process.stdout.write.bind(process.stdout) as (text: string) => boolean;

const asked = (args: readonly string[], option: string): boolean =>
  (args.includes("--") ? args.slice(0, args.indexOf("--")) : args).includes(option);

function screenFor(args: readonly string[]): Screen {
  const { stdout, stderr, env } = process;
  const out = { isTTY: stdout.isTTY, columns: stdout.columns, write };
  return openScreen({ out, err: stderr, env, json: asked(args, "--json"), debug: asked(args, "--debug") });
}

/** Writes an error in the form that the arguments ask for, and gives the exit code. */
export function tellFailure(args: readonly string[], error: unknown): ExitCode {
  const screen = screenFor(args);
  const { exitCode, reason } = error instanceof Failure ? error : { exitCode: exitCodes.failed, reason: error };
  if (screen.json) screen.document(errorDocument(reason, exitCode, process.cwd()));
  else tellError(reason, screen, process.cwd());
  return exitCode;
}

/** Does what the arguments say, writes to the streams of this process, and gives the exit code. Throws nothing. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const { stdout, stderr } = process;
  const json = asked(args, "--json");
  if (json) stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  try {
    return await dispatch(args, screenFor(args));
  } catch (error) {
    return tellFailure(args, error);
  } finally {
    if (json) stdout.write = write as typeof stdout.write;
  }
}

async function dispatch(args: readonly string[], screen: Screen): Promise<ExitCode> {
  const [name, ...rest] = args;
  const help = (lines: readonly string[]): ExitCode => {
    screen.print(...lines);
    screen.document({ help: lines.join("\n") });
    return exitCodes.done;
  };
  if (name === undefined) {
    help(generalHelp(commands, screen.terminal));
    return exitCodes.usage;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    const about = rest.find((each) => !each.startsWith("-"));
    return help(
      about === undefined ? generalHelp(commands, screen.terminal) : commandHelp(commandNamed(about), screen.terminal),
    );
  }
  if (name === "--version") {
    screen.print(commandVersion());
    screen.document({ version: commandVersion() });
    return exitCodes.done;
  }
  const command = commandNamed(name);
  const { options, operands } = parseArguments(command, rest);
  if ((options as { readonly help?: unknown }).help === true) return help(commandHelp(command, screen.terminal));
  return command.run({ options: options as never, operands, screen });
}

function commandNamed(name: string): Command {
  const found = commands.find((each) => each.name === name);
  if (found) return found;
  const names = commands.map((each) => each.name);
  const candidates = nearest(name, names);
  const what = name.startsWith("-") ? `${name} stands where a command is expected` : `there is no command ${name}`;
  throw usageFailure("unknown-name", what, {
    candidates,
    remedy:
      candidates.length > 0 ? `Did you mean ${candidates.join(" or ")}?` : `The commands are ${names.join(", ")}.`,
  });
}
