import { defineConfig } from "vitest/config";

/**
 * Tests that drive pages in the Chromium that is on the PATH, by `npm run test:browser`. They stand apart from `npm test`,
 * since not every machine has a browser; here one that is missing fails the run and says how to get it.
 */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.browser.ts"],
    globalSetup: ["test/browser/require-chromium.ts"],
    pool: "forks",
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
