/**
 * Text that a terminal may show: control characters, which could move the cursor or change its colors, and characters
 * that turn the direction of writing are replaced by a space.
 */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, " ");
}

/**
 * The text cut to `width` columns, ending in "…" (or ".." without Unicode) where something is cut. One character
 * counts as one column.
 */
export function fitColumns(text: string, width: number, unicode: boolean): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  const end = unicode ? "…" : "..";
  return width <= end.length
    ? characters.slice(0, Math.max(0, width)).join("")
    : characters.slice(0, width - end.length).join("") + end;
}

/** The text wrapped in a color of the terminal's own palette, or as it is where `color` is false. */
export function paint(text: string, ink: Ink, color: boolean): string {
  return color && text !== "" ? `\u001B[${codes[ink]}m${text}\u001B[0m` : text;
}

export type Ink = keyof typeof codes;

/**
 * Cyan, yellow, magenta and green read on dark and light backgrounds; faint and bold keep the reader's own color. Blue
 * and yellow stand for the two signs.
 */
const codes = {
  trace: 36,
  second: 33,
  third: 35,
  fourth: 32,
  negative: 34,
  positive: 33,
  muted: 2,
  strong: 1,
} as const;
