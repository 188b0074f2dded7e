import { createNetwork, DeltaReceptor, fromArrays, LIF, type Projection } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Synapses as people give them: source, target, and delay in steps. The weight is the place in the list. */
type Given = readonly (readonly [source: number, target: number, delay: number])[];

const listed = (projection: Projection): (readonly number[])[] => {
  const { sources, targets, values } = projection.weights();
  const delays = projection.delays().values;
  return Array.from(values, (w, j) => [sources[j]!, targets[j]!, delays[j]!, w]);
};

function built(given: Given): Projection {
  const net = createNetwork({ dt: 1 });
  const source = net.population("source", 5, LIF());
  const target = net.population("target", 7, [LIF(), DeltaReceptor()]);
  const [sources, targets, delay] = [0, 1, 2].map((part) => given.map((each) => each[part]!));
  const weight = given.map((_, j) => j);
  return net.projection("p", {
    source,
    target,
    connect: fromArrays({ sources: sources!, targets: targets!, delays: delay!, weights: weight }),
  });
}

describe("synapses are kept by source, then by delay, then as they were given", () => {
  it.each([
    ["few delays and long rows", 3],
    ["more delays than a row has synapses", 60_000],
    ["both", 12],
  ])("with %s", (_, longest) => {
    const synapse = fc.tuple(fc.nat(4), fc.nat(6), fc.integer({ min: 1, max: longest }));
    fc.assert(
      fc.property(fc.array(synapse, { minLength: 12, maxLength: 80 }), (given) => {
        const expected = given
          .map(([s, t, d], j) => [s, t, d, j])
          .toSorted((a, b) => a[0]! - b[0]! || a[2]! - b[2]! || a[3]! - b[3]!);
        expect(listed(built(given))).toEqual(expected);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
