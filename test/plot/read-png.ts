import { inflateSync } from "node:zlib";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of a pixel, 0 to 255. */
  at(x: number, y: number): readonly [number, number, number, number];
}

/** A reader of PNG pictures of 8-bit RGBA without interlacing (PNG specification 1.2), and of no others. */
export function readPng(bytes: Uint8Array): Picture {
  const buffer = Buffer.from(bytes);
  if (buffer.toString("latin1", 1, 4) !== "PNG") throw new Error("no PNG");
  const compressed: Buffer[] = [];
  for (let at = 8; at < buffer.length;) {
    const length = buffer.readUInt32BE(at);
    if (buffer.toString("latin1", at + 4, at + 8) === "IDAT") compressed.push(buffer.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
  const [depth, kind, , , interlace] = buffer.subarray(24, 29);
  if (depth !== 8 || kind !== 6 || interlace !== 0) throw new Error(`depth ${depth}, color type ${kind}, ${interlace}`);
  const pixels = unfiltered(inflateSync(Buffer.concat(compressed)), width * 4, height);
  return {
    width,
    height,
    at(x, y) {
      const k = (y * width + x) * 4;
      return [pixels[k]!, pixels[k + 1]!, pixels[k + 2]!, pixels[k + 3]!];
    },
  };
}

/** Undoes the five filters of rows: none, sub, up, average, Paeth. */
function unfiltered(data: Buffer, stride: number, rows: number): Uint8Array {
  const pixels = new Uint8Array(stride * rows);
  for (let row = 0; row < rows; row++) {
    const filter = data[row * (stride + 1)]!;
    const from = row * (stride + 1) + 1;
    const to = row * stride;
    for (let k = 0; k < stride; k++) {
      const left = k >= 4 ? pixels[to + k - 4]! : 0;
      const up = row > 0 ? pixels[to + k - stride]! : 0;
      const corner = row > 0 && k >= 4 ? pixels[to + k - stride - 4]! : 0;
      pixels[to + k] = data[from + k]! + guessOf(filter, left, up, corner);
    }
  }
  return pixels;
}

function guessOf(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  return filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
