/** What the plots look like, loosely: where there is ink, and of which colors. */
import type { Locator } from "playwright";
import { describe, expect, it } from "vitest";
import { openPlayground } from "./open-playground.ts";
import { eventually, goesOn, pause, runToEnd, spikesShown, visit } from "./playground-page.ts";

const open = openPlayground();

interface Look {
  /** Share of the pixels with the color, and of the rows and columns in which there is one. */
  readonly share: number;
  readonly columns: number;
  /** Runs of rows with the color. */
  readonly bands: number;
}

/** Where a canvas has a color of the page, such as `--series-0`. */
const look = (canvas: Locator, color: string): Promise<Look> =>
  canvas.evaluate((element, color) => {
    const { width, height } = element as HTMLCanvasElement;
    const { data } = (element as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
    const hex = getComputedStyle(document.documentElement).getPropertyValue(color).trim();
    const wanted = [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16));
    const rows = new Set<number>();
    const columns = new Set<number>();
    let count = 0;
    for (let k = 0; k < width * height; k++) {
      if (data[4 * k + 3]! < 200 || wanted.some((each, c) => Math.abs(each - data[4 * k + c]!) > 24)) continue;
      count++;
      rows.add(Math.floor(k / width));
      columns.add(k % width);
    }
    const bands = [...rows].filter((row) => !rows.has(row - 1)).length;
    return { share: count / width / height, columns: columns.size / width, bands };
  }, color);

const desktop = (colorScheme: "light" | "dark") => ({ viewport: { width: 1440, height: 1000 }, colorScheme });

describe("the plots of the playground", () => {
  it.each(["light", "dark"] as const)("show seven neurons that fire and one that is silent, in %s colors", async (scheme) => {
    const { page } = await visit(open.browser, `${open.address}#preset=adex-notebook`, desktop(scheme));
    await runToEnd(page, 550);
    await spikesShown(page);
    const raster = await look(page.getByRole("region", { name: "Spikes" }).locator("canvas"), "--series-0");
    expect(raster.bands).toBe(7);
    expect(raster.columns).toBeGreaterThan(0.2);
    const lanes = await page.getByRole("region", { name: "Traces" }).locator("canvas").all();
    expect(lanes).toHaveLength(8);
    for (const lane of lanes) {
      await lane.scrollIntoViewIfNeeded();
      // Each reaches from one end of its scale to the other.
      await eventually(async () => (await look(lane, "--series-0")).columns).toBeGreaterThan(0.7);
    }
  }); // prettier-ignore

  it.each(["light", "dark"] as const)("show both nullclines, the way of the neuron and a fixed point in %s colors", async (scheme) => {
    const { page } = await visit(open.browser, `${open.address}#preset=lif-family`, desktop(scheme));
    await goesOn(page);
    const plane = page.getByRole("region", { name: "Phase plane" });
    await plane.getByText(/^stable node at/u).or(plane.getByText("domega/dt = 0")).first().waitFor();
    for (const color of ["--series-0", "--series-1", "--series-2"])
      await eventually(async () => (await look(plane.locator("canvas"), color)).share).toBeGreaterThan(0.0005);
  }); // prettier-ignore

  it("show both populations of a network, each in its color and its part of the raster", async () => {
    const { page } = await visit(open.browser, `${open.address}#preset=coba-1000`, desktop("light"));
    await page.getByRole("slider", { name: "Speed" }).press("End");
    await page.waitForTimeout(4000);
    await pause(page);
    const canvas = page.getByRole("region", { name: "Spikes" }).locator("canvas");
    for (const color of ["--series-0", "--series-1"]) {
      const { share, columns } = await look(canvas, color);
      expect(share).toBeGreaterThan(0.001);
      expect(share).toBeLessThan(0.5);
      expect(columns).toBeGreaterThan(0.5);
    }
  });

  it("put the measured rates on the curve of theory", async () => {
    const { page } = await visit(open.browser, `${open.address}#preset=rates`, desktop("light"));
    await page.getByRole("slider", { name: "Speed" }).press("End");
    const theory = page.getByRole("region", { name: "Rate against input, and the closed form" });
    const apart = async (): Promise<number> => {
      const text = await theory.getByText(/apart by/u).innerText();
      return Number(/apart by ([\d.]+)/u.exec(text)![1]);
    };
    await theory.scrollIntoViewIfNeeded();
    await eventually(apart).toBeLessThan(0.3);
  });

  it("tell how long frames take", async () => {
    const { page } = await visit(open.browser, `${open.address}#preset=coba-1000`, desktop("light"));
    await page.waitForTimeout(3000);
    const intervals = await page.evaluate(() => (globalThis as unknown as { playgroundFrames: { intervals: readonly number[] } }).playgroundFrames.intervals); // prettier-ignore
    expect(intervals.length).toBeGreaterThan(10);
    expect(intervals.every((ms) => ms > 0)).toBe(true);
    await page.getByText(/frames\/s/u).waitFor();
  });
});
