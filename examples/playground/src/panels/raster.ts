/** Spikes of all populations against time, drawn as they come. */
import { currentColors, seriesColor, type Colors } from "../colors.ts";
import { h, refill } from "../dom.ts";
import { short, ticks, whole } from "../numbers.ts";
import type { Description, Frame } from "../protocol.ts";
import { surface } from "./canvas.ts";
import { section, type Panel, type Selection } from "./panel.ts";

const bottom = 22;
/** Above each population, for its name. */
const heading = 20;

interface Band {
  readonly name: string;
  readonly n: number;
  readonly color: number;
  readonly top: number;
  readonly height: number;
  readonly rows: number;
}

export interface RasterPanel extends Panel {
  /** Pixels that each population has, and columns for the whole time that is shown. */
  geometry(): { readonly rows: Readonly<Record<string, number>>; readonly columns: number };
}

export function rasterPanel(selection: Selection): RasterPanel {
  let colors = currentColors();
  let bands: readonly Band[] = [];
  let height = 0;
  /** A ring of columns: the newest overwrites the oldest. */
  const ring = document.createElement("canvas");
  const ink = ring.getContext("2d")!;
  let newest = -1;
  const plot = surface(340, "Spikes over time", () => fit());
  const summary = h("ul", { class: "populations" });
  const element = section("Spikes", { id: "raster", class: "wide" }, [summary], plot.element);

  const columns = (): number => Math.max(50, Math.floor(plot.width));
  const fit = (): void => {
    ring.width = columns();
    ring.height = Math.max(1, plot.height - bottom);
    newest = -1;
  };

  const layOut = ({ populations }: Description): void => {
    const shown = populations.map((each, color) => ({ ...each, color })).filter(({ spikes }) => spikes);
    const room = plot.height - bottom - heading * shown.length - 4;
    // Small populations get no less than a sixth, so that they can be seen beside large ones.
    const shares = shown.map(({ n }) => Math.max(1 / 6, n / shown.reduce((sum, { n }) => sum + n, 0)));
    const total = shares.reduce((a, b) => a + b, 0);
    let top = 0;
    bands = shown.map(({ name, n, color }, index) => {
      const height = Math.floor((room * shares[index]!) / total);
      const band = { name, n, color, top: top + heading, height, rows: Math.min(n, height) };
      top += height + heading;
      return band;
    });
    height = top;
    element.hidden = bands.length === 0;
    // A few neurons need no more than half of the width.
    element.classList.toggle("wide", shown.reduce((sum, { n }) => sum + n, 0) > 40);
    fit();
  };

  const paint = (frame: Frame): void => {
    const width = ring.width;
    const last = Math.floor(frame.t / (selection.window / columns()));
    const from = Math.max(newest + 1, last - width + 1, frame.firstColumn);
    if (newest < 0) ink.clearRect(0, 0, width, ring.height);
    for (let column = from; column <= last; column++) ink.clearRect(column % width, 0, 1, ring.height);
    newest = last;
    for (const band of bands) {
      const pixels = frame.raster[band.name];
      if (!pixels) continue;
      ink.fillStyle = seriesColor(colors, band.color);
      const step = band.height / band.rows;
      const mark = Math.max(1, Math.min(step * 0.8, 12));
      const wide = band.rows <= 40 ? 2 : 1;
      for (let k = 0; k < pixels.length; k += 2)
        ink.fillRect(pixels[k]! % width, band.top + pixels[k + 1]! * step + (step - mark) / 2, wide, mark);
    }
  };

  const show = (frame: Frame, colors: Colors): void => {
    const { context, width } = plot;
    const size = ring.width;
    context.clearRect(0, 0, width, plot.height);
    const split = newest + 1 < size ? 0 : (newest + 1) % size;
    // The oldest column is the one behind the newest.
    if (split > 0) context.drawImage(ring, split, 0, size - split, ring.height, 0, 0, size - split, ring.height);
    context.drawImage(ring, 0, 0, split || size, ring.height, split > 0 ? size - split : 0, 0, split || size, ring.height);
    const start = Math.max(0, frame.t - selection.window);
    context.fillStyle = context.strokeStyle = colors.muted;
    context.lineWidth = 1;
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "alphabetic";
    context.globalAlpha = 0.5;
    context.strokeRect(0.5, 0.5, size - 1, ring.height - 1);
    context.globalAlpha = 1;
    for (const t of ticks(start, start + selection.window, Math.max(2, Math.floor(size / 110)))) {
      const x = ((t - start) / selection.window) * size;
      context.fillRect(x, ring.height, 1, 4);
      context.textAlign = x < 20 ? "left" : x > size - 30 ? "right" : "center";
      context.fillText(`${short(t, 7)}${x > size - 60 ? "" : " ms"}`, Math.min(x, size), plot.height - 4);
    }
    context.textAlign = "left";
    for (const { name, top, n } of bands) {
      const text = n === 1 ? name : `${name} (${whole(n)})`;
      context.fillStyle = colors.ink;
      context.fillText(text, 6, top - 5);
    }
  };

  let described = 0;
  const tell = (frame: Frame): void => {
    if (performance.now() - described < 250) return;
    described = performance.now();
    const items = bands.map(({ name, n }) => {
      const spikes = frame.spikes[name] ?? 0;
      const rate = frame.t > 0 ? ` · ${short((1000 * spikes) / n / frame.t)} Hz` : "";
      return { name, text: `${whole(spikes)} ${spikes === 1 ? "spike" : "spikes"}${rate}` };
    });
    refill(summary, ...items.map(({ name, text }) => h("li", {}, h("b", {}, name), ` ${text}`)));
    plot.describe(`Spikes over time. ${items.map(({ name, text }) => `${name}: ${text}`).join("; ")}`);
  };

  return {
    element,
    geometry: () => ({ rows: Object.fromEntries(bands.map(({ name, rows }) => [name, rows])), columns: columns() }),
    describe: layOut,
    draw(frame, visible) {
      if (height === 0) return;
      paint(frame);
      if (visible) show(frame, colors);
      tell(frame);
    },
    restart() {
      newest = -1;
      described = 0;
    },
    recolor() {
      colors = currentColors();
      newest = -1;
    },
  };
} // prettier-ignore
