/**
 * A measure over time: between times[k] and times[k + 1] (ms) it goes in a straight line from starts[k] to ends[k], and
 * may jump at the times.
 */
export interface Profile {
  readonly times: Float64Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** Mean of a profile over its time. */
export function profileMean({ times, starts, ends }: Profile): number {
  let area = 0;
  for (let k = 0; k < starts.length; k++) area += ((starts[k]! + ends[k]!) / 2) * (times[k + 1]! - times[k]!);
  return area / (times.at(-1)! - times[0]!);
}

/** Value of a profile at a moment; at a jump the mean of both sides. NaN outside its time. */
export function profileAt({ times, starts, ends }: Profile, t: number): number {
  if (!(t >= times[0]! && t <= times.at(-1)!)) return Number.NaN;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle]! <= t) low = middle;
    else high = middle - 1;
  }
  const [start, end] = [times[low]!, times[low + 1]!];
  if (t === start && low > 0) return (ends[low - 1]! + starts[low]!) / 2;
  return starts[low]! + ((ends[low]! - starts[low]!) * (t - start)) / (end - start);
}

/** Mean of profiles over one window, moment by moment. */
export function averageProfiles(profiles: readonly Profile[]): Profile {
  const times = Float64Array.from(new Set(profiles.flatMap((profile) => [...profile.times]))).sort();
  const starts = new Float64Array(times.length - 1);
  const ends = new Float64Array(times.length - 1);
  for (const profile of profiles) {
    let k = 0;
    for (let j = 0; j < starts.length; j++) {
      while (profile.times[k + 1]! <= times[j]!) k++;
      const slope = (profile.ends[k]! - profile.starts[k]!) / (profile.times[k + 1]! - profile.times[k]!);
      starts[j]! += profile.starts[k]! + slope * (times[j]! - profile.times[k]!);
      ends[j]! += profile.ends[k]! - slope * (profile.times[k + 1]! - times[j + 1]!);
    }
  }
  const share = (sum: number): number => sum / profiles.length;
  return { times, starts: starts.map(share), ends: ends.map(share) };
}
