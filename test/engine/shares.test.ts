import { createNetwork, CurrentReceptor, defineBehavior, fixedProbability, LIF, Phase, SpikeTrain } from "neuroweave";
import { paddedLength, shareUnit } from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOut, type Load } from "../../packages/engine/src/shares.ts";

const loads: fc.Arbitrary<readonly Load<string>[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0.01, max: 50, noNaN: true })), { minLength: 1, maxLength: 12 })
  .map((list) => list.map(([n, perNeuron], index) => ({ population: `p${index}`, n, perNeuron }))); // prettier-ignore
const threads = fc.integer({ min: 1, max: 9 });

/** Threads with a whole population where one has it all. */
const wholeIn = (bounds: readonly number[], n: number): boolean =>
  bounds.slice(1).some((to, t) => bounds[t] === 0 && to === paddedLength(n));

/** What each thread has to do, neurons of the padding left out. */
function workOf(
  list: readonly Load<string>[],
  shares: ReadonlyMap<string, readonly number[]>,
  count: number,
): number[] {
  return Array.from({ length: count }, (_, t) =>
    list.reduce((sum, { population, n, perNeuron }) => {
      const bounds = shares.get(population)!;
      return sum + perNeuron * Math.max(0, Math.min(n, bounds[t + 1]!) - Math.min(n, bounds[t]!));
    }, 0),
  );
}

describe("neurons that are shared out", () => {
  it("have one thread each: bounds rise from 0 to the end of the padding", () => {
    fc.assert(
      fc.property(loads, threads, (list, count) => {
        const shares = shareOut(list, count);
        expect([...shares.keys()].toSorted()).toEqual(list.map(({ population }) => population).toSorted());
        for (const { population, n } of list) {
          const bounds = shares.get(population)!;
          expect(bounds).toHaveLength(count + 1);
          expect([bounds[0], bounds[count]]).toEqual([0, paddedLength(n)]);
          expect(bounds.toSorted((a, b) => a - b)).toEqual(bounds);
        }
      }),
    );
  });

  it("go in units, so that no two threads draw one group of numbers or write into one vector", () => {
    fc.assert(
      fc.property(loads, threads, (list, count) => {
        for (const [population, bounds] of shareOut(list, count)) {
          const end = paddedLength(list.find((each) => each.population === population)!.n);
          for (const bound of bounds) expect(bound === end || bound % shareUnit === 0).toBe(true);
        }
      }),
    );
  });

  it("burden no thread by more than the mean and a twentieth, or half a unit of each end of its part", () => {
    fc.assert(
      fc.property(loads, threads, (list, count) => {
        const total = list.reduce((sum, { n, perNeuron }) => sum + n * perNeuron, 0);
        const dearest = Math.max(...list.map(({ perNeuron }) => perNeuron));
        const most = Math.max(...workOf(list, shareOut(list, count), count));
        expect(most).toBeLessThanOrEqual(Math.max((1.05 * total) / count, total / count + shareUnit * dearest) * (1 + 1e-9));
      }),
    );
  }); // prettier-ignore

  it("stay together as populations where these can be dealt out to within a twentieth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 3 }), (n, count, each) => {
        const list = Array.from({ length: count * each }, (_, index) => ({ population: `p${index}`, n, perNeuron: 1 }));
        const shares = shareOut(list, count);
        for (const bounds of shares.values()) expect(wholeIn(bounds, n)).toBe(true);
        expect(new Set(workOf(list, shares, count)).size).toBe(1);
      }),
    );
  }); // prettier-ignore

  it("stay together where the heaviest can be paired with the lightest, and not where that would leave a thread idle", () => {
    const list = [
      { population: "heavy", n: 1000, perNeuron: 3 },
      { population: "light", n: 2000, perNeuron: 1 },
      { population: "lighter", n: 1000, perNeuron: 1 },
    ];
    const shares = shareOut(list, 2);
    expect(list.map(({ population, n }) => wholeIn(shares.get(population)!, n))).toEqual([true, true, true]);
    expect(workOf(list, shares, 2)).toEqual([3000, 3000]);
    const [alone] = [...shareOut([list[0]!], 4).values()];
    expect(alone).toEqual([0, 256, 512, 736, 1008]);
  });

  it("are all of the first thread's where there is one, and the same ones whoever asks", () => {
    fc.assert(
      fc.property(loads, threads, (list, count) => {
        for (const [population, bounds] of shareOut(list, 1))
          expect(bounds).toEqual([0, paddedLength(list.find((each) => each.population === population)!.n)]);
        expect(shareOut(list, count)).toEqual(shareOut(list, count));
      }),
    );
  });
});

describe("a step in which synapses do nearly all there is to do, or in which there are none,", () => {
  it.each([1, 0])("is not shared: the first thread does what is to be done for synapses (chance %d)", (chance) => {
    const Fade = defineBehavior({
      name: "fade",
      priority: Phase.Learning,
      requires: ["w"],
      state: { x: { init: 0, per: "source" } },
      equations: "dw/dt = -w\n x = 1",
    });
    const net = createNetwork({ dt: 0.5, threads: 2 });
    const source = net.population("source", 100, SpikeTrain());
    const target = net.population("target", 100, [LIF({}), CurrentReceptor({ name: "exc", tau: 4 })]);
    for (const name of ["a", "b", "c", "d", "e"])
      net.projection(name, { source, target, connect: fixedProbability(chance), weight: 1, behaviors: [Fade()] });
    expect(net.explain()).toMatchObject({ threads: 1, notes: [expect.stringContaining("too little to share")] });
  });
});
