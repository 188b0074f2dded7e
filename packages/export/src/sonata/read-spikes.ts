/** Spikes of SONATA files, also of other simulators. */
import { checkOptions } from "@neuroweave/equations";
import type { Dataset, File, Group } from "h5wasm";
import { defaultMaxBytes, readingOf, tooLarge, unreadable, type ReadOptions } from "../unreadable.ts";
import { fromHdf5 } from "./hdf5-file.ts";
import { sortings, type SpikeSorting } from "./sorting-enum.ts";

/** The spikes of one population, in the order of the file. */
export interface SonataSpikes {
  readonly name: string;
  /** In ms. */
  readonly times: Float64Array;
  readonly ids: Uint32Array;
  /** What the file says of the order; `none` where it says nothing. */
  readonly sorting: SpikeSorting;
}

/** Factors to ms, by the names that simulators give the unit; files without one are in ms, as those of bmtk are. */
const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  milliseconds: 1,
  s: 1000,
  second: 1000,
  seconds: 1000,
};

/**
 * The spikes of all populations of a SONATA file, by name. Errors: `unreadable-file` for what is no HDF5 file or is damaged, has no
 * `/spikes/<population>/{timestamps, node_ids}` of equal length, another unit, numbers of neurons above 2^32, or more than `maxBytes`.
 */
export async function readSonataSpikes(bytes: Uint8Array, options: ReadOptions = {}): Promise<readonly SonataSpikes[]> {
  checkOptions("readSonataSpikes", options, ["maxBytes"]);
  const { maxBytes = defaultMaxBytes } = options;
  if (bytes.length > maxBytes) throw tooLarge("the SONATA file", bytes.length, maxBytes);
  if (![0x89, 0x48, 0x44, 0x46].every((byte, at) => bytes[at] === byte))
    throw unreadable("the file", "it does not begin as an HDF5 file does", "Name a SONATA spike file (.h5).");
  return readingOf("the SONATA file", "Make it again; it is damaged, or no SONATA spike file.", () =>
    fromHdf5(bytes, (file) => {
      let left = maxBytes;
      return populationsOf(file).map((name) => {
        const spikes = readPopulation(file, name, left);
        left -= spikes.times.byteLength + spikes.ids.byteLength;
        return spikes;
      });
    }),
  );
}

function populationsOf(file: File): string[] {
  const isGroup = (path: string): boolean => isGroupOf(file.get(path));
  if (!file.keys().includes("spikes") || !isGroup("/spikes"))
    throw unreadable(
      "the HDF5 file",
      `it has no group /spikes (it has ${file.keys().slice(0, 5).join(", ") || "nothing"})`,
      "Name a spike file.",
    );
  const names = (file.get("/spikes") as Group).keys().sort();
  for (const name of names)
    if (!isGroup(`/spikes/${name}`))
      throw unreadable(
        "the SONATA file",
        `/spikes/${name} is no population`,
        "Files of before SONATA 0.1 are not read.",
      );
  return names;
}

const isGroupOf = (entity: unknown): entity is Group => (entity as { type?: unknown } | null)?.type === "Group";

function readPopulation(file: File, name: string, maxBytes: number): SonataSpikes {
  const timestamps = datasetOf(
    file,
    name,
    "timestamps",
    "a list of floats",
    ({ type, size }) => type === 1 && size >= 4,
  );
  const nodes = datasetOf(file, name, "node_ids", "a list of whole numbers", ({ type }) => type === 0);
  const length = timestamps.metadata.shape![0]!;
  if (nodes.metadata.shape![0] !== length)
    throw unreadable(
      "the SONATA file",
      `${name} has ${length} times and ${nodes.metadata.shape![0]} neurons`,
      "Make it again.",
    );
  // What the library reads takes up to 16 bytes for each spike, and what is made of it 12.
  if (length * 28 > maxBytes) throw tooLarge(`${name} of the SONATA file`, length * 28, maxBytes);
  const factor = factorOf(timestamps, name);
  const times = new Float64Array(length);
  const ids = new Uint32Array(length);
  inPieces(timestamps, length, (value, at) => {
    times[at] = Number(value) * factor;
  });
  inPieces(nodes, length, (value, at) => {
    if (!(value >= 0 && value < 2 ** 32))
      throw unreadable("the SONATA file", `${name} has a neuron ${value}`, "Number neurons from 0 to 2^32 - 1.");
    ids[at] = Number(value);
  });
  return { name, times, ids, sorting: sortingOf(file, name) };
}

function datasetOf(
  file: File,
  population: string,
  name: string,
  what: string,
  fits: (type: { readonly type: number; readonly size: number }) => boolean,
): Dataset {
  const path = `/spikes/${population}/${name}`;
  const entity = file.get(path);
  if ((entity as { type?: unknown } | null)?.type !== "Dataset")
    throw unreadable("the SONATA file", `${path} is missing`, "Name a SONATA spike file.");
  const dataset = entity as Dataset;
  const { metadata } = dataset;
  if (metadata.shape?.length !== 1 || !fits(metadata))
    throw unreadable("the SONATA file", `${path} is not ${what}`, "Make it again; it is no SONATA spike file.");
  return dataset;
}

function factorOf(timestamps: Dataset, name: string): number {
  const units: unknown = Object.hasOwn(timestamps.attrs, "units") ? timestamps.attrs["units"]!.value : "ms";
  const factor = typeof units === "string" && Object.hasOwn(milliseconds, units) ? milliseconds[units] : undefined;
  if (factor !== undefined) return factor;
  throw unreadable("the SONATA file", `the times of ${name} are in ${String(units)}`, "Give them in ms or s.");
}

/** Libraries write the attribute as the enumeration that it should be, or as text. */
function sortingOf(file: File, name: string): SpikeSorting {
  const { attrs } = file.get(`/spikes/${name}`) as Group;
  if (!Object.hasOwn(attrs, "sorting")) return "none";
  const { metadata, value } = attrs["sorting"]!;
  const members = metadata.enum_type?.members;
  const text = members ? Object.keys(members).find((member) => members[member] === Number(value)) : value;
  const found = sortings.find((sorting) => sorting === text);
  if (found !== undefined) return found;
  throw unreadable("the SONATA file", `${name} is sorted as ${String(text ?? value)}`, `It is ${sortings.join(", ")}.`);
}

function inPieces(dataset: Dataset, length: number, take: (value: number | bigint, at: number) => void): void {
  const piece = 1 << 20;
  for (let from = 0; from < length; from += piece) {
    const values = dataset.slice([[from, Math.min(length, from + piece)]]) as ArrayLike<number | bigint>;
    for (let index = 0; index < values.length; index++) take(values[index]!, from + index);
  }
}
