import * as behaviors from "@neuroweave/behaviors";
import * as connect from "@neuroweave/connect";
import * as neuroweave from "neuroweave";
import { describe, expect, it } from "vitest";
import { readPages } from "./documents.ts";

const pages = readPages();
const prose = (path: string): readonly string[] => pages.find((page) => page.path === path)!.prose;

/** Names in the first cells of tables, in code, that look like something to import: before a bracket, or capitalised. */
function tabled(path: string): string[] {
  return prose(path)
    .filter((line) => line.startsWith("|"))
    .flatMap((line) => [...line.split("|")[1]!.matchAll(/`([A-Za-z][A-Za-z0-9]*)(\(|`)/gu)])
    .filter(([, name, end]) => end === "(" || /^[A-Z]/u.test(name!))
    .map(([, name]) => name!);
}

describe("the tables of what there is", () => {
  it.each(["README.md", "docs/guide/library.md", "docs/guide/input.md", "docs/guide/signals-and-reward.md"])(
    "in %s name what can be imported, or a phase",
    (path) => {
      const names = tabled(path);
      expect(names.length).toBeGreaterThan(3);
      expect(names.filter((name) => !(name in neuroweave) && !(name in neuroweave.Phase))).toEqual([]);
    },
  );

  it("in the library leave no behavior, model, preset or connector out", () => {
    const text = prose("docs/guide/library.md").join("\n");
    const exported = [...Object.keys(behaviors), ...Object.keys(connect)];
    expect(exported.filter((name) => !new RegExp(`\\b${name}\\b`, "u").test(text))).toEqual([]);
  });
});
