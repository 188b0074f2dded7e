import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { interactiveHtml } from "@neuroweave/plot";
import type { InteractiveFigure } from "@neuroweave/plot";
import type { Browser, Locator, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChromium } from "./chromium.ts";
import { faultsOf, fitsWindow } from "./faults.ts";

let pages = 0;
const folder = mkdtempSync(join(tmpdir(), "neuroweave-interactive-"));
let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const times = Float64Array.from({ length: 1001 }, (_, k) => k);
const lines: InteractiveFigure = {
  kind: "lines",
  title: "Two lines",
  times,
  series: [
    { label: "rising", values: times.map((t) => 2 * t) },
    { label: "flat", values: times.map(() => 500) },
  ],
};
const spikes: InteractiveFigure = { kind: "raster", title: "Few spikes", times: [100, 500, 900], ids: [0, 4, 8], n: 9, groups: [{ label: "low", from: 0, to: 3 }, { label: "high", from: 3, to: 9 }] }; // prettier-ignore
const matrix: InteractiveFigure = { kind: "heat map", title: "Weights", rows: 4, columns: 5, values: Array.from({ length: 20 }, (_, j) => j - 10), xLabel: "Target", yLabel: "Source", valueLabel: "weight" }; // prettier-ignore

interface Opened {
  readonly page: Page;
  /** What the page asked for, and what it complained of. */
  readonly requests: string[];
  readonly complaints: string[];
  readonly figure: (title: string) => Locator;
}

async function open(
  figures: readonly InteractiveFigure[],
  look: Parameters<Browser["newPage"]>[0] = {},
): Promise<Opened> {
  const file = join(folder, `page-${++pages}.html`);
  writeFileSync(file, interactiveHtml({ title: "Interactive", figures }));
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, ...look });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector(".interactive.ready");
  const figure = (title: string): Locator =>
    page.locator(".interactive", { has: page.getByRole("application", { name: title }) });
  return { page, requests, complaints, figure };
}

/** Counts the pixels of a figure's canvas that are neither transparent nor gray, so of its data. */
const colored = (surface: Locator): Promise<number> =>
  surface.locator("canvas").first().evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let j = 0; j < data.length; j += 4) {
      const [r, g, b, a] = [data[j]!, data[j + 1]!, data[j + 2]!, data[j + 3]!];
      if (a > 200 && Math.max(r, g, b) - Math.min(r, g, b) > 60) count++;
    }
    return count;
  }); // prettier-ignore
const settled = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

