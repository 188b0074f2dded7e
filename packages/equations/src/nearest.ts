/** Names beyond this length are compared by their beginning only, which bounds the quadratic distance. */
const comparedLength = 80;

/**
 * The candidates closest to `name`, best first, for "did you mean". Distance is Damerau–Levenshtein in its restricted
 * form (insertions, deletions, substitutions and swaps of neighbours, no substring edited twice); a difference of case
 * alone costs a quarter of an edit. Candidates farther than two fifths of the longer name (at least two edits, and
 * always fewer than the whole name) are left out. Ties keep the order of `candidates`.
 */
export function nearest(name: string, candidates: Iterable<string>, max = 3): readonly string[] {
  const scored: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const longer = Math.min(comparedLength, Math.max(name.length, candidate.length));
    const distance = editDistance(name, candidate);
    if (distance <= Math.max(2, 0.4 * longer) && distance < longer) scored.push({ candidate, distance });
  }
  scored.sort((a, b) => a.distance - b.distance);
  return scored.slice(0, max).map(({ candidate }) => candidate);
}

/** Restricted Damerau–Levenshtein distance of two names, compared without case; differing case adds 0.25 in all. */
function editDistance(left: string, right: string): number {
  const a = left.slice(0, comparedLength);
  const b = right.slice(0, comparedLength);
  const lowerA = a.toLowerCase();
  const lowerB = b.toLowerCase();
  const caseCost = a !== b && lowerA === lowerB ? 0.25 : 0;

  let beforeLast: number[] = [];
  let last = Array.from({ length: lowerB.length + 1 }, (_, column) => column);
  for (let row = 1; row <= lowerA.length; row++) {
    const present = [row];
    for (let column = 1; column <= lowerB.length; column++) {
      const same = lowerA[row - 1] === lowerB[column - 1];
      let cost = Math.min(at(last, column) + 1, at(present, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped =
        row > 1 && column > 1 && lowerA[row - 1] === lowerB[column - 2] && lowerA[row - 2] === lowerB[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      present.push(cost);
    }
    beforeLast = last;
    last = present;
  }
  return at(last, lowerB.length) + caseCost;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
