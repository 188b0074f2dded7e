import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { SimulationNodeDatum } from "d3-force";

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Nodes by number of neurons and pairs of those that are linked. */
export interface LayoutGraph {
  /** Radius of each node in pixels. */
  readonly radii: readonly number[];
  readonly pairs: readonly (readonly [number, number])[];
}

/** Nodes on a circle, the first at the top, clockwise; one alone in the middle. */
export function circleLayout({ radii }: LayoutGraph): Place[] {
  if (radii.length === 1) return [{ x: 0, y: 0 }];
  const needed = radii.reduce((sum, radius) => sum + 2 * radius + 110, 0) / (2 * Math.PI);
  return radii.map((_, j) => {
    const angle = (2 * Math.PI * j) / radii.length - Math.PI / 2;
    return { x: needed * Math.cos(angle), y: needed * Math.sin(angle) };
  });
}

/**
 * Nodes where springs along the links and repulsion between all hold one another (d3-force). It begins at a spiral and draws its
 * numbers from a generator with a fixed seed, so the same graph always has the same layout.
 */
export function forceLayout({ radii, pairs }: LayoutGraph): Place[] {
  const nodes = radii.map((radius) => ({ radius, x: Number.NaN, y: Number.NaN }));
  const links = pairs.filter(([a, b]) => a !== b).map(([source, target]) => ({ source, target }));
  const reach = (index: number): number => nodes[index]!.radius;
  forceSimulation(nodes)
    .stop()
    .randomSource(generator(1))
    .force(
      "link",
      forceLink(links)
        .distance((_, j) => reach(pairsAt(links[j]!)[0]) + reach(pairsAt(links[j]!)[1]) + 90)
        .strength(0.5),
    ) // prettier-ignore
    .force("repulsion", forceManyBody().strength(-900))
    .force(
      "apart",
      forceCollide<SimulationNodeDatum & { radius: number }>(({ radius }) => radius + 26),
    )
    .force("x", forceX(0).strength(0.06))
    .force("y", forceY(0).strength(0.1))
    .tick(400);
  // Lying rather than standing: figures are wider than high.
  const spread = (axis: "x" | "y"): number => Math.max(...nodes.map((node) => node[axis])) - Math.min(...nodes.map((node) => node[axis])); // prettier-ignore
  const turned = spread("y") > spread("x");
  return nodes.map(({ x, y }) => (turned ? { x: y, y: -x } : { x, y }));
}

/** d3-force puts the nodes themselves in the place of their indices. */
function pairsAt({ source, target }: { readonly source: unknown; readonly target: unknown }): [number, number] {
  const index = (end: unknown): number => (typeof end === "number" ? end : (end as { index: number }).index);
  return [index(source), index(target)];
}

/** Numbers in [0, 1) of the linear congruential generator of Numerical Recipes. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
