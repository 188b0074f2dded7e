import { checkNumber, checkOptions, checkSeed, checkWhole, isList, NeuroweaveError } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "./refusal.ts";

const anyNumber = fc.oneof(fc.double(), fc.integer({ min: -5, max: 5 }));
const limits = fc.record({ min: anyNumber, above: anyNumber, max: anyNumber, below: anyNumber }, { requiredKeys: [] });
const noNumber = fc.oneof(fc.string(), fc.boolean(), fc.constantFrom(null, undefined, 3n, [], {}));

const attempt = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (error) {
    expect(error).toBeInstanceOf(NeuroweaveError);
    return (error as NeuroweaveError).code;
  }
};

describe("a number that is checked", () => {
  it("is given back if, and only if, it is finite and within every limit that is set", () => {
    fc.assert(
      fc.property(anyNumber, limits, (x, { min, above, max, below }) => {
        const set = Object.fromEntries(
          Object.entries({ min, above, max, below }).filter(([, limit]) => limit !== undefined && !Number.isNaN(limit)),
        );
        const within = [
          set["min"] === undefined || x >= set["min"],
          set["above"] === undefined || x > set["above"],
          set["max"] === undefined || x <= set["max"],
          set["below"] === undefined || x < set["below"],
        ];
        const expected = !Number.isFinite(x) ? "not-finite" : within.every(Boolean) ? x : "out-of-range";
        expect(attempt(() => checkNumber("f: x", x, set))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("is no text and nothing else that only looks like one", () => {
    fc.assert(
      fc.property(noNumber, (x) => {
        expect(attempt(() => checkNumber("f: x", x))).toBe("invalid-value");
        expect(attempt(() => checkWhole("f: x", x, 0))).toBe("invalid-value");
      }),
    );
  });

  it.each([
    [{}, "Give a finite number."],
    [{ min: 1 }, "Give a finite number ≥ 1."],
    [{ above: 0, below: 1 }, "Give a finite number > 0 and < 1."],
    [{ above: 0, max: 2 }, "Give a finite number > 0 and ≤ 2."],
  ])("is refused with the limits %j in words", (limits, remedy) => {
    expect(refusal(() => checkNumber("f: x", Number.NaN, limits)).remedy).toBe(remedy);
  });
});

describe("a whole number that is checked", () => {
  it("has no fraction, is known exactly, and lies between the limits, which belong to it", () => {
    fc.assert(
      fc.property(fc.oneof(anyNumber, fc.integer()), fc.integer(), fc.nat(), (x, min, span) => {
        const expected = !Number.isFinite(x)
          ? "not-finite"
          : Number.isSafeInteger(x) && min <= x && x <= min + span
            ? x
            : "out-of-range";
        expect(attempt(() => checkWhole("f: n", x, min, min + span))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
    expect(attempt(() => checkWhole("f: n", 2 ** 53, 0))).toBe("out-of-range");
  });

  it("is refused with its range in words", () => {
    expect(refusal(() => checkWhole("f: n", 0, 1)).remedy).toBe("Give a whole number ≥ 1.");
    expect(refusal(() => checkWhole("f: n", 0, 1, 3)).remedy).toBe("Give a whole number from 1 to 3.");
  });
});

describe("options that are checked", () => {
  it.each([null, undefined, 3, "text"])("are an object and not %s", (options) => {
    const { code, remedy } = refusal(() => checkOptions("f", options, ["rate", "seed"]));
    expect([code, remedy]).toEqual(["invalid-value", "Give an object of rate, seed."]);
  });

  it("may leave out anything, and hold nothing that is not known; what was meant is proposed", () => {
    for (const options of [{}, { rate: 1 }, { rate: 1, seed: undefined }]) checkOptions("f", options, ["rate", "seed"]);
    const { code, message, candidates } = refusal(() => checkOptions("f", { rat: 1 }, ["rate", "seed"]));
    expect([code, candidates]).toEqual(["unknown-name", ["rate"]]);
    expect(message).toContain("f has no option rat");
  });
});

describe("a seed", () => {
  it("is any text or finite number, as it is; all else cannot be repeated and is refused", () => {
    for (const seed of ["", "a", 0, -1.5, 1e300]) expect(checkSeed("f: seed", seed)).toBe(seed);
    for (const seed of [Number.NaN, Infinity, null, undefined, {}, 3n])
      expect(attempt(() => checkSeed("f: seed", seed))).toBe("invalid-value");
  });
});

describe("a list", () => {
  it("is an array or a typed array, and not what else has a length or a buffer", () => {
    for (const list of [[], [1], new Float64Array(2), new Uint8Array(0)]) expect(isList(list)).toBe(true);
    for (const other of [
      "text",
      { length: 1 },
      new DataView(new ArrayBuffer(8)),
      new ArrayBuffer(8),
      null,
      1,
      new Set(),
    ])
      expect(isList(other)).toBe(false);
  });
});
