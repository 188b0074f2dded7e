import { averagePool, convolution, lateral, locallyConnected } from "@neuroweave/connect";
import type { Rows } from "@neuroweave/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { among, between, end, synapsesOf } from "./sites.ts";

type Shape4 = readonly [number, number, number, number];

/** "source→target" → weight, by the definition of the connector: a loop over outputs and the taps of the window. */
type Naive = Map<string, number | undefined>;

function made(rows: Rows): Naive {
  const synapses = synapsesOf(rows);
  const map: Naive = new Map(synapses.map(({ s, t, weight }) => [`${s}→${t}`, weight]));
  expect(map.size).toBe(synapses.length);
  return map;
}

/** Calls back for each tap of each window whose input exists. */
function eachTap(
  [height, width]: readonly [number, number],
  [outHeight, outWidth]: readonly [number, number],
  window: { size: readonly [number, number]; stride: readonly [number, number]; padding: readonly [number, number] },
  tap: (output: readonly [number, number], input: readonly [number, number], ky: number, kx: number) => void,
): void {
  for (let y = 0; y < outHeight; y++)
    for (let x = 0; x < outWidth; x++)
      for (let ky = 0; ky < window.size[0]; ky++)
        for (let kx = 0; kx < window.size[1]; kx++) {
          const iy = y * window.stride[0] - window.padding[0] + ky;
          const ix = x * window.stride[1] - window.padding[1] + kx;
          if (iy >= 0 && iy < height && ix >= 0 && ix < width) tap([y, x], [iy, ix], ky, kx);
        }
}

const length = (max: number) => fc.integer({ min: 1, max });
const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

const windows = fc
  .record({
    input: fc.tuple(length(3), length(8), length(8)),
    outDepth: length(3),
    size: pair(1, 4),
    stride: pair(1, 3),
    padding: pair(0, 2),
  })
  .filter(({ input, size, padding }) => [0, 1].every((d) => input[d + 1]! + 2 * padding[d]! >= size[d]!))
  .map((window) => {
    const out = [0, 1].map((d) =>
      Math.floor((window.input[d + 1]! + 2 * window.padding[d]! - window.size[d]!) / window.stride[d]! + 1),
    ) as [number, number];
    return { ...window, out };
  });

describe("convolution", () => {
  it("is the loop over outputs and kernel, with weights shared or copied", () => {
    fc.assert(
      fc.property(windows, (window) => {
        const { input, out, outDepth, size, stride, padding } = window;
        const shape: Shape4 = [outDepth, input[0], ...size];
        const values = Float64Array.from({ length: shape.reduce((a, b) => a * b) }, (_, j) => j - 3);
        const naive: Naive = new Map();
        for (let oc = 0; oc < outDepth; oc++)
          for (let ic = 0; ic < input[0]; ic++)
            eachTap([input[1], input[2]], out, window, ([y, x], [iy, ix], ky, kx) => {
              const s = (ic * input[1] + iy) * input[2] + ix;
              const t = (oc * out[0] + y) * out[1] + x;
              naive.set(`${s}→${t}`, values[((oc * input[0] + ic) * size[0] + ky) * size[1] + kx]);
            });
        const site = between(end(input), end([outDepth, ...out]));
        const connector = convolution({ kernel: { values, shape }, stride, padding });
        const rows = connector.build(site);
        expect(rows.shared!.values).toEqual(values);
        expect(rows.weights).toBeUndefined();
        expect(made(rows)).toEqual(naive);
        expect(connector.expected(site)).toBe(naive.size);
        const copied = convolution({ kernel: { values, shape }, stride, padding, shared: false }).build(site);
        expect(copied.shared).toBeUndefined();
        expect(made(copied)).toEqual(naive);
      }),
    );
  });

  it("gives the sums of products that are worked out by hand", () => {
    // Input 0 … 11 in rows of four; the second of the lower windows: 5·1 + 6·2 + 9·3 + 10·4.
    const rows = convolution({
      kernel: [
        [1, 2],
        [3, 4],
      ],
      padding: 1,
      stride: 2,
    }).build(between(end([3, 4]), end([2, 3])));
    const output = [0, 0, 0, 0, 0, 0];
    for (const { s, t, weight } of synapsesOf(rows)) output[t]! += s * weight!;
    expect(output).toEqual([0, 11, 9, 40, 84, 40]);
  });

  it("reads nested lists as it reads values with a shape", () => {
    const nested = [[[[1, 2, 3]], [[4, 5, 6]]]];
    const flat = { values: [1, 2, 3, 4, 5, 6], shape: [1, 2, 1, 3] };
    const site = () => between(end([2, 2, 4]), end([1, 2, 2]));
    expect(convolution({ kernel: nested }).build(site())).toEqual(convolution({ kernel: flat }).build(site()));
  });
});

