import fc from "fast-check";
import { expect, it } from "vitest";
import { createNetwork, LIF, NeuroweaveError, Recorder, type Network, type SpilledChunk } from "neuroweave";
import { everything, woven } from "./network-with-projections.ts";
import { refusal } from "./refusals.ts";

function recorded(): Network {
  const net = woven();
  net.find("cells").attach(Recorder({ variables: ["v", "spike"], every: 1.5 }));
  net.find("cells").attach(Recorder({ name: "rare", variables: ["v"], every: 4 }));
  net.findProjection("tired").attach(Recorder({ variables: ["R"], every: 2 }));
  return net;
}

/** Everything that a network has recorded, by whom. */
function kept(net: Network): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const { entity } of [...net.populations, ...net.projections]) {
    const { steps, ids } = entity.spikeRecord.read(net.dt);
    if (steps.length > 0) all[`${entity.name} spikes`] = [[...steps], [...ids]];
    for (const [{ name }, recording] of entity.recordings) {
      const { steps: moments, columns } = recording.dump();
      for (const [variable, values] of Object.entries(columns)) all[`${entity.name} ${name} ${variable}`] = [[...moments], [...values]];
    }
  }
  return all;
} // prettier-ignore

/** What has been handed on, put together again. */
function joined(chunks: readonly SpilledChunk[]): Record<string, unknown> {
  const all: Record<string, [number[], number[]]> = {};
  for (const { entity, recorder, steps, times, ids, columns } of chunks) {
    expect(times).toEqual(steps.map((step) => step * 0.5));
    const parts = recorder === null ? { spikes: ids! } : columns;
    for (const [variable, values] of Object.entries(parts)) {
      const key = recorder === null ? `${entity} spikes` : `${entity} ${recorder} ${variable}`;
      const [moments, numbers] = (all[key] ??= [[], []]);
      moments.push(...steps);
      numbers.push(...values);
    }
  }
  return all;
}

it("hands on, piece by piece, what a run would have kept, and keeps none of it", async () => {
  const runs = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(runs, fc.integer({ min: 1, max: 30 }), async (parts, every) => {
      const [net, whole] = [recorded(), recorded()];
      const chunks: SpilledChunk[] = [];
      const end = net.spill({ every: every * net.dt, to: { write: (chunk) => void chunks.push(chunk) } });
      for (const steps of parts) {
        await net.step(steps);
        await whole.step(steps);
      }
      await end();
      expect(joined(chunks)).toEqual(kept(whole));
      for (const chunk of chunks) {
        expect(chunk.steps.length).toBeGreaterThan(0);
        // No chunk crosses a border at which recordings are handed on.
        expect(Math.floor(chunk.steps[0]! / every)).toBe(Math.floor(chunk.steps.at(-1)! / every));
      }
      expect(net.find("cells").spikes().ids.length).toBe(0);
      expect(net.find("cells").recorded("v", "rare").times.length).toBe(0);
      expect(net.state()).toEqual(whole.state());
    }),
    { numRuns: 20, seed: 3 },
  );
});

it("waits for a slow sink: there is never more than one chunk on its way, and nothing piles up", async () => {
  const net = recorded();
  let [open, most, taken] = [0, 0, 0];
  const steps: number[] = [];
  net.spill({
    every: 2,
    to: {
      async write(chunk) {
        most = Math.max(most, ++open);
        steps.push(net.steps);
        await new Promise((resolve) => setTimeout(resolve, 3));
        taken += chunk.steps.length;
        expect(net.steps).toBe(steps.at(-1));
        open--;
      },
    },
  });
  await net.run(60);
  expect(most).toBe(1);
  expect(taken).toBeGreaterThan(100);
});

it("ends the run where the sink refuses, and has lost nothing", async () => {
  const [net, whole] = [recorded(), recorded()];
  const chunks: SpilledChunk[] = [];
  let full = false;
  net.spill({
    every: 5,
    to: {
      write(chunk): void {
        if (full) throw new NeuroweaveError("cannot-write", "there is no room", { remedy: "Make room." });
        full = chunks.push(chunk) === 4;
      },
    },
  });
  expect(await refusal(() => net.run(100))).toMatchObject({ code: "cannot-write" });
  full = false;
  chunks.splice(4);
  await whole.step(net.steps);
  // What had been taken and what is there are all that there would have been.
  const rest: SpilledChunk[] = [];
  const end = net.spill({ every: 5, to: { write: (chunk) => void rest.push(chunk) } });
  await end();
  expect(joined([...chunks, ...rest])).toEqual(kept(whole));
});

