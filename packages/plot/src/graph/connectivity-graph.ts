import { NeuroweaveError } from "@neuroweave/equations";
import { checkSize } from "../figure/checks.ts";
import { drawHead, drawSheet, sheetMargin, textAt } from "../figure/sheet.ts";
import { fitText, textWidth } from "../figure/text-width.ts";
import type { FigureOptions } from "../figure/traces.ts";
import { typeSize } from "../figure/typography.ts";
import { element, escapeText as escape } from "../markup.ts";
import { paletteIndex, paper, seriesColors } from "../palette.ts";
import { circleLayout, forceLayout } from "./layout.ts";
import type { Place } from "./layout.ts";
import { arcBetween, headAt, loopAt } from "./link-path.ts";
import type { Circle, LinkCurve } from "./link-path.ts";
import { nodeIndex } from "./network-graph.ts";
import type { GraphLink, NetworkGraph } from "./network-graph.ts";
import { stroke } from "../figure/strokes.ts";

/** Nodes, links and layout of a graph. */
export interface ConnectivityGraphOptions extends Omit<FigureOptions, "xLabel" | "yLabel">, NetworkGraph {
  /** Springs by default; "circle" sets the nodes on a circle in their order. */
  readonly layout?: "force" | "circle";
}

/**
 * Populations and projections as an SVG string: circles sized by their neurons, links as wide as they have synapses (both by
 * logarithm), in the color of their receptor, with arrows where they excite and bars where they inhibit. The same input gives
 * the same bytes. `graphOf(net.explain())` gives nodes and links. Throws `unknown-name`, `duplicate-name` and `out-of-range`.
 */
export function connectivityGraph(options: ConnectivityGraphOptions): string {
  const { nodes, links, title, layout = "force", width = 760 } = options;
  checkSize("the width of the figure", width, 240);
  requireDistinct(nodes.map(({ name }) => name));
  const receptors = [...new Set(links.map(({ receptor }) => receptor))];
  const legend = receptors.map((label, color) => ({ label, color, mark: "line" as const, thickness: 3 }));
  const head = drawHead(title, legend, width);
  const ends = links.map(({ name, source, target }) => [nodeIndex(nodes, source, name), nodeIndex(nodes, target, name)] as const); // prettier-ignore
  const radii = nodes.map(({ n }) => 16 + 5 * Math.log10(1 + n));
  const places = nodes.length === 0 ? [] : (layout === "circle" ? circleLayout : forceLayout)({ radii, pairs: ends });
  const curves = curvesOf(places.map((place, j) => ({ ...place, radius: radii[j]! })), ends, links); // prettier-ignore

  const around = [
    ...places.flatMap(({ x, y }, j) => corners(x, y, radii[j]! + 4)),
    ...curves.flatMap(({ reach }) => reach),
  ];
  const labelRoom = nodes.map(({ name }) => Math.min(160, textWidth(name, typeSize.panel)) / 2);
  const box = bounds([...around, ...places.flatMap(({ x, y }, j) => [{ x: x - labelRoom[j]!, y }, { x: x + labelRoom[j]!, y: y + radii[j]! + 34 }])]); // prettier-ignore
  const room = width - 2 * sheetMargin;
  const scale = Math.min(1.25, room / Math.max(1, box.width));
  const height = Math.max(160, options.height ?? head.height + box.height * scale + 2 * sheetMargin + 10);
  checkSize("the height of the figure", height, 160);
  const fitted = Math.min(scale, (height - head.height - 2 * sheetMargin) / Math.max(1, box.height));
  const shift = {
    x: width / 2 - (box.left + box.width / 2) * fitted,
    y: head.height + (height - head.height) / 2 - (box.top + box.height / 2) * fitted,
  };
  const drawing = [
    ...curves.map((curve, j) =>
      drawLink(curve, links[j]!, receptors.indexOf(links[j]!.receptor), thicknessOf(links[j]!, areMany(links))),
    ),
    ...places.map((place, j) => drawNode(place, radii[j]!, nodes[j]!.name, nodes[j]!.n)),
  ].join("");
  const transform = `translate(${shift.x.toFixed(2)},${shift.y.toFixed(2)}) scale(${fitted.toFixed(4)})`;
  const empty = textAt(width / 2, height / 2, "no populations", {
    size: typeSize.panel,
    muted: true,
    anchor: "middle",
  });
  return drawSheet({
    width,
    height,
    title,
    description: options.description ?? inWords(options),
    content: head.markup + (nodes.length === 0 ? empty : element("g", { transform }, drawing)),
  });
}

