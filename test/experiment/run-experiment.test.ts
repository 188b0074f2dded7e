import { ConstantCurrent, createNetwork, grid, LIF, runExperiment, summarize, toCsv } from "neuroweave";
import type { ExperimentProgress } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";

/** A subject whose measures follow from parameters, seed and epochs by arithmetic. */
const arithmetic = {
  name: "arithmetic",
  parameters: grid({ a: [1, 2], b: [10] }),
  seeds: [3, 5, 8],
  build: ({ a, b }: { readonly a: number; readonly b: number }, seed: number | string) => ({
    value: 100 * a + b + Number(seed),
  }),
  train: (subject: { value: number }, { epoch }: { readonly epoch: number }) => {
    subject.value += 1000;
    return { error: 1 / (1 + epoch) };
  },
  evaluate: ({ value }: { value: number }) => ({ value, odd: value % 2 === 1 }),
};

describe("an experiment", () => {
  it("repeats all phases for all parameters and seeds, in their order", async () => {
    const phases: string[] = [];
    const { rows, aborted } = await runExperiment({
      ...arithmetic,
      epochs: 2,
      warmUp: (subject, { parameters, seed }) => void phases.push(`${parameters.a} ${seed} ${subject.value}`),
    });
    expect(aborted).toBe(false);
    expect(phases).toEqual(["1 3 113", "1 5 115", "1 8 118", "2 3 213", "2 5 215", "2 8 218"]);
    const expected = [1, 2].flatMap((a, set) =>
      [3, 5, 8].flatMap((seed) => {
        const origin = { experiment: "arithmetic", set, parameters: { a, b: 10 }, seed };
        const value = 2010 + 100 * a + seed;
        return [
          { ...origin, phase: "warmUp", measures: {} },
          { ...origin, phase: "train", epoch: 0, measures: { error: 1 }, stopped: false },
          { ...origin, phase: "train", epoch: 1, measures: { error: 0.5 }, stopped: false },
          { ...origin, phase: "evaluate", measures: { value, odd: value % 2 === 1 } },
        ];
      }),
    );
    expect(rows).toEqual(expected);
  });

  it("summarizes every measure over the seeds, epoch by epoch", async () => {
    const { summary } = await runExperiment({ ...arithmetic, epochs: 2 });
    const origin = (set: number) => ({ experiment: "arithmetic", set, parameters: { a: set + 1, b: 10 } });
    const half = (4.302652729749 * Math.sqrt(19 / 3)) / Math.sqrt(3);
    expect(
      summary.map(({ set, phase, epoch, measure, n, interval }) => [set, phase, epoch, measure, n, interval]),
    ).toEqual(
      [0, 1].flatMap((set) => [
        [set, "train", 0, "error", 3, "t"],
        [set, "train", 1, "error", 3, "t"],
        [set, "evaluate", undefined, "value", 3, "t"],
        [set, "evaluate", undefined, "odd", 3, "wilson"],
      ]),
    );
    const [error, , value, odd] = summary;
    expect(error).toMatchObject({ ...origin(0), mean: 1, sd: 0, low: 1, high: 1 });
    expect(value!.mean).toBeCloseTo(2110 + 16 / 3, 9);
    expect(value!.sd).toBeCloseTo(Math.sqrt(19 / 3), 9);
    expect(value!.high - value!.low).toBeCloseTo(2 * half, 5);
    expect(odd!.mean).toBe(2 / 3);
  });

  it("gives every seed the same rows in any order of the seeds and parameters, and the same summary to the last bit", async () => {
    const run = async (seeds: readonly number[], sets: readonly number[]) => {
      const { rows, summary } = await runExperiment({
        name: "cells",
        parameters: sets.map((amplitude) => ({ amplitude })),
        seeds,
        build({ amplitude }, seed) {
          const net = createNetwork({ dt: 0.5, seed });
          return { net, cells: net.population("cells", 3, [LIF({ R: 5 }), ConstantCurrent({ amplitude })]) };
        },
        warmUp: ({ net }) => net.run(20),
        async evaluate({ net, cells }, { seed }) {
          await net.run(100);
          return { spikes: cells.spikes().ids.length / 7, jittered: Math.sin(Number(seed)) };
        },
      });
      const plain = (row: { readonly set: number }) => JSON.stringify({ ...row, set: "any" });
      return { rows: rows.map(plain).toSorted(), summary: summary.map(plain).toSorted() };
    };
    const base = await run([1, 2, 3, 4], [4, 8]);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }),
        fc.shuffledSubarray([4, 8], { minLength: 2 }),
        async (seeds, sets) => {
          expect(await run(seeds, sets)).toEqual(base);
        },
      ),
      { numRuns: 6 },
    );
    expect(new Set(base.rows).size).toBe(16);
  });

  it("ends training early where it is asked to, and says so in the row", async () => {
    const seen: number[] = [];
    const { rows, summary } = await runExperiment({
      ...arithmetic,
      parameters: { a: 1, b: 0 },
      epochs: 9,
      stop(rows, { epoch, seed }) {
        seen.push(rows.length - epoch);
        return rows.at(-1)!.measures.error < (seed === 5 ? 0.6 : 0.4);
      },
    });
    const training = rows.filter((row) => row.phase === "train");
    const lengths = [3, 5, 8].map((seed) => training.filter((row) => row.seed === seed).map(({ stopped }) => stopped));
    expect(lengths).toEqual([[false, false, true], [false, true], [false, false, true]]); // prettier-ignore
    expect(new Set(seen)).toEqual(new Set([1]));
    expect(summary.filter(({ phase }) => phase === "train").map(({ epoch, n }) => [epoch, n])).toEqual([
      [0, 3],
      [1, 3],
      [2, 2],
    ]);
  });

  it("reports progress before every phase, ever farther, and the end", async () => {
    const reports: ExperimentProgress[] = [];
    await runExperiment({
      ...arithmetic,
      epochs: 3,
      stop: (_, { seed, epoch }) => seed === 5 && epoch === 0,
      onProgress: (progress) => reports.push(progress),
    });
    const [first] = reports;
    expect(first).toEqual({
      experiment: "arithmetic",
      set: 0,
      sets: 2,
      seed: 3,
      index: 0,
      seeds: 3,
      phase: "build",
      fraction: 0,
    });
    const fractions = reports.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    // The first seed: build, three epochs and evaluation of thirty in all.
    [0, 1, 2, 3, 4].forEach((k) => expect(fractions[k]).toBeCloseTo(k / 30, 12));
    expect(reports.slice(0, 9).map(({ phase, epoch }) => `${phase} ${epoch ?? ""}`.trim())).toEqual([
      "build",
      "train 0",
      "train 1",
      "train 2",
      "evaluate",
      "build",
      "train 0",
      "evaluate",
      "build",
    ]);
    expect(reports.at(-1)).toMatchObject({ phase: "done", fraction: 1 });
    const broken = runExperiment({ ...arithmetic, onProgress: () => { throw new RangeError("mine"); } }); // prettier-ignore
    await expect(broken).rejects.toThrow(RangeError);
  });
});

