/** Lines of a stack that lie in the person's own files. */
import { fileURLToPath } from "node:url";
import { dirname, relative, resolve, sep } from "node:path";
import { commandHome } from "../command-home.ts";

/** File, line and column at the end of a frame: in brackets, or all of it but `async`. Null where there is no file. */
function positionOf(frame: string): readonly [file: string, line: string, column: string] | null {
  const text = frame.endsWith(")") ? frame.slice(frame.lastIndexOf("(") + 1, -1) : frame.replace(/^async /u, "");
  const parts = text.split(":");
  const [line = "", column = ""] = parts.splice(-2);
  const file = parts.join(":");
  const isPlace = /^\d+$/u.test(line) && /^\d+$/u.test(column) && /^(?:file:\/\/|\/|[A-Za-z]:[\\/])/u.test(file);
  return isPlace ? [file, line, column] : null;
}

/**
 * `call (file:line:column)` of the frames below a folder, nearest first, at most ten, with the path as it is from the present folder.
 * Frames of the framework and of installed packages are left out. None without a folder.
 */
export function userFrames(error: unknown, folder: string | null): string[] {
  if (folder === null || !(error instanceof Error)) return [];
  const framework = dirname(commandHome);
  const own = (error.stack ?? "").split("\n").flatMap((line) => {
    const match = /^\s+at (.*)$/u.exec(line);
    const at = match && positionOf(match[1]!);
    if (!at) return [];
    const path = pathOf(at[0]);
    const inside = path.startsWith(resolve(folder) + sep) && !path.includes(`${sep}node_modules${sep}`);
    if (!inside || path.startsWith(framework + sep)) return [];
    const call = match[1]!.includes(" (") ? match[1]!.slice(0, match[1]!.indexOf(" (")) : "";
    const place = `${shownPath(path)}:${at[1]}:${at[2]}`;
    return [call === "" ? place : `${call} (${place})`];
  });
  const below = own.length > 0 ? [] : userFrames(error.cause, folder);
  return [...own, ...below].slice(0, 10);
}

const pathOf = (text: string): string => (text.startsWith("file:") ? fileURLToPath(text.split("?", 1)[0]!) : text);

/** The path as people type it from here: relative inside the present folder, absolute elsewhere. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}
