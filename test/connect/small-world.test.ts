import { smallWorld } from "@neuroweave/connect";
import { describe, expect, it } from "vitest";
import { among, binomialDeviate, chiSquareDeviate, end, outDegrees, pairsMade, synapsesOf } from "./sites.ts";

/** How many places apart on the ring. */
const apart = (s: number, t: number, n: number): number => Math.min((t - s + n) % n, (s - t + n) % n);

describe("smallWorld", () => {
  it("is a ring of nearest neighbours without rewiring", () => {
    const made = synapsesOf(smallWorld({ k: 4, p: 0 }).build(among(end(9))));
    expect(made).toHaveLength(36);
    expect(made.every(({ s, t }) => apart(s, t, 9) === 1 || apart(s, t, 9) === 2)).toBe(true);
    expect(new Set(made.map(({ s, t }) => `${s}→${t}`)).size).toBe(36);
  });

  it.each([
    [30, 4, false],
    [30, 20, false],
    [30, 28, false],
    [30, 28, true],
    [31, 30, true],
    [31, 30, false],
  ] as const)("keeps out-degrees, makes no pair twice: %i neurons, k = %i, self: %s", (n, k, self) => {
    const site = among(end(n));
    const rows = smallWorld({ k, p: 0.7, self }).build(site);
    expect(outDegrees(rows)).toEqual(Array.from({ length: n }, () => k));
    const made = synapsesOf(rows);
    expect(new Set(made.map(({ s, t }) => `${s}→${t}`)).size).toBe(n * k);
    if (!self) expect(made.some(({ s, t }) => s === t)).toBe(false);
  });

  it("moves the share p of its synapses", () => {
    const [n, k, p] = [4000, 10, 0.3];
    const made = synapsesOf(smallWorld({ k, p }).build(among(end(n))));
    const moved = made.filter(({ s, t }) => apart(s, t, n) > k / 2).length;
    // Those that move to a neighbour that had moved away itself are a few in n.
    expect(Math.abs(binomialDeviate(moved, n * k, p))).toBeLessThan(5);
  });

  it.each([
    [40, 4],
    [12, 8],
  ])("moves them anywhere with the same chance: %i neurons, k = %i", (n, k) => {
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 400; seed++)
      for (const { s, t } of synapsesOf(smallWorld({ k, p: 0.5 }).build(among(end(n), { seed })))) {
        const far = (t - s + n) % n;
        if (apart(s, t, n) > k / 2) counts.set(far, (counts.get(far) ?? 0) + 1);
      }
    const observed = [...counts.values()];
    expect(observed).toHaveLength(n - 1 - k);
    const mean = observed.reduce((sum, count) => sum + count, 0) / observed.length;
    expect(
      chiSquareDeviate(
        observed,
        observed.map(() => mean),
      ),
    ).toBeLessThan(5);
  });

  it("may end at its own neuron where it is allowed to", () => {
    const made = pairsMade(smallWorld({ k: 10, p: 1, self: true }), among(end(50)));
    expect(made.some((pair) => pair.split("→")[0] === pair.split("→")[1])).toBe(true);
  });
});
