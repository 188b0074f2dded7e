/**
 * Programs of pages as files of their own, so that they can be checked and run as a reader would have them: each block of a page in one
 * folder, under its line or, with the mark `file=NAME`, under the name by which the other blocks of the page import it.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, type Page, root } from "./documents.ts";

export interface Program {
  readonly page: Page;
  readonly block: Block;
  readonly file: string;
  /** Whether the page says that it is refused. */
  readonly throws: boolean;
  /** Whether it is a module for the other blocks of its page, which runs when they do. */
  readonly module: boolean;
}

const marks = /^(?:(throws)|file=([a-z0-9-]+\.ts))?$/u;

/** Writes the programs of all pages below a folder. */
export function writePrograms(pages: readonly Page[], folder: string): Program[] {
  return pages.flatMap((page, index) => {
    const own = join(folder, String(index));
    mkdirSync(own, { recursive: true });
    return page.blocks
      .filter(({ language }) => language === "ts")
      .map((block) => {
        const mark = marks.exec(block.mark);
        if (!mark)
          throw new Error(
            `${page.path}:${block.line}: a program is marked "throws" or "file=NAME.ts", not "${block.mark}"`,
          );
        const [, throws, name] = mark;
        const file = join(own, name ?? `line-${block.line}.ts`);
        if (existsSync(file)) throw new Error(`${page.path}:${block.line}: there is a ${name} on this page already`);
        writeFileSync(file, block.code);
        return { page, block, file, throws: throws !== undefined, module: name !== undefined };
      });
  });
}

/** A folder that finds the packages and is no part of the repository; with what takes it away again. */
export function makeFolder(): { folder: string; remove: () => void } {
  mkdirSync(join(root, "dist"), { recursive: true });
  const folder = mkdtempSync(join(root, "dist", "pages-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
