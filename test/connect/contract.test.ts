import type { Connector, ConnectorSite, Rows } from "@neuroweave/model";
import fc from "fast-check";
import {
  allToAll,
  exponentialDecay,
  fixedInDegree,
  fixedOutDegree,
  fixedProbability,
  fixedTotal,
} from "@neuroweave/connect";
import { describe, expect, it } from "vitest";
import { connectors } from "./every-connector.ts";
import { among, end } from "./sites.ts";

/** What the engine may rely on. */
function expectSound(rows: Rows, { source, target }: ConnectorSite, ascending: boolean): void {
  const { pointers, targets, weights, shared, delays } = rows;
  expect(pointers).toHaveLength(source.n + 1);
  expect(pointers[0]).toBe(0);
  expect(pointers.at(-1)).toBe(targets.length);
  expect(targets).toBeInstanceOf(target.n <= 65536 ? Uint16Array : Uint32Array);
  for (let s = 0; s < source.n; s++) {
    expect(pointers[s + 1]).toBeGreaterThanOrEqual(pointers[s]!);
    const row = targets.subarray(pointers[s], pointers[s + 1]);
    if (ascending) expect(row).toEqual(row.toSorted());
  }
  expect(targets.every((t) => t < target.n)).toBe(true);
  expect(weights !== undefined && shared !== undefined).toBe(false);
  for (const list of [weights, shared?.index, delays]) if (list) expect(list).toHaveLength(targets.length);
  if (shared) expect(shared.index.every((j) => j < shared.values.length)).toBe(true);
  if (weights) expect(weights.every(Number.isFinite)).toBe(true);
}

describe.each(connectors)("%s", (text, connector) => {
  const site = () => among(end([6, 5]));

  it("is called by its text, and immutable", () => {
    expect(connector.text).toBe(text);
    expect(text.startsWith(`${connector.name}(`)).toBe(true);
    expect(connector.kind).toBe("connector");
    expect(Object.isFrozen(connector)).toBe(true);
  });

  it("makes sound rows", () => {
    expectSound(connector.build(site()), site(), !connector.name.startsWith("from"));
  });

  it("makes the same from the same stream, however often and in whatever order it is asked", () => {
    const first = connector.build(site());
    connector.build(among(end([6, 5]), { seed: "another" }));
    connector.expected(site());
    expect(connector.build(site())).toEqual(first);
  });

  it("expects what it makes, or the mean of it", () => {
    const made = Array.from({ length: 200 }, (_, seed) => connector.build(among(end([6, 5]), { seed })).targets.length);
    const mean = made.reduce((sum, count) => sum + count, 0) / made.length;
    const expected = connector.expected(site());
    expect(Math.abs(mean - expected)).toBeLessThanOrEqual(5 * Math.sqrt(expected / 200));
    if (new Set(made).size === 1) expect(expected).toBeCloseTo(made[0]!, 6);
  });
});

it("a stream decides what is drawn", () => {
  const random = connectors.filter(([, connector]) => /fixed|gauss|decay|small/i.test(connector.name));
  for (const [, connector] of random)
    expect(connector.build(among(end([6, 5]), { seed: "a" }))).not.toEqual(
      connector.build(among(end([6, 5]), { seed: "b" })),
    );
});

it("rows are sound for ends of any size that overlap in any way", () => {
  const rules: readonly ((p: number, self: boolean) => Connector)[] = [
    (_, self) => allToAll({ self }),
    (p, self) => fixedProbability(p, { self }),
    (p, self) => exponentialDecay({ p, lambda: 5, self }),
    (p, self) => fixedInDegree(Math.floor(5 * p), { self }),
    (p, self) => fixedOutDegree(Math.floor(5 * p), { self }),
    (p, self) => fixedTotal(Math.floor(50 * p), { self }),
  ];
  fc.assert(
    fc.property(
      fc.record({
        rule: fc.constantFrom(...rules),
        p: fc.double({ min: 0, max: 1, noNaN: true }),
        self: fc.boolean(),
        sources: fc.integer({ min: 2, max: 40 }),
        targets: fc.integer({ min: 2, max: 40 }),
        shift: fc.integer({ min: -45, max: 45 }),
        seed: fc.nat(),
      }),
      ({ rule, p, self, sources, targets, shift, seed }) => {
        const site = among(end(sources), { target: end(targets), shift, seed });
        const rows = rule(p, self).build(site);
        expectSound(rows, site, true);
        if (!self)
          for (let s = 0; s < sources; s++)
            expect(rows.targets.subarray(rows.pointers[s], rows.pointers[s + 1]).includes(s + shift)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});
