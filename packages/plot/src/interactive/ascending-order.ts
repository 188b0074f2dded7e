/**
 * Positions of finite numbers in ascending order, those of equal numbers (0 and −0 among them) in their own: a radix sort from the lowest
 * byte to the highest, in time proportional to the numbers. The bits of a double ascend with it once those of negative ones are turned.
 */
export function ascendingOrder(values: ArrayLike<number>): Uint32Array {
  const n = values.length;
  let order = Uint32Array.from({ length: n }, (_, j) => j);
  let ascends = true;
  for (let j = 1; j < n && ascends; j++) ascends = values[j]! >= values[j - 1]!;
  if (ascends) return order;
  const [low, high] = keysOf(values);
  let other = new Uint32Array(n);
  const starts = new Uint32Array(256);
  for (const words of [low, high])
    for (let shift = 0; shift < 32; shift += 8) {
      starts.fill(0);
      for (let j = 0; j < n; j++) starts[(words[j]! >>> shift) & 255]!++;
      // A byte that all have in common orders nothing.
      if (starts[(words[0]! >>> shift) & 255] === n) continue;
      let start = 0;
      for (let byte = 0; byte < 256; byte++) {
        const count = starts[byte]!;
        starts[byte] = start;
        start += count;
      }
      for (let k = 0; k < n; k++) {
        const j = order[k]!;
        other[starts[(words[j]! >>> shift) & 255]!++] = j;
      }
      [order, other] = [other, order];
    }
  return order;
}

/** Lower and higher words of integers that ascend with the numbers. */
function keysOf(values: ArrayLike<number>): [low: Uint32Array, high: Uint32Array] {
  const [low, high] = [new Uint32Array(values.length), new Uint32Array(values.length)];
  const bits = new DataView(new ArrayBuffer(8));
  for (let j = 0; j < values.length; j++) {
    // Makes 0 of −0.
    bits.setFloat64(0, values[j]! + 0);
    const [upper, lower] = [bits.getUint32(0), bits.getUint32(4)];
    const isNegative = upper >>> 31 === 1;
    low[j] = isNegative ? ~lower : lower;
    high[j] = isNegative ? ~upper : upper | 0x80000000;
  }
  return [low, high];
}