describe("an interactive page in a browser", () => {
  it("draws its figures without a request but for itself, and without a complaint", async () => {
    const { page, requests, complaints, figure } = await open([lines, spikes, matrix]);
    for (const title of ["Two lines", "Few spikes", "Weights"])
      expect(await colored(figure(title).locator(".surface"))).toBeGreaterThan(20);
    expect(await figure("Weights").getByRole("status").textContent()).toBe("weight from -10 to 9");
    expect(requests).toEqual([page.url()]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("reads values by keys alone: of lines at a time, of spikes one by one, of cells", async () => {
    const { page, figure } = await open([lines, spikes, matrix]);
    const read = async (title: string, ...keys: string[]): Promise<string> => {
      await figure(title).locator(".surface").focus();
      for (const key of keys) await page.keyboard.press(key);
      return (await figure(title).getByRole("status").textContent())!;
    };
    const said = /^Time \(ms\) (\d+): rising (\d+), flat 500$/u.exec(
      await read("Two lines", "Shift+ArrowRight", "Shift+ArrowRight"),
    );
    expect(Number(said![2])).toBe(2 * Number(said![1]));
    expect(Number(said![1])).toBeGreaterThan(0);
    expect(await read("Few spikes", "Shift+ArrowRight")).toBe("Spike of neuron 0 (low) at 100");
    expect(await read("Few spikes", "Shift+ArrowRight")).toBe("Spike of neuron 4 (high) at 500");
    expect(await read("Weights", "Shift+ArrowRight")).toBe("Source 0, Target 0: weight -10");
    expect(await read("Weights", "Shift+ArrowRight", "Shift+ArrowDown")).toBe("Source 1, Target 1: weight -4");
    await page.close();
  });

  it("reads what is under the pointer", async () => {
    const { page, figure } = await open([lines, spikes, matrix]);
    const canvas = figure("Weights").locator("canvas");
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    const [left, right, top, bottom] = [56, 24, 10, 44];
    const at = (row: number, column: number) =>
      [
        box.x + left + ((box.width - left - right) * (column + 0.5)) / 5,
        box.y + top + ((box.height - top - bottom) * (row + 0.5)) / 4,
      ] as const;
    for (const [row, column] of [[0, 0], [3, 4], [1, 2]] as const) {
      await page.mouse.move(...at(row, column));
      expect(await figure("Weights").getByRole("status").textContent()).toBe(`Source ${row}, Target ${column}: weight ${row * 5 + column - 10}`);
    } // prettier-ignore
    await page.close();
  });

  it("zooms and moves by keys and by buttons, and comes back", async () => {
    const { page, figure } = await open([spikes]);
    const surface = figure("Few spikes").locator(".surface");
    const picture = async (): Promise<string> => {
      await settled(page);
      return surface.locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    };
    await surface.focus();
    const whole = await picture();
    for (let k = 0; k < 4; k++) await page.keyboard.press("+");
    const middle = await picture();
    expect(middle).not.toBe(whole);
    await page.keyboard.press("Shift+ArrowRight");
    expect(await figure("Few spikes").getByRole("status").textContent()).toBe("Spike of neuron 4 (high) at 500");
    await page.keyboard.press("ArrowRight");
    expect(await picture()).not.toBe(middle);
    await page.keyboard.press("ArrowLeft");
    expect(await picture()).toBe(middle);
    await page.keyboard.press("0");
    expect(await picture()).toBe(whole);
    for (const name of ["Zoom in", "Move up", "Move left"])
      await figure("Few spikes").getByRole("button", { name }).click();
    expect(await picture()).not.toBe(whole);
    await figure("Few spikes").getByRole("button", { name: "Show the whole" }).click();
    expect(await picture()).toBe(whole);
    await page.close();
  });

  it("moves under the mouse, and zooms by the wheel where the pointer is, once it is chosen", async () => {
    const { page, figure } = await open([spikes]);
    const canvas = figure("Few spikes").locator("canvas");
    const status = figure("Few spikes").getByRole("status");
    const box = (await canvas.boundingBox())!;
    const inner = { left: box.x + 56, width: box.width - 56 - 24, top: box.y + 10, height: box.height - 10 - 44 };
    // The spike of neuron 8 at 900 of 92 … 908; of neurons, −0.5 … 8.5 are shown.
    const spike = [inner.left + (inner.width * (900 - 92)) / 816, inner.top + (inner.height * 0.5) / 9] as const;
    const scrolled = () => page.evaluate(() => window.scrollY);
    await page.mouse.move(...spike);
    expect(await status.textContent()).toBe("Spike of neuron 8 (high) at 900");
    await figure("Few spikes").locator(".surface").focus();
    for (let k = 0; k < 3; k++) await page.mouse.wheel(0, -240);
    await settled(page);
    expect(await scrolled()).toBe(0);
    await page.mouse.move(spike[0] + 1, spike[1]);
    expect(await status.textContent()).toBe("Spike of neuron 8 (high) at 900");
    await page.mouse.move(...spike);
    await page.mouse.down();
    await page.mouse.move(spike[0] - 200, spike[1] + 20, { steps: 5 });
    await page.mouse.up();
    await settled(page);
    await page.mouse.move(spike[0] - 1, spike[1]);
    expect(await status.textContent()).not.toBe("Spike of neuron 8 (high) at 900");
    await page.close();
  });

  it("enlarges the part of lines that is dragged across, and switches lines off and on", async () => {
    const { page, figure } = await open([lines]);
    const over = figure("Two lines").locator(".u-over");
    const before = await colored(figure("Two lines").locator(".surface"));
    const legend = figure("Two lines").getByRole("switch", { name: "Show flat" });
    await legend.focus();
    await page.keyboard.press("Enter");
    await settled(page);
    expect(await legend.getAttribute("aria-checked")).toBe("false");
    expect(await colored(figure("Two lines").locator(".surface"))).toBeLessThan(before);
    await page.keyboard.press(" ");
    await settled(page);
    expect(await legend.getAttribute("aria-checked")).toBe("true");
    const box = (await over.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.4, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await settled(page);
    await figure("Two lines").locator(".surface").focus();
    await page.keyboard.press("Shift+ArrowLeft");
    const time = Number(
      /^Time \(ms\) (\d+):/u.exec((await figure("Two lines").getByRole("status").textContent())!)![1],
    );
    expect(time).toBeGreaterThanOrEqual(395);
    expect(time).toBeLessThanOrEqual(410);
    await page.close();
  });

  it("draws a million spikes, each pixel that has one, and finds a single one again", async () => {
    let state = 1;
    const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    const many = Float64Array.from({ length: 1_000_000 }, () => 1000 + next() * 9000);
    const ids = Uint32Array.from(many, () => Math.floor(next() * 5000));
    many[0] = 0;
    ids[0] = 2500;
    const { page, complaints, figure } = await open([
      { kind: "raster", title: "A million", times: many, ids, n: 5000 },
    ]);
    const surface = figure("A million").locator(".surface");
    const size = await surface.locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.width * canvas.height);
    expect(await colored(surface)).toBeGreaterThan(size / 2);
    await surface.focus();
    await page.keyboard.press("Shift+ArrowRight");
    expect(await figure("A million").getByRole("status").textContent()).toBe("Spike of neuron 2500 at 0");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    ["a phone in the dark", { viewport: { width: 390, height: 800 }, colorScheme: "dark" }],
    ["a desk by daylight", { viewport: { width: 1280, height: 900 }, colorScheme: "light" }],
  ] as const)("fits %s, and has no fault that axe finds", async (_, look) => {
    const { page, figure } = await open([lines, spikes, matrix], look);
    expect(await fitsWindow(page)).toBe(true);
    expect(await colored(figure("Few spikes").locator(".surface"))).toBeGreaterThan(20);
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });

  it("draws anew in the reader's colors when these change", async () => {
    const { page, figure } = await open([spikes], { colorScheme: "light" });
    const canvas = figure("Few spikes").locator("canvas");
    const light = await canvas.evaluate((each: HTMLCanvasElement) => each.toDataURL());
    await page.emulateMedia({ colorScheme: "dark" });
    await settled(page);
    expect(await canvas.evaluate((each: HTMLCanvasElement) => each.toDataURL())).not.toBe(light);
    await page.close();
  });
});
