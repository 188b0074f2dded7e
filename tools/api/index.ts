/**
 * `npm run api` writes what every public package exports to `api/`; `npm run api:check` compares and fails with the lines
 * that differ.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { declarationsOf } from "./declarations.ts";
import { differences } from "./differences.ts";
import { reportOf } from "./report.ts";

const root = resolve(import.meta.dirname, "../..");
const reports = join(root, "api");

interface Package {
  readonly name: string;
  readonly folder: string;
  readonly entry: string;
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

function publicPackages(): Package[] {
  return readdirSync(join(root, "packages"))
    .sort()
    .flatMap((directory) => {
      const folder = join(root, "packages", directory);
      const text = readText(join(folder, "package.json"));
      if (text === "") return [];
      const { name, private: hidden, exports } = JSON.parse(text) as {
        name: string;
        private?: boolean;
        exports?: { ".": string };
      };
      return hidden === true || exports === undefined ? [] : [{ name, folder, entry: join(folder, exports["."]) }];
    });
}

const packages = publicPackages();
const program = declarationsOf(
  root,
  packages.map(({ entry }) => entry),
);
const fileOf = ({ name }: Package): string => `${name.replace(/^@neuroweave\//, "")}.api.md`;
const written = new Map(packages.map((each) => [fileOf(each), reportOf(program, each.name, each.folder, each.entry)]));
mkdirSync(reports, { recursive: true });
const kept = new Set(readdirSync(reports, { encoding: "utf8" }));

if (process.argv.includes("--check")) {
  const changed = [...new Set([...written.keys(), ...kept])].sort().flatMap((file) => {
    const lines = differences(readText(join(reports, file)), written.get(file)?.text ?? "");
    return lines.length === 0 ? [] : [`api/${file}`, ...lines];
  });
  for (const line of changed) console.log(line);
  if (changed.length > 0) {
    console.log("\nWhat packages export has changed: `npm run api` accepts it, `npx changeset` says what it means.");
    process.exitCode = 1;
  }
} else {
  for (const file of kept) if (!written.has(file)) rmSync(join(reports, file));
  for (const [file, { text }] of written) writeFileSync(join(reports, file), text);
}
const count = [...written.values()].reduce((sum, { exported }) => sum + exported, 0);
console.log(`${written.size} packages export ${count} names`);
