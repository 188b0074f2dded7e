import { checkWhole, isList, refusal } from "@neuroweave/equations";

/** Windows onto a grid, all of one shape. */
export interface Windows {
  /** Upper left corners, [row, column]. */
  readonly corners: readonly (readonly [number, number])[];
  /** Shape of what is seen: that of the grid, with its last two dimensions those of the window. */
  readonly shape: readonly number[];
  /** The neuron of window `location` that shows neuron `id` of the grid; undefined where it lies outside. */
  readonly place: (id: number, location: number) => number | undefined;
}

/** A grid as it is, seen from one place. */
export function wholeGrid(shape: readonly number[]): Windows {
  return { corners: [[0, 0]], shape, place: (id) => id };
}

/** Windows of `size` rows and columns onto the last two dimensions of a grid, with their corners at `locations`. */
export function windowsOnto(call: string, shape: readonly number[], locations: unknown, size: unknown): Windows {
  if (shape.length < 2)
    throw refusal(
      "invalid-value",
      `${call}: locations need a grid of rows and columns, and its shape is [${shape.join(", ")}]`,
      "Give a shape such as [28, 28], or [2, 28, 28] for two channels.",
    );
  const [rows, columns] = shape.slice(-2) as [number, number];
  const [height, width] = pair(`${call}: window`, size, 1);
  if (!isList(locations) || locations.length === 0)
    throw refusal("wrong-length", `${call}: there are no locations`, "Give a list of corners [row, column].");
  const corners = Array.from(locations, (location, k) => {
    const [row, column] = pair(`${call}: locations[${k}]`, location, 0);
    if (row + height > rows || column + width > columns)
      throw refusal(
        "out-of-range",
        `${call}: the window of ${height} × ${width} at locations[${k}], [${row}, ${column}], leaves the grid of ${rows} × ${columns}`,
        `Give corners up to [${rows - height}, ${columns - width}], or a smaller window.`,
      );
    return [row, column] as const;
  });
  return {
    corners,
    shape: [...shape.slice(0, -2), height, width],
    place(id, location) {
      const [top, left] = corners[location]!;
      const row = (Math.floor(id / columns) % rows) - top;
      const column = (id % columns) - left;
      if (row < 0 || row >= height || column < 0 || column >= width) return undefined;
      return (Math.floor(id / (rows * columns)) * height + row) * width + column;
    },
  };
}

function pair(what: string, value: unknown, min: number): readonly [number, number] {
  if (!isList(value) || value.length !== 2)
    throw refusal("invalid-value", `${what} is no pair of numbers`, "Give [rows, columns].");
  return [checkWhole(`${what}[0]`, value[0], min), checkWhole(`${what}[1]`, value[1], min)];
}
