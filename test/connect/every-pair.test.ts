import { allToAll, oneToOne } from "@neuroweave/connect";
import { describe, expect, it } from "vitest";
import { among, between, end, pairsMade, synapsesOf } from "./sites.ts";

const naive = (sources: number, targets: number, allowed: (s: number, t: number) => boolean): readonly string[] =>
  Array.from({ length: sources }, (_, s) => Array.from({ length: targets }, (_, t) => [s, t] as const))
    .flat()
    .filter(([s, t]) => allowed(s, t))
    .map(([s, t]) => `${s}→${t}`);

describe("allToAll", () => {
  it("connects every source to every target", () => {
    expect(pairsMade(allToAll(), between(end(3), end(5)))).toEqual(naive(3, 5, () => true));
  });

  it("makes autapses within a population unless told otherwise", () => {
    expect(pairsMade(allToAll(), among(end(4)))).toHaveLength(16);
    expect(pairsMade(allToAll({ self: false }), among(end(4)))).toEqual(naive(4, 4, (s, t) => s !== t));
  });

  it("leaves no pair out between different populations", () => {
    expect(pairsMade(allToAll({ self: false }), between(end(4), end(4)))).toHaveLength(16);
  });

  it.each([-7, -5, -2, 0, 1, 3, 6])("knows which neurons slices share that lie %i apart", (shift) => {
    const site = among(end(5), { target: end(6), shift });
    const pairs = naive(5, 6, (s, t) => t !== s + shift);
    expect(pairsMade(allToAll({ self: false }), site)).toEqual(pairs);
    expect(allToAll({ self: false }).expected(site)).toBe(pairs.length);
  });

  it("takes narrow indices for up to 65536 targets", () => {
    const last = (n: number) => allToAll().build(between(end(1), end(n))).targets;
    expect(last(65536)).toBeInstanceOf(Uint16Array);
    expect(last(65536).at(-1)).toBe(65535);
    expect(last(65537)).toBeInstanceOf(Uint32Array);
    expect(last(65537).at(-1)).toBe(65536);
  });
});

describe("oneToOne", () => {
  it("connects neurons of the same index", () => {
    expect(synapsesOf(oneToOne().build(between(end(4), end([2, 2]))))).toMatchObject([
      { s: 0, t: 0 },
      { s: 1, t: 1 },
      { s: 2, t: 2 },
      { s: 3, t: 3 },
    ]);
  });
});
