import { fromArrays, fromCSR, fromDense } from "@neuroweave/connect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { between, end, synapsesOf } from "./sites.ts";

const [sources, targets] = [7, 5];
const site = between(end(sources), end(targets));

const synapse = fc.record({
  s: fc.nat({ max: sources - 1 }),
  t: fc.nat({ max: targets - 1 }),
  weight: fc.double({ noNaN: true, noDefaultInfinity: true }),
  delay: fc.double({ min: 0, max: 1000, noNaN: true }),
});

describe("fromArrays", () => {
  it("sorts by source and keeps the order given within a row", () => {
    fc.assert(
      fc.property(fc.array(synapse), (given) => {
        const connector = fromArrays({
          sources: given.map(({ s }) => s),
          targets: Uint8Array.from(given, ({ t }) => t),
          weights: given.map(({ weight }) => weight),
          delays: given.map(({ delay }) => delay),
        });
        expect(synapsesOf(connector.build(site))).toEqual(given.toSorted((a, b) => a.s - b.s));
        expect(connector.expected(site)).toBe(given.length);
      }),
    );
  });

  it("leaves weights and delays to the projection where none are given", () => {
    const rows = fromArrays({ sources: [1], targets: [2] }).build(site);
    expect(Object.keys(rows).toSorted()).toEqual(["pointers", "targets"]);
  });

  it("does not notice what becomes of its arrays, nor of what it made", () => {
    const weights = [1, 2];
    const connector = fromArrays({ sources: [0, 1], targets: [0, 1], weights });
    weights[0] = 9;
    connector.build(site).weights!.fill(8);
    expect([...connector.build(site).weights!]).toEqual([1, 2]);
  });
});

describe("fromCSR", () => {
  it("keeps compressed rows as they are", () => {
    const connector = fromCSR({
      pointers: [0, 2, 2, 3, 3, 3, 3, 4],
      targets: [4, 1, 0, 3],
      weights: [1, -2, 3, 0],
      delays: [0, 1, 2, 3],
    });
    expect(synapsesOf(connector.build(site))).toEqual([
      { s: 0, t: 4, weight: 1, delay: 0 },
      { s: 0, t: 1, weight: -2, delay: 1 },
      { s: 2, t: 0, weight: 3, delay: 2 },
      { s: 6, t: 3, weight: 0, delay: 3 },
    ]);
  });

  it("reads what fromArrays makes", () => {
    fc.assert(
      fc.property(fc.array(synapse), (given) => {
        const rows = fromArrays({ sources: given.map(({ s }) => s), targets: given.map(({ t }) => t) }).build(site);
        expect(fromCSR(rows).build(site)).toEqual(rows);
      }),
    );
  });
});

describe("fromDense", () => {
  it("makes a synapse of every entry above the threshold", () => {
    const matrix = [[0, 1.5, -0.25], [0, 0, 0], Float64Array.of(0.1, -0, 2)];
    const square = between(end(3), end(3));
    expect(synapsesOf(fromDense(matrix).build(square))).toMatchObject([
      { s: 0, t: 1, weight: 1.5 },
      { s: 0, t: 2, weight: -0.25 },
      { s: 2, t: 0, weight: 0.1 },
      { s: 2, t: 2, weight: 2 },
    ]);
    expect(fromDense(matrix, { threshold: 0.25 }).expected(square)).toBe(2);
  });
});
