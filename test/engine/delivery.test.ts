import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stateOf } from "../devices/twins.ts";
import { expectTwins } from "./compare-with-naive.ts";
import { builtNetwork, drawnPlan, naiveTwin } from "./random-networks.ts";

const steps = 40;

describe("a random network", () => {
  it.each(["wasm", "reference"] as const)("on %s has the bits of its naive twin at every step", async (device) => {
    let spikes = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const plan = drawnPlan(draw, steps);
        const [net, naive] = [builtNetwork(plan, { device }), naiveTwin(plan)];
        for (let k = 0; k < steps; k++) {
          await net.step();
          naive.advance(1);
          expectTwins(net, naive);
        }
        spikes += naive.history.length;
      }),
      { numRuns: 45, seed: 20_250, endOnFailure: true },
    );
    expect(spikes).toBeGreaterThan(1000);
  });

  it("in single precision has the same bits on both devices", async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const plan = drawnPlan(draw, steps);
        const [one, other] = (["wasm", "reference"] as const).map((device) => builtNetwork(plan, { device, precision: "f32" }));
        for (let k = 0; k < steps; k += 4) {
          await Promise.all([one!.step(4), other!.step(4)]);
          expect(stateOf(one!)).toEqual(stateOf(other!));
        }
      }),
      { numRuns: 15, seed: 20_251, endOnFailure: true },
    );
  }); // prettier-ignore
});
