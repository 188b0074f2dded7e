/** Weights of a projection as a histogram and, where there are rows and columns, as a matrix. */
import type { Projection } from "neuroweave";
import type { Weights } from "../protocol.ts";

const bins = 40;
const mostCells = 160;

export function summarizeWeights(projection: Projection | undefined): Weights | null {
  if (!projection || projection.n === 0) return null;
  const { sources, targets, values } = projection.weights();
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const bounds = boundsOf(projection);
  const low = bounds?.[0] ?? Math.min(0, least);
  const high = bounds?.[1] ?? (most > low ? most : low + 1);
  const counts = new Uint32Array(bins);
  let sum = 0;
  for (const w of values) {
    sum += w;
    const bin = Math.floor(((w - low) / (high - low)) * bins);
    counts[Math.max(0, Math.min(bins - 1, bin))]!++;
  }
  const [n, m] = [projection.entity.synapses!.source.entity.n, projection.entity.synapses!.target.entity.n];
  return {
    projection: projection.name,
    low,
    high,
    counts,
    mean: sum / values.length,
    matrix: n > 1 && m > 1 ? matrixOf(sources, targets, values, n, m) : null,
  };
}

/** Between which values the weights stay, where a rule says so. */
function boundsOf(projection: Projection): readonly [number, number] | null {
  const { symbols } = projection.entity;
  const [low, high] = ["w_min", "w_max"].map((name) => (symbols.has(name) ? projection.get(name)[0]! : NaN));
  return Number.isFinite(low) && Number.isFinite(high) ? [low!, high!] : null;
}

/** Mean weight of the synapses in each cell, zero where there is none. */
function matrixOf(sources: Uint32Array, targets: Uint32Array, values: ArrayLike<number>, n: number, m: number): NonNullable<Weights["matrix"]> {
  const [rows, columns] = [Math.min(n, mostCells), Math.min(m, mostCells)];
  const sums = new Float32Array(rows * columns);
  const counts = new Uint32Array(rows * columns);
  for (let k = 0; k < values.length; k++) {
    const cell = Math.floor((sources[k]! * rows) / n) * columns + Math.floor((targets[k]! * columns) / m);
    sums[cell]! += values[k]!;
    counts[cell]!++;
  }
  return { rows, columns, values: sums.map((sum, cell) => (counts[cell] ? sum / counts[cell]! : 0)) };
} // prettier-ignore
