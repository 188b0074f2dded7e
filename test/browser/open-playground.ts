/** The playground and a browser for the tests of one file: opened ahead of the first, closed behind the last. */
import type { Browser } from "playwright";
import { afterAll, afterEach, beforeAll } from "vitest";
import { openChromium } from "./chromium.ts";
import { openSite, type Site } from "./playground-site.ts";

/** What is open while tests run; a test leaves no page to the next. */
export function openPlayground(): { readonly browser: Browser; readonly address: string } {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await openSite();
    browser = await openChromium();
  }, 120_000);
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    site.close();
  });
  return {
    get browser() {
      return browser;
    },
    get address() {
      return site.address;
    },
  };
}