describe("an experiment in which something goes wrong", () => {
  const when = (during: string) => {
    const fail = (phase: string, seed: number | string) => {
      if (phase === during && seed === 5) throw new Error("lost");
    };
    return {
      ...arithmetic,
      parameters: { a: 1, b: 0 },
      build: (parameters: { readonly a: number; readonly b: number }, seed: number | string) => (
        fail("build", seed),
        arithmetic.build(parameters, seed)
      ),
      warmUp: (_: unknown, { seed }: { readonly seed: number | string }) => fail("warmUp", seed),
      train: (subject: { value: number }, at: { readonly epoch: number; readonly seed: number | string }) => (
        fail(`train ${at.epoch}`, at.seed),
        arithmetic.train(subject, at)
      ),
      evaluate: (subject: { value: number }, { seed }: { readonly seed: number | string }) => (
        fail("evaluate", seed),
        arithmetic.evaluate(subject)
      ),
      epochs: 2,
    };
  };

  it.each([
    ["build", 0],
    ["warmUp", 0],
    ["train 1", 2],
    ["evaluate", 3],
  ] as const)("keeps the other rows when %s throws", async (during, kept) => {
    const whole = await runExperiment(when("nothing"));
    const { rows, summary, aborted } = await runExperiment(when(during));
    const others = ({ seed }: { readonly seed: number | string }) => seed !== 5;
    expect(aborted).toBe(false);
    expect(rows.filter(others)).toEqual(whole.rows.filter(others));
    const own = rows.filter(({ seed }) => seed === 5);
    expect(own).toHaveLength(kept + 1);
    expect(own.slice(0, -1)).toEqual(whole.rows.filter(({ seed }) => seed === 5).slice(0, kept));
    const [phase, epoch] = during.split(" ");
    expect(own.at(-1)).toMatchObject({ phase: "failed", during: phase, error: "lost", ...(epoch ? { epoch: 1 } : {}) });
    expect(summary.filter((row) => row.phase === "evaluate").map(({ n }) => n)).toEqual([2, 2]);

    const error = await refusal(() => runExperiment({ ...when(during), onError: "throw" }));
    expect(error).toMatchObject({ code: "host-threw", entity: "arithmetic", cause: new Error("lost") });
    expect(error.message).toContain(`with seed 5 and parameters {"a":1,"b":0}: lost`);
  });

  it("counts what is no record of measures as a failure of its phase", async () => {
    for (const returned of [undefined, null, 3, [1], { accuracy: "high" }, { accuracy: null }]) {
      const { rows } = await runExperiment({ ...when("nothing"), seeds: 1, evaluate: () => returned as never });
      expect(rows.at(-1)).toMatchObject({ phase: "failed", during: "evaluate" });
    }
  });

  it("stops between epochs at a signal, without the epoch in which it came", async () => {
    const stop = new AbortController();
    const { rows, summary, aborted } = await runExperiment({
      ...arithmetic,
      epochs: 4,
      signal: stop.signal,
      train(subject, at) {
        if (at.seed === 5 && at.epoch === 2) stop.abort();
        return arithmetic.train(subject, at);
      },
    });
    expect(aborted).toBe(true);
    const phases = rows.map((row) => `${row.seed} ${row.phase}`);
    expect(phases).toEqual([...Array<string>(4).fill("3 train"), "3 evaluate", "5 train", "5 train"]);
    expect(summary.map(({ n }) => n)).toEqual([2, 2, 1, 1, 1, 1]);
    const before = await runExperiment({ ...arithmetic, signal: AbortSignal.abort() });
    expect(before).toEqual({ rows: [], summary: [], aborted: true });
  });

  it("refuses what it cannot run before anything is built", async () => {
    let built = 0;
    const base = { ...arithmetic, build: () => ({ value: built++ }) };
    const refused: readonly [object, string][] = [
      [{ name: "" }, "invalid-value"],
      [{ parameters: [] }, "wrong-length"],
      [{ parameters: [3] }, "invalid-value"],
      [{ seeds: 0 }, "out-of-range"],
      [{ seeds: [] }, "wrong-length"],
      [{ seeds: [1, 2, "1"] }, "duplicate-name"],
      [{ seeds: [Number.NaN] }, "invalid-value"],
      [{ epochs: 0 }, "out-of-range"],
      [{ train: undefined, epochs: 2 }, "missing-companion"],
      [{ train: undefined, stop: () => true }, "missing-companion"],
      [{ evaluate: undefined }, "invalid-value"],
      [{ onError: "ignore" }, "invalid-value"],
      [{ confidence: 1 }, "out-of-range"],
      [{ epoch: 5 }, "unknown-name"],
    ];
    for (const [wrong, code] of refused)
      expect((await refusal(() => runExperiment({ ...base, ...wrong }))).code, JSON.stringify(wrong)).toBe(code);
    expect(built).toBe(0);
    const mixed = await runExperiment({ ...base, seeds: 2, evaluate: (_, { seed }) => ({ m: seed === 0 ? 1 : true }) }).catch((e: unknown) => e); // prettier-ignore
    expect(mixed).toMatchObject({ code: "invalid-value" });
  });

  it("cannot change its parameters from one seed to the next", async () => {
    const { rows } = await runExperiment({
      name: "frozen",
      parameters: { a: 1 },
      seeds: 1,
      build: (parameters) => void ((parameters as { a: number }).a = 2),
      evaluate: () => ({ a: 1 }),
    });
    expect(rows).toMatchObject([{ phase: "failed", during: "build" }]);
  });
});

