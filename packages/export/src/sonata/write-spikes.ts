/**
 * Spikes as SONATA HDF5 (SONATA Developer Guide, "Spike file"): /spikes/<population>/{timestamps, node_ids}, read by libsonata, bmtk,
 * SNAP and everything that opens HDF5.
 */
import { checkOptions, refusal } from "@neuroweave/equations";
import type { File, Group } from "h5wasm";
import { checkPopulations, type SpikesOfPopulation } from "../spikes.ts";
import { hdf5Of } from "./hdf5-file.ts";
import { putUnits, writeLong } from "./long-dataset.ts";
import { makeEnumerations, markSorting, sortings, type SpikeSorting } from "./sorting-enum.ts";
import { checkGroupName, putHead } from "./sonata-file.ts";
import { orderOf } from "./sorting.ts";

/** Populations and order of the spikes. */
export interface SonataSpikesOptions {
  readonly populations: readonly SpikesOfPopulation[];
  /** Times are in ms, which the file says as "milliseconds". */
  readonly timeUnits?: "ms";
  /** How the file is sorted, and says that it is; `none` keeps the order given. The default is `by_time`. */
  readonly sorting?: SpikeSorting;
}

/**
 * The bytes of a SONATA spike file. Spikes that are sorted alike keep the order given. With `by_id` those of a neuron are
 * sorted by time. Errors: `invalid-value`, `wrong-length`, `out-of-range`, `not-finite` for spikes that are none; `duplicate-name` and
 * `invalid-name` for populations; `out-of-memory` for more than about 10^8 spikes.
 */
export async function sonataSpikesOf(options: SonataSpikesOptions): Promise<Uint8Array> {
  checkOptions("sonataSpikesOf", options, ["populations", "timeUnits", "sorting"]);
  const { populations, timeUnits = "ms", sorting = "by_time" } = options;
  if (timeUnits !== "ms")
    throw refusal("invalid-value", `sonataSpikesOf: timeUnits is ${String(timeUnits)}`, 'Give times in ms: "ms".');
  if (!sortings.includes(sorting))
    throw refusal("invalid-value", `sonataSpikesOf: sorting is ${String(sorting)}`, `It is ${sortings.join(", ")}.`);
  checkPopulations("sonataSpikesOf", populations);
  for (const { name } of populations) checkGroupName(name);
  checkSize(populations.reduce((sum, { times }) => sum + times.length, 0));

  return hdf5Of((file) => putSpikes(file, populations, sorting), {
    make(file) {
      putHead(file);
      const spikes = file.create_group("spikes");
      for (const { name } of populations) markSorting(spikes.create_group(name), sorting);
    },
    change: (bytes) => makeEnumerations(bytes, populations.length),
  });
}

function putSpikes(file: File, populations: readonly SpikesOfPopulation[], sorting: SpikeSorting): void {
  for (const { name, times, ids } of populations) {
    const order = orderOf({ times, ids }, sorting);
    const group = file.get(`/spikes/${name}`) as Group;
    const timestamps = writeLong(group, "timestamps", times.length, (from, to) =>
      Float64Array.from(order.subarray(from, to), (spike) => times[spike]!),
    );
    putUnits(timestamps, "milliseconds");
    writeLong(group, "node_ids", ids.length, (from, to) => {
      const part = new BigUint64Array(to - from);
      for (let row = from; row < to; row++) part[row - from] = BigInt(ids[order[row]!]!);
      return part;
    });
  }
}

/** 16 bytes per spike, in a file of memory that may be 2 GiB. */
function checkSize(spikes: number): void {
  const most = 1e8;
  if (spikes > most)
    throw refusal(
      "out-of-memory",
      `${spikes} spikes do not fit into a SONATA file that is made in memory`,
      `Write at most ${most} at a time, or a Parquet file.`,
    );
}
