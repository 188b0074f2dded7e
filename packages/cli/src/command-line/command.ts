/** What a command of `neuroweave` is: its line in the help, its options, and what it does. */
import type { ExitCode } from "../exit-codes.ts";
import type { Screen } from "../screen/screen.ts";

export interface Option {
  readonly type: "text" | "number" | "switch";
  /** What stands for the value in the help: FILE, MS. */
  readonly value?: string;
  /** May be given several times; its values are a list. */
  readonly repeat?: boolean;
  /** One letter, for `-o`. */
  readonly short?: string;
  readonly doc: string;
}

export type Options = Readonly<Record<string, Option>>;

/** Values of options: switches are false, lists empty and all others undefined where they are not given. */
export type OptionValues<O extends Options> = {
  readonly [Name in keyof O]: O[Name]["type"] extends "switch"
    ? boolean
    : O[Name] extends { readonly repeat: true }
      ? readonly string[]
      : (O[Name]["type"] extends "number" ? number : string) | undefined;
};

interface Operand {
  /** In capitals, as in the help. */
  readonly name: string;
  readonly doc: string;
  readonly optional?: boolean;
}

interface Given<O extends Options> {
  readonly options: OptionValues<O & typeof everywhere>;
  /** As many as the command takes; undefined for optional ones that are not given. */
  readonly operands: readonly (string | undefined)[];
  readonly screen: Screen;
}

export interface Command<O extends Options = Options> {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What its own help says first. */
  readonly about: readonly string[];
  readonly operands: readonly Operand[];
  readonly options: O;
  readonly examples: readonly string[];
  run(given: Given<O>): Promise<ExitCode>;
}

/** What every command takes. */
export const everywhere = {
  json: { type: "switch", doc: "exactly one JSON document on standard output, errors too" },
  debug: { type: "switch", doc: "show the whole stack of an error" },
  help: { type: "switch", short: "h", doc: "this text" },
} as const satisfies Options;

/** Infers the options of a command and hides them again, so that commands of all kinds fit into one table. */
export function defineCommand<const O extends Options>(command: Command<O>): Command {
  return command as unknown as Command;
}
