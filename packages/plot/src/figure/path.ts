import type { DrawnAxes } from "./axes.ts";

/**
 * Writes an SVG path in tenths of a pixel with relative commands, which keeps long traces short and free of
 * accumulated rounding.
 */
function createPath() {
  let text = "";
  let atX = 0;
  let atY = 0;
  /**
   * Moves the pen to (x, y), with or without a line. A line to where the pen already is leaves no trace and is not
   * written.
   */
  function to(command: "M" | "l", x: number, y: number): void {
    const nextX = Math.round(x * 10);
    const nextY = Math.round(y * 10);
    if (command === "M") {
      text += `M${tenths(nextX)},${tenths(nextY)}`;
    } else {
      if (nextX === atX && nextY === atY) return;
      const dx = tenths(nextX - atX);
      const dy = tenths(nextY - atY);
      if (nextY === atY) text += `h${dx}`;
      else if (nextX === atX) text += `v${dy}`;
      else text += dy.startsWith("-") ? `l${dx}${dy}` : `l${dx},${dy}`;
    }
    atX = nextX;
    atY = nextY;
  }
  return {
    moveTo: (x: number, y: number) => to("M", x, y),
    lineTo: (x: number, y: number) => to("l", x, y),
    text: () => text,
  };
}

/** An integer number of tenths as a decimal number without a leading zero. */
function tenths(value: number): string {
  return String(value / 10).replace(/^(-?)0\./, "$1.");
}

/**
 * The path of a trace, with at most four points per pixel column: where more samples fall into one column, the first,
 * the lowest, the highest and the last of them are kept, in the order of time. So every peak stays, and a file grows
 * with the width of the figure instead of the length of the run. Values that are not finite interrupt the line.
 * Values beyond the frame are drawn at its border.
 */
export function tracePath(
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  axes: DrawnAxes,
  frame: FrameBounds,
): string {
  const path = createPath();
  const column = { x: Number.NaN, first: 0, lowest: 0, highest: 0, last: 0 };
  let penDown = false;
  const point = (index: number): void => {
    const x = axes.x(times[index]!);
    const y = Math.min(frame.bottom, Math.max(frame.top, axes.y(values[index]!)));
    if (penDown) path.lineTo(x, y);
    else path.moveTo(x, y);
    penDown = true;
  };
  const flush = (): void => {
    if (Number.isNaN(column.x)) return;
    const { first, lowest, highest, last } = column;
    const inOrder = lowest < highest ? [lowest, highest] : [highest, lowest];
    let previous = -1;
    for (const index of [first, ...inOrder, last]) {
      if (index !== previous) point(index);
      previous = index;
    }
    column.x = Number.NaN;
  };
  for (let index = 0; index < times.length; index++) {
    const value = values[index]!;
    const x = Math.floor(axes.x(times[index]!));
    if (!Number.isFinite(value) || !Number.isFinite(x)) {
      flush();
      penDown = false;
      continue;
    }
    if (x < Math.floor(frame.left) || x > Math.ceil(frame.right)) continue;
    if (x !== column.x) {
      flush();
      Object.assign(column, { x, first: index, lowest: index, highest: index, last: index });
      continue;
    }
    if (value < values[column.lowest]!) column.lowest = index;
    if (value > values[column.highest]!) column.highest = index;
    column.last = index;
  }
  flush();
  return path.text();
}

/** The frame of a panel in pixels of the sheet. */
export interface FrameBounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Vertical strokes from the trace to `tip` at every spike time within the frame: integrate-and-fire models have no
 * spike shape of their own. The stroke starts at the last sample before the spike, where the trace left the
 * subthreshold range. Strokes that would fall on the same tenth of a pixel are drawn once.
 */
export function spikePath(
  spikes: ArrayLike<number>,
  tip: number,
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  axes: DrawnAxes,
  frame: FrameBounds,
): string {
  const path = createPath();
  const top = Math.max(frame.top, axes.y(tip));
  let sample = -1;
  let drawn = Number.NaN;
  for (let k = 0; k < spikes.length; k++) {
    const time = spikes[k]!;
    const x = axes.x(time);
    if (!(x >= frame.left && x <= frame.right) || Math.round(x * 10) === drawn) continue;
    while (sample + 1 < times.length && times[sample + 1]! < time - 1e-7) sample++;
    const value = values[Math.max(0, sample)] ?? Number.NaN;
    const foot = Number.isFinite(value) ? Math.min(frame.bottom, Math.max(frame.top, axes.y(value))) : frame.bottom;
    path.moveTo(x, foot);
    path.lineTo(x, top);
    drawn = Math.round(x * 10);
  }
  return path.text();
}
