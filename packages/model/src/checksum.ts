/** CRC-32 of ISO 3309. */

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The checksum of what a checksum is of, 0 for nothing, and more bytes behind it. */
export function continued(sum: number, bytes: Uint8Array): number {
  let crc = ~sum;
  for (let at = 0; at < bytes.length; at++) crc = table[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** The checksum of pieces behind one another. */
export const checksum = (...pieces: readonly Uint8Array[]): number => pieces.reduce(continued, 0);
