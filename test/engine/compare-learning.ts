import type { Network } from "neuroweave";
import { expect } from "vitest";
import { allBits } from "../kernel/bits.ts";
import { expectTwins } from "./compare-with-naive.ts";
import type { LearningTwin } from "./random-learning.ts";

/** Compares to the bit all cells and spikes, and of projections that learn the weights and every variable. */
export function expectSameLearning(net: Network, { naive, learning }: LearningTwin): void {
  expectTwins(net, naive);
  const [seen, expected]: [Record<string, readonly string[]>, Record<string, readonly string[]>] = [{}, {}];
  for (const [name, { projection, values }] of learning) {
    const found = net.findProjection(name);
    seen[`${name}.w`] = allBits(found.weights().values);
    expected[`${name}.w`] = allBits(Float64Array.from(projection.synapses, ({ weight }) => weight));
    for (const [variable, numbers] of values) {
      const own = found.get(variable);
      seen[`${name}.${variable}`] = allBits(own);
      // A parameter that has never been written is one number.
      expected[`${name}.${variable}`] = allBits(Float64Array.from(numbers.slice(0, own.length)));
    }
  }
  expect(seen, `after step ${naive.step}`).toEqual(expected);
}
