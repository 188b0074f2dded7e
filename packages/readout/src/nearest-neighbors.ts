import { checkOptions, checkWhole, refusal } from "@neuroweave/equations";
import { checkLabels } from "./checks.ts";
import { checkMatrix, checkSame } from "./matrix.ts";
import type { MatrixLike } from "./matrix.ts";

/** √Σ(a − b)², Σ|a − b|, or 1 − a·b / (|a| |b|). */
export type VectorDistance = "euclidean" | "manhattan" | "cosine";

/** How many neighbours vote, and how. */
export interface NearestNeighborsOptions {
  /** How many neighbours vote, from 1 to the number of rows. */
  readonly k: number;
  /** "euclidean" unless given. */
  readonly distance?: VectorDistance;
}

/** A read-out that lets the nearest states vote. */
export interface NeighborReadout {
  /**
   * One label for each row. Throws `wrong-length` for another number of columns, `out-of-range` for zeros under the
   * cosine.
   */
  predict(vectors: MatrixLike): Int32Array;
}

/**
 * Every measure grows with the distance, which is all that an order of neighbours needs: the Euclidean one is left
 * squared, exact for counts.
 */
const measures: Readonly<Record<VectorDistance, (a: Row, b: Row) => number>> = {
  euclidean: (a, b) => sumOver(a, b, (x, y) => (x - y) ** 2),
  manhattan: (a, b) => sumOver(a, b, (x, y) => Math.abs(x - y)),
  cosine: (a, b) => -sumOver(a, b, (x, y) => x * y) / (a.norm * b.norm),
};

/**
 * The vote of the k nearest of the vectors seen (Cover and Hart 1967, IEEE Transactions on Information Theory 13:21).
 * `vectors` is samples × columns, `labels` has one whole number ≥ 0 per sample. Vectors are copied.
 *
 * Of vectors at equal distance the one in the lower row is nearer. Where labels have equally many votes, the one with
 * the nearest neighbour among them wins. Distances are computed to all vectors: time samples × columns for each row
 * that is asked about.
 *
 *     const seen = nearestNeighbors(states, labels, { k: 5 });
 *     const predicted = seen.predict(others);
 *
 * Throws `out-of-range` for k beyond the number of samples, for labels that are no whole numbers ≥ 0, and for vectors
 * of zeros under the cosine; `wrong-length`, `not-finite`, `invalid-value` and `unknown-name` for what does not fit.
 */
export function nearestNeighbors(
  vectors: MatrixLike,
  labels: ArrayLike<number>,
  options: NearestNeighborsOptions,
): NeighborReadout {
  const call = "nearestNeighbors";
  checkOptions(call, options, ["k", "distance"]);
  const { k, distance = "euclidean" } = options;
  if (!Object.hasOwn(measures, distance))
    throw refusal(
      "invalid-value",
      `${call}: distance is ${String(distance)}`,
      `Give ${Object.keys(measures).join(", ")}.`,
    );
  const seen = rowsOf(`${call}: vectors`, vectors, distance);
  const checked = checkLabels(`${call}: labels`, labels, seen.length, 2 ** 31);
  checkWhole(`${call}: k`, k, 1, seen.length);
  const columns = vectors.shape[1];
  return {
    predict(vectors) {
      const asked = rowsOf("predict: vectors", vectors, distance);
      checkSame("predict: vectors seen and asked about", "columns", columns, vectors.shape[1]);
      return Int32Array.from(asked, (row) => vote(nearestRows(row, seen, k, measures[distance]), checked));
    },
  };
}

/** A vector, with its Euclidean norm where the cosine needs it. */
interface Row {
  readonly values: Float64Array;
  readonly norm: number;
}

function rowsOf(what: string, matrix: MatrixLike, distance: VectorDistance): readonly Row[] {
  const { values, shape } = checkMatrix(what, matrix);
  const [rows, columns] = shape;
  return Array.from({ length: rows }, (_, row) => {
    const vector = Float64Array.from({ length: columns }, (_, column) => values[row * columns + column]!);
    const norm = distance === "cosine" ? Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0)) : 0;
    if (distance === "cosine" && norm === 0)
      throw refusal(
        "out-of-range",
        `${what}: row ${row} is all zeros, which has no direction`,
        'Leave it out, or take the distance "euclidean".',
      );
    return { values: vector, norm };
  });
}

/** The k nearest of `seen`, nearest first. */
function nearestRows(
  row: Row,
  seen: readonly Row[],
  k: number,
  measure: (a: Row, b: Row) => number,
): readonly number[] {
  const nearest: { readonly index: number; readonly distance: number }[] = [];
  for (const [index, other] of seen.entries()) {
    const distance = measure(row, other);
    if (nearest.length === k && distance >= nearest[k - 1]!.distance) continue;
    let place = nearest.length;
    while (place > 0 && nearest[place - 1]!.distance > distance) place--;
    nearest.splice(place, 0, { index, distance });
    if (nearest.length > k) nearest.pop();
  }
  return nearest.map(({ index }) => index);
}

/** The label with most votes; a Map keeps the order of the first, nearest, vote. */
function vote(nearest: readonly number[], labels: Int32Array): number {
  const votes = new Map<number, number>();
  for (const index of nearest) votes.set(labels[index]!, (votes.get(labels[index]!) ?? 0) + 1);
  const most = Math.max(...votes.values());
  return [...votes].find(([, count]) => count === most)![0];
}

function sumOver(a: Row, b: Row, term: (x: number, y: number) => number): number {
  let sum = 0;
  for (let column = 0; column < a.values.length; column++) sum += term(a.values[column]!, b.values[column]!);
  return sum;
}
