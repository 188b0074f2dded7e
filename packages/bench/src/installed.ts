/** What users get: the packages as they are published, in a folder of their own, next to what they depend on. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { NeuroweaveError } from "@neuroweave/equations";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly exports?: unknown };
}

const workspace = fileURLToPath(new URL("../../../", import.meta.url));

/** Folder of the workspace that holds a package, by the package's name. */
const sourceOf = (name: string): string => join(workspace, "packages", name.replace("@neuroweave/", ""));

/** The manifest of a package of this workspace. */
export const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(join(sourceOf(name), "package.json"), "utf8")) as Manifest;

const isOurs = ([, version]: readonly [string, string]): boolean => version.startsWith("workspace:");

/** A package and all packages of this workspace that it needs, itself last. */
export function closureOf(name: string): readonly string[] {
  const found = new Set<string>();
  const visit = (each: string): void => {
    if (found.has(each)) return;
    for (const [inner] of Object.entries(manifestOf(each).dependencies ?? {}).filter(isOurs)) visit(inner);
    found.add(each);
  };
  visit(name);
  return [...found];
}

/** The manifest as it is published: its own exports, and versions instead of places in the workspace. */
export function publishedManifest(name: string): object {
  const { publishConfig, dependencies = {}, ...rest } = manifestOf(name);
  const { access: _, ...published } = { access: "public", ...publishConfig };
  const versions = Object.entries(dependencies).map(([each, version]) =>
    isOurs([each, version]) ? [each, `^${manifestOf(each).version}`] : [each, version],
  );
  return { ...rest, ...published, dependencies: Object.fromEntries(versions) };
}

export interface Installation {
  readonly folder: string;
  /** Removes the folder. Happens at the end of the process in any case. */
  remove(): void;
}

/**
 * Builds `neuroweave` and all that it needs into `node_modules` of a temporary folder; packages of others are links to those
 * installed here. The workspace stays as it is. `report` is told how many of `total` packages are done.
 */
export async function install(report: (done: number, total: number) => void): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), "neuroweave-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const names = closureOf("neuroweave");
    for (const [index, name] of names.entries()) {
      const target = join(folder, "node_modules", name);
      mkdirSync(target, { recursive: true });
      writeFileSync(join(target, "package.json"), JSON.stringify(publishedManifest(name), null, 2));
      await build(name, join(target, "dist"));
      for (const [other] of Object.entries(manifestOf(name).dependencies ?? {}).filter((each) => !isOurs(each))) {
        const link = join(target, "node_modules", other);
        mkdirSync(dirname(link), { recursive: true });
        symlinkSync(realpathSync(join(sourceOf(name), "node_modules", other)), link, "dir");
      }
      report(index + 1, names.length);
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, remove };
}

/** The package's own build, without declarations: no process at run time reads them. */
async function build(name: string, target: string): Promise<void> {
  const tsup = join(workspace, "node_modules", "tsup", "dist", "cli-default.js");
  const args = [tsup, "--config", "../../tsup.config.ts", "--no-dts", "--out-dir", target];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: sourceOf(name) });
  } catch (cause) {
    const { stdout = "", stderr = "" } = cause as { readonly stdout?: string; readonly stderr?: string };
    throw new NeuroweaveError("internal", `${name} does not build: ${`${stdout}${stderr}`.trim()}`, {}, { cause });
  }
}
