import { describe, expect, test } from "vitest";
import { createNetwork, DeltaReceptor, fixedProbability, LIF } from "neuroweave";
import { plainRows } from "../../packages/bench/src/network-loops/plain-rows.ts";
import {
  drawCounts,
  nextNormal,
  nextUniform,
  poissonTable,
  wordState,
  ziggurat,
} from "../../packages/bench/src/network-loops/random.ts";
import { countBelow, deliver, rowsOf } from "../../packages/bench/src/network-loops/rows.ts";

/** Standard deviations by which a count of `total` independent trials is away from its mean. */
const deviation = (count: number, total: number, p: number): number =>
  Math.abs(count - total * p) / Math.sqrt(total * p * (1 - p));

describe("rows of a projection", () => {
  test("hold its synapses, and add their weight for every spike", () => {
    const network = createNetwork({ dt: 0.1, seed: 3 });
    const cells = network.population("cells", 30, [LIF(), DeltaReceptor()]);
    const source = cells.slice(5, 25);
    const projection = network.projection("p", { source, target: cells, connect: fixedProbability(0.3), weight: 0.5 });
    const rows = rowsOf(projection, 20);
    const { sources, targets } = projection.weights();
    const spikes = Int32Array.of(2, 7, 9, 21, 29);
    const into = new Float64Array(30);
    deliver(spikes, 1, 4, 5, rows, into);
    const expected = new Float64Array(30);
    for (const [j, s] of sources.entries()) if ([7, 9, 21].includes(s + 5)) expected[targets[j]!]! += 0.5;
    expect(into).toEqual(expected);
    expect(into.some((x) => x > 0)).toBe(true);
  });

  test("the spikes below a bound are found by halving", () => {
    const spikes = Int32Array.of(1, 4, 4, 9, 12, 0, 0);
    for (let bound = 0; bound < 15; bound++)
      expect(countBelow(bound, spikes, 5)).toBe([...spikes.subarray(0, 5)].filter((i) => i < bound).length);
  });

  test("made by chance contain every pair with its probability, in order", () => {
    const [sources, targets, p] = [400, 300, 0.1];
    const rows = plainRows(sources, targets, p);
    expect(rows.pointers[sources]).toBe(rows.targets.length);
    expect(deviation(rows.targets.length, sources * targets, p)).toBeLessThan(4);
    const onto = new Float64Array(targets);
    for (let s = 0; s < sources; s++) {
      const row = rows.targets.subarray(rows.pointers[s], rows.pointers[s + 1]);
      expect(row.every((t, j) => t < targets && (j === 0 || t > row[j - 1]!))).toBe(true);
      for (const t of row) onto[t]!++;
    }
    for (const count of onto) expect(deviation(count, sources, p)).toBeLessThan(5);
  });
});

describe("random numbers of the loops", () => {
  const draws = 200_000;

  test("are uniform in [0, 1)", () => {
    const state = wordState(1);
    const cells = new Float64Array(64);
    for (let k = 0; k < draws; k++) cells[Math.floor(nextUniform(state) * 64)]!++;
    for (const count of cells) expect(deviation(count, draws, 1 / 64)).toBeLessThan(4.5);
  });

  test.each([[0.3], [2], [7.5]])("count as Poisson's distribution of mean %d has it", (mean) => {
    const counts = new Uint8Array(draws);
    drawCounts(counts, poissonTable(mean), wordState(2));
    const seen = new Float64Array(256);
    for (const count of counts) seen[count]!++;
    let chance = Math.exp(-mean);
    for (let k = 0; chance * draws > 10 || k < mean; k++) {
      expect(deviation(seen[k]!, draws, chance)).toBeLessThan(4.5);
      chance *= mean / (k + 1);
    }
  });

  test("are normal, in the tail as well", () => {
    const layers = ziggurat();
    const state = wordState(3);
    const bounds = [-4, -3.4426, -2, -1, -0.3, 0, 0.3, 1, 2, 3.4426, 4];
    /** P(x ≤ bound) to 7 digits, from tables. */
    const below = [3.1671e-5, 2.8808e-4, 0.0227501, 0.1586553, 0.3820886, 0.5, 0.6179114, 0.8413447, 0.9772499, 0.9997119, 0.9999683]; // prettier-ignore
    const counts = new Float64Array(bounds.length);
    for (let k = 0; k < draws; k++) {
      const x = nextNormal(layers, state);
      for (const [index, bound] of bounds.entries()) if (x <= bound) counts[index]!++;
    }
    for (const [index, count] of counts.entries()) expect(deviation(count, draws, below[index]!)).toBeLessThan(4.5);
  });

  test("begin anew from a seed, and elsewhere from its neighbour", () => {
    const first = (seed: number): number[] =>
      Array.from(
        { length: 4 },
        (
          (state) => () =>
            nextUniform(state)
        )(wordState(seed)),
      );
    expect(first(5)).toEqual(first(5));
    expect(new Set([...first(5), ...first(6)]).size).toBe(8);
  });
});
