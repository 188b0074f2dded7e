import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { better, lineOf, readStored, updated, verdictsOf } from "../../packages/bench/src/guard-rows.ts";

describe("the guard of ratios", () => {
  test("calls a loss what is more than 30 % below what is stored", () => {
    const verdicts = verdictsOf({ a: 0.7, b: 0.69, c: 3, d: Number.NaN }, { a: 1, b: 1, c: 1, d: 1 });
    expect(verdicts.map(({ lost }) => lost)).toEqual([false, true, false, true]);
  });

  test("loses nothing that was never stored, and says so", () => {
    const [verdict] = verdictsOf({ a: 0.1 }, {});
    expect(verdict!.lost).toBe(false);
    expect(lineOf(verdict!)).toBe("  new   a: 0.10×; nothing is stored");
  });

  test("tells both ratios and the change", () => {
    const lines = verdictsOf({ a: 1.5, b: 0.5 }, { a: 1.2, b: 1 }).map(lineOf);
    expect(lines).toEqual(["  kept  a: 1.50×, stored 1.20× (+25 %)", "  LOST  b: 0.50×, stored 1.00× (−50 %)"]);
  });

  test("takes the better of two tries", () => {
    expect(better({ a: 1, b: 2 }, { a: 1.5, b: 1 })).toEqual({ a: 1.5, b: 2 });
    expect(better({ a: 1 }, {})).toEqual({ a: 1 });
  });

  test("writes tables in order, and keeps those of other machines", () => {
    const text = updated({ portable: { z: 1 }, avx512: { a: 2 } }, { portable: { b: 1.23456, a: 3 } });
    expect(readStored(text)).toEqual({ avx512: { a: 2 }, portable: { a: 3, b: 1.23 } });
    expect(text.indexOf('"avx512"')).toBeLessThan(text.indexOf('"portable"'));
  });

  test.each(["", "[]", "3", '{"portable": 3}', '{"portable": {"a": "1"}}', '{"portable": {"a": 0}}'])(
    "refuses %j as stored ratios",
    (text) => {
      expect(() => readStored(text)).toThrow(/--update/);
    },
  );

  test("has ratios of wasm stored for every network", () => {
    const text = readFileSync(new URL("../../packages/bench/guard.json", import.meta.url), "utf8");
    const names = Object.keys(readStored(text)["portable"] ?? {});
    for (const network of ["LIF", "CUBA", "COBA", "Brunel"])
      expect(names.some((name) => name.startsWith(network))).toBe(true);
  });
});
