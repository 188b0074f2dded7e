import { fitColumns, paint } from "./plain-text.ts";
import type { Ink } from "./plain-text.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/** One character of a line, and its color. */
export interface InkedCharacter {
  readonly character: string;
  readonly ink?: Ink | undefined;
}

/** The characters as one line, neighbors of one color in one escape sequence; blanks at the end are left out. */
export function inkedLine(cells: readonly InkedCharacter[], color: boolean): string {
  let length = cells.length;
  while (length > 0 && cells[length - 1]!.character === " ") length--;
  let line = "";
  for (let from = 0; from < length;) {
    const { ink } = cells[from]!;
    let end = from;
    let run = "";
    while (end < length && cells[end]!.ink === ink) run += cells[end++]!.character;
    line += ink === undefined ? run : paint(run, ink, color);
    from = end;
  }
  return line;
}

/** Pieces of text one after the other; where they are wider than `width` columns, "…" or ".." says that some is cut. */
export function inkedPieces(
  pieces: readonly { readonly text: string; readonly ink?: Ink }[],
  { width = 80, unicode = true, color = false }: TextPlotOptions,
): string {
  const cells = pieces.flatMap(({ text, ink }) => Array.from(text, (character) => ({ character, ink })));
  const kept = [...fitColumns(cells.map(({ character }) => character).join(""), width, unicode)];
  return inkedLine(
    kept.map((character, k) => ({ character, ink: cells[k]!.ink })),
    color,
  );
}
