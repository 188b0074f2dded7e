/** SONATA files, read by the HDF5 library itself and by our reader. The check of another implementation is `npm run check:sonata`. */
import fc from "fast-check";
import h5wasm, { type Dataset, type File, type Group } from "h5wasm";
import { describe, expect, test } from "vitest";
import { readSonataSpikes, sonataReportOf, sonataSpikesOf, type SpikesOfPopulation } from "@neuroweave/export";

/** What `look` sees in a file that the library opens. */
async function inFile<T>(bytes: Uint8Array, look: (file: File) => T): Promise<T> {
  const { FS } = await h5wasm.ready;
  FS.writeFile("/looked-at.h5", bytes);
  const file = new h5wasm.File("/looked-at.h5", "r");
  try {
    return look(file);
  } finally {
    file.close();
    FS.unlink("/looked-at.h5");
  }
}

const sameBytes = (a: Float64Array | Float32Array | Uint32Array, b: typeof a): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));

const dataset = (file: File, path: string): Dataset => file.get(path) as Dataset;

const exc: SpikesOfPopulation = { name: "exc", n: 10, times: [0.3, 0.1, 0.3, 0.2], ids: [5, 1, 3, 1] };
const inh: SpikesOfPopulation = { name: "inh →", n: 3, times: [], ids: [] };

const spikes = fc
  .array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 2 ** 32 - 1 })), {
    maxLength: 60,
  })
  .map((pairs) => ({
    times: Float64Array.from(pairs, ([time]) => time),
    ids: Uint32Array.from(pairs, ([, id]) => id),
  }));

describe("a SONATA spike file", () => {
  test("has the attributes, groups, types and units of the guide", async () => {
    const bytes = await sonataSpikesOf({ populations: [exc, inh], timeUnits: "ms", sorting: "by_id" });
    await inFile(bytes, (file) => {
      expect(file.attrs["magic"]!.value).toBe(0x0a7a);
      expect(file.attrs["magic"]!.dtype).toBe("<I");
      expect(file.attrs["version"]!.value).toEqual(new Uint32Array([0, 1]));
      expect(file.keys()).toEqual(["spikes"]);
      expect((file.get("/spikes") as Group).keys()).toEqual(["exc", "inh →"]);
      const { metadata, value } = (file.get("/spikes/exc") as Group).attrs["sorting"]!;
      expect(metadata.enum_type!.members).toEqual({ none: 0, by_id: 1, by_time: 2 });
      expect(value).toBe(1n);
      expect(metadata.shape).toEqual([]);
      const times = dataset(file, "/spikes/exc/timestamps");
      expect(times.dtype).toBe("<d");
      expect(times.attrs["units"]!.value).toBe("milliseconds");
      expect(times.value).toEqual(new Float64Array([0.1, 0.2, 0.3, 0.3]));
      const ids = dataset(file, "/spikes/exc/node_ids");
      expect(ids.dtype).toBe("<Q");
      expect(ids.value).toEqual(new BigUint64Array([1n, 1n, 3n, 5n]));
      expect(dataset(file, "/spikes/inh →/timestamps").shape).toEqual([0]);
    });
  });

  test("gives back the spikes that it was made of, in the order it says", async () => {
    await fc.assert(
      fc.asyncProperty(spikes, spikes, fc.constantFrom("by_time", "by_id", "none"), async (a, b, sorting) => {
        const populations = [
          { name: "a", ...a },
          { name: "b", ...b },
        ];
        const read = await readSonataSpikes(await sonataSpikesOf({ populations, sorting }));
        expect(read.map(({ name, sorting: said }) => [name, said])).toEqual([
          ["a", sorting],
          ["b", sorting],
        ]);
        for (const [index, { times, ids }] of [a, b].entries()) {
          const pairs = Array.from(times, (time, spike) => ({ time, id: ids[spike]! }));
          if (sorting === "by_time") pairs.sort((p, q) => p.time - q.time);
          if (sorting === "by_id") pairs.sort((p, q) => p.id - q.id || p.time - q.time);
          expect(Array.from(read[index]!.times)).toEqual(pairs.map(({ time }) => time));
          expect(Array.from(read[index]!.ids)).toEqual(pairs.map(({ id }) => id));
        }
      }),
      { numRuns: 12 },
    );
  });

  test("of more spikes than are converted at once is whole", async () => {
    const length = 2 ** 20 + 12_345;
    const times = Float64Array.from({ length }, (_, spike) => spike * 0.1);
    const ids = Uint32Array.from({ length }, (_, spike) => (spike * 7919) % 1000);
    const [read] = await readSonataSpikes(await sonataSpikesOf({ populations: [{ name: "many", times, ids }] }));
    expect(sameBytes(read!.times, times)).toBe(true);
    expect(sameBytes(read!.ids, ids)).toBe(true);
  });

  test("is the same to the byte when it is made again", async () => {
    const make = (): Promise<Uint8Array> => sonataSpikesOf({ populations: [exc, inh] });
    expect(await make()).toEqual(await make());
  });

  test("leaves nothing behind in the library's file system, also when it fails", async () => {
    const { FS } = await h5wasm.ready;
    const before = FS.readdir("/");
    await sonataSpikesOf({ populations: [exc] });
    await expect(
      sonataReportOf({
        populations: [{ name: "a", traces: { times: [0], values: new Float64Array(1), shape: [1, 1] } }],
        unit: "mV",
      }),
    ).rejects.toThrow();
    expect(FS.readdir("/")).toEqual(before);
  });

  test.each([
    [{ populations: [{ ...exc, times: [1] }] }, "1 times and 4 ids"],
    [{ populations: [{ ...exc, n: 5 }] }, "neuron 5"],
    [{ populations: [{ ...exc, times: [NaN, 0, 0, 0] }] }, "NaN ms"],
    [{ populations: [{ ...exc, ids: [0.5, 0, 0, 0] }] }, "neuron 0.5"],
    [{ populations: [exc, exc] }, "two populations"],
    [{ populations: [{ ...exc, name: "L4/exc" }] }, "L4/exc"],
    [{ populations: [exc], sorting: "by_size" }, "by_size"],
    [{ populations: [exc], timeUnits: "s" }, "timeUnits"],
  ])("is not made of what is no list of spikes: %#", async (options, reason) => {
    await expect(sonataSpikesOf(options as never)).rejects.toThrow(reason);
  });
});

