/** `neuroweave new KIND NAME`. */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { nearest } from "@neuroweave/equations";
import { makeFolder } from "@neuroweave/export";
import { commandVersion } from "../command-home.ts";
import { defineCommand } from "../command-line/command.ts";
import { exitCodes } from "../exit-codes.ts";
import { outputFailure, reasonOf, usageFailure } from "../failure.ts";
import { shownPath } from "../file/user-frames.ts";
import { behaviorFile, behaviorTest } from "../scaffold/behavior-files.ts";
import { experimentFile, experimentTest } from "../scaffold/experiment-files.ts";
import { scaffoldName, type ScaffoldName } from "../scaffold/names.ts";
import { pluginFiles } from "../scaffold/plugin-files.ts";

interface Scaffold {
  /** Files by path within the folder in which it is made. */
  readonly files: (name: ScaffoldName) => Readonly<Record<string, string>>;
  /** What to type next, in that folder. */
  readonly next: (name: ScaffoldName) => readonly string[];
}

const scaffolds: Readonly<Record<string, Scaffold>> = {
  behavior: {
    files: (name) => ({
      [`${name.kebab}.ts`]: behaviorFile(name),
      [`${name.kebab}.test.ts`]: behaviorTest(name, `./${name.kebab}.ts`),
    }),
    next: ({ kebab }) => [`npx neuroweave run ${kebab}.ts`, `npx tsx --test ${kebab}.test.ts`],
  },
  experiment: {
    files: (name) => ({
      [`${name.kebab}.ts`]: experimentFile(name),
      [`${name.kebab}.test.ts`]: experimentTest(name),
    }),
    next: ({ kebab }) => [`npx neuroweave run ${kebab}.ts`, `npx tsx --test ${kebab}.test.ts`],
  },
  plugin: {
    files: (name) =>
      Object.fromEntries(
        Object.entries(pluginFiles(name, commandVersion())).map(([path, text]) => [join(name.kebab, path), text]),
      ),
    next: ({ kebab }) => [`cd ${kebab}`, "npm install", "npm test", "npx neuroweave run example.ts"],
  },
};

export const newCommand = defineCommand({
  name: "new",
  summary: "write a behavior, an experiment or a plugin to begin with",
  about: [
    "What is written runs and passes its own test as it is. Files that exist are never replaced.",
    "behavior: NAME.ts and NAME.test.ts. experiment: the same, with a network. plugin: a folder NAME that is an npm package.",
  ],
  operands: [
    { name: "KIND", doc: "behavior, experiment or plugin" },
    {
      name: "NAME",
      doc: "the name in small letters, digits and hyphens; with folders before it if it shall lie elsewhere",
    },
  ],
  options: {},
  examples: ["neuroweave new behavior slow-potassium", "neuroweave new plugin gap-junctions"],
  async run({ operands: [kind, given], screen }) {
    const scaffold = Object.hasOwn(scaffolds, kind!) ? scaffolds[kind!]! : undefined;
    if (!scaffold) {
      const kinds = Object.keys(scaffolds);
      throw usageFailure("unknown-name", `neuroweave new makes no ${kind}`, {
        candidates: nearest(kind!, kinds),
        remedy: `It makes ${kinds.join(", ")}.`,
      });
    }
    const folder = resolve(dirname(given!));
    const name = scaffoldName(basename(given!));
    const files = Object.entries(scaffold.files(name)).map(([path, text]) => ({ path: join(folder, path), text }));
    // A plugin is a folder of its own, even where none of its files is there.
    const own = kind === "plugin" ? [join(folder, name.kebab)] : files.map(({ path }) => path);
    for (const path of own)
      if (existsSync(path))
        throw usageFailure("duplicate-name", `${shownPath(path)} exists already`, {
          remedy: "Choose another name, or move it away.",
        });
    for (const { path, text } of files) await write(path, text);
    const written = files.map(({ path }) => shownPath(path));
    const where = shownPath(folder);
    const next = [...(folder === process.cwd() ? [] : [`cd ${where}`]), ...scaffold.next(name)];
    screen.print("Written:", ...written.map((path) => `  ${path}`), "", "Next:", ...next.map((line) => `  ${line}`));
    screen.document({ command: "new", kind, name: name.kebab, files: written, next });
    return exitCodes.done;
  },
});

async function write(path: string, text: string): Promise<void> {
  try {
    await makeFolder(dirname(path));
    await writeFile(path, text, { flag: "wx" });
  } catch (cause) {
    throw outputFailure(`${shownPath(path)} cannot be written: ${reasonOf(cause)}`, "Choose a folder that you may write to.", cause);
  }
} // prettier-ignore
