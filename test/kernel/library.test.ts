/** Every function of the library against its true value, computed to 192 bits. */
import type { Precision } from "@neuroweave/kernel";
import { describe, expect, it } from "vitest";
import { interpret } from "./interpret.ts";
import { rows } from "./library-functions.ts";
import { pointsOf } from "./library-points.ts";
import { distance, formats, round, wide } from "./oracle-wide.ts";

const precisions: readonly Precision[] = ["f64", "f32"];
const count = 1500;

/** The correctly rounded result; `exp` has no subnormal ones. */
function expected(name: string, truth: number, precision: Precision): number {
  return name === "exp" && truth < 2 ** formats[precision].lowest ? 0 : truth;
}

describe.each(precisions)("in %s", (precision) => {
  describe.each(rows)("$name", ({ name, written, truth, domain, kinds, operations }) => {
    const { call, operations: cost } = interpret(written, 1, precision);

    it.each(Object.keys(kinds))("is within one unit in the last place: %s", (kind) => {
      const points = pointsOf(kinds[kind]!, precision, count).filter((x) => x !== 0 && domain(x, precision));
      expect(points.length).toBeGreaterThan(20);
      const misses = points
        .map((x) => ({ x, given: call(x), exact: expected(name, round(truth(wide(x)), precision), precision) }))
        .filter(({ given, exact }) => distance(given, exact, precision) > 1);
      expect(misses).toEqual([]);
    });

    it("costs no more operations than it did", () => {
      expect(cost).toBeLessThanOrEqual(operations[precision]);
    });
  });
});
