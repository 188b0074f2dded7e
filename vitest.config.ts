import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "examples/plugins/*/test/**/*.test.ts"],
    // Errors in the sources are the type check's to report; here it is the tests of types that pass or fail.
    typecheck: { enabled: true, include: ["test/**/*.test-d.ts"], tsconfig: "tsconfig.json", ignoreSourceErrors: true },
    globalSetup: ["test/evidence/collect.ts"],
    setupFiles: ["test/compiled-programs.ts", "test/evidence/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
