/** Random rules of learning give the same bits wherever they run. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canRun, expectThreads, places, reference } from "../devices/places.ts";
import { expectSameBits, timeout } from "../devices/twins.ts";
import { allBits } from "../kernel/bits.ts";
import { builtOrRefused, drawnLearningPlan } from "./random-learning.ts";

const chunks = [1, 2, 17, 60];

describe.each([
  { precision: "f64", seed: 3, numRuns: 3 },
  { precision: "f32", seed: 4, numRuns: 2 },
] as const)("in $precision", ({ precision, seed, numRuns }) => {
  it(
    "random rules on random networks give the bits of the reference on every device",
    async () => {
      let learnt = 0;
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (draw) => {
          const plan = drawnLearningPlan(draw, 80, 150);
          const expected = builtOrRefused(plan, { ...reference.options, precision });
          if (!expected) return;
          const start = expected.projections.map((each) => each.weights().values);
          const states = [];
          for (const count of chunks) {
            await expected.step(count);
            states.push(expected.fork());
          }
          for (const place of places) {
            const net = builtOrRefused(plan, { ...place.options, precision })!;
            if (!(await canRun(place, net))) continue;
            for (const [index, count] of chunks.entries()) {
              await net.step(count);
              expectSameBits(net, states[index]!, ` on ${place.name}`);
              for (const [p, each] of states[index]!.projections.entries())
                expect(allBits(net.projections[p]!.weights().values), `${each.name} on ${place.name}`).toEqual(allBits(each.weights().values)); // prettier-ignore
            }
            expectThreads(net, place);
          }
          learnt += expected.projections.filter((each, p) => each.weights().values.some((w, j) => w !== start[p]![j])).length; // prettier-ignore
        }),
        { numRuns, seed, endOnFailure: true },
      );
      expect(learnt).toBeGreaterThan(0);
    },
    timeout,
  );
});
