import { decimal } from "../markup.ts";
import type { PlanePoint } from "./zero-contour.ts";

interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/**
 * A line of points as the data of a path, cut at the borders of the plane (after Liang and Barsky 1984) and with points that
 * lie within a third of a pixel of the last left out. Points that are not finite leave gaps.
 */
export function planePath(points: readonly PlanePoint[], { left, top, width, height, x, y }: Window): string {
  let text = "";
  let pen: readonly [number, number] | undefined;
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1]!, points[k]!];
    const [x0, y0, x1, y1] = [x(a[0]), y(a[1]), x(b[0]), y(b[1])];
    if (![x0, y0, x1, y1].every(Number.isFinite)) {
      pen = undefined;
      continue;
    }
    let [from, to] = [0, 1];
    for (const [p, q] of [
      [x0 - x1, x0 - left],
      [x1 - x0, left + width - x0],
      [y0 - y1, y0 - top],
      [y1 - y0, top + height - y0],
    ] as const) {
      if (p === 0 && q < 0) to = -1;
      if (p < 0) from = Math.max(from, q / p);
      if (p > 0) to = Math.min(to, q / p);
    }
    if (from > to) {
      pen = undefined;
      continue;
    }
    if (pen === undefined || from > 0) text += `M${decimal(x0 + from * (x1 - x0))},${decimal(y0 + from * (y1 - y0))}`;
    const end = [x0 + to * (x1 - x0), y0 + to * (y1 - y0)] as const;
    const last = k + 1 === points.length || to < 1;
    if (pen !== undefined && !last && Math.hypot(end[0] - pen[0], end[1] - pen[1]) < 0.3) continue;
    text += `L${decimal(end[0])},${decimal(end[1])}`;
    pen = to < 1 ? undefined : end;
  }
  return text;
}
