import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Tests as mutants need them: every package is that of the copy in which a mutant lives, and the first test that fails is enough. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@neuroweave\/([^/]+)$/, replacement: join(import.meta.dirname, "packages/$1/src/index.ts") },
      { find: /^neuroweave$/, replacement: join(import.meta.dirname, "packages/neuroweave/src/index.ts") },
    ],
  },
  test: {
    include: [process.env["NEUROWEAVE_MUTANTS"] ?? "test/**/*.test.ts"],
    setupFiles: ["test/compiled-programs.ts"],
    pool: "forks",
    bail: 1,
    testTimeout: 60_000,
  },
});
