/** What `neuroweave new plugin` writes: an npm package with a behavior, its test and a README. */
import { behaviorExperiment, behaviorSource, behaviorTest } from "./behavior-files.ts";
import type { ScaffoldName } from "./names.ts";

/** Files by path within the folder of the package. \`version\` is that of Neuroweave. */
export function pluginFiles(name: ScaffoldName, version: string): Readonly<Record<string, string>> {
  const { kebab, pascal } = name;
  return {
    "package.json": packageFile(kebab, version),
    "tsconfig.json": tsconfigFile,
    "README.md": readme(kebab, pascal),
    ".gitignore": "node_modules/\ndist/\n",
    "src/index.ts": indexFile(name, version),
    [`src/${kebab}.ts`]: behaviorSource(name),
    [`test/${kebab}.test.ts`]: behaviorTest(name, "../src/index.ts"),
    "test/conformance.test.ts": conformanceTest(name),
    "example.ts": exampleFile(name),
  };
}

/** The plugin by which files and the catalogue know the behavior. */
const indexFile = ({ kebab, pascal }: ScaffoldName, version: string): string => `\
import { definePlugin } from "neuroweave";
import { ${pascal} } from "./${kebab}.ts";

export { ${pascal} };

/** For files and the catalogue: loadNetwork(file, { plugins: [plugin] }). */
export const plugin = definePlugin({
  name: "${kebab}",
  version: "0.1.0",
  neuroweave: "^${version}",
  behaviors: { ${pascal} },
});
`;

/** All that a behavior of Neuroweave keeps to, by one call. */
const conformanceTest = ({ pascal }: ScaffoldName): string => `\
import { test } from "node:test";
import { checkBehavior, expectConformance } from "@neuroweave/testkit";
import { ConstantCurrent, LIF } from "neuroweave";
import { ${pascal}, plugin } from "../src/index.ts";

test("it keeps to what every behavior of Neuroweave does", async () => {
  const cell = [LIF({ R: 5, tau: 10, threshold: -45 }), ConstantCurrent({ amplitude: 8 })];
  expectConformance(await checkBehavior(${pascal}, { plugin, with: cell }));
});
`;

const packageFile = (kebab: string, version: string): string =>
  `${JSON.stringify(
    {
      name: kebab,
      version: "0.1.0",
      description: "A behavior for Neuroweave.",
      keywords: ["neuroweave", "spiking neural network"],
      license: "MIT",
      type: "module",
      sideEffects: false,
      files: ["dist"],
      exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
      scripts: {
        test: "tsx --test test/*.test.ts",
        build: "tsup src/index.ts --format esm --dts --clean",
        prepublishOnly: "npm test && npm run build",
      },
      peerDependencies: { neuroweave: `^${version}` },
      devDependencies: {
        "@neuroweave/cli": `^${version}`,
        "@neuroweave/testkit": `^${version}`,
        neuroweave: `^${version}`,
        tsup: "^8.5.0",
        tsx: "^4.23.0",
        typescript: "^5.9.0",
      },
      engines: { node: ">=20.19" },
    },
    null,
    2,
  )}\n`;

const tsconfigFile = `${JSON.stringify(
  {
    compilerOptions: {
      target: "ES2022",
      module: "nodenext",
      moduleResolution: "nodenext",
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
    },
    include: ["src", "test", "example.ts"],
  },
  null,
  2,
)}\n`;

const exampleFile = (name: ScaffoldName): string => `\
import { ConstantCurrent, createNetwork, LIF, Recorder } from "neuroweave";
import type { ExperimentFileOptions } from "neuroweave";
import { ${name.pascal} } from "./src/index.ts";

${behaviorExperiment(name, name.pascal).replace(`run ${name.kebab}.ts`, "run example.ts")}`;

const readme = (kebab: string, pascal: string): string => `\
# ${kebab}

A behavior for Neuroweave (npm package \`neuroweave\`): ${pascal}, a current that every spike strengthens.

\`\`\`ts
import { ConstantCurrent, createNetwork, LIF } from "neuroweave";
import { ${pascal} } from "${kebab}";

const net = createNetwork({ dt: 0.1 });
const cells = net.population("cells", 10, [LIF({ R: 5 }), ${pascal}({ strength: 0.3 }), ConstantCurrent({ amplitude: 8 })]);
await net.run(300);
console.log(cells.spikes().times.length, "spikes");
\`\`\`

## Working on it

\`\`\`sh
npm install
npm test                            # the tests
npx neuroweave run example.ts       # what it does, in the terminal
npm run build                       # dist, as it is published
\`\`\`
`;
