import { decimal } from "../markup.ts";
import { slopesOnGrid } from "./field.ts";
import type { PlaneField } from "./field.ts";

/** Where the plane lies on the sheet, in pixels, and its scales. */
export interface PlanePlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** An arrow on the sheet: its middle, its direction (a unit vector, y downwards) and its length. */
export interface FlowArrow {
  readonly x: number;
  readonly y: number;
  readonly along: readonly [number, number];
  readonly length: number;
}

/** Pixels between arrows, and their lengths where the flow is slowest and fastest. */
const spacing = 34;
const lengths = [5, 24] as const;

/**
 * Arrows that show where the state moves on the sheet: all directions true in pixels, lengths by the logarithm of the speed.
 * Points without a finite slope, and those at rest, have none.
 */
export function flowArrows(field: PlaneField, place: PlanePlace): FlowArrow[] {
  const { x, y } = field;
  const columns = Math.max(2, Math.round(place.width / spacing));
  const rows = Math.max(2, Math.round(place.height / spacing));
  const [left, right] = [x.values[0]!, x.values[x.values.length - 1]!];
  const [bottom, top] = [y.values[0]!, y.values[y.values.length - 1]!];
  const at = Array.from({ length: columns * rows }, (_, j) => [
    left + ((right - left) * ((j % columns) + 0.5)) / columns,
    bottom + ((top - bottom) * (Math.floor(j / columns) + 0.5)) / rows,
  ] as const); // prettier-ignore
  const { dx, dy } = slopesOnGrid(field)(
    at.map(([px]) => px),
    at.map(([, py]) => py),
  );
  const perX = place.width / (right - left);
  const perY = place.height / (top - bottom);
  const moving = at.flatMap(([px, py], j) => {
    const [across, down] = [dx[j]! * perX, -dy[j]! * perY];
    const speed = Math.hypot(across, down);
    if (!Number.isFinite(speed) || speed === 0) return [];
    return [{ x: place.x(px), y: place.y(py), along: [across / speed, down / speed] as const, log: Math.log(speed) }];
  });
  const logs = moving.map(({ log }) => log).sort((one, other) => one - other);
  // The extremes of a fast spike would leave everything else alike, so the slowest and fastest twentieth are cut.
  const [slow, fast] = [logs[Math.floor(logs.length * 0.05)] ?? 0, logs[Math.floor(logs.length * 0.95)] ?? 0];
  return moving.map(({ log, ...arrow }) => {
    const part = fast > slow ? Math.min(1, Math.max(0, (log - slow) / (fast - slow))) : 0.5;
    return { ...arrow, length: lengths[0] + part * (lengths[1] - lengths[0]) };
  });
}

/** The arrows as the data of one path. */
export function arrowPath(arrows: readonly FlowArrow[]): string {
  return arrows
    .map(({ x, y, along: [u, v], length }) => {
      const [tipX, tipY] = [x + (u * length) / 2, y + (v * length) / 2];
      const head = Math.min(5, length * 0.45);
      const barb = (side: number): string =>
        `M${decimal(tipX)},${decimal(tipY)}L${decimal(tipX - head * (0.87 * u - side * 0.5 * v))},${decimal(tipY - head * (0.87 * v + side * 0.5 * u))}`;
      return `M${decimal(tipX - u * length)},${decimal(tipY - v * length)}L${decimal(tipX)},${decimal(tipY)}${barb(1)}${barb(-1)}`;
    })
    .join("");
}
