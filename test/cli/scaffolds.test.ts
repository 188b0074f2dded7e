import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { format } from "prettier";
import { folderWith, neuroweave, start } from "./command.ts";

const folder = folderWith({ "package.json": '{ "type": "module" }' });
const place = { cwd: folder };
const files = [
  "slow-potassium.ts",
  "slow-potassium.test.ts",
  "balance.ts",
  "balance.test.ts",
  "my-plugin/src/index.ts",
  "my-plugin/src/my-plugin.ts",
  "my-plugin/test/my-plugin.test.ts",
  "my-plugin/test/conformance.test.ts",
  "my-plugin/example.ts",
];

beforeAll(async () => {
  mkdirSync(join(folder, "node_modules", "@types"), { recursive: true });
  mkdirSync(join(folder, "node_modules", "@neuroweave"));
  for (const name of ["neuroweave", "@neuroweave/testkit", "@types/node"])
    symlinkSync(resolve("node_modules", name), join(folder, "node_modules", name));
  for (const [kind, name] of [["behavior", "slow-potassium"], ["experiment", "balance"], ["plugin", "my-plugin"]] as const) {
    const { code, err } = await neuroweave(["new", kind, name], place);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  }
}); // prettier-ignore

describe("what neuroweave new writes", () => {
  it("passes its own tests at once", async () => {
    const tests = files.filter((name) => name.endsWith(".test.ts"));
    const tsx = resolve("node_modules/tsx/dist/cli.mjs");
    const { code, out } = await start(process.execPath, [tsx, "--test", ...tests], place).ended;
    expect(out).toMatch(/# pass 6\n# fail 0/u);
    expect(code).toBe(0);
  });

  it("has no error of types, in the strictest reading", () => {
    const { config } = ts.readConfigFile(resolve("tsconfig.base.json"), ts.sys.readFile) as { config: { compilerOptions: object } };
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder);
    const program = ts.createProgram(files.map((name) => join(folder, name)), options);
    const messages = files.flatMap((name) => {
      const source = program.getSourceFile(join(folder, name));
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return found.map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
    });
    expect(messages).toEqual([]);
  }); // prettier-ignore

  it("is formatted", async () => {
    for (const name of files) {
      const text = readFileSync(join(folder, name), "utf8");
      expect(await format(text, { parser: "typescript", printWidth: 120, trailingComma: "all" }), name).toBe(text);
    }
  });

  it("runs: the behavior shows what it does, and follows what is asked for", async () => {
    const args = ["run", "slow-potassium.ts", "--set", "with.strength=0", "--json"];
    const { code, out } = await neuroweave(args, place);
    expect(code).toBe(0);
    const { measures } = JSON.parse(out) as { readonly measures: Readonly<Record<string, number>> };
    expect(measures["spikes without it"]).toBeGreaterThan(0);
    expect(measures["spikes with it"]).toBe(measures["spikes without it"]);
  });

  it("is never written over a file that exists", async () => {
    const before = readFileSync(join(folder, "balance.ts"), "utf8");
    const { code, err } = await neuroweave(["new", "behavior", "balance"], place);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining("balance.ts exists already") as string });
    expect(readFileSync(join(folder, "balance.ts"), "utf8")).toBe(before);
  }); // prettier-ignore
});
