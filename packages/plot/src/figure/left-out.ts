/** How many values a figure had to leave out, by reason. */
export type LeftOut = Readonly<Record<string, number>>;

/** "left out: 3 not finite, 1 outside", or nothing where nothing is. */
export function leftOutNote(counts: LeftOut): string {
  const reasons = Object.entries(counts).filter(([, count]) => count > 0);
  if (reasons.length === 0) return "";
  return `left out: ${reasons.map(([reason, count]) => `${count} ${reason}`).join(", ")}`;
}

/** The description with what was left out behind it. */
export function withNote(description: string, note: string): string {
  return note === "" ? description : `${description} ${note[0]!.toUpperCase()}${note.slice(1)}.`;
}

/** How many pairs have a coordinate that is not finite, or that a logarithmic axis cannot show. */
export function unusablePairs(xs: ArrayLike<number>, ys: ArrayLike<number>, logX = false, logY = false): number {
  let count = 0;
  for (let k = 0; k < xs.length; k++)
    if (!Number.isFinite(xs[k]) || !Number.isFinite(ys[k]) || (logX && xs[k]! <= 0) || (logY && ys[k]! <= 0)) count++;
  return count;
}
