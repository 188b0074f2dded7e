/** Known answers beside what is measured: rates against inputs, and windows of plasticity. */
import { currentColors, seriesColor } from "../colors.ts";
import { h, refill } from "../dom.ts";
import { short } from "../numbers.ts";
import type { Description, NeuronCounts, Theory } from "../protocol.ts";
import { chart, type Chart } from "./chart.ts";
import { section, type Panel } from "./panel.ts";

type Drawn = Exclude<Theory, { kind: "fixed points" }>;

export interface TheoryPanel extends Panel {
  /** Population whose counts are wanted, or null. */
  wanted(): string | null;
  count(counts: NeuronCounts | null): void;
}

export function theoryPanel(): TheoryPanel {
  let shown: Drawn | null = null;
  let plot: Chart | null = null;
  const title = h("h2", { id: "theory-title" }, "Theory");
  const holder = h("div");
  const legend = h("ul", { class: "legend" });
  const element = section("Theory", { id: "theory" }, [], holder, legend);
  element.querySelector("h2")!.replaceWith(title);

  const item = (mark: string, text: string, kind = ""): HTMLElement => h("li", { class: kind, style: `--mark:${mark}` }, text);

  const draw = (counts: NeuronCounts | null): void => {
    if (!plot || !shown) return;
    if (shown.kind === "window") return plot.set([shown.delays, shown.changes]);
    const { inputs, curve } = shown;
    const time = counts ? counts.t - counts.since : 0;
    const measured = inputs.map((x, j) => ({ x, rate: counts && time > 0 ? (1000 * counts.counts[j]!) / time : null, theory: null as number | null }));
    const expected = (curve?.inputs ?? []).map((x, k) => ({ x, rate: null as number | null, theory: curve!.rates[k]! as number | null }));
    // Both on one axis, in its order.
    const all = [...measured, ...expected].sort((a, b) => a.x - b.x);
    const between = joined(all.map(({ x }) => x), all.map(({ theory }) => theory));
    plot.set([all.map(({ x }) => x), all.map(({ rate }) => rate), ...(curve ? [between] : [])]);
    const pairs = curve && time > 0 ? all.flatMap(({ rate }, k) => (rate === null ? [] : [Math.abs(rate - between[k]!)])) : [];
    const off = pairs.length > 0 ? `; apart by ${short(pairs.reduce((a, b) => a + b, 0) / pairs.length, 2)} Hz on average` : "";
    refill(
      legend,
      item(`var(--series-0)`, `measured over ${short(time)} ms${off}`, "dots"),
      curve && item(`var(--series-1)`, shown.source),
    );
  };

  const build = (): void => {
    plot?.destroy();
    plot = null;
    element.hidden = shown === null;
    if (!shown) return;
    title.textContent = shown.title;
    const isWindow = shown.kind === "window";
    const lines = shown.kind === "window"
      ? [{ label: "change", color: () => seriesColor(currentColors(), 1) }]
      : [
          { label: "measured", color: () => seriesColor(currentColors(), 0), dots: true },
          ...(shown.curve ? [{ label: "theory", color: () => seriesColor(currentColors(), 1) }] : []),
        ];
    const x = shown.kind === "window" ? "t post − t pre (ms)" : shown.unit;
    plot = chart({ height: 260, lines, x, y: isWindow ? "change of w" : "rate (Hz)", label: shown.title });
    refill(holder, plot.element);
    if (isWindow) refill(legend, item("var(--series-1)", shown.source));
    draw(null);
  };

  return {
    element,
    wanted: () => (shown?.kind === "rates" ? shown.population : null),
    count: draw,
    describe({ theory }: Description) {
      shown = theory.find((each): each is Drawn => each.kind !== "fixed points") ?? null;
      build();
    },
    recolor: () => plot?.recolor(),
  };
} // prettier-ignore

/** Values at all places, straight between those that are given. */
function joined(xs: readonly number[], ys: readonly (number | null)[]): number[] {
  let before = -1;
  return xs.map((x, k) => {
    if (ys[k] !== null) {
      before = k;
      return ys[k]!;
    }
    const after = ys.findIndex((y, j) => j > k && y !== null);
    if (before < 0 || after < 0) return ys[before < 0 ? after : before] ?? 0;
    const part = (x - xs[before]!) / (xs[after]! - xs[before]! || 1);
    return ys[before]! + part * (ys[after]! - ys[before]!);
  });
}
