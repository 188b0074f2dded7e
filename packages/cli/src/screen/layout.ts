/** Text in lines of a width. */

/** A text broken at spaces into lines of at most `width` columns; the second and later lines are indented by `indent`, the first as it is. Words longer than that stay whole. */
export function wrapped(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  const begin = /^ */u.exec(text)![0];
  let line = begin;
  for (const word of text.slice(begin.length).split(" ")) {
    if (line.trim() !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line.trim() === "" ? line + word : `${line} ${word}`;
  }
  return [...lines, line];
}

/**
 * Two columns: names, and what they mean, wrapped beside them. Where the names leave less than 28 columns, the meaning goes into the next
 * lines, indented.
 */
export function definitions(rows: readonly (readonly [name: string, meaning: string])[], width: number): string[] {
  const room = Math.min(30, Math.max(0, ...rows.map(([name]) => name.length)));
  const beside = width - room - 4 >= 28;
  return rows.flatMap(([name, meaning]) => {
    if (!beside || name.length > room) return [`  ${name}`, ...wrapped(meaning, width - 6).map((line) => `      ${line}`)];
    const [first = "", ...more] = wrapped(meaning, width - room - 4);
    return [`  ${name.padEnd(room)}  ${first}`.trimEnd(), ...more.map((line) => " ".repeat(room + 4) + line)];
  });
} // prettier-ignore

/** Rows of cells under a head: the first column flush left, the others flush right unless `left` names them. */
export function columns(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string[] {
  // prettier-ignore
  const widths = head.map((title, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? title).length)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => (left.includes(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
}

/** A name cut in its middle, so that it takes at most `width` columns. */
export function shortened(name: string, width: number, unicode: boolean): string {
  if (name.length <= width) return name;
  const dots = unicode ? "…" : "...";
  const kept = Math.max(2, width - dots.length);
  return `${name.slice(0, Math.ceil(kept / 2))}${dots}${name.slice(name.length - Math.floor(kept / 2))}`;
}
