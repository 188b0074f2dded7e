/** Reads what stands behind the name of a command. */
import { parseArgs } from "node:util";
import { nearest } from "@neuroweave/equations";
import { usageFailure } from "../failure.ts";
import { everywhere, type Command, type Option, type OptionValues, type Options } from "./command.ts";

export interface Parsed {
  readonly options: OptionValues<Options>;
  readonly operands: readonly (string | undefined)[];
}

/**
 * Options and operands of a command; `--name VALUE` and `--name=VALUE` are the same, and what follows `--` are operands. Refuses options that the
 * command does not have, with the nearest names, values that are missing or no number, options that are given twice, and
 * operands that are missing or too many.
 */
export function parseArguments(command: Command, args: readonly string[]): Parsed {
  const known: Options = { ...command.options, ...everywhere };
  const { tokens } = parseArgs({ args: [...args], options: nodeOptions(known), strict: false, allowPositionals: true, tokens: true }); // prettier-ignore
  const values = new Map<string, (string | number | boolean)[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (!option) throw unknownOption(command, token.rawName, Object.keys(known));
    const list = values.get(token.name) ?? [];
    if (list.length > 0 && option.repeat !== true && option.type !== "switch")
      throw refused(command, "duplicate-name", `${token.rawName} is given twice`, "Give it once.");
    list.push(valueOf(command, token.rawName, option, token.value, token.inlineValue ?? false));
    values.set(token.name, list);
  }
  const help = values.has("help");
  return {
    options: Object.fromEntries(Object.entries(known).map(([name, option]) => [name, collected(option, values.get(name))])) as OptionValues<Options>, // prettier-ignore
    operands: help ? [] : checkedOperands(command, operands),
  };
}

function nodeOptions(known: Options) {
  return Object.fromEntries(
    Object.entries(known).map(([name, { type, short }]) => [
      name,
      { type: type === "switch" ? ("boolean" as const) : ("string" as const), ...(short === undefined ? {} : { short }) },
    ]),
  ); // prettier-ignore
}

function valueOf(
  command: Command,
  shown: string,
  option: Option,
  given: string | undefined,
  inline: boolean,
): string | number | boolean {
  // prettier-ignore
  if (option.type === "switch") {
    if (given === undefined) return true;
    throw refused(command, "invalid-value", `${shown} takes no value`, `Write ${shown} alone.`);
  }
  const example = `${shown} ${option.value ?? "VALUE"}`;
  if (given === undefined || given === "" || (!inline && given.startsWith("--")))
    throw refused(command, "invalid-value", `${shown} has no value`, `Write ${example}: ${option.doc}.`);
  if (option.type === "text") return given;
  const number = given.trim() === "" ? Number.NaN : Number(given);
  if (Number.isFinite(number)) return number;
  throw refused(command, "invalid-value", `${shown} is ${given}, which is no number`, `Write ${example}: ${option.doc}.`); // prettier-ignore
}

function collected(option: Option, list: readonly (string | number | boolean)[] | undefined): unknown {
  if (option.type === "switch") return list !== undefined;
  return option.repeat === true ? (list ?? []) : list?.[0];
}

function checkedOperands(command: Command, operands: readonly string[]): (string | undefined)[] {
  const missing = command.operands.find(({ optional }, index) => optional !== true && index >= operands.length);
  if (missing)
    throw refused(command, "invalid-value", `neuroweave ${command.name} needs ${missing.name}`, `${missing.name} is ${missing.doc}.`); // prettier-ignore
  const [extra] = operands.slice(command.operands.length);
  if (extra !== undefined)
    throw refused(command, "invalid-value", `${extra} is more than neuroweave ${command.name} takes`, helpOf(command));
  return command.operands.map((_, index) => operands[index]);
}

function unknownOption(command: Command, shown: string, names: readonly string[]) {
  const candidates = nearest(shown.replace(/^-+/u, ""), names).map((name) => `--${name}`);
  return usageFailure("unknown-name", `neuroweave ${command.name} has no option ${shown}`, {
    candidates,
    remedy: candidates.length > 0 ? `Did you mean ${candidates.join(" or ")}?` : helpOf(command),
  });
}

const helpOf = (command: Command): string => `neuroweave ${command.name} --help lists what it takes.`;

const refused = (command: Command, code: "invalid-value" | "duplicate-name", what: string, remedy: string) =>
  usageFailure(code, what, { remedy: remedy === "" ? helpOf(command) : remedy });
