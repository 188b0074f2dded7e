/** The checks of pages, against pages that are wrong. */
import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Page, readPage } from "./documents.ts";
import { makeFolder, writePrograms } from "./programs.ts";
import { shownOutput, unlike } from "./shown-output.ts";

const block = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;
const program = block("ts", "console.log(1);");

/** What a page takes to be output, by line of the program and of the text. */
function pairs(page: Page): (readonly [program: number, text: number, how: string])[] {
  const { folder } = makeFolder();
  try {
    const programs = writePrograms([page], folder);
    return shownOutput(programs).map(({ program, block, how }) => [program.block.line, block.line, how]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a page is read", () => {
  it("with its blocks, their marks, lines and sections, indented ones too", () => {
    const page = readPage(
      "a.md",
      `# A\n\n${block("ts throws", "x;")}\n## B\n\n  - c\n\n  \`\`\`text\n    d\n  e\n  \`\`\`\n`,
    );
    expect(page.blocks).toEqual([
      { language: "ts", mark: "throws", code: "x;\n", line: 4, section: 1 },
      { language: "text", mark: "", code: "  d\ne\n", line: 12, section: 2 },
    ]);
    expect(page.anchors).toEqual(["a", "b"]);
  });

  it("without taking what stands in code for links or headings", () => {
    const page = readPage("a.md", `${block("text", "# no\n[a](b)")}\`[c](d)\` [e](f "g")\n`);
    expect(page.anchors).toEqual([]);
    expect(page.links).toEqual([{ target: "f", line: 5 }]);
  });

  it("only if every block ends", () => {
    expect(() => readPage("a.md", "```ts\nx;\n")).toThrow("a.md:1");
  });
});

describe("output on a page", () => {
  it("belongs to the last program before it under the same heading", () => {
    const text = `${program}${program}${block("text output", "1")}# B\n\n${block("text", "a picture")}`;
    expect(pairs(readPage("a.md", text))).toEqual([[5, 8, "output"]]);
  });

  it("is refused with a mark that nobody knows, or without a program", () => {
    expect(() => pairs(readPage("a.md", `${program}${block("text maybe", "1")}`))).toThrow("a.md:5");
    expect(() => pairs(readPage("a.md", `${program}# B\n${block("text output", "1")}`))).toThrow("a.md:6");
    expect(() => pairs(readPage("a.md", block("ts no-run", "x")))).toThrow("a.md:2");
    const twice = block("ts file=a.ts", "export {};");
    expect(() => pairs(readPage("a.md", `${twice}${twice}`))).toThrow("a.md:5");
  });

  it("is all that was printed, some of its lines in order, or the same but for digits", () => {
    const printed = "a 1.5\nb 2\nc 3\n";
    expect(unlike("a 1.5\n  b 2\n\nc 3", printed, "output")).toEqual([]);
    expect(unlike("a 1.5\nc 3", printed, "output")).not.toEqual([]);
    expect(unlike("a 1.5\nc 3", printed, "part")).toEqual([]);
    expect(unlike("c 3\na 1.5", printed, "part")).not.toEqual([]);
    expect(unlike("a 1.6", printed, "part")).not.toEqual([]);
    expect(unlike("a 17\nb 9", printed, "varies")).toEqual([]);
    expect(unlike("d 17", printed, "varies")).not.toEqual([]);
  });
});
