/** The playground for everybody: by keyboard, by screen readers, on phones, in light and dark. */
import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { openPlayground } from "./open-playground.ts";
import { clock, eventually, goesOn, openCard, visit } from "./playground-page.ts";

const open = openPlayground();

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

/** What axe finds wrong, in words. */
async function violations(page: Page): Promise<string[]> {
  // Past the policy of the page, as an extension of a browser is.
  const client = await page.context().newCDPSession(page);
  await client.send("Runtime.evaluate", { expression: axe.source });
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    return (await axe.run()).violations;
  });
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`));
} // prettier-ignore

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
  });

/** Moves on by Tab until something of this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let k = 0; k < 80; k++) {
    await page.keyboard.press("Tab");
    if (name.test(await focused(page))) return;
  }
  throw new Error(`nothing of the name ${name} can be reached by Tab`);
}

describe("the playground", () => {
  it.each(["light", "dark"] as const)(
    "has nothing that axe finds wrong in %s colors, cards and dialogs open",
    async (colorScheme) => {
      const { page } = await visit(open.browser, `${open.address}#preset=stdp`, { viewport: { width: 1440, height: 900 }, colorScheme }); // prettier-ignore
      await goesOn(page);
      for (const name of ["leak", "fire", "g_exc"]) await openCard(page, name);
      expect(await violations(page)).toEqual([]);
      await page.getByRole("tab", { name: "plastic" }).click();
      await openCard(page, "pairRule");
      expect(await violations(page)).toEqual([]);
      await page.getByRole("button", { name: "Code" }).click();
      await page.getByRole("dialog").waitFor();
      expect(await violations(page)).toEqual([]);
    },
  );

  it("has nothing that axe finds wrong while it shows what is refused", async () => {
    const { page } = await visit(open.browser, `${open.address}#n=broken`);
    await page.getByRole("alert").filter({ hasText: "The link could not be opened" }).waitFor();
    const leak = await openCard(page, "leak");
    await leak.getByRole("textbox", { name: "Equations" }).fill("tau * dv/dt +=");
    await leak.getByRole("button", { name: "Apply" }).click();
    await leak.getByRole("alert").filter({ hasText: "^" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("is worked by keys alone: past the header, on and off, run and pause, from tab to tab", async () => {
    const { page } = await visit(open.browser, `${open.address}#preset=lif-family`);
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to the behaviors");
    await page.keyboard.press("Enter");
    await tabTo(page, /^AELIF$/u);
    await page.keyboard.press("ArrowLeft");
    expect(await focused(page)).toBe("ELIF");
    await tabTo(page, /^exponentialUpstroke is on$/u);
    const power = page.getByRole("switch", { name: "exponentialUpstroke is on" });
    await page.keyboard.press("Space");
    await eventually(() => power.getAttribute("aria-checked")).toBe("false");
    // The card was made anew, and the focus is where it was.
    await eventually(() => focused(page)).toBe("exponentialUpstroke is on");
    await page.keyboard.press("Space");
    await eventually(() => power.getAttribute("aria-checked")).toBe("true");

    await page.getByRole("button", { name: "Pause" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "Paused" }).waitFor({ state: "attached" });
    await page.waitForTimeout(400);
    const paused = await clock(page);
    await tabTo(page, /^Step$/u);
    await page.keyboard.press("Enter");
    await eventually(() => clock(page)).toBeCloseTo(paused + 0.1, 6);
  });

  it("shows where the focus is", async () => {
    const { page } = await visit(open.browser, open.address);
    for (let k = 0; k < 12; k++) {
      await page.keyboard.press("Tab");
      const width = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineWidth);
      expect(Number.parseFloat(width)).toBeGreaterThanOrEqual(2);
    }
  });

  it("stands still until it is told to run, for who wants less motion", async () => {
    const { page } = await visit(open.browser, open.address, { reducedMotion: "reduce" });
    await page.getByRole("button", { name: "Run", exact: true }).waitFor();
    await page.waitForTimeout(500);
    expect(await clock(page)).toBe(0);
  });

  it.each(["adex-notebook", "coba-1000", "mean-field", "rates", "stdp"])(
    "fits a phone with %s: nothing is wider than the screen",
    async (id) => {
      const { page, complaints } = await visit(open.browser, `${open.address}#preset=${id}`, phone);
      await goesOn(page);
      const wide = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".equations, pre, .skip, .hidden-text")).map((each) => each.outerHTML.slice(0, 120))); // prettier-ignore
      expect(wide).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      expect(complaints).toEqual([]);
    },
  );

  it("runs on a phone by touch", async () => {
    const { page } = await visit(open.browser, `${open.address}#preset=lif-family`, phone);
    await page.getByRole("button", { name: "Pause" }).tap();
    await page.getByRole("link", { name: "Behaviors", exact: true }).tap();
    const power = page.getByRole("switch", { name: "adaptation is on" });
    await power.tap();
    await eventually(() => power.getAttribute("aria-checked")).toBe("false");
  });
});
