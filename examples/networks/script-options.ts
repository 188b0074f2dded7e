import { parseArgs } from "node:util";
import { NeuroweaveError } from "neuroweave";

/** A number that a script takes as `--name VALUE`. */
export interface NumberOption {
  readonly default: number;
  readonly min: number;
  readonly max?: number;
  /** Only whole numbers. */
  readonly whole?: boolean;
  readonly doc: string;
}

/** A text that a script takes as `--name TEXT`. */
export interface TextOption {
  readonly default: string;
  readonly doc: string;
}

export type ScriptOptions = Readonly<Record<string, NumberOption | TextOption>>;

/** What a script is given. */
export type OptionValues<O extends ScriptOptions> = {
  readonly [Name in keyof O]: O[Name] extends TextOption ? string : number;
};

/** What most scripts here take. */
export const common = {
  seed: { default: 1, min: 0, whole: true, doc: "what every random number follows from" },
} as const satisfies ScriptOptions;

/** The text of `--help`. */
export function usageOf(script: string, about: string, options: ScriptOptions, folder = "networks"): string {
  const lines = Object.entries(options).map(
    ([name, { doc, default: usual }]) =>
      `  ${`--${name} ${typeof usual === "number" ? "NUMBER" : "TEXT"}`.padEnd(20)} ${doc} (default: ${usual})`,
  );
  return [`Usage: npx tsx examples/${folder}/${script}.ts [OPTIONS]`, "", about, "", ...lines, `  ${"--help".padEnd(20)} this text`].join("\n"); // prettier-ignore
}

/**
 * Reads `--name VALUE` and `--name=VALUE`. Gives null where `--help` is among them. Refuses what it does not know, what is no number,
 * and numbers outside their range.
 */
export function readOptions<O extends ScriptOptions>(args: readonly string[], options: O): OptionValues<O> | null {
  const refuse = (what: string, remedy: string): never => {
    throw new NeuroweaveError("invalid-value", what, { remedy });
  };
  const help = "`--help` lists the options.";
  const given = parsed();
  if (given["help"] === true) return null;
  const entries = Object.entries(options).map(([name, option]) => {
    const text = given[name];
    if (text === undefined) return [name, option.default] as const;
    if (!("min" in option)) return [name, text] as const;
    const { min, max = Infinity, whole = false } = option;
    const value = typeof text === "string" && text.trim() !== "" ? Number(text) : NaN;
    if (!(value >= min && value <= max) || (whole && !Number.isSafeInteger(value)) || !Number.isFinite(value))
      refuse(
        `--${name} is ${String(text)}`,
        `Give a ${whole ? "whole " : ""}number ≥ ${min}${max < Infinity ? ` and ≤ ${max}` : ""}.`,
      );
    return [name, value] as const;
  });
  return Object.fromEntries(entries) as OptionValues<O>;

  function parsed(): Readonly<Record<string, unknown>> {
    const strings = Object.fromEntries(Object.keys(options).map((name) => [name, { type: "string" as const }]));
    try {
      return parseArgs({ args: [...args], options: { ...strings, help: { type: "boolean", short: "h" } } }).values;
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error), help);
    }
  }
}
