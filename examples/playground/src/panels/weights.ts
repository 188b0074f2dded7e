/** How the weights of a projection are distributed, and who is connected to whom. */
import { currentColors, seriesColor } from "../colors.ts";
import { h, refill } from "../dom.ts";
import { short, whole } from "../numbers.ts";
import type { Description, Weights } from "../protocol.ts";
import { surface } from "./canvas.ts";
import { chart } from "./chart.ts";
import { section, type Panel } from "./panel.ts";

export interface WeightsPanel extends Panel {
  /** Projection whose weights are wanted now: one that learns always, others once. Null where none is. */
  wanted(): string | null;
  show(weights: Weights | null): void;
}

export function weightsPanel(): WeightsPanel {
  let projections: Description["projections"] = [];
  let matrix: Weights["matrix"] = null;
  let low = 0;
  let high = 1;
  /** Projection whose weights are drawn. */
  let shown = "";
  const choice = h("select", { "aria-label": "Projection", "data-focus": "weights" });
  const note = h("p", { class: "note", id: "weights-note" });
  const histogram = chart({
    height: 260,
    lines: [{ label: "synapses", color: () => seriesColor(currentColors(), 3), steps: true, fill: true }],
    x: "weight",
    y: "synapses",
    label: "Histogram of weights",
    yRange: (_, most) => [0, Math.max(1, most * 1.05)],
  });
  const plot = surface(220, "Matrix of weights", () => drawMatrix());
  const element = section("Weights", { id: "weights" }, [choice], histogram.element, plot.element, note);

  const drawMatrix = (): void => {
    const { context, width, height } = plot;
    context.clearRect(0, 0, width, height);
    if (!matrix) return;
    const { rows, columns, values } = matrix;
    const picture = document.createElement("canvas");
    [picture.width, picture.height] = [columns, rows];
    const ink = picture.getContext("2d")!;
    const image = ink.createImageData(columns, rows);
    const [r, g, b] = rgbOf(seriesColor(currentColors(), 0));
    values.forEach((w, k) => {
      image.data.set([r, g, b, 255 * Math.min(1, Math.abs(w) / Math.max(Math.abs(high), Math.abs(low), 1e-12))], 4 * k);
    });
    ink.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, 0, 0, width, height);
  };

  return {
    element,
    wanted() {
      const found = projections.find(({ name }) => name === choice.value);
      return found && (found.plastic || shown !== found.name) ? found.name : null;
    },
    show(weights) {
      if (!weights || weights.projection !== choice.value) return;
      shown = weights.projection;
      const bins = weights.counts.length;
      const width = (weights.high - weights.low) / bins;
      [low, high, matrix] = [weights.low, weights.high, weights.matrix];
      histogram.set([
        Array.from({ length: bins + 1 }, (_, k) => weights.low + k * width),
        [...weights.counts, weights.counts.at(-1)!],
      ]);
      const found = projections.find(({ name }) => name === weights.projection)!;
      note.textContent = `${whole(found.synapses)} synapses, ${found.connector}, mean ${short(weights.mean)}${matrix ? "; below, sources from top to bottom, targets from left to right" : ""}`;
      const text = `Weights from ${short(weights.low)} to ${short(weights.high)}, mean ${short(weights.mean)}`;
      histogram.describe(`Histogram. ${text}`);
      plot.describe(`Matrix. ${text}`);
      plot.element.hidden = matrix === null;
      // One weight for all makes no histogram.
      histogram.element.hidden = matrix !== null && found.weight !== null;
      drawMatrix();
    },
    describe(description) {
      ({ projections } = description);
      shown = "";
      const before = choice.value;
      const sorted = projections.toSorted((a, b) => Number(b.plastic) - Number(a.plastic));
      refill(choice, ...sorted.map(({ name }) => h("option", { value: name }, name)));
      if (sorted.some(({ name }) => name === before)) choice.value = before;
      element.hidden = projections.length === 0;
    },
    recolor() {
      histogram.recolor();
      drawMatrix();
    },
  };
} // prettier-ignore

function rgbOf(color: string): [number, number, number] {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((from) => Number.parseInt(color.slice(from, from + 2), 16));
  return [r, g, b];
}
