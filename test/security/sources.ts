/** The sources of the packages, as syntax trees. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");

/** Every module that a package ships, by its path in the repository. Benchmarks are of no package that is published. */
export const sources: readonly ts.SourceFile[] = readdirSync(join(root, "packages"))
  .filter((name) => name !== "bench")
  .map((name) => join(root, "packages", name, "src"))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.m?ts$/.test(name))
      .sort()
      .map((name) => join(folder, name)),
  )
  .map((path) =>
    ts.createSourceFile(
      relative(root, path).replaceAll("\\", "/"),
      readFileSync(path, "utf8"),
      ts.ScriptTarget.Latest,
      true,
    ),
  );

/** All nodes for which `choose` gives something, with what it gives and the place. */
export function found(choose: (node: ts.Node) => string | undefined): string[] {
  const all: string[] = [];
  for (const source of sources) {
    const visit = (node: ts.Node): void => {
      const chosen = choose(node);
      if (chosen !== undefined) all.push(`${source.fileName}: ${chosen}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return all;
}
