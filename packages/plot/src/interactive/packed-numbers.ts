/** Numbers as base64 of little-endian bytes, in the narrowest type that holds them exactly. */
export interface PackedNumbers {
  readonly type: "u8" | "u16" | "u32" | "f32" | "f64";
  readonly base64: string;
}

/** Packs numbers without losing a bit (save for the payload of a NaN). */
export function numbersAsText(values: ArrayLike<number>): PackedNumbers {
  const type = narrowest(values);
  const size = { u8: 1, u16: 2, u32: 4, f32: 4, f64: 8 }[type];
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (let j = 0; j < values.length; j++) {
    const value = values[j]!;
    if (type === "u8") view.setUint8(j, value);
    else if (type === "u16") view.setUint16(2 * j, value, true);
    else if (type === "u32") view.setUint32(4 * j, value, true);
    else if (type === "f32") view.setFloat32(4 * j, value, true);
    else view.setFloat64(8 * j, value, true);
  }
  return { type, base64: base64Of(bytes) };
}

function narrowest(values: ArrayLike<number>): PackedNumbers["type"] {
  let whole = true;
  let single = true;
  let largest = 0;
  for (let j = 0; j < values.length && (whole || single); j++) {
    const value = values[j]!;
    if (whole && !(Number.isInteger(value) && value >= 0 && value < 2 ** 32 && !Object.is(value, -0))) whole = false;
    if (single && !Number.isNaN(value) && Math.fround(value) !== value) single = false;
    largest = Math.max(largest, value);
  }
  if (whole) return largest < 2 ** 8 ? "u8" : largest < 2 ** 16 ? "u16" : "u32";
  return single ? "f32" : "f64";
}

/** Piece by piece: a call takes a limited number of arguments, and pieces of a multiple of 3 bytes join without padding. */
function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const length = 3 * 8192;
  for (let from = 0; from < bytes.length; from += length)
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(from, from + length))));
  return pieces.join("");
}
