/**
 * The path of a raster: one horizontal run for each stretch of lit half pixels in a row of neurons. Spikes that fall
 * on the same half pixel of the same row are drawn once, so a file stays small however long the run was. `cells` are
 * pairs (column, row) in half pixels and rows; `x0` is the left of the frame, `yOf` the middle of a row.
 */
export function rasterPath(
  cells: readonly (readonly number[] | undefined)[],
  x0: number,
  markWidth: number,
  yOf: (row: number) => number,
): string {
  let text = "";
  cells.forEach((columns, row) => {
    if (columns === undefined || columns.length === 0) return;
    const sorted = Float64Array.from(columns).sort();
    const y = Math.round(yOf(row) * 10) / 10;
    let pen = Number.NaN;
    let start = sorted[0]!;
    let end = start;
    const flush = (): void => {
      const from = x0 + start / 2 - markWidth / 2;
      const length = (end - start) / 2 + markWidth;
      text += Number.isNaN(pen)
        ? `M${tenths(from)},${y}h${tenths(length)}`
        : `m${tenths(from - pen)},0h${tenths(length)}`;
      pen = round(Number.isNaN(pen) ? round(from) + round(length) : pen + round(from - pen) + round(length));
    };
    for (const column of sorted) {
      if (column > end + 1) {
        flush();
        start = column;
      }
      end = column;
    }
    flush();
  });
  return text;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const tenths = (value: number): string => String(round(value)).replace(/^(-?)0\./, "$1.");