describe("a SONATA report", () => {
  const times = Float64Array.from({ length: 50 }, (_, sample) => 5 + sample * 0.1);
  const values = Float64Array.from({ length: 150 }, (_, index) => Math.sin(index));
  const traces = { times, values, shape: [50, 3] as const };

  test("has data, mapping, units and types of the guide", async () => {
    const bytes = await sonataReportOf({ populations: [{ name: "cells", traces, ids: [2, 5, 9] }], unit: "mV" });
    await inFile(bytes, (file) => {
      expect(file.attrs["magic"]!.value).toBe(0x0a7a);
      const data = dataset(file, "/report/cells/data");
      expect(data.shape).toEqual([50, 3]);
      expect(data.value).toEqual(Float32Array.from(values));
      expect(data.attrs["units"]!.value).toBe("mV");
      const [start, stop, step] = dataset(file, "/report/cells/mapping/time").value as Float64Array;
      expect(start).toBe(5);
      expect(step).toBeCloseTo(0.1, 12);
      expect(stop).toBeCloseTo(10, 12);
      expect(dataset(file, "/report/cells/mapping/time").attrs["units"]!.value).toBe("ms");
      const nodes = dataset(file, "/report/cells/mapping/node_ids");
      expect(nodes.value).toEqual(new BigUint64Array([2n, 5n, 9n]));
      expect(nodes.attrs["sorted"]!.value).toBe(1);
      expect(dataset(file, "/report/cells/mapping/index_pointers").value).toEqual(new BigUint64Array([0n, 1n, 2n, 3n]));
      expect(dataset(file, "/report/cells/mapping/element_ids").value).toEqual(new Uint32Array([1, 1, 1]));
      expect(dataset(file, "/report/cells/mapping/element_pos").value).toEqual(new Float32Array([1, 1, 1]));
    });
  });

  test("longer than is written at once is whole", async () => {
    const [samples, n] = [3000, 1000];
    const long = {
      times: Float64Array.from({ length: samples }, (_, sample) => sample),
      values: Float32Array.from({ length: samples * n }, (_, index) => index % 65_537),
      shape: [samples, n] as const,
    };
    const bytes = await sonataReportOf({ populations: [{ name: "cells", traces: long }], unit: "mV" });
    const read = await inFile(bytes, (file) => dataset(file, "/report/cells/data").value);
    expect(sameBytes(read as Float32Array, long.values)).toBe(true);
  });

  test("says start, stop and step only, so other samples are refused", async () => {
    const at = (moments: number[]) => ({
      populations: [
        {
          name: "cells",
          traces: { times: moments, values: new Float64Array(moments.length), shape: [moments.length, 1] as const },
        },
      ],
      unit: "mV",
    });
    for (const moments of [[], [1], [0, 1, 3], [0, 0], [2, 1]])
      await expect(sonataReportOf(at(moments))).rejects.toThrow("equal distances");
    await expect(sonataReportOf(at([0, 1, 2]))).resolves.toBeInstanceOf(Uint8Array);
  });

  test("wants ids that ascend, one for each column", async () => {
    for (const ids of [
      [0, 1],
      [2, 1, 3],
      [0, 0, 1],
      [0, 1, 1.5],
      [-1, 0, 1],
    ])
      await expect(sonataReportOf({ populations: [{ name: "cells", traces, ids }], unit: "mV" })).rejects.toThrow(
        "ascending",
      );
  });
});
