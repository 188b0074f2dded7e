/** A grid of dots that is written as text: 2 × 4 dots per Braille character, or 1 × 2 per ASCII character. */
export interface DotCanvas {
  /** Dots across and down. */
  readonly width: number;
  readonly height: number;
  /** Lights a dot, counted from the upper left; dots outside are ignored. */
  set(x: number, y: number): void;
  /** One line of text for each row of characters. */
  lines(): string[];
}

/** A dark canvas of `columns` × `rows` characters. */
export function createDotCanvas(columns: number, rows: number, unicode: boolean): DotCanvas {
  const across = unicode ? 2 : 1;
  const down = unicode ? 4 : 2;
  const cells = new Uint8Array(columns * rows);
  return {
    width: columns * across,
    height: rows * down,
    set(x, y) {
      if (!(x >= 0 && x < columns * across && y >= 0 && y < rows * down)) return;
      const bit = unicode ? brailleBits[y % 4]![x % 2]! : 1 << (y % 2);
      cells[Math.floor(y / down) * columns + Math.floor(x / across)]! |= bit;
    },
    lines() {
      return Array.from({ length: rows }, (_, row) => {
        const line = cells.subarray(row * columns, (row + 1) * columns);
        return Array.from(line, (bits) => (unicode ? braille(bits) : asciiDots[bits]!)).join("");
      });
    },
  };
}

/** Bit of each of the 4 × 2 dots in the Unicode block "Braille Patterns", which starts at U+2800. */
const brailleBits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/** An empty cell is a plain space: some fonts draw the empty Braille pattern as eight hollow circles. */
function braille(bits: number): string {
  return bits === 0 ? " " : String.fromCodePoint(0x2800 + bits);
}

const asciiDots = [" ", "'", ".", ":"];

/** Lights the dots of a straight line from one point to another, without gaps. */
export function joinDots(canvas: Pick<DotCanvas, "set">, x0: number, y0: number, x1: number, y1: number): void {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  for (let k = 0; k <= steps; k++) {
    canvas.set(Math.round(x0 + ((x1 - x0) * k) / steps), Math.round(y0 + ((y1 - y0) * k) / steps));
  }
}
