/** Datasets: those that are longer than should be converted at once, and their units. */
import type { Dataset, Group } from "h5wasm";

/** Numbers that are written at a time, and the length of the chunks of a dataset of more. */
const piece = 1 << 20;

/**
 * Writes `length` numbers, given by `part(from, to)`, as a dataset of one dimension: in one block, or, above a million, in
 * chunks that are appended one after the other.
 */
export function writeLong(
  group: Group,
  name: string,
  length: number,
  part: (from: number, to: number) => Float64Array | BigUint64Array,
): Dataset {
  if (length <= piece) return group.create_dataset({ name, data: part(0, length), shape: [length] });
  const dataset = group.create_dataset({
    name,
    data: part(0, piece),
    shape: [piece],
    maxshape: [null],
    chunks: [piece],
  });
  for (let from = piece; from < length; from += piece) {
    const to = Math.min(length, from + piece);
    dataset.resize([to]);
    dataset.write_slice([[from, to]], part(from, to));
  }
  return dataset;
}

/** The attribute `units`, as a text of fixed length: texts of any length as the library here writes them stop libsonata. */
export function putUnits(dataset: Dataset, units: string): void {
  dataset.create_attribute("units", units, [], `S${new TextEncoder().encode(units).length}`);
}
