/** Tables of spikes, also those of other programs, as spikes of populations. */
import { NeuroweaveError, refusal } from "@neuroweave/equations";
import type { SpikesOfPopulation } from "./spikes.ts";
import { isNumeric, type LoadedTable, type NumericArray } from "./table.ts";

/** Names that the columns have here and elsewhere, the first one ours. */
const timeNames = ["time", "times", "timestamps", "t"];
const neuronNames = ["neuron", "id", "ids", "node_ids", "node_id", "neurons"];
const populationNames = ["population", "populations"];

/**
 * The spikes of a table with the columns time (ms), neuron and population, in the order of its rows, and the names of the columns that are
 * none of these. Without a column for it, `population` is that of all. Errors: `structure` for what is missing, `unit-mismatch`,
 * `out-of-range`, `two-owners` for both a column and `population`.
 */
export function spikesOfTable(
  { columns }: LoadedTable,
  population?: string,
): { readonly populations: readonly SpikesOfPopulation[]; readonly others: readonly string[] } {
  const find = (names: readonly string[]) => columns.find(({ name }) => names.includes(name));
  const time = find(timeNames);
  const neuron = find(neuronNames);
  const label = find(populationNames);
  if (!time || !neuron || !isNumeric(time.values) || !isNumeric(neuron.values))
    throw new NeuroweaveError("structure", "the table has no columns of numbers named time and neuron", {
      remedy: `Spikes have a time (${timeNames.join(", ")}) and a neuron (${neuronNames.join(", ")}).`,
      candidates: columns.map(({ name }) => name),
    });
  if (time.unit !== undefined && time.unit !== "ms")
    throw refusal("unit-mismatch", `the column ${time.name} is in ${time.unit}`, "Give times in ms.");
  if (label && population !== undefined)
    throw refusal(
      "two-owners",
      `the table has a column ${label.name}, and the population is said to be ${population}`,
      "Leave one out.",
    );
  if (!label && population === undefined)
    throw refusal(
      "structure",
      "the table has no column population",
      "Say of which population the spikes are (population).",
    );
  const used = new Set<unknown>([time, neuron, label]);
  return {
    populations: parted(time.values, neuron.values, label?.values, population ?? ""),
    others: columns.filter((column) => !used.has(column)).map(({ name }) => name),
  };
}

/** Populations in the order in which they appear. A label that is a number is a name too. */
function parted(
  times: NumericArray,
  neurons: NumericArray,
  labels: NumericArray | readonly string[] | undefined,
  all: string,
): SpikesOfPopulation[] {
  if (!labels) return [{ name: all, times, ids: neurons }];
  const rows = new Map<string, number[]>();
  for (let row = 0; row < times.length; row++) {
    const name = String(labels[row]);
    const known = rows.get(name);
    if (known) known.push(row);
    else rows.set(name, [row]);
  }
  return Array.from(rows, ([name, of]) => ({
    name,
    times: Float64Array.from(of, (row) => times[row]!),
    ids: Float64Array.from(of, (row) => neurons[row]!),
  }));
}
