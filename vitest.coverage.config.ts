import { defineConfig, mergeConfig } from "vitest/config";
import tests from "./vitest.config.ts";

/**
 * How much of the four packages that everything rests on is run by tests: `npm run coverage`, and `npm run coverage -- test/equations`
 * for a part. Tests of types run nothing and are left out.
 *
 * Counted is what runs in the processes of tests themselves. What workers of a team run is one constant text (`team-worker.ts`) and WebAssembly,
 * which no count sees; what children of tests run (a process that is killed, folders that go with their process) is not counted either.
 * No file is left out for that: whatever has a line in it also runs in a test's own process.
 */
export default mergeConfig(
  tests,
  defineConfig({
    test: {
      typecheck: { enabled: false },
      coverage: {
        enabled: true,
        provider: "v8",
        include: ["packages/{equations,schedule,kernel,engine}/src/**"],
        reporter: ["text", "json"],
        reportOnFailure: true,
        thresholds: Object.fromEntries(
          ["equations", "schedule", "kernel", "engine"].map((name) => [
            `packages/${name}/src/**`,
            { statements: 95, branches: 90 },
          ]),
        ),
      },
    },
  }),
);
