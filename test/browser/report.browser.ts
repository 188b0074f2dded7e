import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { networkReport, raster } from "@neuroweave/plot";
import { COBACell, createNetwork, fixedProbability, PairSTDP, PoissonSource, WeightBounds } from "neuroweave";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChromium } from "./chromium.ts";
import { faultsOf, fitsWindow } from "./faults.ts";

const folder = mkdtempSync(join(tmpdir(), "neuroweave-report-"));
let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function written(): Promise<string> {
  const net = createNetwork({ dt: 0.1, seed: 7 });
  const cells = net.population("cells", 80, COBACell({ v_rest: -49 }));
  const input = net.population("input", 20, PoissonSource({ rate: 20 }));
  net.projection("input→cells", { source: input, target: cells, connect: fixedProbability(0.5), receptor: "g_exc", weight: 1, behaviors: [PairSTDP(), WeightBounds({ min: 0, max: 2 })] }); // prettier-ignore
  net.projection("cells→cells", { source: cells, target: cells, connect: fixedProbability(0.1), receptor: "g_inh" });
  await net.run(50);
  const svg = raster({ title: "Spikes", ...cells.spikes(), n: 80 });
  const file = join(folder, "report.html");
  const figures = [{ svg, caption: "All spikes." }];
  writeFileSync(file, networkReport({ title: "A network", explanation: net.explain(), figures, networkFile: "{}" }));
  return pathToFileURL(file).href;
}

describe("the report of a network in a browser", () => {
  it.each([
    ["a phone in the dark", { viewport: { width: 390, height: 800 }, colorScheme: "dark" }],
    ["a desk by daylight", { viewport: { width: 1280, height: 900 }, colorScheme: "light" }],
  ] as const)("fits %s, asks for nothing, and has no fault that axe finds", async (_, look) => {
    const page = await browser.newPage(look);
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    const address = await written();
    await page.goto(address);
    expect(await fitsWindow(page)).toBe(true);
    expect(await page.getByRole("img", { name: "One step of the network" }).isVisible()).toBe(true);
    expect(requests).toEqual([address]);
    expect(complaints).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });
});
