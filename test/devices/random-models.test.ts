import { createNetwork, NeuroweaveError, type Network } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ingredientsOf, randomModels, type RandomModel } from "./random-models.ts";
import { expectSameBits, type DeviceName } from "./twins.ts";

const n = 5;

/** A network of a random model, or the message of its refusal. */
function attempt(model: RandomModel, device: DeviceName, precision: "f64" | "f32"): Network | string {
  const net = createNetwork({ dt: 0.1, seed: 3, device, precision });
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

describe.each(["f64", "f32"] as const)("a random composition in %s", (precision) => {
  it("has the same bits, or the same fault, on wasm as on the reference", async () => {
    await fc.assert(
      fc.asyncProperty(randomModels, async (model) => {
        const hint = `\n${JSON.stringify(model, null, 2)}`;
        const expected = attempt(model, "reference", precision);
        const actual = attempt(model, "wasm", precision);
        if (typeof expected === "string" || typeof actual === "string") {
          expect(actual, hint).toBe(expected);
          return;
        }
        for (const steps of [1, 1, 1, 2, 5, 10]) {
          const fault = await outcome(expected, steps);
          expect(await outcome(actual, steps), hint).toBe(fault);
          expectSameBits(actual, expected, hint);
          if (fault !== "") return;
        }
      }),
      { numRuns: 30, interruptAfterTimeLimit: 40_000 },
    );
  });
});
