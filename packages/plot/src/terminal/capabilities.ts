/** What text plots take into account. */
export interface TerminalCapabilities {
  /** Escape sequences for colors are welcome. */
  readonly color: boolean;
  /** Columns to fill, at least 40. */
  readonly width: number;
  /** Braille and block characters can be shown. */
  readonly unicode: boolean;
  /** A person is watching, and lines can be rewritten in place. */
  readonly interactive: boolean;
}

/** The part of a Node stream that is looked at; `process.stdout` is one. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  /** Takes text. */
  write(text: string): unknown;
}

/** The environment variables; `process.env` is one. */
export type Environment = Readonly<Record<string, string | undefined>>;

const narrowestTerminal = 40;
const usualWidth = 80;

/**
 * Reads off a stream and an environment what may be written there.
 *
 * - `color`: on terminals, unless NO_COLOR is set to anything (no-color.org) or TERM is `dumb`; FORCE_COLOR (not `0`)
 *   asks for it on any stream and does not overrule NO_COLOR.
 * - `width`: the stream's columns, else COLUMNS, else 80; never less than 40.
 * - `unicode`: where the first of LC_ALL, LC_CTYPE and LANG that is set names UTF-8, or under Windows Terminal; never
 *   on a `dumb` terminal or the Linux console, whose font has no Braille.
 * - `interactive`: a terminal that is not `dumb`, outside of continuous integration (CI).
 */
export function terminalCapabilities(stream: Omit<OutputStream, "write">, env: Environment): TerminalCapabilities {
  const isSet = (name: string): boolean => env[name] !== undefined && env[name] !== "";
  const terminal = stream.isTTY === true;
  const dumb = env["TERM"] === "dumb";
  const forced = isSet("FORCE_COLOR") && env["FORCE_COLOR"] !== "0";
  const locale = env[["LC_ALL", "LC_CTYPE", "LANG"].find(isSet) ?? "LANG"] ?? "";
  const ci = isSet("CI") && env["CI"] !== "false" && env["CI"] !== "0";
  return {
    color: !isSet("NO_COLOR") && (forced || (terminal && !dumb)),
    width: Math.max(
      narrowestTerminal,
      wholeNumber(stream.columns) ?? wholeNumber(Number(env["COLUMNS"])) ?? usualWidth,
    ),
    unicode: !dumb && env["TERM"] !== "linux" && (/utf-?8/i.test(locale) || isSet("WT_SESSION")),
    interactive: terminal && !dumb && !ci,
  };
}

function wholeNumber(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value > 0 ? value : undefined;
}
