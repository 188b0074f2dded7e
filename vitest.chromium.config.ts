import { readdirSync } from "node:fs";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { findChromium } from "./test/browser/chromium.ts";
import { needsNode } from "./test/browser/needs-node.ts";

/**
 * The tests of the core as they are, run by a page of Chromium instead of Node: `npm run test:chromium`, or `npm run test:chromium --
 * test/engine` for some. Left out is what asks for Node itself.
 */
const folders =
  /^(?:equations|schedule|kernel|engine|devices|model|behaviors|connect|record|physics|analysis|readout|encode|experiment)\//;
const files = readdirSync("test", { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => folders.test(name) && name.endsWith(".test.ts"))
  .map((name) => `test/${name}`);

export default defineConfig({
  // Threads share memory only in pages that say so.
  server: { headers: { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" } },
  test: {
    include: files.filter((file) => !needsNode(file)),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    browser: {
      enabled: true,
      headless: true,
      ui: false,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] },
      }),
      instances: [{ browser: "chromium" }],
    },
  },
});
