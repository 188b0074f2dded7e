/** The pages of the project: every Markdown file that a reader meets, with its blocks, headings and links. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A fenced block: what stands behind the fence, what is in it, and the line of the page on which its content begins. */
export interface Block {
  readonly language: string;
  /** What follows the language in the info string. */
  readonly mark: string;
  readonly code: string;
  readonly line: number;
  /** The heading under which it stands. */
  readonly section: number;
}

export interface Link {
  readonly target: string;
  readonly line: number;
}

/** A page: `path` is relative to the root and has forward slashes. */
export interface Page {
  readonly path: string;
  readonly blocks: readonly Block[];
  /** What can be linked to, as hosting sites name it. */
  readonly anchors: readonly string[];
  readonly links: readonly Link[];
  /** The text without blocks, line by line; a line within a block is empty. */
  readonly prose: readonly string[];
}

/** The name under which a heading can be linked to: lower case, no punctuation, hyphens for spaces, numbered when repeated. */
export function anchorOf(heading: string, taken: readonly string[]): string {
  const words = heading
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, "$1")
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
    .replace(/\s/gu, "-");
  let anchor = words;
  for (let k = 1; taken.includes(anchor); k++) anchor = `${words}-${k}`;
  return anchor;
}

/** Reads a page from its text. */
export function readPage(path: string, text: string): Page {
  const blocks: Block[] = [];
  const anchors: string[] = [];
  const links: Link[] = [];
  const prose: string[] = [];
  let section = 0;
  let open:
    { fence: string; language: string; mark: string; line: number; indent: number; lines: string[] } | undefined;
  text.split("\n").forEach((line, index) => {
    if (open) {
      prose.push("");
      if (line.trim() === open.fence) {
        const { language, mark, line, lines } = open;
        blocks.push({ language, mark, code: lines.map((each) => `${each}\n`).join(""), line, section });
        open = undefined;
      } else open.lines.push(line.slice(Math.min(open.indent, line.length - line.trimStart().length)));
      return;
    }
    const fence = /^(\s*)(`{3,})(\S*)\s*(.*)$/u.exec(line);
    if (fence) {
      const [, indent, ticks, language, mark] = fence as unknown as [string, string, string, string, string];
      open = { fence: ticks, language, mark: mark.trim(), line: index + 2, indent: indent.length, lines: [] };
      prose.push("");
      return;
    }
    prose.push(line);
    const heading = /^#{1,6}\s+(.*?)\s*$/u.exec(line);
    if (heading) {
      section++;
      anchors.push(anchorOf(heading[1]!, anchors));
    }
    const shown = line.replace(/`[^`]*`/gu, "``");
    for (const [, target] of shown.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/gu))
      links.push({ target: target!, line: index + 1 });
  });
  if (open) throw new Error(`${path}:${open.line - 1}: this block is never closed`);
  return { path, blocks, anchors, links, prose };
}

function* markdownIn(folder: string, deep: boolean): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && deep && !["node_modules", "dist"].includes(entry.name))
      yield* markdownIn(join(folder, entry.name), deep);
    else if (entry.isFile() && entry.name.endsWith(".md")) yield join(folder, entry.name);
  }
}

/** All pages, by path. */
export function readPages(): readonly Page[] {
  const files = [
    ...markdownIn(root, false),
    ...["docs", "packages", "examples"].flatMap((folder) => [...markdownIn(join(root, folder), true)]),
  ];
  return files
    .map((file) => readPage(relative(root, file).split(sep).join("/"), readFileSync(file, "utf8")))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
