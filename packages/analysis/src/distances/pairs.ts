import { refusal } from "@neuroweave/equations";
import type { PairMatrix } from "../correlation/count-correlation.ts";

/** f of every two different trains, each pair once, in order. Refuses fewer than two trains. */
export function overPairs<Train, Result>(
  call: string,
  trains: ArrayLike<Train>,
  f: (a: Train, b: Train) => Result,
): Result[] {
  if (trains.length < 2)
    throw refusal("wrong-length", `${call}: there are ${trains.length} trains`, "Give two trains or more.");
  const found: Result[] = [];
  for (let i = 0; i < trains.length; i++) {
    for (let j = i + 1; j < trains.length; j++) found.push(f(trains[i]!, trains[j]!));
  }
  return found;
}

/**
 * A symmetric measure of every two trains, as a matrix whose diagonal is that of each train with itself.
 *
 *     distanceMatrix(trains, (a, b) => vanRossumDistance(a, b, 10))
 */
export function distanceMatrix<Train>(trains: ArrayLike<Train>, distance: (a: Train, b: Train) => number): PairMatrix {
  const n = trains.length;
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) values[i * n + j] = values[j * n + i] = distance(trains[i]!, trains[j]!);
  }
  return { n, values };
}
