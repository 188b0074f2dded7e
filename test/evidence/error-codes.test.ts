import { errorCodes, errorGuide, NeuroweaveError } from "@neuroweave/equations";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errorPage, errorPageText } from "./error-page.ts";
import { raisedCodes } from "./raised-codes.ts";
import { codesRaised, evidenceTable } from "./table.ts";

const root = join(import.meta.dirname, "../..");
const textsOf = (folder: string): (readonly [string, string])[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("node_modules") && !name.includes("dist/"))
    .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), "utf8")] as const);

describe("the codes of errors", () => {
  it("each have a cause and a remedy, and nothing else has", () => {
    expect(Object.keys(errorGuide).sort()).toEqual(Object.keys(errorCodes).sort());
  });

  it("are what the page says of them (npm run errors writes it)", async () => {
    expect(readFileSync(join(root, errorPage), "utf8")).toBe(await errorPageText());
  });

  it("are each used by a package", () => {
    const sources = textsOf("packages").filter(
      ([name]) => name.includes("/src/") && !/error-(codes|guide)\.ts$/.test(name),
    );
    const text = sources.map(([, each]) => each).join("\n");
    expect(Object.keys(errorCodes).filter((code) => !text.includes(`"${code}"`))).toEqual([]);
  });

  it("are the only ones that tests expect", () => {
    // Codes of the system and of Node are in capitals.
    const expected = /\bcode(?:: |\)\.to(?:Be|Equal)\()"([a-z][a-z-]*)"/g;
    const unlisted = textsOf("test").flatMap(([name, text]) =>
      [...text.matchAll(expected)]
        .map(([, code]) => code!)
        .filter((code) => !Object.hasOwn(errorCodes, code))
        .map((code) => `${name}: ${code}`),
    );
    expect(unlisted).toEqual([]);
  });
});

describe("the evidence of a run", () => {
  it("has the codes of all errors that were made, the last one too", () => {
    expect(raisedCodes()).not.toContain("syntax");
    expect(new NeuroweaveError("syntax", "a text")).toBeInstanceOf(Error);
    expect(raisedCodes()).toContain("syntax");
  });

  const file = (name: string, tried: number, lost: number) => ({
    file: name,
    codes: ["syntax", name],
    tallies: { "runs killed": { tried, lost } },
  });

  it("sums what files tried, and says nothing was lost only where nothing was and no test failed", () => {
    const files = [file("a", 1200, 0), file("b", 34, 0)];
    expect(evidenceTable({ files, failed: [], long: false })).toContain("| runs killed | 1 234 | nothing |");
    expect(evidenceTable({ files, failed: ["b"], long: false })).toContain("| 1 234 | tests failed in b |");
    expect(evidenceTable({ files: [file("a", 3, 2)], failed: [], long: true })).toContain("| 3 | 2 |");
  });

  it("names the files that raised a code", () => {
    expect(codesRaised([file("b", 1, 0), file("a", 1, 0)])).toEqual({ a: ["a"], b: ["b"], syntax: ["a", "b"] });
  });
});