describe("locallyConnected", () => {
  it("is the loop over outputs with weights for each", () => {
    fc.assert(
      fc.property(windows, (window) => {
        const { input, out, outDepth, size, stride, padding } = window;
        const shape = [outDepth, out[0] * out[1], input[0] * size[0] * size[1]];
        const values = Float64Array.from({ length: shape.reduce((a, b) => a * b) }, (_, j) => j + 1);
        const naive: Naive = new Map();
        for (let oc = 0; oc < outDepth; oc++)
          for (let ic = 0; ic < input[0]; ic++)
            eachTap([input[1], input[2]], out, window, ([y, x], [iy, ix], ky, kx) => {
              const s = (ic * input[1] + iy) * input[2] + ix;
              const place = y * out[1] + x;
              const weight = values[(oc * shape[1]! + place) * shape[2]! + (ic * size[0] + ky) * size[1] + kx];
              naive.set(`${s}→${oc * shape[1]! + place}`, weight);
            });
        const site = between(end(input), end([outDepth, ...out]));
        const connector = locallyConnected({ kernelSize: size, stride, padding, weights: { values, shape } });
        expect(made(connector.build(site))).toEqual(naive);
        expect(connector.expected(site)).toBe(naive.size);
        const bare = locallyConnected({ kernelSize: size, stride, padding }).build(site);
        expect(bare.weights ?? bare.shared).toBeUndefined();
        expect([...made(bare).keys()]).toEqual(
          [...naive.keys()].filter((key) => made(bare).has(key)).toSorted(bySourceAndTarget),
        );
        expect(made(bare).size).toBe(naive.size);
      }),
      { numRuns: 50 },
    );
  });
});

function bySourceAndTarget(a: string, b: string): number {
  const [[as, at], [bs, bt]] = [a, b].map((key) => key.split("→").map(Number)) as [[number, number], [number, number]];
  return as - bs || at - bt;
}

describe("averagePool", () => {
  it("takes the mean of each window, depth by depth", () => {
    const input = [2, 5, 7] as const;
    const rows = averagePool({ size: [2, 3] }).build(between(end(input), end([2, 2, 2])));
    const naive: Naive = new Map();
    for (let c = 0; c < 2; c++)
      eachTap([5, 7], [2, 2], { size: [2, 3], stride: [2, 3], padding: [0, 0] }, ([y, x], [iy, ix]) =>
        naive.set(`${(c * 5 + iy) * 7 + ix}→${(c * 2 + y) * 2 + x}`, 1 / 6),
      );
    expect(made(rows)).toEqual(naive);
    expect(rows.shared!.values).toEqual(Float64Array.of(1 / 6));
  });

  it("lets windows overlap", () => {
    const connector = averagePool({ size: 3, stride: 1 });
    const site = between(end([5, 5]), end([3, 3]));
    expect(connector.build(site).targets).toHaveLength(81);
    expect(connector.expected(site)).toBe(81);
  });
});

describe("lateral", () => {
  const cases = fc.record({
    grid: fc.array(length(6), { minLength: 1, maxLength: 3 }),
    axes: fc.integer({ min: 1, max: 3 }),
    extent: fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(1, 3, 5))),
    periodic: fc.boolean(),
    self: fc.boolean(),
    shared: fc.boolean(),
  });

  it("is the loop over neurons and the kernel around them, up to the border or across it", () => {
    fc.assert(
      fc.property(cases, ({ grid, axes, extent, periodic, self, shared }) => {
        const rank = Math.min(axes, grid.length);
        const own = grid.slice(-rank);
        const shape = extent.slice(0, rank).map((k, d): number => (periodic && k > own[d]! ? 1 : k));
        const values = Float64Array.from({ length: shape.reduce((a, b) => a * b) }, (_, j) => j + 1);
        const [depth, height, width] = [...[1, 1, 1].slice(grid.length), ...grid] as [number, number, number];
        const [kd, kh, kw] = [...[1, 1, 1].slice(rank), ...shape] as [number, number, number];
        const centre = [kd, kh, kw].map((k) => (k - 1) / 2) as [number, number, number];
        const naive: Naive = new Map();
        const inside = (at: number, n: number) => (periodic ? (at + n) % n : at >= 0 && at < n ? at : undefined);
        for (let t = 0; t < depth * height * width; t++)
          for (let tap = 0; tap < values.length; tap++) {
            const [kz, ky, kx] = [Math.floor(tap / (kh * kw)), Math.floor(tap / kw) % kh, tap % kw];
            const z = inside(Math.floor(t / (height * width)) + kz - centre[0], depth);
            const y = inside((Math.floor(t / width) % height) + ky - centre[1], height);
            const x = inside((t % width) + kx - centre[2], width);
            if (z === undefined || y === undefined || x === undefined) continue;
            const s = (z * height + y) * width + x;
            if (self || tap !== (values.length - 1) / 2) naive.set(`${s}→${t}`, values[tap]);
          }
        const site = among(end(grid));
        const options = { self, boundary: periodic ? "periodic" : "cut" } as const;
        const connector = lateral({ kernel: { values, shape }, shared, ...options });
        const rows = connector.build(site);
        expect(made(rows)).toEqual(naive);
        expect(rows.shared === undefined).toBe(!shared);
        expect(connector.expected(site)).toBe(naive.size);
        const bare = lateral({ size: shape, ...options }).build(site);
        expect(bare).toEqual({ pointers: rows.pointers, targets: rows.targets });
      }),
      { numRuns: 300 },
    );
  });

  it("takes one number as a square", () => {
    const site = () => among(end([6, 6]));
    expect(lateral({ size: 3 }).build(site())).toEqual(lateral({ size: [3, 3] }).build(site()));
  });
});
