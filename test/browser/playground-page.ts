/** The playground as a person meets it: by what stands on the page. */
import { expect } from "vitest";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright";

export interface Visit {
  readonly page: Page;
  /** What the page complained about, and what it asked of others. */
  readonly complaints: readonly string[];
}

const desktop = { viewport: { width: 1440, height: 900 } };

/** Opens the page, whatever its address says, and waits until a network is there. */
export async function visit(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = desktop,
): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(new URL("/", address).href) && !/^(?:data|blob):/u.test(url))
      complaints.push(`asked for ${url}`);
  });
  await page.goto(address);
  await page.getByRole("region", { name: "Behaviors" }).getByRole("listitem").first().waitFor();
  // What is opened begins by itself, unless less motion is asked for.
  const opened = options.reducedMotion === "reduce" ? /Paused/u : /Running|Paused/u;
  await page.getByRole("status").filter({ hasText: opened }).waitFor({ state: "attached" });
  return { page, complaints };
}

/** What the page shows once it has come so far. */
export const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 30_000 });

/** The clock, in ms. */
export async function clock(page: Page): Promise<number> {
  const text = await page.getByText(/^t = /u).innerText();
  return Number(/t = ([\d.]+) ms/u.exec(text)![1]);
}

/** Pauses, unless the run has come to its end by itself; waits until the clock stands still. */
export async function pause(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Pause" });
  if (await button.isVisible()) await button.click({ timeout: 2000 }).catch(() => {});
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  await page.waitForTimeout(500);
}

/** Runs as fast as it can, until the run has come to its end. */
export async function runToEnd(page: Page, end: number): Promise<void> {
  await pause(page);
  await page.getByRole("slider", { name: "Speed" }).press("End");
  const run = page.getByRole("button", { name: "Run", exact: true });
  if ((await clock(page)) < end) await run.click();
  await eventually(() => clock(page)).toBe(end);
  await run.waitFor();
}

/** How many spikes the labels of the traces say, neuron by neuron; waits until they stand still. */
export async function spikesShown(page: Page): Promise<number[]> {
  const read = async (): Promise<number[]> => {
    const labels = await page.getByRole("region", { name: "Traces" }).getByText(/^\d+ spikes?(?:,|$)/u).allInnerTexts();
    return labels.map((text) => Number.parseInt(text, 10));
  };
  let before = await read();
  for (;;) {
    await page.waitForTimeout(600);
    const now = await read();
    if (String(now) === String(before) && now.length > 0) return now;
    before = now;
  }
} // prettier-ignore

export const card = (page: Page, name: string): Locator =>
  page.getByRole("region", { name: "Behaviors" }).getByRole("listitem").filter({ has: page.getByRole("button", { name, exact: true }) }); // prettier-ignore

/** A card with its parameters and equations. */
export async function openCard(page: Page, name: string): Promise<Locator> {
  const found = card(page, name);
  const opener = found.getByRole("button", { name, exact: true });
  if ((await opener.getAttribute("aria-expanded")) !== "true") await opener.click();
  return found;
}

/** Names of the cards, from top to bottom. */
export const cardNames = (page: Page): Promise<string[]> =>
  page.getByRole("region", { name: "Behaviors" }).getByRole("listitem").getByRole("heading").allInnerTexts();

/** The time goes on. */
export async function goesOn(page: Page): Promise<void> {
  const before = await clock(page);
  await eventually(() => clock(page)).toBeGreaterThan(before);
}
