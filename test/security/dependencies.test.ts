import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verdict } from "./audit.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
  readonly licenses?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Every package that is installed, whether a package of ours asked for it or another one did. */
const installed: readonly Installed[] = readdirSync(join(root, "node_modules/.pnpm")).flatMap((entry) => {
  const folder = join(root, "node_modules/.pnpm", entry, "node_modules");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  return names
    .map((name) => join(folder, name))
    .filter((path) => !lstatSync(path).isSymbolicLink() && existsSync(join(path, "package.json")))
    .map((path) => JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Installed);
});

/** Licences that let anyone use, change and hand on, with MPL-2.0, which asks for the source of changes to files of its own only. */
const permissive = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "BlueOak-1.0.0", "Python-2.0", "Unlicense", "CC0-1.0", "MPL-2.0"]); // prettier-ignore
/** Packages that name no licence of the list by its short name; read by hand. */
const readByHand: Readonly<Record<string, string>> = {
  "caniuse-lite": "CC-BY-4.0: tables of what browsers can do, for building and testing only",
  "dejavu-fonts-ttf": "the Bitstream Vera licence: free use and change under another name",
  h5wasm: "the BSD-like licence of HDF5",
  jstat: "MIT, named in an older form",
  spawndamnit: "MIT, in a file",
};

describe("dependencies", () => {
  it("are all pinned to one version and one content", () => {
    const lockfile = read("pnpm-lock.yaml");
    const packages = lockfile.slice(lockfile.indexOf("\npackages:\n"), lockfile.indexOf("\nsnapshots:\n"));
    const entries = [...packages.matchAll(/^ {2}'?((?:@[^@'\n/]+\/)?[^@'\n/]+)@([^:'\n]+)'?:\n((?: {4}.*\n)+)/gm)];
    expect(entries.length).toBeGreaterThan(250);
    const loose = entries.filter(
      ([, , version, body]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version!) || !/integrity: sha512-/.test(body!),
    );
    expect(loose.map(([, name, version]) => `${name}@${version}`)).toEqual([]);
  });

  it("come from the registry, and from nowhere else", () => {
    const origins = read("pnpm-lock.yaml").match(/^ +(?:resolution|version): .*$/gm)!;
    expect(origins.length).toBeGreaterThan(250);
    expect(origins.filter((line) => /tarball|repo:|git\+|github|https?:|file:/.test(line))).toEqual([]);
  });

  it("may all be used, changed and handed on", () => {
    expect(installed.length).toBeGreaterThan(200);
    const others = installed.filter(({ name, license }) => {
      const words = typeof license === "string" ? license.replaceAll(/[()]/g, "").split(/ (?:OR|AND) /) : [];
      return !(words.length > 0 && words.every((word) => permissive.has(word))) && !Object.hasOwn(readByHand, name);
    });
    expect(others.map(({ name, license, licenses }) => `${name}: ${JSON.stringify(license ?? licenses)}`)).toEqual([]);
  });

  it("run nothing when they are installed, but those whose scripts have been looked at", () => {
    const workspace = read("pnpm-workspace.yaml");
    const allowed = /^allowBuilds:\n((?: {2}.*\n)+)/m.exec(workspace)![1]!;
    const ruled = [...allowed.matchAll(/^ {2}(\S+): (?:true|false)$/gm)].map(([, name]) => name!);
    const scripted = installed
      .filter(({ scripts = {} }) =>
        ["preinstall", "install", "postinstall"].some((name) => Object.hasOwn(scripts, name)),
      )
      .map(({ name }) => name);
    expect([...new Set(scripted)].sort()).toEqual(ruled.sort());
    expect(allowed.match(/: true$/gm)).toHaveLength(1);
  });
});

describe("the audit of dependencies", () => {
  const advisory = (severity: string) => ({ advisories: { 1: { severity, module_name: "some", title: "overflow" } } });

  it("fails for what is known to be weak, and for nothing else", () => {
    expect(verdict(JSON.stringify(advisory("high")))).toMatchObject({ fails: true, text: expect.stringContaining("some: overflow") });
    expect(verdict(JSON.stringify(advisory("low")))).toMatchObject({ fails: false, text: expect.stringContaining("1 known") });
    expect(verdict(JSON.stringify({ advisories: {} }))).toEqual({ fails: false, text: "Audited.\n0 known weaknesses" });
  }); // prettier-ignore

  it("says so where nobody answered, and fails nothing", () => {
    for (const output of ["", "null", "Error: responded with 405", '{"error":{"code":"ENOTFOUND"}}'])
      expect(verdict(output)).toMatchObject({ fails: false, text: expect.stringMatching(/^Not audited/) });
  });
});
