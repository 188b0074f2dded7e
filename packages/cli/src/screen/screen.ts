/** Where a command writes. */
import { terminalCapabilities, type Environment, type TerminalCapabilities } from "@neuroweave/plot";

/** Wider than this, text and plots gain nothing. */
const widest = 120;

export interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface ScreenOptions {
  readonly out: Stream;
  readonly err: Stream;
  readonly env: Environment;
  readonly json: boolean;
  readonly debug: boolean;
}

export interface Screen {
  /** Whether standard output holds one JSON document and nothing else. */
  readonly json: boolean;
  readonly debug: boolean;
  /** Whether standard output is a terminal, so that its lines should not be longer than that is wide. */
  readonly onTerminal: boolean;
  /** What standard output and standard error can show. */
  readonly terminal: TerminalCapabilities;
  readonly errors: TerminalCapabilities;
  readonly errorStream: Stream;
  /** Writes lines to standard output; nothing where that is for JSON. */
  print(...lines: readonly string[]): void;
  /** Writes a line to standard error. */
  note(line: string): void;
  /** Writes the one document to standard output; nothing where that is for text. */
  document(value: unknown): void;
}

export function openScreen({ out, err, env, json, debug }: ScreenOptions): Screen {
  const shows = (stream: Stream): TerminalCapabilities => {
    const capabilities = terminalCapabilities(stream, env);
    return { ...capabilities, width: Math.min(widest, capabilities.width) };
  };
  return {
    json,
    debug,
    onTerminal: out.isTTY === true,
    terminal: shows(out),
    errors: shows(err),
    errorStream: err,
    print: (...lines) => void (json || out.write(`${lines.join("\n")}\n`)),
    note: (line) => void err.write(`${line}\n`),
    document: (value) => void (json && out.write(`${JSON.stringify(value, withoutTypedArrays, 2)}\n`)),
  };
}

/** Typed arrays as lists; numbers that JSON cannot say as texts. */
function withoutTypedArrays(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return [...(value as Float64Array)];
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** A text in bold, or in a quieter color, where colors are welcome. */
export const strong = (text: string, { color }: TerminalCapabilities): string =>
  color ? `\u001B[1m${text}\u001B[22m` : text;
export const quiet = (text: string, { color }: TerminalCapabilities): string => (color ? `\u001B[2m${text}\u001B[22m` : text); // prettier-ignore
