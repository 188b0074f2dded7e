import { createRecords } from "@neuroweave/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

const dt = 0.25;
const open = (keep?: number) => createRecords().spikes({ keep });

/** Neurons that spiked in each of some steps that follow one another. */
const blocks = fc.array(fc.array(fc.uniqueArray(fc.nat(9), { maxLength: 5 }), { minLength: 1, maxLength: 6 }), {
  maxLength: 12,
});

/** What the engine hands over: all neurons of a block, and where those of each step end. */
const block = (steps: readonly (readonly number[])[]) => {
  let end = 0;
  return { ends: Uint32Array.from(steps, (ids) => (end += ids.length)), ids: Uint32Array.from(steps.flat()) };
};

describe("a spike record", () => {
  it("is the list of all spikes in order, or of the last ones, whatever blocks they came in", () => {
    fc.assert(
      fc.property(blocks, fc.option(fc.nat(12), { nil: undefined }), (list, keep) => {
        const record = open(keep);
        let expected: [number, number][] = [];
        let first = 3;
        for (const steps of list) {
          const { ends, ids } = block(steps);
          record.append(first, ends, ids);
          expected.push(...steps.flatMap((each, j) => each.map((id): [number, number] => [first + j, id])));
          first += steps.length;
          expected = expected.slice(Math.max(0, expected.length - (keep ?? Infinity)));
          const { times, steps: read, ids: who } = record.read(dt);
          expect(Array.from(read, (step, j) => [step, who[j]])).toEqual(expected);
          expect(times).toEqual(read.map((step) => step * dt));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("drops what comes while it is paused, and forgets when it is cleared", () => {
    const record = open();
    record.append(0, Uint32Array.of(1), Uint32Array.of(5));
    record.paused = true;
    record.append(1, Uint32Array.of(1), Uint32Array.of(6));
    record.paused = false;
    record.append(2, Uint32Array.of(1), Uint32Array.of(7));
    expect([...record.read(dt).ids]).toEqual([5, 7]);
    record.clear();
    expect(record.read(dt)).toEqual({
      times: new Float64Array(0),
      steps: new Float64Array(0),
      ids: new Uint32Array(0),
    });
    record.append(9, Uint32Array.of(1), Uint32Array.of(8));
    expect([...record.read(dt).steps]).toEqual([9]);
  });

  it("gives copies: changing them changes nothing", () => {
    const record = open();
    record.append(0, Uint32Array.of(2), Uint32Array.of(4, 3));
    const { ids, steps } = record.read(dt);
    ids.sort();
    steps.fill(7);
    expect([...record.read(dt).ids]).toEqual([4, 3]);
    expect([...record.read(dt).steps]).toEqual([0, 0]);
  });

  it("is loaded exactly from what was read, up to its bound", () => {
    const record = open();
    record.append(0, Uint32Array.of(1, 3), Uint32Array.of(1, 2, 4));
    const { steps, ids } = record.read(dt);
    for (const [keep, count] of [
      [undefined, 3],
      [2, 2],
    ] as const) {
      const twin = open(keep);
      twin.append(8, Uint32Array.of(1), Uint32Array.of(9));
      twin.load(steps, ids);
      expect(twin.read(dt)).toEqual({ times: steps.slice(-count).map((k) => k * dt), steps: steps.slice(-count), ids: ids.slice(-count) }); // prettier-ignore
    }
    expect(refusal(() => record.load(steps, ids.slice(1))).code).toBe("snapshot");
    expect(record.read(dt).ids).toHaveLength(3);
  });

  it("refuses a bound that is no number of spikes", () => {
    for (const keep of [-1, Number.NaN]) expect(refusal(() => open(keep)).code).toBe("out-of-range");
  });
});
