const levels = { unicode: [..."▁▂▃▄▅▆▇█"], ascii: [..."_.,-~=*#"] };

/**
 * Values as one line of bars, `width` characters at most: the lowest value is the lowest bar, the highest the
 * highest. Where there are more values than characters each stands for the mean of its share; constant values give
 * bars of middle height; a share without a finite value is a blank.
 *
 *     sparkline([1, 2, 3, 4], 4)   // "▁▃▆█"
 */
export function sparkline(
  values: ArrayLike<number>,
  width = 40,
  { unicode = true }: { readonly unicode?: boolean } = {},
): string {
  const bars = unicode ? levels.unicode : levels.ascii;
  const length = Math.max(0, Math.min(Math.floor(width), values.length));
  const means = Array.from({ length }, (_, column) => {
    const from = Math.floor((column * values.length) / length);
    const to = Math.floor(((column + 1) * values.length) / length);
    return meanOf(values, from, to);
  });
  const finite = means.filter((mean) => Number.isFinite(mean));
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  return means
    .map((mean) => {
      if (!Number.isFinite(mean)) return " ";
      const height = high > low ? Math.round(((mean - low) / (high - low)) * (bars.length - 1)) : bars.length / 2 - 1;
      return bars[height]!;
    })
    .join("");
}

/** Mean of the finite values from … to − 1; NaN where there is none. */
function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let k = from; k < to; k++) {
    if (!Number.isFinite(values[k])) continue;
    sum += values[k]!;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}