describe("rows", () => {
  it("come out of a grid, the last name varying fastest", () => {
    expect(grid({ a: [1, 2], b: ["x", "y"] })).toEqual([{ a: 1, b: "x" }, { a: 1, b: "y" }, { a: 2, b: "x" }, { a: 2, b: "y" }]); // prettier-ignore
    expect(grid({})).toEqual([{}]);
    expect(() => grid({ a: [] })).toThrow("grid: a is empty");
    expect(() => grid({ a: 1 } as never)).toThrow("grid: a is 1");
  });

  it("become a table of text that reads back, whatever it says", async () => {
    const { rows } = await runExperiment({ ...arithmetic, parameters: { a: 1, b: 2, list: [1, 2] }, seeds: 1 });
    expect(toCsv(rows)).toBe(
      [
        "experiment,set,parameters.a,parameters.b,parameters.list,seed,phase,epoch,measures.error,stopped,measures.value,measures.odd",
        'arithmetic,0,1,2,"[1,2]",0,train,0,1,false,,',
        'arithmetic,0,1,2,"[1,2]",0,evaluate,,,,1102,false',
        "",
      ].join("\n"),
    );
    expect(toCsv([])).toBe("");
    fc.assert(
      fc.property(fc.array(fc.record({ a: fc.string(), b: fc.double() }), { minLength: 1 }), (records) => {
        expect(readCsv(toCsv(records))).toEqual([["a", "b"], ...records.map(({ a, b }) => [a, String(b)])]);
      }),
    );
  });

  it("can be summarized again, with another confidence", async () => {
    const { rows, summary } = await runExperiment(arithmetic);
    expect(summarize(rows)).toEqual(summary);
    const [narrow, wide] = [0.5, 0.99].map((confidence) => summarize(rows, { confidence })[1]!);
    expect(narrow!.high - narrow!.low).toBeLessThan(wide!.high - wide!.low);
    expect(() => summarize(rows, { confidence: 95 })).toThrow("confidence is 95");
  });
});

/** RFC 4180, one character after the other. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  let [field, inside] = ["", false];
  for (let k = 0; k < text.length; k++) {
    const c = text[k]!;
    if (inside && c === '"' && text[k + 1] === '"') field += text[++k]!;
    else if (c === '"') inside = !inside;
    else if (inside || (c !== "," && c !== "\n")) field += c;
    else {
      lines.at(-1)!.push(field);
      field = "";
      if (c === "\n") lines.push([]);
    }
  }
  return lines.slice(0, -1);
}