function curvesOf(
  nodes: readonly Circle[],
  ends: readonly (readonly [number, number])[],
  links: readonly GraphLink[],
): LinkCurve[] {
  const center = {
    x: nodes.reduce((sum, { x }) => sum + x, 0) / Math.max(1, nodes.length),
    y: nodes.reduce((sum, { y }) => sum + y, 0) / Math.max(1, nodes.length),
  };
  const ranks = new Map<string, number>();
  return ends.map(([source, target], j) => {
    const pair = `${source} ${target}`;
    const rank = ranks.get(pair) ?? 0;
    ranks.set(pair, rank + 1);
    const gap = links[j]!.sign === "inhibitory" ? 4 : 1.4 * headSize(thicknessOf(links[j]!, areMany(links)));
    return source === target
      ? loopAt(nodes[source]!, center, rank, gap)
      : arcBetween(nodes[source]!, nodes[target]!, rank, gap);
  });
}

/** Width of a line by the number of its synapses: 1.2 for one, 5.5 from a million on; half of that among many lines. */
const thicknessOf = ({ synapses }: GraphLink, many: boolean): number =>
  Math.min(5.5, 1.2 + 0.72 * Math.log10(1 + synapses)) * (many ? 0.5 : 1);
const headSize = (thickness: number): number => 4 + thickness;
const areMany = (links: readonly GraphLink[]): boolean => links.length > 24;

function drawLink(curve: LinkCurve, link: GraphLink, color: number, thickness: number): string {
  const opacity = link.enabled === false ? 0.3 : 0.9;
  const inhibitory = link.sign === "inhibitory";
  const head = headAt(curve, inhibitory, headSize(thickness));
  const tip = inhibitory
    ? stroke(color, head, 1 + thickness / 2, opacity)
    : element("path", { d: head, class: `nw-fill-${paletteIndex(color)}`, fill: seriesColors[paletteIndex(color)]!.onLight, "fill-opacity": opacity }); // prettier-ignore
  const words = `${link.name}: ${link.synapses} synapses from ${link.source} to ${link.receptor} of ${link.target}${link.enabled === false ? ", disabled" : ""}`;
  return element("g", { class: "nw-link" }, element("title", {}, escape(words)) + stroke(color, curve.d, thickness, opacity) + tip); // prettier-ignore
}

function drawNode({ x, y }: Place, radius: number, name: string, n: number): string {
  const label = fitText(name, typeSize.panel, 160);
  const inside = textWidth(label, typeSize.panel) < 2 * radius - 8;
  const circle = element("circle", { cx: x, cy: y, r: radius, class: "nw-paper", fill: paper.light.paper, stroke: "currentColor", "stroke-width": 1.8 }); // prettier-ignore
  const count = n.toLocaleString("en-US");
  const texts = inside
    ? textAt(x, y + 1, label, { size: typeSize.panel, weight: 600, anchor: "middle" }) +
      textAt(x, y + 14, count, { size: 10.5, muted: true, anchor: "middle" })
    : textAt(x, y + 4, count, { size: 10.5, muted: true, anchor: "middle" }) +
      element("g", { class: "nw-halo", stroke: paper.light.paper, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke" }, textAt(x, y + radius + 16, label, { size: typeSize.panel, weight: 600, anchor: "middle" })); // prettier-ignore
  return element("g", { class: "nw-node" }, element("title", {}, escape(`${name}: ${n} neurons`)) + circle + texts);
}

function inWords({ nodes, links }: NetworkGraph): string {
  const neurons = nodes.reduce((sum, { n }) => sum + n, 0);
  const synapses = links.reduce((sum, link) => sum + link.synapses, 0);
  const each = links.map(({ source, target, receptor }) => `${source} to ${receptor} of ${target}`);
  return `${nodes.length} populations of ${neurons} neurons, ${links.length} projections of ${synapses} synapses: ${each.join("; ")}.`;
}

const corners = (x: number, y: number, r: number): Place[] => [
  { x: x - r, y: y - r },
  { x: x + r, y: y + r },
];

function bounds(points: readonly Place[]): { left: number; top: number; width: number; height: number } {
  if (points.length === 0) return { left: 0, top: 0, width: 1, height: 1 };
  const [left, top] = [Math.min(...points.map(({ x }) => x)), Math.min(...points.map(({ y }) => y))];
  return {
    left,
    top,
    width: Math.max(...points.map(({ x }) => x)) - left,
    height: Math.max(...points.map(({ y }) => y)) - top,
  };
}

function requireDistinct(names: readonly string[]): void {
  const twice = names.find((name, j) => names.indexOf(name) !== j);
  if (twice === undefined) return;
  throw new NeuroweaveError("duplicate-name", `two nodes are named ${twice}`, {
    remedy: "give each a name of its own",
  });
}
