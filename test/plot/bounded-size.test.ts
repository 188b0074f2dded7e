import { raster, traces } from "@neuroweave/plot";
import { describe, expect, it } from "vitest";
import { readAxes } from "./read-axes.ts";
import { byClass, findAll, linesOf, readMarkup, strokesOf } from "./read-markup.ts";

/** Numbers in [0, 1) without pattern or chance: a full-period congruential sequence (Knuth, TAOCP 2, 3.3.4). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("a raster of a million spikes", () => {
  const count = 1_000_000;
  const n = 5000;
  const next = sequence(1);
  const times = new Float64Array(count);
  const ids = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    // Twice as many spikes in the second half of the time.
    const u = next();
    times[k] = u < 1 / 3 ? u * 1500 : 500 + (u - 1 / 3) * 750;
    ids[k] = Math.floor(next() * n);
  }
  const groups = [
    { label: "exc", from: 0, to: 4000 },
    { label: "inh", from: 4000, to: n },
  ];
  const draw = (shown: number) =>
    raster({
      title: "Many",
      times: times.subarray(0, shown),
      ids: ids.subarray(0, shown),
      n,
      from: 0,
      to: 1000,
      groups,
    });

  it("is a file of bounded size, however many spikes there are", () => {
    for (const shown of [100_000, 300_000, count]) expect(draw(shown).length).toBeLessThan(900_000);
  });

  it("shows where there are more, in the colors of the groups", () => {
    const svg = readMarkup(draw(count));
    const { x, y } = readAxes(svg);
    for (const color of [0, 1]) {
      const shades = findAll(svg, byClass(`nw-line-${color}`));
      // Mean opacity over a stretch of time.
      const ink = (from: number, to: number): number =>
        shades.reduce((sum, { attributes }) => {
          const opacity = Number(attributes.get("stroke-opacity"));
          const runs = strokesOf(attributes.get("d")!);
          const length = runs.reduce((all, [start, end]) => {
            const [left, right] = [Math.max(start!.x, x(from)), Math.min(end!.x, x(to))];
            return all + Math.max(0, right - left);
          }, 0);
          return sum + opacity * length;
        }, 0);
      expect(ink(500, 1000) / ink(0, 500)).toBeGreaterThan(1.5);
      expect(ink(500, 1000) / ink(0, 500)).toBeLessThan(2.5);
      const rows = shades.flatMap(({ attributes }) => strokesOf(attributes.get("d")!).map(([start]) => start!.y));
      const [low, high] = color === 0 ? [0, 4000] : [4000, n];
      expect(rows.reduce((a, b) => Math.max(a, b))).toBeLessThan(y(low) + 3);
      expect(rows.reduce((a, b) => Math.min(a, b))).toBeGreaterThan(y(high) - 3);
    }
  });
});

describe("a trace of ten million samples", () => {
  it("is no larger than one of a hundred thousand, and keeps a peak of one sample", () => {
    const count = 10_000_000;
    const next = sequence(2);
    const values = Float32Array.from({ length: count }, () => next() - 0.5);
    const times = Float32Array.from({ length: count }, (_, k) => k / 1000);
    values[6_543_210] = 5;
    const draw = (shown: number) =>
      traces({
        title: "Long",
        times: times.subarray(0, shown),
        series: [{ label: "v", values: values.subarray(0, shown) }],
      });
    const long = draw(count);
    expect(long.length).toBeLessThan(40_000);
    expect(long.length).toBeLessThan(draw(100_000).length * 1.2);
    const svg = readMarkup(long);
    const { x, y } = readAxes(svg);
    const top = strokesOf(linesOf(svg, 0)[0]!)[0]!.reduce((a, b) => (b.y < a.y ? b : a));
    expect(top.x).toBeCloseTo(x(6543.21), 0);
    expect(Math.abs(top.y - y(5))).toBeLessThan(0.2);
  });
});
