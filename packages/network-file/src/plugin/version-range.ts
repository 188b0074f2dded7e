/** Ranges of versions: as much of npm's language as a plugin needs to say which versions it was made for. */

type Version = readonly [major: number, minor: number, patch: number];

const plain = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;
const comparator = /^(\^|~|>=|>|<=|<|=)?(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** Three numbers; null for a text that is no version. Versions before a release (`1.0.0-beta`) are none. */
export function parseVersion(text: string): Version | null {
  const found = plain.exec(text);
  return found && [Number(found[1]), Number(found[2]), Number(found[3])];
}

const compare = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** The first version that `^` does not mean: the leftmost number that is not zero stays. */
const nextBreaking = ([major, minor, patch]: Version): Version =>
  major > 0 ? [major + 1, 0, 0] : minor > 0 ? [0, minor + 1, 0] : [0, 0, patch + 1];

/** Whether a version is one of a range, such as `^0.1.0` or `>=1.2.0 <3.0.0`; null for a text that is no range. */
export function inRange(version: string, range: string): boolean | null {
  const at = parseVersion(version);
  const parts = range.trim().split(/ +/);
  if (at === null || parts.length > 8) return null;
  let all = true;
  for (const each of parts) {
    const found = comparator.exec(each);
    if (found === null) return null;
    const [, sign = "=", ...numbers] = found;
    all &&= holds(sign, at, numbers.map(Number) as unknown as Version);
  }
  return all;
}

function holds(sign: string, at: Version, from: Version): boolean {
  const order = compare(at, from);
  if (sign === "^") return order >= 0 && compare(at, nextBreaking(from)) < 0;
  if (sign === "~") return order >= 0 && compare(at, [from[0], from[1] + 1, 0]) < 0;
  if (sign === ">=") return order >= 0;
  if (sign === ">") return order > 0;
  if (sign === "<=") return order <= 0;
  return sign === "<" ? order < 0 : order === 0;
}
