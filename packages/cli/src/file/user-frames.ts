/** Lines of a stack that lie in the person's own files. */
import { fileURLToPath } from "node:url";
import { dirname, relative, resolve, sep } from "node:path";
import { commandHome } from "../command-home.ts";

const position = /\(?((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/u;

/**
 * `call (file:line:column)` of the frames below a folder, nearest first, at most ten, with the path as it is from the present folder.
 * Frames of the framework and of installed packages are left out. None without a folder.
 */
export function userFrames(error: unknown, folder: string | null): string[] {
  if (folder === null || !(error instanceof Error)) return [];
  const framework = dirname(commandHome);
  const own = (error.stack ?? "").split("\n").flatMap((line) => {
    const match = /^\s+at (.*)$/u.exec(line);
    const at = match && position.exec(match[1]!);
    if (!at) return [];
    const path = pathOf(at[1]!);
    const inside = path.startsWith(resolve(folder) + sep) && !path.includes(`${sep}node_modules${sep}`);
    if (!inside || path.startsWith(framework + sep)) return [];
    const call = match[1]!.includes(" (") ? match[1]!.slice(0, match[1]!.indexOf(" (")) : "";
    const place = `${shownPath(path)}:${at[2]}:${at[3]}`;
    return [call === "" ? place : `${call} (${place})`];
  });
  const below = own.length > 0 ? [] : userFrames(error.cause, folder);
  return [...own, ...below].slice(0, 10);
}

const pathOf = (text: string): string => (text.startsWith("file:") ? fileURLToPath(text.replace(/\?.*$/u, "")) : text);

/** The path as people type it from here: relative inside the present folder, absolute elsewhere. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}
