import { existsSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorOf, type Page, readPage, readPages, root } from "./documents.ts";

const pages = readPages();

/** Links of a page that lead nowhere: files that do not exist, and headings that a page does not have. */
function deadLinks(page: Page, others: readonly Page[]): string[] {
  return page.links.flatMap(({ target, line }) => {
    if (/^(?:https?|mailto):/u.test(target)) return [];
    const [path = "", anchor] = target.split("#") as [string, string?];
    const file = path === "" ? page.path : normalize(join(dirname(page.path), path)).replace(/\/$/u, "");
    const place = `${page.path}:${line}: ${target}`;
    if (file.startsWith("..") || !existsSync(join(root, file))) return [`${place} does not exist`];
    if (anchor === undefined) return [];
    const there = file === page.path ? page : others.find(({ path }) => path === file);
    return there?.anchors.includes(anchor) ? [] : [`${place} has no such heading`];
  });
}

describe("links between pages", () => {
  it.each(pages.map((page) => [page.path, page] as const))("of %s lead somewhere", (_, page) => {
    expect(deadLinks(page, pages)).toEqual([]);
  });

  it("are refused when a file or a heading is missing", () => {
    const text =
      "# One\n## The [two](x.md) words!\n[a](#the-two-words) [b](#three) [c](README.md) [d](nowhere.md) [e](README.md#no)";
    const dead = deadLinks(readPage("CONTRIBUTING.md", text), pages);
    expect(dead.map((fault) => fault.split(": ")[1])).toEqual([
      "x.md does not exist",
      "#three has no such heading",
      "nowhere.md does not exist",
      "README.md#no has no such heading",
    ]);
  });

  it("find headings under the names that hosting sites give them", () => {
    const headings = ["From terms to one kernel", "`wasm`, or C?", "v ← w", "Twice", "Twice"];
    const anchors: string[] = [];
    for (const heading of headings) anchors.push(anchorOf(heading, anchors));
    expect(anchors).toEqual(["from-terms-to-one-kernel", "wasm-or-c", "v--w", "twice", "twice-1"]);
  });

  it("lead from the index to every page", () => {
    const index = pages.find(({ path }) => path === "docs/README.md")!;
    const linked = new Set(index.links.map(({ target }) => normalize(join("docs", target.split("#")[0]!))));
    const missing = pages.filter(({ path }) => path.startsWith("docs/") && path !== index.path && !linked.has(path));
    expect(missing.map(({ path }) => path)).toEqual([]);
  });

  it("lead from the README to the index, and once to every package", () => {
    const targets = pages.find(({ path }) => path === "README.md")!.links.map(({ target }) => target);
    expect(targets).toContain("docs/README.md");
    expect(targets.filter((target) => target.startsWith("packages/")).sort()).toEqual(
      readdirSync(join(root, "packages"), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(root, "packages", entry.name, "package.json")))
        .map(({ name }) => `packages/${name}`)
        .sort(),
    );
  });
});
