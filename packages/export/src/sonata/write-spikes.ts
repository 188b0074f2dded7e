/**
 * Spikes as SONATA HDF5 (SONATA Developer Guide, "Spike file"): /spikes/<population>/{timestamps, node_ids}, read by libsonata, bmtk,
 * SNAP and everything that opens HDF5.
 */
import { checkOptions, refusal } from "@neuroweave/equations";
import { checkPopulations, type SpikesOfPopulation } from "../spikes.ts";
import { hdf5Of } from "./hdf5-file.ts";
import { putUnits, writeLong } from "./long-dataset.ts";
import { makeEnumerations, markSorting, sortings, type SpikeSorting } from "./sorting-enum.ts";
import { orderOf } from "./sorting.ts";

/** Attribute of the root of every SONATA file. */
export const sonataMagic = 0x0a7a;
export const sonataVersion: readonly [number, number] = [0, 1];

export interface SonataSpikesOptions {
  readonly populations: readonly SpikesOfPopulation[];
  /** Times are in ms, which the file says as "milliseconds". */
  readonly timeUnits?: "ms";
  /** How the file is sorted, and says that it is; `none` keeps the order given. The default is `by_time`. */
  readonly sorting?: SpikeSorting;
}

/**
 * The bytes of a SONATA spike file. Sorting `by_time` breaks ties by neuron, `by_id` sorts the spikes of a neuron by time; neither changes a
 * time. Errors: `invalid-value`, `wrong-length`, `out-of-range`, `not-finite` for spikes that are none; `duplicate-name` and
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

  return hdf5Of({
    skeleton(file) {
      file.create_attribute("magic", new Uint32Array([sonataMagic]), []);
      file.create_attribute("version", new Uint32Array(sonataVersion));
      const spikes = file.create_group("spikes");
      for (const { name } of populations) markSorting(spikes.create_group(name), sorting);
    },
    finishSkeleton: (bytes) => makeEnumerations(bytes, populations.length),
    fill(file) {
      for (const { name, times, ids } of populations) {
        const order = orderOf({ times, ids }, sorting);
        const group = file.get(`/spikes/${name}`);
        if (group === null || !("create_dataset" in group))
          throw refusal("internal", `/spikes/${name} was not made`, "");
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
    },
  });
}

/** A name of HDF5 is a path: "/" parts it, and "." is the group itself. */
export function checkGroupName(name: string): void {
  if (!name.includes("/") && !name.includes("\0") && name !== "." && name !== "..") return;
  throw refusal(
    "invalid-name",
    `a population named ${JSON.stringify(name)} cannot be a group of an HDF5 file`,
    'Give it a name without "/" for the file.',
  );
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
