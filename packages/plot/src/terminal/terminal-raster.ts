import { checkSpikes } from "@neuroweave/analysis";
import type { SpikeList } from "@neuroweave/analysis";
import { NeuroweaveError } from "@neuroweave/equations";
import { createDotCanvas } from "./dot-canvas.ts";
import { frameText, roomInside } from "./text-frame.ts";
import type { TextPlotOptions } from "./text-frame.ts";

export interface TerminalRasterOptions extends TextPlotOptions {
  /** The part of time that is shown; by default from 0 to the last spike. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * A spike raster as lines of text, in Braille dots or, with `unicode: false`, in ASCII: time to the right, neuron 0
 * lowest. A dot is lit where any of the neurons and times that share it has a spike.
 *
 * Throws `wrong-length`, `invalid-n`, `not-finite` and `out-of-range`.
 */
export function terminalRaster(
  { n, ...spikes }: SpikeList & { readonly n: number },
  options: TerminalRasterOptions = {},
): string {
  checkSpikes(spikes, n);
  const { times, ids } = spikes;
  let last = 0;
  for (let k = 0; k < times.length; k++) last = Math.max(last, times[k]!);
  const { from = 0, to = last > from ? last : from + 1, unicode = true } = options;
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to)) {
    throw new NeuroweaveError("out-of-range", `the time axis runs from ${from} to ${to}`, {
      remedy: "give finite numbers, the earlier one first",
    });
  }
  const frame = { high: String(n - 1), low: n > 1 ? "0" : "", from, to };
  const room = roomInside(frame, options);
  const canvas = createDotCanvas(room.columns, room.rows, unicode);
  // With room for it a spike is a stroke, and one dark row of dots parts a neuron from the next.
  const markHeight = Math.max(1, Math.floor(canvas.height / n) - 1);
  for (let k = 0; k < times.length; k++) {
    const part = (times[k]! - from) / (to - from);
    if (part < 0 || part > 1) continue;
    const x = Math.min(canvas.width - 1, Math.floor(part * canvas.width));
    const y = canvas.height - 1 - Math.floor(((ids[k]! + 0.5) / n) * canvas.height - (markHeight - 1) / 2);
    for (let row = 0; row < markHeight; row++) canvas.set(x, y - row);
  }
  return frameText(canvas.lines(), frame, options);
}
