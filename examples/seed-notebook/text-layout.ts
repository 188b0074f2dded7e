/** Headings, wrapped sentences and blocks side by side, in text. */
import { stripVTControlCharacters } from "node:util";
import type { TerminalCapabilities } from "@neuroweave/plot";

type Shows = Pick<TerminalCapabilities, "color" | "width" | "unicode">;

/** Escape codes: bold and faint keep the reader's own color, cyan reads on dark and light. */
const codes = { strong: 1, muted: 2, trace: 36 } as const;

/** The text in a color, or as it is where the terminal shows none. */
export function inColor(text: string, ink: keyof typeof codes, { color }: Shows): string {
  return color && text !== "" ? `\u001B[${codes[ink]}m${text}\u001B[0m` : text;
}

/** A heading and the rule below it. */
export function heading(text: string, terminal: Shows): string[] {
  const rule = (terminal.unicode ? "─" : "-").repeat(Math.min(terminal.width, text.length));
  return [inColor(text, "strong", terminal), inColor(rule, "muted", terminal)];
}

/** A text broken between words into lines of at most the terminal's width; lines after the first begin with `indent`. */
export function wrapped(text: string, { width }: Pick<Shows, "width">, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line.trim() !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Blocks of lines next to each other, `gap` columns apart. */
export function beside(blocks: readonly (readonly string[])[], gap: number): string[] {
  const widths = blocks.map((block) => Math.max(...block.map(columnsOf)));
  const height = Math.max(...blocks.map(({ length }) => length));
  return Array.from({ length: height }, (_, row) =>
    blocks
      .map((block, index) => {
        const line = block[row] ?? "";
        return line + " ".repeat(widths[index]! + gap - columnsOf(line));
      })
      .join(""),
  );
}

/** Columns that a line takes, escape sequences left out. */
function columnsOf(line: string): number {
  return [...stripVTControlCharacters(line)].length;
}
