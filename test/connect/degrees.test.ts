import { fixedInDegree, fixedOutDegree, fixedTotal } from "@neuroweave/connect";
import { describe, expect, it } from "vitest";
import { among, between, chiSquareDeviate, end, inDegrees, outDegrees, pairsMade, synapsesOf } from "./sites.ts";

const flags = [true, false].flatMap((self) => [true, false].map((multapses) => ({ self, multapses })));

describe("fixedInDegree", () => {
  it.each(flags)("gives every target k synapses: %o", (options) => {
    const rows = fixedInDegree(6, options).build(among(end(40), { target: end(30), shift: 5 }));
    expect(inDegrees(rows, 30)).toEqual(Array.from({ length: 30 }, () => 6));
  });

  it("draws every source alike", () => {
    const rows = fixedInDegree(10).build(between(end(50), end(2000)));
    expect(
      chiSquareDeviate(
        outDegrees(rows),
        Array.from({ length: 50 }, () => 400),
      ),
    ).toBeLessThan(5);
  });
});

describe("fixedOutDegree", () => {
  it.each(flags)("gives every source k synapses: %o", (options) => {
    const rows = fixedOutDegree(6, options).build(among(end(40), { target: end(30), shift: -5 }));
    expect(outDegrees(rows)).toEqual(Array.from({ length: 40 }, () => 6));
  });

  it("draws every target alike", () => {
    const rows = fixedOutDegree(10).build(between(end(2000), end(50)));
    expect(
      chiSquareDeviate(
        inDegrees(rows, 50),
        Array.from({ length: 50 }, () => 400),
      ),
    ).toBeLessThan(5);
  });
});

describe("fixedTotal", () => {
  it.each(flags)("makes exactly the number asked for: %o", (options) => {
    for (const total of [0, 1, 17, 500, 899, 1175])
      expect(fixedTotal(total, options).build(among(end(40), { target: end(30), shift: 5 })).targets).toHaveLength(
        total,
      );
  });

  it("makes every pair when it is asked for all", () => {
    expect(new Set(pairsMade(fixedTotal(90, { self: false, multapses: false }), among(end(10))))).toHaveProperty(
      "size",
      90,
    );
  });

  it.each(flags)("draws every pair alike: %o", (options) => {
    const n = 6;
    const counts = Array.from({ length: n * n }, () => 0);
    for (let seed = 0; seed < 4000; seed++)
      for (const { s, t } of synapsesOf(fixedTotal(9, options).build(among(end(n), { seed })))) counts[s * n + t]!++;
    const allowed = counts.filter((_, pair) => options.self || pair % (n + 1) !== 0);
    expect(allowed.reduce((sum, count) => sum + count, 0)).toBe(36_000);
    expect(
      chiSquareDeviate(
        allowed,
        allowed.map(() => 36_000 / allowed.length),
      ),
    ).toBeLessThan(5);
  });
});

describe.each([
  ["fixedInDegree", fixedInDegree],
  ["fixedOutDegree", fixedOutDegree],
] as const)("%s without multapses", (_, connector) => {
  it("makes no pair twice, down to the last partner", () => {
    for (const k of [1, 5, 11, 12]) {
      const pairs = pairsMade(connector(k, { multapses: false }), between(end(12), end(12)));
      expect(new Set(pairs).size).toBe(12 * k);
    }
    expect(pairsMade(connector(11, { multapses: false, self: false }), among(end(12)))).not.toContain("3→3");
  });

  it("draws every set of partners alike", () => {
    // 4 of 6 partners: 15 sets, for a neuron that must not have itself among 7.
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const rows = connector(4, { multapses: false, self: false }).build(among(end(7), { seed }));
      const own = synapsesOf(rows).flatMap(({ s, t }) =>
        connector === fixedInDegree ? (t === 2 ? [s] : []) : s === 2 ? [t] : [],
      );
      const set = own.join();
      counts.set(set, (counts.get(set) ?? 0) + 1);
    }
    expect(counts.size).toBe(15);
    expect(
      chiSquareDeviate(
        [...counts.values()],
        Array.from({ length: 15 }, () => 200),
      ),
    ).toBeLessThan(5);
  });
});

describe("multapses", () => {
  it("are as frequent as in draws with replacement", () => {
    // Of 2 draws from 10, both are the same once in ten.
    const pairs = pairsMade(fixedOutDegree(2), between(end(20_000), end(10)));
    const same = 20_000 * 2 - new Set(pairs).size;
    expect(Math.abs(same - 2000) / Math.sqrt(1800)).toBeLessThan(5);
  });
});
