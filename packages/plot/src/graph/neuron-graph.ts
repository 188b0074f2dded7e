import { NeuroweaveError } from "@neuroweave/equations";
import { checkSize } from "../figure/checks.ts";
import { drawHead, drawSheet, sheetMargin, textAt } from "../figure/sheet.ts";
import type { FigureOptions } from "../figure/traces.ts";
import { typeSize } from "../figure/typography.ts";
import { decimal, element } from "../markup.ts";
import { paper } from "../palette.ts";
import { stroke } from "../figure/strokes.ts";

/** The synapses of one projection, such as `projection.weights()` gives them. */
export interface NeuronGraphOptions extends Omit<FigureOptions, "xLabel" | "yLabel"> {
  /** Neurons on either side, at most 200 in all. */
  readonly source: { readonly name: string; readonly n: number };
  readonly target: { readonly name: string; readonly n: number };
  readonly sources: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  /** Weights; lines are as strong as they are large, and of another color where negative. */
  readonly values: ArrayLike<number>;
}

const mostNeurons = 200;

/**
 * The neurons of one projection and all synapses between them, as an SVG string: sources and targets in two columns, or all on a
 * circle where both are the same population. The same input gives the same bytes. Throws `out-of-range` for more than
 * 200 neurons and for indices that do not exist, and `wrong-length`.
 */
export function neuronGraph(options: NeuronGraphOptions): string {
  const { source, target, sources, targets, values, title, width = 640, height = 560 } = options;
  checkSize("the width of the figure", width, 240);
  checkSize("the height of the figure", height, 200);
  const same = source.name === target.name;
  const neurons = same ? source.n : source.n + target.n;
  if (neurons > mostNeurons)
    throw new NeuroweaveError("out-of-range", `the graph would have ${neurons} neurons`, {
      remedy: `choose a part of at most ${mostNeurons} neurons, or draw the weights as a matrix`,
    });
  requireParallel(sources, targets, values);
  const head = drawHead(title, [{ label: "excitatory", color: 0, mark: "line" }, { label: "inhibitory", color: 1, mark: "line" }], width); // prettier-ignore
  const area = { top: head.height + 16, bottom: height - sheetMargin - 20 };
  const sourceAt = same ? circle(source.n, width, area) : column(source.n, width * 0.22, area);
  const targetAt = same ? sourceAt : column(target.n, width * 0.78, area);
  const largest = Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const middle = [width / 2, (area.top + area.bottom) / 2] as const;
  const lines = Array.from(values, (value, j) => {
    const from = placeOf(sourceAt, sources[j]!, source.name);
    const to = placeOf(targetAt, targets[j]!, target.name);
    const control = same ? [(from[0] + to[0] + 2 * middle[0]) / 4, (from[1] + to[1] + 2 * middle[1]) / 4] : null;
    const d = from === to ? `M${at(from)}m-4,0a4,4 0 1,1 8,0a4,4 0 1,1 -8,0` : control ? `M${at(from)}Q${decimal(control[0]!)},${decimal(control[1]!)} ${at(to)}` : `M${at(from)}L${at(to)}`; // prettier-ignore
    const strength = Math.abs(value) / largest;
    return value === 0 ? "" : stroke(value < 0 ? 1 : 0, d, 0.5 + 1.5 * strength, 0.15 + 0.7 * strength);
  });
  const dots = (places: readonly Point[]): string =>
    places.map(([cx, cy]) => element("circle", { cx, cy, r: places.length > 60 ? 2.2 : 4, class: "nw-paper", fill: paper.light.paper, stroke: "currentColor", "stroke-width": 1.3 })).join(""); // prettier-ignore
  const names = same
    ? textAt(width / 2, height - sheetMargin, `${source.name}, ${source.n} neurons`, centered)
    : textAt(width * 0.22, height - sheetMargin, `${source.name}, ${source.n}`, centered) +
      textAt(width * 0.78, height - sheetMargin, `${target.name}, ${target.n}`, centered);
  return drawSheet({
    width,
    height,
    title,
    description: options.description ?? `${values.length} synapses from ${source.n} neurons of ${source.name} to ${target.n} of ${target.name}.`, // prettier-ignore
    content: head.markup + lines.join("") + dots(sourceAt) + (same ? "" : dots(targetAt)) + names,
  });
}

type Point = readonly [x: number, y: number];

const centered = { size: typeSize.label, anchor: "middle" } as const;
const at = ([x, y]: Point): string => `${decimal(x)},${decimal(y)}`;

const column = (n: number, x: number, { top, bottom }: { top: number; bottom: number }): Point[] =>
  Array.from({ length: n }, (_, j) => [x, top + ((bottom - top) * (j + 0.5)) / n] as const);

function circle(n: number, width: number, { top, bottom }: { top: number; bottom: number }): Point[] {
  const radius = Math.min(width / 2 - sheetMargin - 8, (bottom - top) / 2 - 8);
  return Array.from({ length: n }, (_, j) => {
    const angle = (2 * Math.PI * j) / n - Math.PI / 2;
    return [width / 2 + radius * Math.cos(angle), (top + bottom) / 2 + radius * Math.sin(angle)] as const;
  });
}

function placeOf(places: readonly Point[], index: number, name: string): Point {
  const place = places[index];
  if (place) return place;
  throw new NeuroweaveError("out-of-range", `there is no neuron ${index} in ${name}`, {
    remedy: `give indices from 0 to ${places.length - 1}`,
  });
}

function requireParallel(...lists: readonly ArrayLike<number>[]): void {
  const [length, ...others] = lists.map((list) => list.length);
  if (others.every((each) => each === length)) return;
  throw new NeuroweaveError("wrong-length", `there are ${lists.map((list) => list.length).join(", ")} sources, targets and values`, {
    remedy: "give one of each for every synapse",
  }); // prettier-ignore
}
