/** Which half pixels of which rows of neurons have a spike: `lit[row * columns + column]`. */
export interface LitCells {
  readonly rows: number;
  readonly columns: number;
  readonly lit: Uint8Array;
}

/**
 * The path of a raster: one horizontal run for each stretch of lit half pixels in a row of neurons. Spikes that fall
 * on the same half pixel of the same row are drawn once, so a file stays small however long the run was. `x0` is the
 * left of the frame, `yOf` the middle of a row.
 */
export function rasterPath(
  { rows, columns, lit }: LitCells,
  x0: number,
  markWidth: number,
  yOf: (row: number) => number,
): string {
  let text = "";
  for (let row = 0; row < rows; row++) {
    const y = Math.round(yOf(row) * 10) / 10;
    let pen = Number.NaN;
    let start = -1;
    let end = -1;
    const flush = (): void => {
      if (start < 0) return;
      const from = x0 + start / 2 - markWidth / 2;
      const length = (end - start) / 2 + markWidth;
      text += Number.isNaN(pen)
        ? `M${tenths(from)},${y}h${tenths(length)}`
        : `m${tenths(from - pen)},0h${tenths(length)}`;
      pen = round(Number.isNaN(pen) ? round(from) + round(length) : pen + round(from - pen) + round(length));
    };
    for (let column = 0; column < columns; column++) {
      if (lit[row * columns + column] === 0) continue;
      if (start < 0 || column > end + 1) {
        flush();
        start = column;
      }
      end = column;
    }
    flush();
  }
  return text;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const tenths = (value: number): string => String(round(value)).replace(/^(-?)0\./, "$1.");
