import { checkOptions, checkWhole, refusal } from "@neuroweave/equations";
import { toImage } from "./image.ts";
import type { DenseImage, ImageLike } from "./image.ts";

/** How a kernel moves over an image. */
export interface Filter2dOptions {
  /** Pixels from one answer to the next, in both directions, a whole number ≥ 1. 1 by default. */
  readonly stride?: number;
  /**
   * Rows and columns of zeros put around the image: so many on each side, none (`"valid"`, the default), or half the
   * kernel (`"same"`, which needs a kernel of odd size: at stride 1 the answer has the size of the image).
   */
  readonly padding?: "same" | "valid" | number;
}

/** Names of the options. */
export const filter2dOptions = ["stride", "padding"];

/**
 * The cross-correlation of an image with a kernel, of a rows and b columns,
 *
 *     out[i, j] = Σₐ Σ_b image[i·s + a − p, j·s + b − q] · kernel[a, b],   0 outside the image,
 *
 * with stride s and padding p, q: ⌊(height + 2p − rows) / s⌋ + 1 rows, and as many columns likewise. The kernel is not
 * flipped (PyTorch's `conv2d`).
 *
 * Throws what `toImage` throws for image and kernel, and `out-of-range` for a stride or padding outside its range, for
 * `"same"` with an even kernel, and for a kernel larger than the padded image.
 */
export function filter2d(
  image: ImageLike,
  kernel: ImageLike,
  options: Filter2dOptions = {},
  call = "filter2d",
): DenseImage {
  checkOptions(call, options, filter2dOptions);
  const from = toImage(image, `${call}, image`);
  const weights = toImage(kernel, `${call}, kernel`);
  const stride = checkWhole(`${call}: stride`, options.stride ?? 1, 1);
  const rows = axis(call, "rows", from.height, weights.height, stride, options.padding);
  const columns = axis(call, "columns", from.width, weights.width, stride, options.padding);
  const values = new Float64Array(rows.length * columns.length);
  for (let i = 0; i < rows.length; i++) {
    const top = i * stride - rows.padding;
    const [firstRow, endRow] = overlap(top, weights.height, from.height);
    for (let j = 0; j < columns.length; j++) {
      const left = j * stride - columns.padding;
      const [firstColumn, endColumn] = overlap(left, weights.width, from.width);
      let sum = 0;
      for (let a = firstRow; a < endRow; a++) {
        const pixels = (top + a) * from.width + left;
        const row = a * weights.width;
        for (let b = firstColumn; b < endColumn; b++) sum += from.values[pixels + b]! * weights.values[row + b]!;
      }
      values[i * columns.length + j] = sum;
    }
  }
  return { values, height: rows.length, width: columns.length };
}

/** Padding and number of answers along one axis. */
function axis(
  call: string,
  name: string,
  size: number,
  kernel: number,
  stride: number,
  given: Filter2dOptions["padding"] = "valid",
): { readonly padding: number; readonly length: number } {
  if (given === "same" && kernel % 2 === 0)
    throw refusal(
      "out-of-range",
      `${call}: padding "same" has no middle for a kernel of ${kernel} ${name}`,
      'Give a kernel of odd size, or the padding as a number or "valid".',
    );
  const padding = paddingOf(call, given, kernel);
  const length = Math.floor((size + 2 * padding - kernel) / stride) + 1;
  if (length < 1)
    throw refusal(
      "out-of-range",
      `${call}: a kernel of ${kernel} ${name} does not fit into ${size} with padding ${padding}`,
      "Give a smaller kernel, or more padding.",
    );
  return { padding, length };
}

function paddingOf(call: string, given: "same" | "valid" | number, kernel: number): number {
  if (given === "valid") return 0;
  if (given === "same") return (kernel - 1) / 2;
  if (typeof given === "number") return checkWhole(`${call}: padding`, given, 0);
  throw refusal("invalid-value", `${call}: padding is ${String(given)}`, 'Give "same", "valid" or a whole number ≥ 0.');
}

/** The part of a kernel that lies on the image when it begins at `start`: first entry and end. */
function overlap(start: number, kernel: number, size: number): readonly [number, number] {
  return [Math.max(0, -start), Math.min(kernel, size - start)];
}
