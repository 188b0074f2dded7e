/**
 * Lowest and highest finite value; 0 and 1 where there is none, and one unit around a constant, more around a large
 * one.
 */
export function finiteRange(values: ArrayLike<number>): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) continue;
    low = Math.min(low, values[k]!);
    high = Math.max(high, values[k]!);
  }
  if (low > high) return [0, 1];
  const half = Math.max(0.5, Math.abs(low) * 1e-6);
  return low === high ? [low - half, high + half] : [low, high];
}

/**
 * The range widened to multiples of 1, 2 or 5 times a power of ten, about a twentieth of it, so that its ends are
 * short to write.
 */
export function roundOutwards(low: number, high: number): [low: number, high: number] {
  const rough = (high - low) / 20;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const snap = (value: number): number => Number((value * step).toPrecision(12));
  return [snap(Math.floor(low / step)), snap(Math.ceil(high / step))];
}
