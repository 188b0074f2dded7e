import type { EdgeCorrectedTrain, Stretch } from "./edge-corrected-train.ts";

/** Calls f for every piece of the window in which neither train has a spike, with the stretches that it lies in. */
export function mergeStretches(
  a: EdgeCorrectedTrain,
  b: EdgeCorrectedTrain,
  f: (p: Stretch, q: Stretch, start: number, end: number) => void,
): void {
  let [i, j] = [0, 0];
  let start = a.stretches[0]!.start;
  while (i < a.stretches.length && j < b.stretches.length) {
    const [p, q] = [a.stretches[i]!, b.stretches[j]!];
    const end = Math.min(p.end, q.end);
    f(p, q, start, end);
    if (p.end === end) i++;
    if (q.end === end) j++;
    start = end;
  }
}
