import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { declarationsOf } from "../../tools/api/declarations.ts";
import { reportOf } from "../../tools/api/report.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "neuroweave-api-")));
afterAll(() => rmSync(root, { recursive: true }));
cpSync(new URL("../../tsconfig.base.json", import.meta.url), join(root, "tsconfig.base.json"));
writeFileSync(join(root, "package.json"), '{ "type": "module" }');

const index = `
  export { area as surface, type Circle } from "./circle.ts";
  export const answer = 6 * 7;
`;
const circle = `
  /** Nobody outside can name it. */
  interface Point { readonly x: number; readonly y: number }
  interface Unseen { readonly z: number }
  export interface Circle { readonly centre: Point; readonly r: number }
  const half: Unseen = { z: 0.5 };
  export function area(circle: Circle, digits = 3) { return circle.r ** 2 * digits * half.z; }
`;

const changed = {
  "a result": circle.replace("* half.z;", "+ `${half.z}`;"),
  "a parameter": circle.replace("digits = 3", "digits: number"),
  "a field": circle.replace("readonly r:", "readonly radius: number; readonly r:"),
  "a type that is not exported": circle.replace("readonly x: number", "readonly x: bigint"),
};
const packages = {
  original: circle,
  "other bodies": circle.replace("* digits", "* 2 * digits").replace("Nobody outside", "No one outside"),
  ...changed,
};
const folders = Object.entries(packages).map(([name, source], at) => {
  const folder = join(root, "packages", `shapes-${at}`);
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "src/index.ts"), index);
  writeFileSync(join(folder, "src/circle.ts"), source);
  return [name, folder, join(folder, "src/index.ts")] as const;
});
const program = declarationsOf(
  root,
  folders.map(([, , entry]) => entry),
);
const reports = new Map(folders.map(([name, folder, entry]) => [name, reportOf(program, "shapes", folder, entry)]));

describe("the report of what a package exports", () => {
  const { text, unnamed } = reports.get("original")!;

  it("has every export with its inferred type, and what stands in signatures without being exported", () => {
    expect(unnamed).toEqual(["Point"]);
    expect(text).toContain("export declare const answer: number;");
    expect(text).toContain("export declare function area(circle: Circle, digits?: number): number;\n// exported as surface");
    expect(text.indexOf("interface Point")).toBeGreaterThan(text.indexOf("Not exported, but part of signatures"));
    expect(text).not.toContain("Unseen");
  });

  it("stays as it is when bodies and comments change", () => {
    expect(reports.get("other bodies")!.text).toBe(text);
  });

  it.each(Object.keys(changed))("changes with %s", (name) => {
    expect(reports.get(name)!.text).not.toBe(text);
  });
});
