import { checkNumber, checkOptions, checkWhole, isList, refusal } from "@neuroweave/equations";

/** Numbers on a grid: the value of row y and column x is `values[y · width + x]`. */
export interface Image {
  /** Row after row, height × width. */
  readonly values: ArrayLike<number>;
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
}

/** The same, as the functions of this package give it. */
export interface DenseImage extends Image {
  /** Row after row, height × width. */
  readonly values: Float64Array;
}

/** What is taken as an image: an `Image`, or rows of one length. */
export type ImageLike = Image | readonly ArrayLike<number>[];

/**
 * A copy of an image, checked. `call` names the caller in messages.
 *
 * Throws `wrong-length` for rows of unequal length, or values that do not fill height × width, `out-of-range` for a
 * height or width that is no whole number ≥ 1, `not-finite` and `invalid-value` for pixels that are no finite numbers.
 */
export function toImage(image: ImageLike, call = "toImage"): DenseImage {
  const { values, height, width } = isList(image) ? joinRows(image, call) : readImage(image, call);
  const copy = new Float64Array(values.length);
  for (let k = 0; k < copy.length; k++)
    copy[k] = checkNumber(`${call}: the pixel in row ${Math.floor(k / width)}, column ${k % width}`, values[k]);
  return { values: copy, height, width };
}

/**
 * (x − low) / (high − low) for every pixel x: numbers in [0, 1]. `low` and `high` are the smallest and the largest pixel
 * where they are not given; give both (0 and 255) to treat many images alike. An image of one value becomes 0 where
 * low and high coincide.
 *
 * Throws what `toImage` throws, and `out-of-range` for pixels outside [low, high], and for low > high.
 */
export function normalizeImage(
  image: ImageLike,
  options: { readonly low?: number; readonly high?: number } = {},
): DenseImage {
  const call = "normalizeImage";
  checkOptions(call, options, ["low", "high"]);
  const { values, height, width } = toImage(image, call);
  const low = checkNumber(`${call}: low`, options.low ?? values.reduce((a, b) => Math.min(a, b)));
  const high = checkNumber(`${call}: high`, options.high ?? values.reduce((a, b) => Math.max(a, b)), { min: low });
  const scaled = values.map((value, k) => {
    if (value < low || value > high)
      throw refusal(
        "out-of-range",
        `${call}: the pixel in row ${Math.floor(k / width)}, column ${k % width} is ${value}, outside [${low}, ${high}]`,
        "Widen low and high, or leave them out.",
      );
    return high > low ? (value - low) / (high - low) : 0;
  });
  return { values: scaled, height, width };
}

function readImage(image: Image, call: string): Image {
  if (typeof image !== "object" || image === null || !isList(image.values))
    throw refusal(
      "invalid-value",
      `${call}: this is no image`,
      "Give { values, height, width }, or rows of numbers of one length.",
    );
  const height = checkWhole(`${call}: the height`, image.height, 1);
  const width = checkWhole(`${call}: the width`, image.width, 1);
  if (image.values.length !== height * width)
    throw refusal(
      "wrong-length",
      `${call}: there are ${image.values.length} pixels for ${height} × ${width}`,
      `Give ${height * width} values, row by row.`,
    );
  return image;
}

function joinRows(rows: ArrayLike<unknown>, call: string): Image {
  const first = rows[0];
  const width = isList(first) ? first.length : 0;
  if (width === 0)
    throw refusal(
      "wrong-length",
      `${call}: the image has no rows of numbers`,
      "Give rows of one length, or { values, height, width }.",
    );
  const values = Array.from(rows).flatMap((row, y) => {
    if (!isList(row) || row.length !== width)
      throw refusal(
        "wrong-length",
        `${call}: row ${y} has not the ${width} columns of row 0`,
        "Give rows of one length.",
      );
    return Array.from(row) as number[];
  });
  return { values, height: rows.length, width };
}
