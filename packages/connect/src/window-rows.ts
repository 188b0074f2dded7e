import type { Rows } from "@neuroweave/model";
import type { AxisTaps } from "./axis-taps.ts";
import type { Grid } from "./grid.ts";
import { indexArray, type Indices } from "./index-array.ts";
import type { Kernel } from "./kernel.ts";

/** A window over a grid: the taps along depth, height and width. */
export interface WindowAxes {
  readonly axes: readonly [AxisTaps, AxisTaps, AxisTaps];
  /** Taps of the window along height and width. */
  readonly size: readonly [number, number];
  /** Grid of the targets. */
  readonly output: Grid;
  /** The tap that makes no synapse, as a place in the window; −1 if there is none. */
  readonly hole: number;
}

/** Number of synapses: every combination of taps along the three axes, less those through the hole, one for each neuron. */
export function windowCount({ axes: [z, y, x], hole, output }: WindowAxes): number {
  const all = z.outputs.length * y.outputs.length * x.outputs.length;
  return hole < 0 ? all : all - output[0] * output[1] * output[2];
}

/**
 * The synapses of a window, targets ascending within a row. `place` is told each synapse, its target, and its place in the window:
 * (depth tap·height + vertical tap)·width + horizontal tap.
 */
export function windowRows(
  window: WindowAxes,
  place: (synapse: number, target: number, tap: number) => void,
): { readonly pointers: Uint32Array; readonly targets: Indices } {
  const [z, y, x] = window.axes;
  const [depth, height, width] = window.output;
  const [kernelHeight, kernelWidth] = window.size;
  const inputs = [z, y, x].map(({ pointers }) => pointers.length - 1) as [number, number, number];
  const pointers = new Uint32Array(inputs[0] * inputs[1] * inputs[2] + 1);
  const targets = indexArray(depth * height * width, windowCount(window));
  let count = 0;
  let source = 0;
  for (let iz = 0; iz < inputs[0]; iz++)
    for (let iy = 0; iy < inputs[1]; iy++)
      for (let ix = 0; ix < inputs[2]; ix++) {
        for (let jz = z.pointers[iz]!; jz < z.pointers[iz + 1]!; jz++)
          for (let jy = y.pointers[iy]!; jy < y.pointers[iy + 1]!; jy++) {
            const line = (z.outputs[jz]! * height + y.outputs[jy]!) * width;
            const taps = (z.taps[jz]! * kernelHeight + y.taps[jy]!) * kernelWidth;
            for (let jx = x.pointers[ix]!; jx < x.pointers[ix + 1]!; jx++) {
              const tap = taps + x.taps[jx]!;
              if (tap === window.hole) continue;
              const target = line + x.outputs[jx]!;
              targets[count] = target;
              place(count++, target, tap);
            }
          }
        pointers[++source] = count;
      }
  return { pointers, targets };
}

/** Rows whose weights are those of the kernel at their places: shared, or a weight for each synapse. */
export function kernelRows(window: WindowAxes, { values }: Pick<Kernel, "values">, shared: boolean): Rows {
  const count = windowCount(window);
  if (shared) {
    const index = indexArray(values.length, count);
    const rows = windowRows(window, (synapse, _, tap) => (index[synapse] = tap));
    return { ...rows, shared: { values: values.slice(), index } };
  }
  const weights = new Float64Array(count);
  const rows = windowRows(window, (synapse, _, tap) => (weights[synapse] = values[tap]!));
  return { ...rows, weights };
}
