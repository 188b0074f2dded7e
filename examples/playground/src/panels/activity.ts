/** The rate of each large population against time, and a mean field's beside it. */
import { currentColors, seriesColor } from "../colors.ts";
import { h, refill } from "../dom.ts";
import type { Description, Frame } from "../protocol.ts";
import { chart, type Chart } from "./chart.ts";
import { section, type Panel, type Selection } from "./panel.ts";
import type { TracesPanel } from "./traces.ts";

/** Neurons from which on a rate over time says something. */
const fewest = 100;

export function activityPanel(selection: Selection, columns: () => number, traces: Pick<TracesPanel, "points">): Panel {
  let shown: { name: string; n: number; color: number }[] = [];
  let fixed: { points: readonly { r: number; stable: boolean }[]; population: string } | null = null;
  let plot: Chart | null = null;
  let counts = new Map<string, Map<number, number>>();
  let now = 0;
  const holder = h("div");
  const legend = h("ul", { class: "legend" });
  const note = h("span", { class: "note" });
  const element = section("Population rate", { id: "activity" }, [note], holder, legend);

  /** Columns of the raster that make one bin. */
  const perBin = (): number => Math.max(1, Math.ceil(columns() / 160));

  const build = ({ populations, theory }: Description): void => {
    shown = populations.map(({ name, n, spikes }, color) => ({ name, n, color, spikes })).filter(({ n, spikes }) => spikes && n >= fewest);
    const mean = theory.find((each) => each.kind === "fixed points");
    fixed = mean?.kind === "fixed points" ? mean : null;
    element.hidden = shown.length === 0;
    plot?.destroy();
    plot = null;
    if (shown.length === 0) return;
    const lines = [
      ...shown.map(({ name, color }) => ({ label: name, color: () => seriesColor(currentColors(), color), steps: true })),
      ...(fixed ? [{ label: "mean field", color: () => currentColors().ink }] : []),
      ...(fixed?.points ?? []).map(() => ({ label: "fixed point", color: () => currentColors().muted, dashed: true })),
    ];
    plot = chart({ height: 300, lines, x: "t (ms)", y: "rate (Hz)", label: "Rate of each population over time", xRange: () => [Math.max(0, now - selection.window), Math.max(selection.window, now)], yRange: (_, high) => [0, Math.max(1, high * 1.08)] });
    refill(holder, plot.element);
    note.textContent = fixed ? "spiking neurons, and the mean field with its fixed points" : "";
    const item = (mark: string, text: string, kind = ""): HTMLElement => h("li", { class: kind, style: `--mark:${mark}` }, text);
    refill(
      legend,
      ...shown.map(({ name, color }) => item(`var(--series-${color % 6})`, name)),
      fixed && item("var(--ink)", "mean field"),
      fixed && item("var(--muted)", "its fixed points at the input now", "dashed"),
    );
  };

  const take = (frame: Frame): void => {
    const size = perBin();
    for (const { name } of shown) {
      const bins = counts.get(name) ?? new Map<number, number>();
      counts.set(name, bins);
      frame.counts[name]?.forEach((count, k) => {
        const bin = Math.floor((frame.firstColumn + k) / size);
        bins.set(bin, (bins.get(bin) ?? 0) + count);
      });
      const oldest = Math.floor((frame.t - selection.window) / ((selection.window / columns()) * size)) - 1;
      for (const bin of bins.keys()) if (bin < oldest) bins.delete(bin);
    }
  };

  /** Values of the mean field at the times of the bins. */
  const meanAt = (times: readonly number[]): (number | null)[] => {
    const found = fixed && traces.points("r", 0);
    if (!found || selection.population !== fixed!.population) return times.map(() => null);
    const { buffer, values } = found;
    let k = 0;
    return times.map((t) => {
      while (k < buffer.times.length && buffer.times[k]! < t) k++;
      return k < values.length ? 1000 * values[k]! : null;
    });
  };

  return {
    element,
    describe(description) {
      const before = shown.map(({ name }) => name).join();
      build(description);
      if (before !== shown.map(({ name }) => name).join()) counts = new Map();
    },
    draw(frame, visible) {
      if (!plot) return;
      now = frame.t;
      take(frame);
      if (!visible) return;
      const width = (selection.window / columns()) * perBin();
      const last = Math.floor(now / width) - 1;
      const first = Math.max(0, Math.floor((now - selection.window) / width));
      const bins = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
      const times = bins.map((bin) => (bin + 0.5) * width);
      const rates = shown.map(({ name, n }) => bins.map((bin) => (1000 * (counts.get(name)?.get(bin) ?? 0)) / n / width));
      const theory = fixed ? [meanAt(times), ...fixed.points.map(({ r }) => times.map(() => 1000 * r))] : [];
      plot.set([times, ...rates, ...theory]);
    },
    restart() {
      counts = new Map();
    },
    recolor: () => plot?.recolor(),
  };
} // prettier-ignore
