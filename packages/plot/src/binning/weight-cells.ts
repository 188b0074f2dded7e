import { NeuroweaveError } from "@neuroweave/equations";

/** Synapses one by one, as `projection.weights()` lists them. */
export interface WeightList {
  readonly sources: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** All pairs, target by target for each source: `values[source * targets + target]`. */
export interface DenseWeights {
  readonly values: ArrayLike<number>;
  /** Which pairs have a synapse, in the same order; all by default. */
  readonly present?: ArrayLike<number | boolean>;
}

/** Weights of synapses, as a list or as a matrix. */
export type Weights = WeightList | DenseWeights;

/**
 * Weights averaged over cells of a grid that is no finer than asked for; cell (source, target) is entry
 * `column * rows + row`. `counts` are synapses with a finite weight, `broken` those without.
 */
export interface WeightCells {
  readonly columns: number;
  readonly rows: number;
  readonly means: Float64Array;
  readonly counts: Uint32Array;
  readonly broken: Uint32Array;
  readonly synapses: number;
}

/**
 * Sorts synapses into at most `mostColumns` × `mostRows` cells, sources in columns and targets in rows. Memory grows
 * with the grid, not with the synapses. Throws `wrong-length`, `invalid-n` and `out-of-range`.
 */
export function weightCells(
  weights: Weights,
  [sources, targets]: readonly [number, number],
  mostColumns: number,
  mostRows: number,
): WeightCells {
  for (const n of [sources, targets]) checkSide(n);
  const [columns, rows] = [Math.min(sources, mostColumns), Math.min(targets, mostRows)];
  const means = new Float64Array(columns * rows);
  const counts = new Uint32Array(columns * rows);
  const broken = new Uint32Array(columns * rows);
  let synapses = 0;
  const add = (source: number, target: number, value: number): void => {
    const cell = Math.floor((source * columns) / sources) * rows + Math.floor((target * rows) / targets);
    synapses++;
    if (!(Math.abs(value) <= largest)) {
      broken[cell]! += 1;
      return;
    }
    counts[cell]! += 1;
    means[cell]! += (value - means[cell]!) / counts[cell]!;
  };
  if ("sources" in weights) eachListed(weights, sources, targets, add);
  else eachPair(weights, sources, targets, add);
  return { columns, rows, means, counts, broken, synapses };
}

/** Weights beyond this are as good as infinite: sums of them would be. */
const largest = 1e300;

type AddSynapse = (source: number, target: number, value: number) => void;

function eachListed(list: WeightList, n: number, m: number, add: AddSynapse): void {
  const { length } = list.values;
  if (list.sources.length !== length || list.targets.length !== length) {
    throw new NeuroweaveError(
      "wrong-length",
      `there are ${list.sources.length} sources, ${list.targets.length} targets and ${length} weights`,
      { remedy: "the three lists describe the same synapses, entry by entry, so they have one length" },
    );
  }
  for (let k = 0; k < length; k++) {
    checkEnd(k, "source", list.sources[k]!, n);
    checkEnd(k, "target", list.targets[k]!, m);
    add(list.sources[k]!, list.targets[k]!, list.values[k]!);
  }
}

function eachPair({ values, present }: DenseWeights, n: number, m: number, add: AddSynapse): void {
  for (const [what, list] of [
    ["weights", values],
    ["entries of `present`", present ?? values],
  ] as const) {
    if (list.length === n * m) continue;
    throw new NeuroweaveError("wrong-length", `there are ${list.length} ${what} for ${n} sources and ${m} targets`, {
      remedy: `give ${n} × ${m} = ${n * m} of them, target by target for each source`,
    });
  }
  for (let k = 0; k < values.length; k++)
    if (present === undefined || Number(present[k]) !== 0) add(Math.floor(k / m), k % m, values[k]!);
}

function checkEnd(synapse: number, end: string, id: number, n: number): void {
  if (Number.isInteger(id) && id >= 0 && id < n) return;
  throw new NeuroweaveError("out-of-range", `the ${end} of synapse ${synapse} is ${id}, and there are ${n} ${end}s`, {
    remedy: "neurons are counted from 0; give `shape` as numbers of sources and targets",
  });
}

function checkSide(n: number): void {
  if (Number.isSafeInteger(n) && n > 0) return;
  throw new NeuroweaveError("invalid-n", `${n} is not a number of neurons`, {
    remedy: "give `shape` as numbers of sources and targets, positive whole numbers",
  });
}
