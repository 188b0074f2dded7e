/** Conversions keep every value, or say no. */
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  convertFile,
  csvOf,
  parquetOf,
  readCsv,
  readParquet,
  readSonataSpikes,
  sonataSpikesOf,
  spikeTable,
} from "@neuroweave/export";

let folder: string;
let filesMade = 0;
beforeAll(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), "neuroweave-convert-"));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

const fresh = (ending: string): string => join(folder, `file-${filesMade++}.${ending}`);
const stored = async (ending: string, content: Uint8Array | string): Promise<string> => {
  const path = fresh(ending);
  await fs.writeFile(path, content);
  return path;
};
const read = (path: string): Promise<Uint8Array> => fs.readFile(path);

const populations = [
  { name: "exc", times: [0.1, 0.1 + 0.2, 5], ids: [3, 1, 0] },
  { name: "inh", times: [0.25], ids: [9] },
];

describe("spikes", () => {
  const contents = {
    csv: () => csvOf(spikeTable(populations)),
    parquet: () => parquetOf(spikeTable(populations)),
    h5: () => sonataSpikesOf({ populations }),
  };

  test.each([
    ["csv", "parquet"],
    ["csv", "h5"],
    ["parquet", "csv"],
    ["parquet", "h5"],
    ["h5", "csv"],
    ["h5", "parquet"],
  ] as const)("are the same as %s and, converted, as %s", async (from, to) => {
    const source = await stored(from, await contents[from]());
    const target = fresh(to);
    const { rows, lost } = await convertFile(source, target);
    expect(rows).toBe(4);
    expect(lost).toEqual(to === "csv" ? ["descriptions of columns", "types of numbers"] : []);
    const spikes =
      to === "h5"
        ? (await readSonataSpikes(await read(target))).map(({ name, times, ids }) => ({
            name,
            times: [...times],
            ids: [...ids],
          }))
        : undefined;
    if (spikes) expect(spikes).toEqual(populations);
    else {
      const table = to === "csv" ? readCsv(await read(target)) : await readParquet(await read(target));
      expect(table.columns.map(({ name, unit, values }) => [name, unit, Array.from<unknown>(values)])).toEqual([
        ["population", undefined, ["exc", "exc", "exc", "inh"]],
        ["time", "ms", [0.1, 0.1 + 0.2, 5, 0.25]],
        ["neuron", undefined, [3, 1, 0, 9]],
      ]);
    }
  });

  test("of a table without populations need the name of one", async () => {
    const source = await stored("csv", "t,id\n2,4\n1,1\n");
    await expect(convertFile(source, fresh("h5"))).rejects.toMatchObject({ code: "structure" });
    const target = fresh("h5");
    await convertFile(source, target, { population: "cells" });
    expect(await readSonataSpikes(await read(target))).toEqual([
      { name: "cells", times: new Float64Array([2, 1]), ids: new Uint32Array([4, 1]), sorting: "none" },
    ]);
  });

  test("in order are said to be, and populations without spikes are said to be lost", async () => {
    const target = fresh("h5");
    await convertFile(await stored("csv", "t,id\n1,4\n1,1\n2,0\n"), target, { population: "cells" });
    expect((await readSonataSpikes(await read(target)))[0]!.sorting).toBe("by_time");
    const silent = await sonataSpikesOf({ populations: [...populations, { name: "quiet", times: [], ids: [] }] });
    const { lost } = await convertFile(await stored("h5", silent), fresh("parquet"));
    expect(lost).toEqual(["the population quiet, which has no spikes"]);
  });
});

describe("what would be lost is refused", () => {
  test("columns that SONATA has no place for, unless that is allowed", async () => {
    const source = await stored("csv", 'time,neuron,population,weight\n1,2,"a",0.5\n');
    const target = fresh("h5");
    await expect(convertFile(source, target)).rejects.toMatchObject({
      code: "would-lose",
      message: expect.stringContaining("weight"),
    });
    await expect(fs.stat(target)).rejects.toThrow();
    expect((await convertFile(source, target, { allowLoss: true })).lost).toEqual(["the columns weight"]);
  });

  test("metadata that CSV has no place for, unless that is allowed", async () => {
    const table = { columns: [{ name: "x", values: new Float64Array([1]) }], metadata: { protocol: "A" } };
    const source = await stored("parquet", parquetOf(table));
    await expect(convertFile(source, fresh("csv"))).rejects.toThrow("protocol");
    expect((await convertFile(source, fresh("csv"), { allowLoss: true })).lost).toEqual(["the metadata protocol"]);
  });

  test("files that are there already, unless they may be replaced", async () => {
    const source = await stored("csv", "x\n1\n");
    const target = await stored("parquet", "mine");
    await expect(convertFile(source, target)).rejects.toMatchObject({ code: "cannot-write" });
    expect(await fs.readFile(target, "utf8")).toBe("mine");
    await convertFile(source, target, { overwrite: true });
    expect((await readParquet(await read(target))).columns).toEqual([{ name: "x", values: new Float64Array([1]) }]);
  });

  test.each([
    ["time [s],neuron\n1,1\n", "in s"],
    ["time,cell\n1,1\n", "no columns of numbers named time and neuron"],
    ["time,neuron\n1,0.5\n", "neuron 0.5"],
    ["time,neuron\nNaN,1\n", "NaN ms"],
  ])("the table %j, which has no spikes", async (text, reason) => {
    await expect(convertFile(await stored("csv", text), fresh("h5"), { population: "a" })).rejects.toThrow(reason);
  });

  test("and endings that say nothing or the same", async () => {
    const source = await stored("csv", "x\n1\n");
    await expect(convertFile(source, fresh("csv"))).rejects.toThrow("same format");
    await expect(convertFile(source, fresh("xlsx"))).rejects.toThrow(".xlsx");
    await expect(convertFile(source, fresh("constructor"))).rejects.toMatchObject({ code: "invalid-value" });
    await expect(convertFile(fresh("csv"), fresh("parquet"))).rejects.toMatchObject({ code: "unreadable-file" });
    await expect(convertFile(source, fresh("parquet"), { maxBytes: 2 })).rejects.toThrow("2 are accepted");
    await expect(convertFile(source, join(folder, "nowhere", "x.parquet"))).rejects.toMatchObject({
      code: "cannot-write",
    });
  });
});

test("types of a CSV file can be given", async () => {
  const target = fresh("parquet");
  await convertFile(await stored("csv", "x,y\n1,2\n"), target, { types: { y: "u32" } });
  expect((await readParquet(await read(target))).columns).toEqual([
    { name: "x", values: new Float64Array([1]) },
    { name: "y", values: new Uint32Array([2]) },
  ]);
});
