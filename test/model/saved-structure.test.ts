import { allToAll, fixedInDegree, Recorder, uniform, type Network } from "neuroweave";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { everything, woven } from "./network-with-projections.ts";
import { refusal } from "./refusals.ts";

type Change = (net: Network, draw: number) => void;

/** Changes of synapses, each of which may happen any number of times. */
const changes: readonly Change[] = [
  (net, draw) => {
    const tired = net.findProjection("tired");
    if (tired.n > 0) tired.restructure({ prune: [draw % tired.n] });
  },
  (net, draw) =>
    void net.findProjection("tired").restructure({
      grow: { sources: [draw % 12, (draw + 5) % 12], targets: [draw % 5, 0], weight: 0.02 + draw / 1000, delay: 1 + (draw % 7) / 2 },
    }),
  (net, draw) =>
    void net.findProjection("chance").restructure({ prune: [0], grow: { sources: [draw % 5], targets: [2], weight: 0.1, delay: 4 } }),
  (net) => void net.findProjection("direct").rewire(),
  (net) => void net.findProjection("chance").rewire({ connect: fixedInDegree(2), delay: 3 }),
  (net) => void net.findProjection("noise→cells").rewire({ weight: uniform(0, 0.05) }),
  (net) => void net.findProjection("noise→cells").restructure({ prune: [3, 1] }),
  (net) => net.reset(),
]; // prettier-ignore

const story = fc.array(fc.tuple(fc.nat(changes.length - 1), fc.nat(99), fc.nat(12)), { minLength: 1, maxLength: 5 });

describe.each([{}, { precision: "f32" as const }, { device: "reference" as const }])("with %j a network whose synapses come and go", (kind) => {
  it("goes on, in a network that is made anew, in the same bits as if it had never stopped", async () => {
    await fc.assert(
      fc.asyncProperty(story, fc.nat(30), async (events, after) => {
        const net = woven(kind);
        for (const [which, draw, steps] of events) {
          await net.step(steps);
          changes[which]!(net, draw);
        }
        await net.step(3);
        const twin = woven(kind);
        twin.restore(net.snapshot());
        expect(everything(twin)).toEqual(everything(net));
        await net.step(after);
        await twin.step(after);
        expect(everything(twin)).toEqual(everything(net));
        // Both are the same from now on, whatever happens to them.
        for (const each of [net, twin]) {
          each.findProjection("tired").restructure({ grow: { sources: [1], targets: [1], weight: 0.3, delay: 2 } });
          await each.step(9);
          each.reset();
          await each.step(9);
        }
        expect(everything(twin)).toEqual(everything(net));
      }),
      { numRuns: 25, seed: 5, endOnFailure: true },
    );
  });
}); // prettier-ignore

it("goes back to synapses that it had; to those of a connector that was asked again since, in a network made anew", async () => {
  const net = woven();
  await net.step(7);
  changes[1]!(net, 4);
  await net.step(7);
  const bytes = net.snapshot();
  const then = everything(net);
  await net.step(11);
  changes[1]!(net, 8);
  changes[0]!(net, 3);
  net.restore(bytes);
  expect(everything(net)).toEqual(then);
  net.findProjection("noise→cells").rewire();
  const after = everything(net);
  const error = await refusal(() => net.restore(bytes));
  expect(error).toMatchObject({ code: "snapshot" });
  expect(error.message).toContain("number of rewirings of noise→cells is 0 there and 1 here");
  expect(everything(net)).toEqual(after);
  const anew = woven();
  anew.restore(bytes);
  expect(everything(anew)).toEqual(then);
});

it("reads snapshots of format 1 and goes on in the bits of the version that wrote them", async () => {
  const net = woven();
  net.find("cells").attach(Recorder({ variables: ["v"], every: 1 }));
  const before = woven();
  before.find("cells").attach(Recorder({ variables: ["v"], every: 1 }));
  await before.step(40);
  net.restore(new Uint8Array(readFileSync(new URL("snapshots/format-1.bin", import.meta.url))));
  expect(everything(net)).toEqual(everything(before));
  expect(net.find("cells").recorded("v").values).toEqual(before.find("cells").recorded("v").values);
  await net.step(60);
  await before.step(60);
  expect(everything(net)).toEqual(everything(before));
});

/** A snapshot in which one number of a saved array is another, with the checksum that belongs to it. */
function tampered(bytes: Uint8Array, array: string, index: number, value: number): Uint8Array {
  const other = bytes.slice();
  const view = new DataView(other.buffer);
  const length = view.getUint32(8, true);
  const { arrays } = JSON.parse(new TextDecoder().decode(other.subarray(16, 16 + length))) as {
    arrays: { name: string; length: number }[];
  };
  const before = arrays.slice(
    0,
    arrays.findIndex(({ name }) => name === array),
  );
  const at = Math.ceil((16 + length) / 8) * 8 + before.reduce((sum, each) => sum + each.length * 8, 0);
  view.setFloat64(at + 8 * index, value, true);
  view.setUint32(other.length - 8, crc32(other.subarray(Math.ceil((16 + length) / 8) * 8, -8)), true);
  return other;
}

it.each([
  ["pointers", 0, 1],
  ["pointers", 3, 1e9],
  ["pointers", 2, 0.5],
  ["targets", 0, 6],
  ["targets", 1, -1],
  ["targets", 1, NaN],
  ["steps", 0, 0],
  ["steps", 2, 70000],
])("refuses synapses that cannot be, with %s[%i] = %d and a checksum that fits, and changes nothing", async (what, index, value) => {
  const net = woven();
  await net.step(3);
  net.findProjection("chance").rewire({ connect: allToAll(), delay: 3 });
  const bytes = net.snapshot();
  woven().restore(tampered(bytes, "chance/rows/steps", 0, 6));
  const other = woven();
  const before = everything(other);
  expect(await refusal(() => other.restore(tampered(bytes, `chance/rows/${what}`, index, value)))).toMatchObject({
    code: "snapshot",
    entity: "chance",
  });
  expect(everything(other)).toEqual(before);
}); // prettier-ignore
