/** Files that are cut off, changed or made to do harm: a refusal or a table, never anything else, and nothing that grows. */
import fc from "fast-check";
import h5wasm, { type File } from "h5wasm";
import { describe, expect, test } from "vitest";
import { NeuroweaveError } from "@neuroweave/equations";
import { pyarrowFiles } from "./pyarrow-files.ts";
import { parquetOf, readCsv, readParquet, readSonataSpikes, sonataSpikesOf } from "@neuroweave/export";

const parquet = parquetOf(
  {
    columns: [
      { name: "time", values: Float64Array.from({ length: 1000 }, (_, row) => row * 0.1), unit: "ms" },
      { name: "half", values: Array.from({ length: 1000 }, (_, row) => (row < 500 ? "first" : "second")) },
      { name: "id", values: Uint32Array.from({ length: 1000 }, (_, row) => row % 7) },
    ],
    metadata: { made: "for breaking" },
  },
  { rowsPerGroup: 600 },
);

const sonata = await sonataSpikesOf({ populations: [{ name: "exc", times: [1, 2, 3], ids: [0, 1, 2] }] });

/** What reading gives; anything but a table or a refusal fails the test. */
async function refusalOf(read: Promise<unknown>): Promise<NeuroweaveError | undefined> {
  try {
    await read;
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(NeuroweaveError);
    expect((error as NeuroweaveError).remedy).toBeTruthy();
    return error as NeuroweaveError;
  }
}

const changed = (bytes: Uint8Array, changes: readonly (readonly [at: number, byte: number])[]): Uint8Array => {
  const copy = bytes.slice();
  for (const [at, byte] of changes) copy[at % bytes.length] = byte;
  return copy;
};

const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });

function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  return bytes.findIndex((_, at) => wanted.every((byte, offset) => bytes[at + offset] === byte));
}

describe("a Parquet file", () => {
  test("that is cut off anywhere is refused", async () => {
    for (let length = 0; length < parquet.length; length += 7)
      expect((await refusalOf(readParquet(parquet.subarray(0, length))))?.code).toBe("unreadable-file");
  });

  test("with changed bytes is read or refused", async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (list) => void (await refusalOf(readParquet(changed(parquet, list))))),
      { numRuns: 2000 },
    );
  });

  test.each(Object.entries(pyarrowFiles))(
    "of pyarrow (%s) is read, and with changed bytes read or refused",
    async (_, file) => {
      const { columns } = await readParquet(file);
      const four = <T>(list: readonly T[]): T[] => [...list, ...list, ...list, ...list];
      expect(columns).toEqual([
        { name: "v", values: Float64Array.from(four([0.1 + 0.2, NaN, -0, NaN, 1])) },
        { name: "name", values: four(["exc", "inh", "exc", "exc", "inh"]) },
        { name: "k", values: Float64Array.from({ length: 20 }, (_, row) => row) },
      ]);
      await fc.assert(
        fc.asyncProperty(changes, async (list) => void (await refusalOf(readParquet(changed(file, list))))),
        { numRuns: 1000 },
      );
    },
  );

  test("whose runs are longer than its rows is refused before they are unrolled", async () => {
    // 500 times the first entry of the dictionary, in a group of 600 rows: a run of 500 is the varint 1000.
    const at = indexOf(parquet, [0xe8, 0x07, 0x00]);
    expect(at).toBeGreaterThan(0);
    const error = await refusalOf(
      readParquet(
        changed(parquet, [
          [at, 0xfe],
          [at + 1, 0x7f],
        ]),
      ),
    );
    expect(error?.message).toContain("runs do not fit");
  });

  test("that claims more than is accepted is refused", async () => {
    expect((await refusalOf(readParquet(parquet, { maxBytes: 20_000 })))?.message).toContain("24000 bytes");
    expect((await refusalOf(readParquet(parquet, { maxBytes: 1000 })))?.message).toContain("1000 are accepted");
  });

  test("is not another kind of file", async () => {
    for (const bytes of [new Uint8Array(), new TextEncoder().encode("time,neuron\n1,2\n"), sonata, new Uint8Array(100)])
      expect((await refusalOf(readParquet(bytes)))?.code).toBe("unreadable-file");
  });
});

