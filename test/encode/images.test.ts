import { dogFilter, dogKernel, filter2d, gaborBank, gaborKernel, normalizeImage, toImage } from "@neuroweave/encode";
import type { Image } from "@neuroweave/encode";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const images = (max: number) =>
  fc
    .record({ height: fc.integer({ min: 1, max }), width: fc.integer({ min: 1, max }) })
    .chain(({ height, width }) =>
      fc
        .array(fc.integer({ min: -9, max: 9 }), { minLength: height * width, maxLength: height * width })
        .map((values): Image => ({ values, height, width })),
    );

/** The definition, with the zeros around the image written out. */
function naiveFilter(image: Image, kernel: Image, stride: number, padding: readonly [number, number]): number[][] {
  const at = (y: number, x: number) =>
    y < 0 || x < 0 || y >= image.height || x >= image.width ? 0 : image.values[y * image.width + x]!;
  const rows: number[][] = [];
  for (let i = 0; i * stride + kernel.height <= image.height + 2 * padding[0]; i++) {
    const row: number[] = [];
    for (let j = 0; j * stride + kernel.width <= image.width + 2 * padding[1]; j++) {
      let sum = 0;
      for (let a = 0; a < kernel.height; a++)
        for (let b = 0; b < kernel.width; b++)
          sum += at(i * stride + a - padding[0], j * stride + b - padding[1]) * kernel.values[a * kernel.width + b]!;
      row.push(sum);
    }
    rows.push(row);
  }
  return rows;
}

