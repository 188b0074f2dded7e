import type { Domain } from "./axes.ts";

/** The smallest interval that holds all finite values of the lists; `undefined` where there is none. */
export function extent(lists: Iterable<ArrayLike<number>>): Domain | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of lists) {
    for (let k = 0; k < list.length; k++) {
      const value = list[k]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

/**
 * The interval widened at both ends by a part of its length; one of no length, or of less than rounding lets be
 * resolved, becomes one around its value.
 */
export function padded([low, high]: Domain, part: number): Domain {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low <= size * 1e-13) {
    const half = size < 1e-280 ? 1 : size * 0.1;
    return [low - half, high + half];
  }
  const margin = (high - low) * part;
  return [low - margin, high + margin];
}

/** The interval that holds both; either may be missing. */
export function union(a: Domain | undefined, b: Domain | undefined): Domain | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}