it("hands the same chunks on again from a checkpoint", async () => {
  const run = async (from?: { bytes: Uint8Array }): Promise<{ chunks: Map<string, string>; net: Network; taken: { bytes: Uint8Array }[] }> => {
    const net = recorded();
    if (from) net.restore(from.bytes);
    const chunks = new Map<string, string>();
    const taken: { bytes: Uint8Array }[] = [];
    net.spill({ every: 5, to: { write: (chunk) => void chunks.set(`${chunk.entity} ${chunk.recorder} ${chunk.steps[0]}`, JSON.stringify(chunk)) } });
    net.checkpoint({ every: 15, to: { write: async (_, pieces) => void taken.push({ bytes: new Uint8Array(Buffer.concat([...pieces])) }) } });
    await net.run(100 - net.t);
    return { chunks, net, taken };
  };
  const whole = await run();
  const again = await run(whole.taken[2]!);
  expect(again.chunks.size).toBeGreaterThan(20);
  for (const [key, chunk] of again.chunks) expect(whole.chunks.get(key)).toBe(chunk);
  expect(everything(again.net)).toEqual(everything(whole.net));
}); // prettier-ignore

it.each([
  [{ every: 1 }, "invalid-value"],
  [{ every: 0, to: { write: (): void => {} } }, "out-of-range"],
  [{ every: 1, to: { write: () => undefined }, of: "cells" }, "invalid-value"],
  [{ every: 1, to: { write: () => undefined }, of: ["cels"] }, "unknown-name"],
  [{ every: 1, too: 1 }, "unknown-name"],
])("refuses %j", async (options, code) => {
  expect(await refusal(() => woven().spill(options as never))).toMatchObject({ code });
});

/** Steps of a long run: a hundred million where `NEUROWEAVE_LONG` is set. */
const steps = process.env["NEUROWEAVE_LONG"] ? 1e8 : 3e6;

it(`runs ${steps} steps in the memory of a few, and knows what time it is`, { timeout: 20 * 60_000 }, async () => {
  const net = createNetwork({ dt: 0.1 });
  const cells = net.population("cells", 3, [LIF({ R: 5, I: [0, 3.1, 4] }), Recorder({ variables: ["v"], every: 100, keep: 50 })]);
  let spikes = 0;
  net.spill({ every: 70_000, of: ["cells"], to: { write: ({ ids }) => void (spikes += ids?.length ?? 0) } });
  await net.step(steps / 10);
  const before = { heap: process.memoryUsage().heapUsed, buffers: process.memoryUsage().arrayBuffers, spikes };
  // The interval between two spikes is the same at the end as in the beginning: v of neuron 2 is periodic.
  await net.step(steps - net.steps - 1000);
  cells.entity.spikeRecord.clear();
  await net.step(1000);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  expect(heapUsed - before.heap).toBeLessThan(64 * 2 ** 20);
  expect(arrayBuffers - before.buffers).toBeLessThan(16 * 2 ** 20);
  expect(net.steps).toBe(steps);
  expect(net.t).toBe(steps * 0.1);
  const last = cells.spikes();
  const own = last.steps.filter((_, j) => last.ids[j] === 2);
  const gaps = new Set(own.slice(1).map((step, j) => step - own[j]!));
  const young = createNetwork({ dt: 0.1 });
  const twins = young.population("cells", 3, LIF({ R: 5, I: [0, 3.1, 4] }));
  await young.step(1000);
  const first = twins.spikes();
  const early = first.steps.filter((_, j) => first.ids[j] === 2);
  expect(gaps).toEqual(new Set(early.slice(1).map((step, j) => step - early[j]!)));
  expect(last.times.at(-1)).toBe(last.steps.at(-1)! * 0.1);
}); // prettier-ignore