describe("images", () => {
  it("are rows, or values with height and width", () => {
    const rows = toImage([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(rows).toEqual(toImage({ values: Uint8Array.of(1, 2, 3, 4, 5, 6), height: 2, width: 3 }));
    expect(rows).toEqual({ values: Float64Array.of(1, 2, 3, 4, 5, 6), height: 2, width: 3 });
  });

  it("are normalized to [0, 1] between their extremes, or between those given", () => {
    expect([...normalizeImage([[2, 4, 6]]).values]).toEqual([0, 0.5, 1]);
    expect([...normalizeImage([[0, 51, 255]], { low: 0, high: 255 }).values]).toEqual([0, 0.2, 1]);
    expect([...normalizeImage([[7, 7]]).values]).toEqual([0, 0]);
  });

  it.each([
    ["NaN", () => toImage([[1, 2], [3, Number.NaN]]), "the pixel in row 1, column 1 is NaN"], // prettier-ignore
    ["rows of unequal length", () => toImage([[1, 2], [3]]), "row 1 has not the 2 columns"],
    ["no rows", () => toImage([]), "no rows of numbers"],
    ["missing values", () => toImage({ values: [1, 2, 3], height: 2, width: 2 }), "3 pixels for 2 × 2"],
    ["a width of 0", () => toImage({ values: [], height: 1, width: 0 }), "the width is 0"],
    ["pixels outside the range", () => normalizeImage([[0, 300]], { low: 0, high: 255 }), "outside [0, 255]"],
  ])("with %s are refused", (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe("a filtered image", () => {
  it("is the sum of its definition, exactly for whole numbers", () => {
    fc.assert(
      fc.property(
        images(9),
        images(4),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom<("same" | "valid" | number)[]>("same", "valid", 0, 1, 2),
        (image, kernel, stride, padding) => {
          fc.pre(padding !== "same" || (kernel.height % 2 === 1 && kernel.width % 2 === 1));
          const amount = (size: number) =>
            typeof padding === "number" ? padding : padding === "same" ? (size - 1) / 2 : 0;
          const padded = [amount(kernel.height), amount(kernel.width)] as const;
          const expected = naiveFilter(image, kernel, stride, padded);
          const compute = () => filter2d(image, kernel, { stride, padding });
          if (expected.length === 0 || expected[0]!.length === 0) {
            expect(compute).toThrow("does not fit");
            return;
          }
          const { values, height, width } = compute();
          expect([height, width]).toEqual([expected.length, expected[0]!.length]);
          expect(Array.from(values, (v) => v + 0)).toEqual(expected.flat().map((v) => v + 0));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is not flipped, and of the size of the image with padding same", () => {
    const kernel = [[0, 0, 0], [0, 0, 1], [0, 0, 0]]; // prettier-ignore
    const { values, height, width } = filter2d([[1, 2, 3], [4, 5, 6]], kernel, { padding: "same" }); // prettier-ignore
    expect([height, width]).toEqual([2, 3]);
    expect([...values]).toEqual([2, 3, 0, 5, 6, 0]);
  });

  it.each([
    ["an even kernel with padding same", () => filter2d([[1, 2]], [[1, 1]], { padding: "same" }), "no middle"],
    ["a kernel that is too large", () => filter2d([[1, 2]], [[1, 1, 1]]), "does not fit into 2"],
    ["a stride of 0", () => filter2d([[1]], [[1]], { stride: 0 }), "stride is 0"],
    ["a negative padding", () => filter2d([[1]], [[1]], { padding: -1 }), "padding is -1"],
    ["a padding that is none", () => filter2d([[1]], [[1]], { padding: "full" as "same" }), "padding is full"],
    ["an unknown option", () => filter2d([[1]], [[1]], { strides: 1 } as object), "Candidates: stride"],
  ])("is refused for %s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe("ON and OFF halves", () => {
  const spot = Array.from({ length: 9 }, (_, y) => Array.from({ length: 9 }, (_, x) => (x === 4 && y === 4 ? 1 : 0)));
  const dog = { size: 5, sigma1: 1, sigma2: 2, zeroMean: true } as const;

  it("of a difference of Gaussians are parts of the answer, never both at one place", () => {
    const { on, off } = dogFilter(spot, { ...dog, padding: "same" });
    const answer = filter2d(spot, dogKernel(dog), { padding: "same" });
    answer.values.forEach((r, k) => {
      expect(on.values[k]! - off.values[k]!).toBe(r);
      expect(Math.min(on.values[k]!, off.values[k]!)).toBe(0);
    });
    expect(on.values[40]).toBeGreaterThan(0);
    expect(off.values[38]).toBeGreaterThan(0);
  });

  it("are nothing for a uniform image and a balanced kernel", () => {
    const { on, off } = dogFilter({ values: new Float64Array(81).fill(0.7), height: 9, width: 9 }, dog);
    [...on.values, ...off.values].forEach((value) => expect(value).toBeCloseTo(0, 12));
  });

  it("of a Gabor bank are strongest for the stripes of their own orientation", () => {
    const rows = Array.from({ length: 15 }, (_, y) =>
      Array.from({ length: 15 }, () => Math.cos((2 * Math.PI * (y - 7)) / 4)),
    );
    const gabor = { size: 15, wavelength: 4, sigma: 3, gamma: 1 };
    const bank = gaborBank(rows, { ...gabor, orientations: 4 });
    expect(bank.map(({ theta }) => theta)).toEqual([0, Math.PI / 4, Math.PI / 2, (3 * Math.PI) / 4]);
    const answers = bank.map(({ on }) => on.values[0]!);
    expect(answers.indexOf(Math.max(...answers))).toBe(0);
    expect(bank[1]!.on.values[0]! - bank[1]!.off.values[0]!).toBe(
      filter2d(rows, gaborKernel({ ...gabor, theta: Math.PI / 4 })).values[0],
    );
    expect(gaborBank(rows, { ...gabor, orientations: [1, 2], stride: 2, padding: "same" })[1]).toMatchObject({
      theta: 2,
      on: { height: 8, width: 8 },
    });
  });

  it("are refused for no orientation and for unknown options", () => {
    const gabor = { size: 3, wavelength: 4, sigma: 3, gamma: 1 };
    expect(() => gaborBank([[1]], { ...gabor, orientations: [] })).toThrow("there are no orientations");
    expect(() => gaborBank([[1]], { ...gabor, orientations: 0 })).toThrow("orientations is 0");
    expect(() => gaborBank([[1]], { ...gabor, orientation: 1 } as never)).toThrow("Candidates: orientations");
    expect(() => dogFilter([[1]], { ...dog, theta: 1 } as typeof dog)).toThrow("dogFilter has no option theta");
  });
});
