/** Images through kernels, split into what excites and what inhibits: rates and currents have no sign. */
import { checkNumber, checkOptions, checkWhole, isList, refusal } from "@neuroweave/equations";
import { dogKernel, dogKernelOptions } from "./dog-kernel.ts";
import type { DogKernelOptions } from "./dog-kernel.ts";
import { filter2d, filter2dOptions } from "./filter-2d.ts";
import type { Filter2dOptions } from "./filter-2d.ts";
import { gaborKernel, gaborKernelOptions } from "./gabor-kernel.ts";
import type { GaborKernelOptions } from "./gabor-kernel.ts";
import type { DenseImage, ImageLike } from "./image.ts";

/** The two halves of an answer r: on = max(0, r) and off = max(0, −r), so on − off = r. */
export interface RectifiedImage {
  readonly on: DenseImage;
  readonly off: DenseImage;
}

/** One orientation of a bank; `theta` in radians. */
export interface OrientedImage extends RectifiedImage {
  readonly theta: number;
}

/** Options of `dogKernel` and of `filter2d`. */
export type DogFilterOptions = DogKernelOptions & Filter2dOptions;

/** Options of `gaborKernel`, with a list of angles for its one, and of `filter2d`. */
export interface GaborBankOptions extends Omit<GaborKernelOptions, "theta">, Filter2dOptions {
  /** A number N ≥ 1 for θ = kπ/N, k = 0 … N − 1, or angles in radians. */
  readonly orientations: number | readonly number[];
}

/**
 * The image through `dogKernel`, as the retina sends it on: `on` where the centre is brighter than its surround, `off`
 * where it is darker. Throws what `dogKernel` and `filter2d` throw.
 */
export function dogFilter(image: ImageLike, options: DogFilterOptions): RectifiedImage {
  const call = "dogFilter";
  checkOptions(call, options, [...dogKernelOptions, ...filter2dOptions]);
  const { stride, padding, ...kernel } = options;
  return rectify(filter2d(image, dogKernel(kernel, call), placement(stride, padding), call));
}

/**
 * The image through `gaborKernel` in several orientations, one entry for each, in order: `on` where the image has the
 * stripes of the kernel, `off` where it has them in opposite phase. Throws what `gaborKernel` and `filter2d` throw, and
 * `wrong-length` for no orientation.
 */
export function gaborBank(image: ImageLike, options: GaborBankOptions): readonly OrientedImage[] {
  const call = "gaborBank";
  const kernelOptions = gaborKernelOptions.filter((name) => name !== "theta");
  checkOptions(call, options, ["orientations", ...kernelOptions, ...filter2dOptions]);
  const { orientations, stride, padding, ...kernel } = options;
  return anglesOf(call, orientations).map((theta) => ({
    theta,
    ...rectify(filter2d(image, gaborKernel({ ...kernel, theta }, call), placement(stride, padding), call)),
  }));
}

function anglesOf(call: string, orientations: unknown): readonly number[] {
  if (!isList(orientations)) {
    const count = checkWhole(`${call}: orientations`, orientations, 1);
    return Array.from({ length: count }, (_, k) => (k * Math.PI) / count);
  }
  if (orientations.length === 0)
    throw refusal("wrong-length", `${call}: there are no orientations`, "Give a number of them, or angles in radians.");
  return Array.from(orientations, (theta, k) => checkNumber(`${call}: orientations[${k}]`, theta));
}

function placement(stride: Filter2dOptions["stride"], padding: Filter2dOptions["padding"]): Filter2dOptions {
  return { ...(stride === undefined ? {} : { stride }), ...(padding === undefined ? {} : { padding }) };
}

function rectify({ values, height, width }: DenseImage): RectifiedImage {
  return {
    on: { values: values.map((r) => Math.max(0, r)), height, width },
    off: { values: values.map((r) => Math.max(0, -r)), height, width },
  };
}
