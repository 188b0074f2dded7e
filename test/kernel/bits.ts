/** Comparing numbers to the bit, payloads and signs of NaN aside. */
const words = new DataView(new ArrayBuffer(8));

/** The bits of a number as text; one text for every NaN. */
export function bits(x: number): string {
  if (Number.isNaN(x)) return "NaN";
  words.setFloat64(0, x);
  return `${x} 0x${words.getBigUint64(0).toString(16).padStart(16, "0")}`;
}

/** The bits of a list of numbers, for `toEqual`. */
export const allBits = (values: ArrayLike<number>): string[] => Array.from(values, bits);