describe("a SONATA file", () => {
  test("that is cut off anywhere is refused", async () => {
    for (let length = 0; length < sonata.length - 1; length += 997)
      expect((await refusalOf(readSonataSpikes(sonata.subarray(0, length))))?.code).toBe("unreadable-file");
  });

  // A C library may break, or fill its memory; every file has its own copy.
  test("with changed bytes is read or refused, and the next file is read as ever", async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (list) => void (await refusalOf(readSonataSpikes(changed(sonata, list))))),
      { numRuns: 25 },
    );
    const [read] = await readSonataSpikes(sonata);
    expect(read).toMatchObject({ name: "exc", times: new Float64Array([1, 2, 3]), ids: new Uint32Array([0, 1, 2]) });
  });

  test("whose heap claims more than there is, is refused when the memory of its thread ends, and the next file is read as ever", async () => {
    // Found by changing bytes at random; without a limit the library takes 2 GB.
    const greedy = changed(sonata, [
      [1003, 153],
      [3336, 191],
      [2056, 0],
      [3884, 0],
      [728, 16],
    ]);
    expect((await refusalOf(readSonataSpikes(greedy)))?.code).toBe("unreadable-file");
    expect(await readSonataSpikes(sonata)).toHaveLength(1);
  });

  test.each([
    ["no group /spikes", (file: File) => void file.create_group("report")],
    [
      "is no population",
      (file: File) => void file.create_group("spikes").create_dataset({ name: "gids", data: new Float64Array(1) }),
    ],
    ["timestamps is missing", (file: File) => void file.create_group("spikes").create_group("exc")],
    ["2 times and 3 neurons", make({ times: new Float64Array(2), ids: new BigUint64Array(3) })],
    ["not a list of floats", make({ times: new Int32Array(2), ids: new BigUint64Array(2) })],
    ["not a list of whole numbers", make({ times: new Float64Array(2), ids: new Float64Array(2) })],
    ["a neuron -1", make({ times: new Float64Array(1), ids: new Int32Array([-1]) })],
    ["in fortnights", make({ times: new Float64Array(1), ids: new Int32Array(1), units: "fortnights" })],
    ["sorted as by_mood", make({ times: new Float64Array(1), ids: new Int32Array(1), sorting: "by_mood" })],
  ])("with %s is refused", async (reason, fill) => {
    expect((await refusalOf(readSonataSpikes(await hdf5(fill))))?.message).toContain(reason);
  });

  test("of other simulators is read: seconds, 32-bit neurons, sorting as text", async () => {
    const bytes = await hdf5(
      make({ times: new Float32Array([0.5, 0.25]), ids: new Int32Array([3, 4]), units: "s", sorting: "by_id" }),
    );
    expect(await readSonataSpikes(bytes)).toEqual([
      { name: "exc", times: new Float64Array([500, 250]), ids: new Uint32Array([3, 4]), sorting: "by_id" },
    ]);
  });

  test("that claims a terabyte is refused before anything is read", async () => {
    const bytes = await hdf5((file) => {
      const exc = file.create_group("spikes").create_group("exc");
      for (const [name, data] of [
        ["timestamps", new Float64Array(1)],
        ["node_ids", new BigUint64Array(1)],
      ] as const)
        exc.create_dataset({ name, data, shape: [1], maxshape: [null], chunks: [1024] }).resize([2 ** 37]);
    });
    expect((await refusalOf(readSonataSpikes(bytes)))?.message).toContain("are accepted");
  });
});

describe("a CSV file", () => {
  test("with any text is read or refused", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("a", "1", ",", '"', "\n", "\r", "[", "]", " ", "-"), { maxLength: 40 }),
        async (letters) => {
          await refusalOf((async () => readCsv(letters.join("")))());
        },
      ),
      { numRuns: 3000 },
    );
  });
});

function make(content: {
  times: Float64Array | Float32Array | Int32Array;
  ids: BigUint64Array | Int32Array | Float64Array;
  units?: string;
  sorting?: string;
}) {
  return (file: File): void => {
    const exc = file.create_group("spikes").create_group("exc");
    const timestamps = exc.create_dataset({ name: "timestamps", data: content.times });
    if (content.units !== undefined) timestamps.create_attribute("units", content.units);
    if (content.sorting !== undefined) exc.create_attribute("sorting", content.sorting);
    exc.create_dataset({ name: "node_ids", data: content.ids });
  };
}

async function hdf5(fill: (file: File) => void): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File("/made.h5", "w");
  fill(file);
  file.close();
  const bytes = FS.readFile("/made.h5");
  FS.unlink("/made.h5");
  return bytes;
}
