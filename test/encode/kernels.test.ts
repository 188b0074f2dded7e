import { dogKernel, gaborKernel } from "@neuroweave/encode";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const absolute = (values: ArrayLike<number>) => Array.from(values, Math.abs);
const dog = { size: 7, sigma1: 1, sigma2: 2 };
const gabor = { size: 9, wavelength: 4, theta: 0.3, sigma: 2, gamma: 0.5 };

describe("a difference of Gaussians", () => {
  it("has its closed form at the centre and at (x, y)", () => {
    const { values, height, width } = dogKernel(dog);
    expect([height, width, values.length]).toEqual([7, 7, 49]);
    expect(values[24]).toBeCloseTo((1 - 1 / 2) / Math.sqrt(2 * Math.PI), 15);
    const corner = (Math.exp(-18 / 2) - Math.exp(-18 / 8) / 2) / Math.sqrt(2 * Math.PI);
    for (const k of [0, 6, 42, 48]) expect(values[k]).toBeCloseTo(corner, 15);
    expect(values[1 * 7 + 5]).toBeCloseTo((Math.exp(-4) - Math.exp(-1) / 2) / Math.sqrt(2 * Math.PI), 15);
  });

  it("changes its sign when the deviations are swapped", () => {
    const swapped = dogKernel({ ...dog, sigma1: 2, sigma2: 1 }).values;
    dogKernel(dog).values.forEach((w, k) => expect(swapped[k]).toBe(-w));
  });

  it("of even size lies between pixels, so no weight is at the centre", () => {
    const { values } = dogKernel({ ...dog, size: 2 });
    const weight = (Math.exp(-0.25) - Math.exp(-0.0625) / 2) / Math.sqrt(2 * Math.PI);
    values.forEach((w) => expect(w).toBeCloseTo(weight, 15));
  });

  it("is computed with the functions that are given", () => {
    expect(dogKernel({ ...dog, math: { exp: () => 1 } }).values[0]).toBe((1 - 1 / 2) / Math.sqrt(2 * Math.PI));
  });
});

describe("a Gabor kernel", () => {
  it("has its closed form: x counts rows, y columns", () => {
    const { values } = gaborKernel({ ...gabor, psi: 0.7 });
    for (const [row, column] of [
      [4, 4],
      [0, 3],
      [8, 1],
    ] as const) {
      const [x, y] = [row - 4, column - 4];
      const along = x * Math.cos(0.3) + y * Math.sin(0.3);
      const across = -x * Math.sin(0.3) + y * Math.cos(0.3);
      const expected = Math.exp(-(along ** 2 + 0.25 * across ** 2) / 8) * Math.cos((2 * Math.PI * along) / 4 + 0.7);
      expect(values[row * 9 + column]).toBeCloseTo(expected, 14);
    }
  });

  it("has horizontal stripes at θ = 0 and vertical ones at π/2", () => {
    const wide = { ...gabor, gamma: 1e-9 };
    const horizontal = gaborKernel({ ...wide, theta: 0 }).values;
    const vertical = gaborKernel({ ...wide, theta: Math.PI / 2 }).values;
    for (let k = 0; k < 81; k++) {
      expect(horizontal[k]).toBeCloseTo(horizontal[k - (k % 9)]!, 12);
      expect(vertical[k]).toBeCloseTo(vertical[k % 9]!, 6);
      expect(vertical[k]).toBeCloseTo(horizontal[(k % 9) * 9 + Math.floor(k / 9)]!, 6);
    }
  });
});

describe("kernels", () => {
  it.each([
    ["l1", (w: ArrayLike<number>) => sum(absolute(w))],
    ["l2", (w: ArrayLike<number>) => Math.hypot(...Array.from(w))],
    ["max", (w: ArrayLike<number>) => Math.max(...absolute(w))],
  ] as const)("have %s norm 1 when it is asked for", (norm, measure) => {
    expect(measure(dogKernel({ ...dog, norm }).values)).toBeCloseTo(1, 12);
    expect(measure(gaborKernel({ ...gabor, norm }).values)).toBeCloseTo(1, 12);
  });

  it("sum to zero when they are balanced, by scaling what is negative", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 9, max: 15 }),
        fc.double({ min: 0.8, max: 1.2, noNaN: true }),
        fc.double({ min: 1.6, max: 3, noNaN: true }),
        (size, sigma1, sigma2) => {
          const plain = dogKernel({ size, sigma1, sigma2 }).values;
          const balanced = dogKernel({ size, sigma1, sigma2, zeroMean: true }).values;
          expect(sum(balanced)).toBeCloseTo(0, 12);
          const ratio = sum(plain.filter((w) => w > 0)) / sum(absolute(plain.filter((w) => w < 0)));
          balanced.forEach((w, k) => expect(w).toBeCloseTo(plain[k]! * (plain[k]! > 0 ? 1 : ratio), 12));
        },
      ),
      { numRuns: 30 },
    );
    expect(sum(gaborKernel({ ...gabor, zeroMean: true, norm: "l1" }).values)).toBeCloseTo(0, 12);
  });

  it.each([
    ["a size of 0", () => dogKernel({ ...dog, size: 0 }), "dogKernel: size is 0"],
    ["a size that is not whole", () => gaborKernel({ ...gabor, size: 2.5 }), "gaborKernel: size is 2.5"],
    ["a deviation of 0", () => dogKernel({ ...dog, sigma1: 0 }), "dogKernel: sigma1 is 0"],
    ["equal deviations", () => dogKernel({ ...dog, sigma2: 1 }), "sigma1 and sigma2 are both 1"],
    [
      "a kernel of one sign to balance",
      () => dogKernel({ ...dog, size: 1, zeroMean: true }),
      "all weights have one sign",
    ],
    ["a wavelength of 0", () => gaborKernel({ ...gabor, wavelength: 0 }), "wavelength is 0"],
    ["an angle that is not finite", () => gaborKernel({ ...gabor, theta: Number.NaN }), "theta is NaN"],
    ["an unknown norm", () => dogKernel({ ...dog, norm: "l3" as "l1" }), "norm is l3"],
  ])("refuse %s", (_, make, message) => {
    expect(make).toThrow(message);
  });

  it("name the option that may have been meant", () => {
    expect(() => dogKernel({ ...dog, sigma3: 1 } as typeof dog)).toThrow(
      /no option sigma3[^]*Candidates: sigma1, sigma2/,
    );
  });
});
