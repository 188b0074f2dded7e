import { createNetwork, NeuroweaveError, type Network } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ingredientsOf, randomModels, type RandomModel } from "./random-models.ts";
import { canRun, expectThreads, nativeTeam, reference, wasm, wasmTeam, type Place } from "./places.ts";
import { expectSameBits } from "./twins.ts";

/** A network of a random model for n neurons, or the message of its refusal. */
function attempt(model: RandomModel, n: number, { options }: Place, precision: "f64" | "f32"): Network | string {
  const net = createNetwork({ dt: 0.1, seed: 3, precision, ...options });
  try {
    net.population("cells", n, ingredientsOf(model, n) as never, { method: model.method });
    return net;
  } catch (error) {
    if (error instanceof NeuroweaveError && error.code !== "internal") return error.message;
    throw error;
  }
}

/** What a run ends with: nothing, or the message of the fault that stopped it. */
async function outcome(net: Network, steps: number): Promise<string> {
  try {
    await net.step(steps);
    return "";
  } catch (error) {
    if (error instanceof NeuroweaveError && error.code !== "internal") return error.message;
    throw error;
  }
}

/** Compiling in C takes most of a second, so that few models go through it. */
const rows = [
  { place: wasm, n: 5, numRuns: 30 },
  { place: wasmTeam(2), n: 70, numRuns: 12 },
  { place: nativeTeam(2), n: 77, numRuns: 6 },
] as const;

describe.each(["f64", "f32"] as const)("a random composition in %s", (precision) => {
  it.each(rows)("has the same bits, or the same fault, on $place.name as on the reference", async (row) => {
    const { place, n, numRuns } = row;
    await fc.assert(
      fc.asyncProperty(randomModels, async (model) => {
        const hint = `\n${JSON.stringify(model, null, 2)}`;
        const expected = attempt(model, n, reference, precision);
        const actual = attempt(model, n, place, precision);
        if (typeof expected === "string" || typeof actual === "string") {
          expect(actual, hint).toBe(expected);
          return;
        }
        if (!(await canRun(place, actual))) return;
        expectThreads(actual, place);
        for (const steps of [1, 1, 1, 2, 5, 10]) {
          const fault = await outcome(expected, steps);
          expect(await outcome(actual, steps), hint).toBe(fault);
          expectSameBits(actual, expected, hint);
          if (fault !== "") return;
        }
      }),
      { numRuns, interruptAfterTimeLimit: 40_000 },
    );
  });
});
