import { disc, exponentialDecay, gaussian } from "@neuroweave/connect";
import { hostStream, type Connector, type ConnectorEnd } from "@neuroweave/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { among, between, binomialDeviate, end, pairsMade, synapsesOf } from "./sites.ts";

/** Distance by definition: the shortest to any image of the target. */
function distance(
  source: ConnectorEnd,
  s: number,
  target: ConnectorEnd,
  t: number,
  period: readonly number[] = [],
): number {
  return Math.hypot(
    ...source.positions.map((xs, d) => {
      const straight = Math.abs(xs[s]! - target.positions[d]![t]!);
      const length = period[d];
      if (length === undefined) return straight;
      const turns = Math.floor(straight / length);
      return Math.min(Math.abs(straight - turns * length), Math.abs(straight - (turns + 1) * length));
    }),
  );
}

function scattered(n: number, dimensions: number, extent: number, seed: string): ConnectorEnd {
  const random = hostStream(seed, "positions");
  return end(
    n,
    Array.from({ length: dimensions }, () => Array.from({ length: n }, () => extent * (random() - 0.5))),
  );
}

describe("disc", () => {
  it("makes exactly the pairs within the radius, in any dimension, open or closed, wherever the neurons are", () => {
    fc.assert(
      fc.property(
        fc.record({
          sources: fc.integer({ min: 1, max: 40 }),
          targets: fc.integer({ min: 1, max: 120 }),
          dimensions: fc.integer({ min: 1, max: 3 }),
          extent: fc.constantFrom(0, 1, 10, 1e6),
          radius: fc.double({ min: 0.01, max: 1.2, noNaN: true }),
          closed: fc.boolean(),
          seed: fc.nat(),
        }),
        ({ sources, targets, dimensions, extent, radius, closed, seed }) => {
          const reach = radius * (extent || 1);
          const period = Array.from({ length: dimensions }, (_, d) => (extent || 1) * (0.4 + 0.5 * d));
          const source = scattered(sources, dimensions, 1.5 * extent, `source ${seed}`);
          const target = scattered(targets, dimensions, extent, `target ${seed}`);
          const made = new Set(
            pairsMade(disc({ radius: reach, ...(closed && { period }) }), between(source, target, seed)),
          );
          const wrong: string[] = [];
          for (let s = 0; s < sources; s++)
            for (let t = 0; t < targets; t++) {
              const excess = distance(source, s, target, t, closed ? period : []) - reach;
              // Rounding may decide at the very border.
              const clear = Math.abs(excess) > 1e-9 * (extent || 1);
              if (clear && made.has(`${s}→${t}`) !== excess < 0) wrong.push(`${s}→${t} at ${excess}`);
            }
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("includes its border: the four neighbours on a grid are within one", () => {
    const [height, width] = [6, 7];
    const made = synapsesOf(disc({ radius: 1, self: false }).build(among(end([height, width]))));
    expect(made).toHaveLength(2 * (height * (width - 1) + width * (height - 1)));
    const closed = synapsesOf(disc({ radius: 1, self: false, period: true }).build(among(end([height, width]))));
    expect(closed).toHaveLength(4 * height * width);
  });

  it("takes each of them with its probability", () => {
    const site = among(end([60, 60]), { seed: "sparse" });
    const all = disc({ radius: 5 }).expected(site);
    const made = synapsesOf(disc({ radius: 5, p: 0.2 }).build(site));
    expect(Math.abs(binomialDeviate(made.length, all, 0.2))).toBeLessThan(5);
  });
});

interface Law {
  readonly connector: Connector;
  readonly probability: (d: number) => number;
  readonly period?: readonly number[];
}

const laws: readonly Law[] = [
  { connector: gaussian({ p: 0.8, sigma: 1.5 }), probability: (d) => 0.8 * Math.exp(-(d * d) / 4.5) },
  {
    connector: gaussian({ p: 1, sigma: 2, cutoff: 2.2, period: true }),
    probability: (d) => (d <= 2.2 ? Math.exp(-(d * d) / 8) : 0),
    period: [5, 4],
  },
  { connector: exponentialDecay({ p: 0.6, lambda: 1 }), probability: (d) => 0.6 * Math.exp(-d) },
  {
    connector: exponentialDecay({ p: 1, lambda: 3, cutoff: 200, period: [5, 4] }),
    probability: (d) => Math.exp(-d / 3),
    period: [5, 4],
  },
  { connector: disc({ radius: 2.5, p: 0.3 }), probability: (d) => (d <= 2.5 ? 0.3 : 0) },
];

describe.each(laws.map((law) => [law.connector.text, law] as const))("%s", (_, { connector, probability, period }) => {
  it("connects each pair with the probability of its formula", () => {
    const grid = end([5, 4]);
    const repeats = 2000;
    const counts = Array.from({ length: grid.n ** 2 }, () => 0);
    for (let seed = 0; seed < repeats; seed++) {
      const { pointers, targets } = connector.build(among(grid, { seed }));
      for (let s = 0; s < grid.n; s++)
        for (let j = pointers[s]!; j < pointers[s + 1]!; j++) counts[s * grid.n + targets[j]!]!++;
    }
    let sum = 0;
    let cells = 0;
    const total = { made: 0, expected: 0, variance: 0 };
    for (const [pair, count] of counts.entries()) {
      const p = probability(distance(grid, Math.floor(pair / grid.n), grid, pair % grid.n, period));
      total.made += count;
      total.expected += repeats * p;
      total.variance += repeats * p * (1 - p);
      if (p === 0) expect(count).toBe(0);
      else if (p === 1) expect(count).toBe(repeats);
      else if (repeats * p > 10 && repeats * (1 - p) > 10) {
        const deviate = binomialDeviate(count, repeats, p);
        expect(Math.abs(deviate)).toBeLessThan(6);
        sum += deviate ** 2;
        cells++;
      }
    }
    expect(Math.abs(sum - cells) / Math.sqrt(2 * cells)).toBeLessThan(5);
    expect(Math.abs(total.made - total.expected) / Math.sqrt(total.variance)).toBeLessThan(5);
  });

  it("expects the sum of probabilities", () => {
    const grid = end([5, 4]);
    let sum = 0;
    for (let s = 0; s < grid.n; s++)
      for (let t = 0; t < grid.n; t++) sum += probability(distance(grid, s, grid, t, period));
    expect(connector.expected(among(grid)) / sum).toBeCloseTo(1, 4);
  });
});

describe("distance rules", () => {
  const without = [
    gaussian({ p: 1, sigma: 2, self: false }),
    exponentialDecay({ p: 1, lambda: 3, self: false }),
    disc({ radius: 3, self: false }),
  ];
  it.each(without.map((connector) => [connector.text, connector] as const))(
    "never connect a neuron to itself where they must not: %s",
    (_, connector) => {
      const made = synapsesOf(connector.build(among(end([9, 7]))));
      expect(made.length).toBeGreaterThan(100);
      expect(made.some(({ s, t }) => s === t)).toBe(false);
    },
  );
});

describe("distance between large populations", () => {
  it("is estimated from some sources, near to what is made", () => {
    const site = among(end([90, 100]), { seed: "estimate" });
    const connector = gaussian({ p: 0.5, sigma: 2, period: true });
    const expected = connector.expected(site);
    expect(expected / (9000 * 0.5 * 2 * Math.PI * 4)).toBeCloseTo(1, 3);
    expect(Math.abs(connector.build(site).targets.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it("may span positions of very different extent", () => {
    const strip = end(20_000, [
      Array.from({ length: 20_000 }, (_, i) => i),
      Array.from({ length: 20_000 }, (_, i) => i % 2),
    ]);
    const made = synapsesOf(disc({ radius: 2 }).build(among(strip)));
    // On either side the neighbours at 1 and 2, at distances √2 and 2; fewer at the two ends.
    expect(made).toHaveLength(5 * 20_000 - 6);
  });
});
