/** Random rules of learning on random networks, held to plain loops over all synapses, to the bit. */
import type { Network } from "neuroweave";
import fc from "fast-check";
import { expect, it } from "vitest";
import { allBits } from "../kernel/bits.ts";
import { expectTwins } from "./compare-with-naive.ts";
import { advanceTwin, builtOrRefused, drawnLearningPlan, learningTwin, type LearningTwin } from "./random-learning.ts";

const steps = 150;

/** Compares weights and every variable of every projection that learns. */
function expectSameLearning(net: Network, { naive, learning }: LearningTwin): void {
  expectTwins(net, naive);
  const [seen, expected]: Record<string, readonly string[]>[] = [{}, {}];
  for (const [name, { projection, values }] of learning) {
    const found = net.findProjection(name);
    seen![`${name}.w`] = allBits(found.weights().values);
    expected![`${name}.w`] = allBits(Float64Array.from(projection.synapses, ({ weight }) => weight));
    for (const [variable, numbers] of values) {
      seen![`${name}.${variable}`] = allBits(found.get(variable));
      const all = found.get(variable).length === 1 && numbers.length > 1 ? numbers.slice(0, 1) : numbers;
      expected![`${name}.${variable}`] = allBits(Float64Array.from(all));
    }
  }
  expect(seen, `after step ${naive.step}`).toEqual(expected);
}

it("random rules on random networks do what plain loops over all synapses do, to the bit", async () => {
  let [spikes, changed, refused] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const plan = drawnLearningPlan(draw, steps);
      const net = builtOrRefused(plan, {});
      if (!net) return void refused++;
      const twin = learningTwin(plan, net);
      const before = net.projections.map((each) => each.weights().values);
      for (const count of [1, 1, 1, 2, 5, 10, 30, steps - 50]) {
        await net.step(count);
        advanceTwin(twin, count);
        expectSameLearning(net, twin);
      }
      spikes += twin.naive.history.length;
      changed += net.projections.filter((each, p) => each.weights().values.some((w, j) => w !== before[p]![j])).length;
    }),
    { numRuns: Number(process.env["N"] ?? 60), seed: Number(process.env["SEED"] ?? 7), endOnFailure: true },
  );
  expect(spikes).toBeGreaterThan(1000);
  expect(changed).toBeGreaterThan(20);
  expect(refused).toBeLessThan(10);
});
