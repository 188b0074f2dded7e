/** What is looked for in the text of a file before it is parsed: JSON.parse keeps the last of two equal keys and says nothing. */
import { refusalAt, type PathPart } from "../json-path.ts";

/** Nested lists and objects that a file may have. */
const deepest = 64;

/** Keys that mean something to JavaScript itself. */
const forbidden: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

interface Level {
  /** Keys so far; null for a list. */
  readonly keys: Set<string> | null;
  /** The key or place that is being read. */
  at: PathPart;
}

/** Refuses texts that are nested too deep, name a key twice in one object, or use a key that is refused for safety. */
export function scanJson(text: string): void {
  const levels: Level[] = [];
  const path = (): PathPart[] => levels.map(({ at }) => at);
  const tokens = /"(?:[^"\\]|\\[^])*"|[{}[\],:]/g;
  let key: string | null = null;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [token] = match;
    const level = levels.at(-1);
    switch (token) {
      case "{":
      case "[":
        if (levels.length === deepest)
          throw refusalAt(path(), "too-deep", `lists and objects are nested more than ${deepest} deep`, {
            remedy: "Write the network with fewer levels.",
          });
        levels.push({ keys: token === "{" ? new Set() : null, at: token === "{" ? "" : 0 });
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
      default:
        key = token;
        continue;
    }
    key = null;
  }
}

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
