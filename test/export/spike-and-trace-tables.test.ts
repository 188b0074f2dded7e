/** Spikes and recordings as tables, from what populations give. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createNetwork, LIF, ConstantCurrent, Recorder } from "neuroweave";
import { csvOf, parquetOf, readCsv, readParquet, spikeTable, traceTable } from "@neuroweave/export";

/** Column by column, whatever the way in which a table holds them. */
const listed = async (table: Parameters<typeof parquetOf>[0]): Promise<Record<string, unknown[]>> => {
  const { columns } = await readParquet(parquetOf(table, { rowsPerGroup: 7 }));
  return Object.fromEntries(columns.map(({ name, values }) => [name, Array.from<unknown>(values)]));
};

describe("a table of spikes", () => {
  test("has a row for each spike with population, time and neuron, in the order given", async () => {
    const table = spikeTable([
      { name: "exc", n: 5, times: [0.1, 0.2], ids: [4, 0] },
      { name: "silent", times: [], ids: [] },
      { name: "inh", times: new Float64Array([0.1]), ids: new Uint32Array([7]) },
    ]);
    expect(csvOf(table)).toBe('population,time [ms],neuron\n"exc",0.1,4\n"exc",0.2,0\n"inh",0.1,7\n');
    expect(await listed(table)).toEqual({
      population: ["exc", "exc", "inh"],
      time: [0.1, 0.2, 0.1],
      neuron: [4, 0, 7],
    });
  });

  test("gives any part of the names of populations as the whole would", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), (counts, a, b) => {
        const populations = counts.map((count, index) => ({
          name: `p${index}`,
          times: new Float64Array(count),
          ids: new Uint32Array(count),
        }));
        const { values } = spikeTable(populations).columns[0]!;
        const all = counts.flatMap((count, index) => Array.from({ length: count }, () => `p${index}`));
        const [from, to] = [a % (all.length + 1), b % (all.length + 1)].sort((x, y) => x - y) as [number, number];
        expect(values.slice(from, to)).toEqual(all.slice(from, to));
      }),
    );
  });
});

describe("a table of traces", () => {
  const times = Float64Array.from({ length: 4 }, (_, sample) => sample * 0.5);
  const values = Float32Array.from({ length: 12 }, (_, index) => index / 3);
  const traces = { times, values, shape: [4, 3] as const };

  test("has a column for each neuron when it is wide", async () => {
    const table = traceTable(traces, { variable: "v", unit: "mV" });
    expect(table.columns.map(({ name, unit }) => [name, unit])).toEqual([
      ["time", "ms"],
      ["v_0", "mV"],
      ["v_1", "mV"],
      ["v_2", "mV"],
    ]);
    const column = (neuron: number): number[] => [0, 1, 2, 3].map((sample) => values[sample * 3 + neuron]!);
    expect(await listed(table)).toEqual({ time: [0, 0.5, 1, 1.5], v_0: column(0), v_1: column(1), v_2: column(2) });
  });

  test("has a row for each value when it is long", async () => {
    const table = traceTable(traces, { variable: "v", unit: "mV", form: "long" });
    expect(await listed(table)).toEqual({
      time: [0, 0, 0, 0.5, 0.5, 0.5, 1, 1, 1, 1.5, 1.5, 1.5],
      neuron: [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2],
      v: Array.from(values),
    });
  });

  test("is long by itself from 257 neurons on", () => {
    const of = (n: number) => traceTable({ times: [0], values: new Float64Array(n), shape: [1, n] }, { variable: "v" });
    expect(of(256).columns).toHaveLength(257);
    expect(of(257).columns.map(({ name }) => name)).toEqual(["time", "neuron", "v"]);
  });

  test("is not made of samples of another shape", () => {
    expect(() => traceTable({ ...traces, shape: [3, 4] }, { variable: "v" })).toThrow("shape 3 × 4");
    expect(() => traceTable({ times, values: [1] as never, shape: [1, 1] }, { variable: "v" })).toThrow("recorded");
    expect(() => traceTable(traces, { variable: "v", form: "round" as never })).toThrow("round");
  });
});

test("what a population has recorded becomes files and is the same when they are read", async () => {
  const net = createNetwork({ dt: 0.1, seed: 7 });
  const cells = net.population("cells", 3, [
    LIF({ R: 5 }),
    ConstantCurrent({ amplitude: [0, 5, 9] }),
    Recorder({ variables: ["v"] }),
  ]);
  await net.run(50);
  const spikes = cells.spikes();
  const v = cells.recorded("v");
  expect(spikes.times.length).toBeGreaterThan(0);

  const table = readCsv(csvOf(spikeTable([{ name: cells.name, n: cells.n, ...spikes }])), { types: { neuron: "u32" } });
  expect(table.columns[1]!.values).toEqual(spikes.times);
  expect(table.columns[2]!.values).toEqual(spikes.ids);
  const { columns } = await readParquet(parquetOf(traceTable(v, { variable: "v", unit: "mV" })));
  expect(columns[0]!.values).toEqual(Float64Array.from(v.times));
  for (const neuron of [0, 1, 2]) expect(columns[1 + neuron]!.values).toEqual(v.trace(neuron));
});
