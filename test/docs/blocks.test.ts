import { parse } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as networkFile from "@neuroweave/network-file";
import { commandsOf, faultOf } from "./commands.ts";
import { readPage, readPages } from "./documents.ts";

const pages = readPages();
const languages = new Set(["ts", "sh", "json", "jsonc", "text", "python", "html"]);

/** Comments and commas at the end are allowed in `jsonc` only. What begins with a name is a part of an object. */
function faultOfJson(block: string, language: string): string | null {
  const code = block.startsWith('"') ? `{ ${block} }` : block;
  const { config, error } = ts.parseConfigFileTextToJson("block.json", code) as {
    config?: { readonly format?: unknown };
    error?: ts.Diagnostic;
  };
  if (error) return ts.flattenDiagnosticMessageText(error.messageText, " ");
  try {
    if (language === "json") JSON.parse(code);
    const { parseNetworkFile } = networkFile as { readonly parseNetworkFile?: (file: object) => unknown };
    if (config?.format === "neuroweave network") parseNetworkFile?.(config);
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return null;
}

describe("the blocks of the pages", () => {
  it("begin in the README with the two commands that set everything up", () => {
    const [first] = pages.find(({ path }) => path === "README.md")!.blocks;
    expect(first!.language).toBe("sh");
    expect(first!.line).toBeLessThan(12);
    expect(first!.code).toMatch(/^npm start .*\nnpm test /u);
  });

  it("are in languages that are checked", () => {
    const others = pages.flatMap(({ path, blocks }) =>
      blocks
        .filter(({ language, mark }) => !languages.has(language) || (mark !== "" && !["ts", "text"].includes(language)))
        .map(({ language, mark, line }) => `${path}:${line}: ${language} ${mark}`),
    );
    expect(others).toEqual([]);
  });

  it("show Python where another simulator or another reader of files is the subject, and nowhere else", () => {
    const strays = pages.filter(({ path, blocks }) => {
      const abroad = parse(path).dir === "docs/migrate" || path === "docs/guide/results.md";
      return !abroad && blocks.some(({ language }) => language === "python");
    });
    expect(strays.map(({ path }) => path)).toEqual([]);
  });

  it("hold JSON that can be read", () => {
    const faults = pages.flatMap(({ path, blocks }) =>
      blocks
        .filter(({ language }) => language === "json" || language === "jsonc")
        .flatMap(({ code, language, line }) => {
          const fault = faultOfJson(code, language);
          return fault === null ? [] : [`${path}:${line}: ${fault}`];
        }),
    );
    expect(faults).toEqual([]);
    expect(faultOfJson('{ "a": 1, }', "json")).not.toBeNull();
    expect(faultOfJson('{ "a": 1, // one\n }', "jsonc")).toBeNull();
    expect(faultOfJson('{ "a": ', "jsonc")).not.toBeNull();
    expect(faultOfJson('"a": 1', "json")).toBeNull();
  });

  it("name commands, scripts and options that exist", { timeout: 120_000 }, () => {
    const faults = pages.flatMap(commandsOf).flatMap(({ words, place }) => {
      const fault = faultOf(words);
      return fault === null ? [] : [`${place}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it("are refused when they name what does not exist", () => {
    const page = readPage(
      "page.md",
      "```sh\nnpm start # all\nnpm run nothing -- \\\n  --deep\nnpx tsx examples/none.ts\nrm -rf x\n```\n",
    );
    expect(commandsOf(page).map(({ words, place }) => [place, faultOf(words)])).toEqual([
      ["page.md:2", null],
      ["page.md:3", "package.json has no script nothing"],
      ["page.md:5", "there is no examples/none.ts"],
      ["page.md:6", "nothing is known of rm -rf"],
    ]);
  });
});
