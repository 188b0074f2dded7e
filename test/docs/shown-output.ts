/**
 * Output that pages show. A block of `text` behind a program, under the same heading, is what the program printed: marked `output` it is all
 * of it, and without a mark some of its lines, in their order. `varies` leaves the digits open, for what is not the same on every machine.
 * A refusal that a program ends with counts as printed.
 */
import type { Block } from "./documents.ts";
import type { Program } from "./programs.ts";

export type Likeness = "output" | "part" | "varies";

export interface Shown {
  readonly program: Program;
  readonly block: Block;
  readonly how: Likeness;
}

/** The blocks of output of one page, each with its program: the last one before it. */
export function shownOutput(programs: readonly Program[]): Shown[] {
  const page = programs[0]?.page;
  if (!page) return [];
  return page.blocks
    .filter(({ language }) => language === "text")
    .flatMap((block) => {
      const program = programs.findLast(
        (program) => !program.module && program.block.line < block.line && program.block.section === block.section,
      );
      if (!["", "output", "varies"].includes(block.mark))
        throw new Error(`${page.path}:${block.line}: a text is marked "output" or "varies", not "${block.mark}"`);
      if (!program && block.mark !== "")
        throw new Error(
          `${page.path}:${block.line}: no program under this heading comes before what is marked as its output`,
        );
      return program ? [{ program, block, how: (block.mark || "part") as Likeness }] : [];
    });
}

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** In what way a text is not what was printed; nothing where it is. */
export function unlike(shown: string, printed: string, how: Likeness): string[] {
  const open = (line: string): string => (how === "varies" ? line.replace(/[\d.,]+/gu, "#") : line);
  const expected = linesOf(shown).map(open);
  const actual = linesOf(printed).map(open);
  if (how === "output")
    return expected.join("\n") === actual.join("\n") ? [] : [`it printed\n${printed}and the page shows\n${shown}`];
  let at = 0;
  return expected.flatMap((line) => {
    const found = actual.indexOf(line, at);
    if (found === -1) return [`"${line}" is not in what it printed:\n${actual.slice(at).join("\n")}`];
    at = found + 1;
    return [];
  });
}
