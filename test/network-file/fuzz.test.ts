/** Whatever a file says, it is a network or it is refused. */
import fc from "fast-check";
import { loadNetwork, NeuroweaveError } from "neuroweave";
import { describe, expect, it } from "vitest";
import { mutated, mutations } from "./mutations.ts";
import { validFiles } from "./valid-files.ts";

const files = validFiles();
const limits = { maxNeurons: 5000, maxSynapses: 100_000 };

/** The error of reading it; undefined where it is read. */
function errorOf(file: string | object): unknown {
  try {
    loadNetwork(file, limits);
    return undefined;
  } catch (error) {
    return error;
  }
}

const untouched = Object.getOwnPropertyNames(Object.prototype).sort();

describe("a file in which a few places have been changed", () => {
  it("is a network, or is refused with a code and a message", () => {
    fc.assert(
      fc.property(fc.nat(files.length - 1), mutations, (which, changes) => {
        const error = errorOf(mutated(files[which]!, changes) as object);
        if (error !== undefined && !(error instanceof NeuroweaveError)) throw error;
        expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(untouched);
        expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });

  it("is a network, or is refused, wherever its text is broken", () => {
    const texts = files.map((file) => JSON.stringify(file));
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.nat(), fc.nat(20), fc.string({ maxLength: 3 }), (which, at, cut, put) => {
        const text = texts[which]!;
        const from = at % text.length;
        const error = errorOf(text.slice(0, from) + put + text.slice(from + cut));
        if (error !== undefined && !(error instanceof NeuroweaveError)) throw error;
      }),
      { numRuns: 800 },
    );
  }); // prettier-ignore
});
