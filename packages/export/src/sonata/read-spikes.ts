/** Spikes of SONATA files, also of other simulators. */
import { checkOptions } from "@neuroweave/equations";
import { defaultMaxBytes, readingOf, tooLarge, unreadable, type ReadOptions } from "../unreadable.ts";
import { fromForeignHdf5, type AttributeAbout, type DatasetAbout, type ForeignHdf5 } from "./foreign-hdf5.ts";
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
    fromForeignHdf5(bytes, async (file) => {
      let left = maxBytes;
      const all: SonataSpikes[] = [];
      for (const name of await populationsOf(file)) {
        const spikes = await readPopulation(file, name, left);
        left -= spikes.times.byteLength + spikes.ids.byteLength;
        all.push(spikes);
      }
      return all;
    }),
  );
}

async function populationsOf(file: ForeignHdf5): Promise<readonly string[]> {
  const top = await file.keys("/");
  if (!top.includes("spikes") || (await file.kind("/spikes")) !== "Group")
    throw unreadable(
      "the HDF5 file",
      `it has no group /spikes (it has ${top.slice(0, 5).join(", ") || "nothing"})`,
      "Name a spike file.",
    );
  const names = [...(await file.keys("/spikes"))].sort();
  for (const name of names)
    if ((await file.kind(`/spikes/${name}`)) !== "Group")
      throw unreadable(
        "the SONATA file",
        `/spikes/${name} is no population`,
        "Files of before SONATA 0.1 are not read.",
      );
  return names;
}

async function readPopulation(file: ForeignHdf5, name: string, maxBytes: number): Promise<SonataSpikes> {
  const path = `/spikes/${name}`;
  const length = await lengthOf(
    file,
    `${path}/timestamps`,
    "a list of floats",
    ({ type, size }) => type === 1 && size >= 4,
  );
  const ofNodes = await lengthOf(file, `${path}/node_ids`, "a list of whole numbers", ({ type }) => type === 0);
  if (ofNodes !== length)
    throw unreadable("the SONATA file", `${name} has ${length} times and ${ofNodes} neurons`, "Make it again.");
  const bytes = length * 12;
  if (bytes > maxBytes) throw tooLarge(`${name} of the SONATA file`, bytes, maxBytes);
  const factor = factorOf((await file.attribute(`${path}/timestamps`, "units"))?.value ?? "ms", name);
  const sorting = sortingOf(await file.attribute(path, "sorting"), name);
  const times = new Float64Array(length);
  const ids = new Uint32Array(length);
  await inPieces(file, `${path}/timestamps`, length, (value, at) => {
    times[at] = Number(value) * factor;
  });
  await inPieces(file, `${path}/node_ids`, length, (value, at) => {
    if (!(value >= 0 && value < 2 ** 32))
      throw unreadable("the SONATA file", `${name} has a neuron ${value}`, "Number neurons from 0 to 2^32 - 1.");
    ids[at] = Number(value);
  });
  return { name, times, ids, sorting };
}

async function lengthOf(
  file: ForeignHdf5,
  path: string,
  what: string,
  fits: (about: DatasetAbout) => boolean,
): Promise<number> {
  if ((await file.kind(path)) !== "Dataset")
    throw unreadable("the SONATA file", `${path} is missing`, "Name a SONATA spike file.");
  const about = await file.about(path);
  const length = about.shape?.length === 1 && fits(about) ? about.shape[0] : undefined;
  if (length !== undefined) return length;
  throw unreadable("the SONATA file", `${path} is not ${what}`, "Make it again; it is no SONATA spike file.");
}

function factorOf(units: unknown, name: string): number {
  const factor = typeof units === "string" && Object.hasOwn(milliseconds, units) ? milliseconds[units] : undefined;
  if (factor !== undefined) return factor;
  throw unreadable("the SONATA file", `the times of ${name} are in ${String(units)}`, "Give them in ms or s.");
}

/** Libraries write the attribute as the enumeration that it should be, or as text. */
function sortingOf(attribute: AttributeAbout | null, name: string): SpikeSorting {
  if (attribute === null) return "none";
  const { value, members } = attribute;
  const text = members ? Object.keys(members).find((member) => members[member] === Number(value)) : value;
  const found = sortings.find((sorting) => sorting === text);
  if (found !== undefined) return found;
  throw unreadable("the SONATA file", `${name} is sorted as ${String(text ?? value)}`, `It is ${sortings.join(", ")}.`);
}

async function inPieces(
  file: ForeignHdf5,
  path: string,
  length: number,
  take: (value: number | bigint, at: number) => void,
): Promise<void> {
  const piece = 1 << 20;
  for (let from = 0; from < length; from += piece) {
    const values = await file.slice(path, from, Math.min(length, from + piece));
    for (let index = 0; index < values.length; index++) take(values[index]!, from + index);
  }
}
