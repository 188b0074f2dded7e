import { decimal, element } from "../markup.ts";
import { paletteIndex, seriesColors } from "../palette.ts";
import type { FrameBounds } from "./path.ts";

/** A closed path filled in a color of the palette. */
export function filledArea(color: number, d: string, opacity: number): string {
  if (d === "") return "";
  const index = paletteIndex(color);
  const { onLight } = seriesColors[index]!;
  return element("path", { d, class: `nw-fill-${index}`, fill: onLight, "fill-opacity": opacity });
}

/**
 * Discs of a diameter in pixels at the middles of `dotsPath`. All are one path, whose subpaths of no length have round
 * ends, so that thousands of them stay small.
 */
export function dots(color: number, d: string, diameter: number): string {
  if (d === "") return "";
  const index = paletteIndex(color);
  return element("path", {
    d,
    class: `nw-line-${index}`,
    fill: "none",
    stroke: seriesColors[index]!.onLight,
    "stroke-width": diameter,
    "stroke-linecap": "round",
  });
}

/** Beyond this many points in a frame, those that fall on one cell of two pixels are drawn once. */
const manyPoints = 5000;

/**
 * The path of points inside the frame; points that are not finite or outside are left out. Its length is bounded by
 * the size of the frame, whatever the number of points.
 */
export function dotsPath(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  scales: { readonly x: (value: number) => number; readonly y: (value: number) => number },
  { left, right, top, bottom }: FrameBounds,
): string {
  const pitch = xs.length > manyPoints ? 2 : 0.1;
  const columns = Math.floor((right - left) / pitch) + 1;
  const taken = new Set<number>();
  let d = "";
  for (let k = 0; k < xs.length; k++) {
    const x = scales.x(xs[k]!);
    const y = scales.y(ys[k]!);
    if (!(x >= left && x <= right && y >= top && y <= bottom)) continue;
    const cell = Math.floor((y - top) / pitch) * columns + Math.floor((x - left) / pitch);
    if (taken.has(cell)) continue;
    taken.add(cell);
    d += `M${decimal(x)},${decimal(y)}h.01`;
  }
  return d;
}

/**
 * Vertical bars from `lows[k]` to `highs[k]` at `xs[k]`, with caps of 6 pixels at ends that lie inside the frame.
 * Bars whose place or ends are not finite are left out.
 */
export function errorBarsPath(
  xs: ArrayLike<number>,
  lows: ArrayLike<number>,
  highs: ArrayLike<number>,
  scales: { readonly x: (value: number) => number; readonly y: (value: number) => number },
  { left, right, top, bottom }: FrameBounds,
): string {
  let d = "";
  for (let k = 0; k < xs.length; k++) {
    const x = scales.x(xs[k]!);
    const [low, high] = [scales.y(lows[k]!), scales.y(highs[k]!)];
    if (!(x >= left && x <= right) || !Number.isFinite(low) || !Number.isFinite(high)) continue;
    const [foot, head] = [Math.min(bottom, low), Math.max(top, high)];
    if (foot < head) continue;
    d += `M${decimal(x)},${decimal(foot)}V${decimal(head)}`;
    for (const [end, cut] of [
      [foot, low > bottom],
      [head, high < top],
    ] as const)
      if (!cut) d += `M${decimal(x - 3)},${decimal(end)}h6`;
  }
  return d;
}

/** The closed band between two curves over the same xs. Values beyond the frame are drawn at its border. */
export function bandPath(
  xs: ArrayLike<number>,
  lows: ArrayLike<number>,
  highs: ArrayLike<number>,
  scales: { readonly x: (value: number) => number; readonly y: (value: number) => number },
  { top, bottom }: FrameBounds,
): string {
  const stretches: number[][] = [];
  let open = false;
  for (let k = 0; k < xs.length; k++) {
    const whole = Number.isFinite(lows[k]) && Number.isFinite(highs[k]);
    if (whole && !open) stretches.push([]);
    if (whole) stretches.at(-1)!.push(k);
    open = whole;
  }
  const y = (value: number): string => decimal(Math.min(bottom, Math.max(top, scales.y(value))));
  return stretches
    .map((indices) => {
      const point = (values: ArrayLike<number>) => (k: number) => `${decimal(scales.x(xs[k]!))},${y(values[k]!)}`;
      return `M${[...indices.map(point(highs)), ...indices.toReversed().map(point(lows))].join("L")}Z`;
    })
    .join("");
}

/**
 * The outline of bars that stand side by side: `heights[j]` holds from `edges[j]` to `edges[j + 1]`. It begins and ends
 * on the floor at `base`. Values beyond the frame are drawn at its border.
 */
export function stepsPath(
  edges: ArrayLike<number>,
  heights: ArrayLike<number>,
  base: number,
  scales: { readonly x: (value: number) => number; readonly y: (value: number) => number },
  { left, right, top, bottom }: FrameBounds,
): string {
  if (heights.length === 0) return "";
  const x = (value: number): string => decimal(Math.min(right, Math.max(left, scales.x(value))));
  const y = (value: number): string => {
    const at = scales.y(value);
    return decimal(Number.isFinite(at) ? Math.min(bottom, Math.max(top, at)) : bottom);
  };
  let d = `M${x(edges[0]!)},${y(base)}`;
  for (let j = 0; j < heights.length; j++) d += `V${y(heights[j]!)}H${x(edges[j + 1]!)}`;
  return `${d}V${y(base)}`;
}
