/** Histograms as outlines that the figures can draw. */

/** How many of the values lie in each of `bins` equal parts of [0, 1]; 1 belongs to the last. */
export function countsIn(values: ArrayLike<number>, bins: number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (let j = 0; j < values.length; j++) counts[Math.min(bins - 1, Math.floor(values[j]! * bins))]!++;
  return counts;
}

/** The outline of a histogram over [0, 1]: two points for each bin. */
export function outline(counts: readonly number[]): { readonly times: number[]; readonly values: number[] } {
  const edge = (bin: number): number => bin / counts.length;
  return {
    times: counts.flatMap((_, bin) => [edge(bin), edge(bin + 1)]),
    values: counts.flatMap((count) => [count, count]),
  };
}
