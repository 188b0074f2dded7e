/** What is looked for in the text of a file before it is parsed: JSON.parse keeps the last of two equal keys and says nothing. */
import { refusalAt, type PathPart } from "../json-path.ts";

/** Nested lists and objects that a file may have. */
const deepest = 64;

/** The form refuses longer keys; each character may be written as six. */
const longestKey = 6 * 200 + 2;

/** Keys that mean something to JavaScript itself. */
const forbidden: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

interface Level {
  /** Keys so far; null for a list. */
  readonly keys: Set<string> | null;
  /** The key or place that is being read. */
  at: PathPart;
}

/** Where the text that begins at `start` ends: behind its closing quote, or at the end of everything. Every character is looked at once. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/**
 * Refuses texts that are nested too deep, name a key twice in one object, or use a key that is refused for safety. Takes time in proportion to
 * the text, whatever it is; what is no JSON is left to the parser.
 */
export function scanJson(text: string): void {
  const levels: Level[] = [];
  const path = (): PathPart[] => levels.map(({ at }) => at);
  let key: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const level = levels.at(-1);
    switch (text[at]) {
      case '"': {
        const end = endOfText(text, at);
        // Only a key can be followed by a colon, and long texts are none.
        key = end - at <= longestKey ? text.slice(at, end) : null;
        at = end - 1;
        break;
      }
      case "{":
      case "[":
        if (levels.length === deepest)
          throw refusalAt(path(), "too-deep", `lists and objects are nested more than ${deepest} deep`, {
            remedy: "Write the network with fewer levels.",
          });
        levels.push({ keys: text[at] === "{" ? new Set() : null, at: text[at] === "{" ? "" : 0 });
        break;
      case "}":
      case "]":
        levels.pop();
        break;
      case ",":
        if (level?.keys === null) level.at = (level.at as number) + 1;
        break;
      case ":":
        if (level?.keys && key !== null) enter(level, level.keys, key, path);
        break;
    }
  }
} // prettier-ignore

function enter(level: Level, keys: Set<string>, token: string, path: () => PathPart[]): void {
  const key = keyOf(token);
  level.at = key;
  if (forbidden.has(key))
    throw refusalAt(path(), "reserved-name", `the key ${key} is refused for safety`, {
      remedy: "Use another name.",
    });
  if (keys.has(key))
    throw refusalAt(path(), "duplicate-name", `the key ${key} stands twice in one object`, {
      remedy: "Keep one of them.",
    });
  keys.add(key);
}

/** The text that a token stands for; a broken one as it is: the parser will refuse it. */
function keyOf(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token;
  }
}
