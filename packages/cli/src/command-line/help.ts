/** The texts of `--help`. */
import type { TerminalCapabilities } from "@neuroweave/plot";
import { exitCodeMeanings } from "../exit-codes.ts";
import { definitions, wrapped } from "../screen/layout.ts";
import { strong } from "../screen/screen.ts";
import { everywhere, type Command, type Options } from "./command.ts";

/** `neuroweave --help`: the commands and the exit codes. */
export function generalHelp(commands: readonly Command[], terminal: TerminalCapabilities): string[] {
  const { width } = terminal;
  return [
    ...wrapped("neuroweave: spiking neural networks from files, without writing a program around them.", width),
    "",
    strong("Usage", terminal),
    "  neuroweave COMMAND [OPTIONS]",
    "",
    strong("Commands", terminal),
    ...definitions(commands.map((each) => [usageOf(each), each.summary] as const), width),
    "",
    strong("Options", terminal),
    ...definitions([["--version", "the version of the command"], ["-h, --help", "this text; behind a command, its options"]], width),
    "",
    ...exitCodeLines(terminal),
    "",
    ...wrapped("Documentation: docs/guide/command-line.md", width),
  ];
} // prettier-ignore

/** `neuroweave COMMAND --help`. */
export function commandHelp(command: Command, terminal: TerminalCapabilities): string[] {
  const { width } = terminal;
  const own = Object.keys(command.options).length > 0 ? [...optionLines(command.options, width), ""] : [];
  return [
    ...wrapped(`${command.summary[0]!.toUpperCase()}${command.summary.slice(1)}.`, width),
    "",
    strong("Usage", terminal),
    `  neuroweave ${usageOf(command)} [OPTIONS]`,
    ...command.operands.flatMap(({ name, doc }) => definitions([[name, doc]], width)),
    "",
    ...command.about.flatMap((paragraph) => [...wrapped(paragraph, width), ""]),
    strong("Options", terminal),
    ...own,
    ...optionLines(everywhere, width),
    "",
    strong("Examples", terminal),
    ...command.examples.map((line) => `  ${line}`),
    "",
    ...exitCodeLines(terminal),
  ];
}

const usageOf = ({ name, operands }: Command): string =>
  [name, ...operands.map(({ name, optional }) => (optional === true ? `[${name}]` : name))].join(" ");

function optionLines(options: Options, width: number): string[] {
  return definitions(
    Object.entries(options).map(([name, { type, value, short, doc }]) => {
      const flag = `${short === undefined ? "" : `-${short}, `}--${name}`;
      return [type === "switch" ? flag : `${flag} ${value ?? "VALUE"}`, doc] as const;
    }),
    width,
  );
}

function exitCodeLines(terminal: TerminalCapabilities): string[] {
  const rows = Object.entries(exitCodeMeanings).map(([code, meaning]) => [code, meaning] as const);
  return [strong("Exit codes", terminal), ...definitions(rows, terminal.width)];
}
