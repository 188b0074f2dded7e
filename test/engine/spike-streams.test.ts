import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNetwork, NeuroweaveError, SpikeTrain } from "neuroweave";

/** A stream that looks its events up in lists. */
const streamOf =
  (times: readonly number[], ids: readonly number[], calls: [number, number][] = []) =>
  (from: number, to: number) => {
    calls.push([from, to]);
    const inside = times.flatMap((time, j) => (time >= from && time < to ? [j] : []));
    return { times: inside.map((j) => times[j]!), ids: inside.map((j) => ids[j]!) };
  };

const spikesOf = ({ steps, ids }: { steps: Float64Array; ids: Uint32Array }): string[] =>
  Array.from(steps, (step, j) => `${step}:${ids[j]}`);

describe("a spike train that is streamed", () => {
  it("gives the spikes that the same events give as lists, however the run is divided", async () => {
    const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 199 }), fc.integer({ min: 0, max: 4 })), {
      maxLength: 60,
    });
    const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 5, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        events,
        pieces,
        fc.constantFrom("wasm" as const, "reference" as const),
        async (list, runs, device) => {
          const times = list.map(([step]) => step * 0.5);
          const ids = list.map(([, id]) => id);
          const net = createNetwork({ dt: 0.5, device });
          const streamed = net.population("streamed", 5, SpikeTrain({ stream: streamOf(times, ids) }));
          const listed = net.population("listed", 5, SpikeTrain({ times, ids }));
          for (const steps of runs) await net.step(steps);
          expect(spikesOf(streamed.spikes())).toEqual(spikesOf(listed.spikes()));
        },
      ),
      { numRuns: 40, seed: 3 },
    );
  });

  it("is asked for what is to come only, and holds more events than fit at once", async () => {
    const n = 300;
    const calls: [number, number][] = [];
    const all = Array.from({ length: n }, (_, i) => i);
    const net = createNetwork({ dt: 1 });
    const cells = net.population(
      "cells",
      n,
      SpikeTrain({
        stream(from, to) {
          calls.push([from, to]);
          const steps = Array.from({ length: Math.ceil(to - from) }, (_, k) => Math.ceil(from) + k).filter(
            (k) => k < to,
          );
          return { times: steps.flatMap((k) => all.map(() => k)), ids: steps.flatMap(() => all) };
        },
      }),
    );
    await net.run(1500);
    expect(cells.spikes().ids.length).toBe(1500 * n);
    expect(calls.every(([from, to]) => from >= 0 && to > from)).toBe(true);
  });

  it("goes on after a snapshot as if it had never stopped, and begins anew after a reset", async () => {
    const times = Array.from({ length: 100 }, (_, j) => j * 1.5);
    const ids = times.map((_, j) => j % 3);
    const make = () => {
      const net = createNetwork({ dt: 0.5 });
      return { net, cells: net.population("cells", 3, SpikeTrain({ stream: streamOf(times, ids) })) };
    };
    const [one, two] = [make(), make()];
    await one.net.run(20);
    two.net.restore(one.net.snapshot());
    await one.net.run(50);
    await two.net.run(50);
    expect(spikesOf(two.cells.spikes())).toEqual(spikesOf(one.cells.spikes()));
    const before = spikesOf(one.cells.spikes());
    one.net.reset();
    await one.net.run(70);
    expect(spikesOf(one.cells.spikes())).toEqual(before);
  });

  it("that throws, or names a neuron that is not there, stops the run at a step border", async () => {
    const net = createNetwork({ dt: 1 });
    const cells = net.population(
      "cells",
      2,
      SpikeTrain({
        stream: (from, to) => {
          if (to > 20) throw new Error("the disk is gone");
          return { times: [from], ids: [0] };
        },
      }),
    );
    await expect(net.run(100)).rejects.toMatchObject({ code: "host-threw", entity: "cells" });
    expect(net.steps).toBeLessThan(21);
    expect(cells.spikes().ids.every((id) => id === 0)).toBe(true);
    const other = createNetwork({ dt: 1 });
    other.population("cells", 2, SpikeTrain({ stream: () => ({ times: [0], ids: [2] }) }));
    await expect(other.run(1)).rejects.toThrow(NeuroweaveError);
  });

  it("is refused beside lists, and if it is no function", () => {
    expect(() => SpikeTrain({ times: [1], ids: [0], stream: () => ({ times: [], ids: [] }) })).toThrow(
      /lists of spikes and a stream/,
    );
    expect(() => SpikeTrain({ stream: 3 as never })).toThrow(/no function/);
  });
});
