import { createDotCanvas, joinDots } from "./dot-canvas.ts";
import { frameText, roomInside, shortNumber } from "./text-frame.ts";
import type { TextPlotOptions } from "./text-frame.ts";
import { finiteRange, roundOutwards } from "./text-range.ts";

export interface TerminalTraceOptions extends TextPlotOptions {
  /** Times of the first and the last value; by default values are counted. */
  readonly from?: number;
  readonly to?: number;
  /** Spike times in the same unit, drawn as strokes up to the upper border. */
  readonly spikes?: ArrayLike<number>;
}

/**
 * A trace as lines of text, in Braille dots or, with `unicode: false`, in ASCII. Evenly sampled values go from left
 * to right; every column of dots shows the whole range of the values that fall into it, so no peak is lost. Values
 * that are not finite leave gaps.
 *
 * Throws `out-of-range` for less than 20 columns or 5 rows.
 */
export function terminalTrace(values: ArrayLike<number>, options: TerminalTraceOptions = {}): string {
  const { from = 0, to = Math.max(1, values.length - 1), spikes, unicode = true } = options;
  const [lowest, highest] = finiteRange(values);
  const spiking = spikes !== undefined && spikes.length > 0;
  const [low, top] = roundOutwards(lowest, spiking ? highest + 0.3 * (highest - lowest) : highest);
  const frame = { high: shortNumber(top), low: shortNumber(low), from, to };
  const room = roomInside(frame, options);
  const canvas = createDotCanvas(room.columns, room.rows, unicode);
  const yOf = (value: number): number => Math.round(((top - value) / (top - low)) * (canvas.height - 1));
  const xOf = (index: number): number => Math.round((index / Math.max(1, values.length - 1)) * (canvas.width - 1));
  let previous = -1;
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) {
      previous = -1;
      continue;
    }
    const y = yOf(values[k]!);
    if (previous < 0) canvas.set(xOf(k), y);
    else joinDots(canvas, xOf(k - 1), previous, xOf(k), y);
    previous = y;
  }
  for (let k = 0; k < (spikes?.length ?? 0); k++) {
    const part = (spikes![k]! - from) / (to - from || 1);
    if (part < 0 || part > 1) continue;
    const index = Math.min(values.length - 1, Math.max(0, Math.floor(part * (values.length - 1) - 1e-6)));
    const x = Math.round(part * (canvas.width - 1));
    const foot = Number.isFinite(values[index]) ? yOf(values[index]!) : canvas.height - 1;
    for (let y = 0; y <= foot; y++) canvas.set(x, y);
  }
  return frameText(canvas.lines(), frame, options);
}
