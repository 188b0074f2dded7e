import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readArguments } from "../../examples/seed-notebook/command-line.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rootPackage = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program with no terminal, in a given environment, and waits for its end. */
function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", ...args], {
      cwd: root,
      env: { PATH: process.env["PATH"] ?? "", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "seed-notebook-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm start", () => {
  const script = "examples/seed-notebook.ts";

  it("is the seed notebook, and installs what it needs by itself", () => {
    expect(rootPackage.scripts["start"]).toBe(`tsx ${script}`);
    expect(rootPackage.scripts["prestart"]).toContain("install --frozen-lockfile");
  });

  it("succeeds without a terminal, in forty columns and without colors, and writes a report that needs nothing else", async () => {
    const path = join(folder, "deep", "report.html");
    const { code, out, err } = await run([script, "--out", path], { COLUMNS: "40", NO_COLOR: "1", LC_ALL: "C" });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).not.toContain("\u001B");
    expect(out).not.toContain("\r");
    expect(out).toMatch(/^[\n -~]*$/u);
    const lines = out.trimEnd().split("\n");
    expect(lines.pop()).toContain(path);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);

    const report = readFileSync(path, "utf8");
    expect(report.startsWith("<!doctype html>")).toBe(true);
    expect(report.trimEnd().endsWith("</html>")).toBe(true);
    expect(report).not.toMatch(/(?:src|href)="(?:https?:)?\/\//u);
    expect(report).not.toMatch(/<script|<link|@import|url\(/u);
  });

  it("refuses a place that cannot be written before it works, and says what to do", async () => {
    const { code, out, err } = await run([script, "--out", folder], {});
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(`${folder}: it is a folder`);
    expect(err).toContain("--out FILE");
    expect(err).not.toMatch(/\n\s+at /u);
  });

  it("refuses options that it does not know, and lists those that it does", async () => {
    const refused = await run([script, "--output", "x.html"], {});
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("--output");
    const helped = await run([script, "--help"], {});
    expect(helped.code).toBe(0);
    expect(helped.out).toContain("--out FILE");
  });

  it("keeps its report out of version control unless it is told otherwise", () => {
    const ignored = readFileSync(join(root, ".gitignore"), "utf8").split("\n");
    expect(readArguments([]).out).toBe(join(root, "dist", "seed-notebook.html"));
    expect(ignored).toContain("dist/");
  });
});
