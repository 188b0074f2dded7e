import { fork } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPages, root } from "./documents.ts";
import { makeFolder, type Program, writePrograms } from "./programs.ts";
import type { Ending } from "./run-programs.ts";
import { shownOutput, unlike } from "./shown-output.ts";

const { folder, remove } = makeFolder();
afterAll(remove);
const programs = writePrograms(readPages(), folder);
const pages = [...new Set(programs.map(({ page }) => page))];

/** Runs the programs of a page in a process of their own, in a folder of their own. */
function runAll(files: readonly string[]): Promise<ReadonlyMap<string, Ending>> {
  const [first] = files;
  if (first === undefined) return Promise.resolve(new Map());
  return new Promise((resolve, reject) => {
    const runner = fileURLToPath(new URL("run-programs.ts", import.meta.url));
    const child = fork(runner, files, {
      cwd: dirname(first),
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      timeout: 240_000,
    });
    const endings = new Map<string, Ending>();
    child.on("message", (ending) => endings.set((ending as Ending).file, ending as Ending));
    child.on("error", reject);
    child.on("close", () => resolve(endings));
  });
}

describe("the programs of the pages", () => {
  /** The options of somebody who begins: `strict`, and nothing beyond. What is refused, an editor may mark as well. */
  it("pass the type check of a reader", { timeout: 240_000 }, () => {
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(`${root}/tsconfig.base.json`, ts.sys.readFile).config,
      ts.sys,
      root,
    );
    const program = ts.createProgram(
      programs.map(({ file }) => file),
      { ...options, noUncheckedIndexedAccess: false, exactOptionalPropertyTypes: false },
    );
    const faults = programs.flatMap(({ page, block, file, throws }) => {
      if (throws) return [];
      const source = program.getSourceFile(file)!;
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        ({ start = 0, messageText }) =>
          `${page.path}:${block.line + source.getLineAndCharacterOfPosition(start).line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
    });
    expect(faults).toEqual([]);
  });

  describe.each(pages.map((page) => [page.path, page] as const))("%s", (_, page) => {
    const own = programs.filter((program) => program.page === page);
    const run = own.filter(({ module }) => !module);
    let endings: ReadonlyMap<string, Ending>;
    beforeAll(async () => {
      endings = await runAll(run.map(({ file }) => file));
    }, 250_000);

    const named = (programs: readonly Program[]) => programs.map((program) => [program.block.line, program] as const);

    it.each(named(run))("runs as it says on line %i", (_, { file, throws }) => {
      const ending = endings.get(file);
      expect(ending, "it did not come to its end").toBeDefined();
      const { warned, thrown, stack } = ending!;
      expect(warned).toBe("");
      if (throws) expect(thrown).toBeDefined();
      else expect(thrown, stack).toBeUndefined();
    });

    const shown = shownOutput(own);
    if (shown.length === 0) return;
    it("prints what the page shows", () => {
      const faults = shown.flatMap(({ program, block, how }) => {
        const { printed, thrown } = endings.get(program.file)!;
        return unlike(block.code, thrown === undefined ? printed : `${printed}${thrown}\n`, how).map(
          (fault) => `${page.path}:${block.line}: ${fault}`,
        );
      });
      expect(faults).toEqual([]);
    });
  });
});
