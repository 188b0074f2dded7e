/** Errors as people and programs read them. */
import { wrapped } from "./layout.ts";
import type { Screen } from "./screen.ts";
import { userFrames } from "../file/user-frames.ts";

/** An error of the framework, of this copy of it or of another that the file has imported. */
interface Told {
  readonly code: string;
  readonly summary: string;
  readonly message: string;
  readonly entity?: string | undefined;
  readonly behavior?: string | undefined;
  readonly source?: string | undefined;
  readonly span?: { readonly start: number; readonly end: number } | undefined;
  readonly remedy?: string | undefined;
  readonly candidates?: readonly string[] | undefined;
}

const isTold = (error: unknown): error is Error & Told => error instanceof Error && error.name === "NeuroweaveError";

/** What `--json` writes instead of a result. */
export function errorDocument(error: unknown, exitCode: number, folder: string | null): object {
  const stack = userFrames(error, folder);
  const told = isTold(error)
    ? {
        code: error.code,
        what: error.summary,
        place: { entity: error.entity, behavior: error.behavior, source: error.source, span: error.span },
        remedy: error.remedy,
        candidates: error.candidates,
      }
    : { code: codeOf(error, stack), what: messageOf(error), place: {} };
  return { error: { ...told, ...(stack.length > 0 ? { stack } : {}) }, exitCode };
}

/** Writes an error to standard error: code, what, place, remedy, and the lines of the person's own files. */
export function tellError(error: unknown, screen: Screen, folder: string | null): void {
  const { width } = screen.errors;
  const [first = "", ...more] = messageOf(error).split("\n");
  // Names that the remedy has proposed already are not told twice.
  const rest = more.some((line) => line.startsWith("  Remedy: Did you mean "))
    ? more.filter((line) => !line.startsWith("  Candidates: "))
    : more;
  const frames = userFrames(error, folder);
  const code = ` [${codeOf(error, frames)}]`;
  const lines = [
    ...wrapped(`Error${code}: ${first}`, width, "  "),
    ...rest.flatMap((line) => wrappedLine(line, width)),
  ];
  const stack = screen.debug && error instanceof Error ? stackOf(error) : frames.map((frame) => `    at ${frame}`); // prettier-ignore
  screen.note([...lines, ...stack].join("\n"));
}

/** Of an error that is none of the framework: whether the person's own code threw it. */
function codeOf(error: unknown, frames: readonly string[]): string {
  if (isTold(error)) return error.code;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("ERR_MODULE") || error instanceof SyntaxError) return "experiment-file";
  return frames.length > 0 ? "host-threw" : "internal";
}

function messageOf(error: unknown): string {
  if (isTold(error) || error instanceof SyntaxError) return error.message;
  return error instanceof Error ? `${error.name === "Error" ? "" : `${error.name}: `}${error.message}` : String(error);
}

/** Sentences are wrapped; source lines with carets stay as they are. */
function wrappedLine(line: string, width: number): string[] {
  return /^ {2}(?:Remedy|Candidates|in ): ?|^ {2}in /u.test(line) ? wrapped(line.trim(), width - 2, "  ").map((each) => `  ${each}`) : [line]; // prettier-ignore
}

function stackOf(error: Error): string[] {
  const own = error.stack?.split("\n").filter((line) => line.startsWith("    at ")) ?? [];
  return error.cause instanceof Error ? [...own, `  caused by ${error.cause.message}`, ...stackOf(error.cause)] : own;
}
