import fc from "fast-check";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createNetwork, NeuroweaveError, Recorder, type Network } from "neuroweave";
import { rewardNetworks } from "../devices/learning-networks-reward.ts";
import type { DeviceNetwork } from "../devices/networks.ts";
import { tally } from "../evidence/tally.ts";
import { everything, woven } from "./network-with-projections.ts";

/** A network of which a snapshot holds one of everything: samples, rows, spikes on their way. */
function recorded(precision: "f32" | "f64"): Network {
  const net = woven({ precision });
  net.find("cells").attach(Recorder({ variables: ["v"], every: 2 }));
  return net;
}

/** One that learns: signals, traces, eligibilities, rewards that are late. */
function learning(): Network {
  const [{ make, dt = 0.1 }] = rewardNetworks as readonly [DeviceNetwork, ...DeviceNetwork[]];
  const net = createNetwork({ dt, seed: "forged" });
  make(net, "f64");
  return net;
}

const kinds: readonly { readonly kind: string; readonly tries: number; readonly made: () => Network; readonly change?: (net: Network) => void }[] = [
  { kind: "with spikes on their way", tries: 80, made: () => recorded("f64"), change: (net) => void net.findProjection("tired").restructure({ prune: [1] }) },
  { kind: "in single precision", tries: 40, made: () => recorded("f32"), change: (net) => void net.findProjection("tired").restructure({ prune: [1] }) },
  { kind: "that learns from signals", tries: 24, made: learning },
]; // prettier-ignore

/** Fifty times as many where `NEUROWEAVE_LONG` is set. */
const many = process.env["NEUROWEAVE_LONG"] ? 50 : 1;
const timeout = many * 300_000;

const headerOf = (bytes: Uint8Array): { header: Record<string, unknown>; start: number } => {
  const length = new DataView(bytes.buffer).getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + length))) as Record<string, unknown>;
  return { header, start: Math.ceil((16 + length) / 8) * 8 };
};

/** A snapshot of this header and these arrays, with the checksums that belong to them. */
function forged(header: unknown, arrays: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((16 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + arrays.length + 8);
  const view = new DataView(bytes.buffer);
  [0x4e53574e, 2, text.length].forEach((word, index) => view.setUint32(4 * index, word, true));
  bytes.set(text, 16);
  bytes.set(arrays, start);
  view.setUint32(12, crc32(text, crc32(bytes.subarray(0, 12))), true);
  view.setUint32(start + arrays.length, crc32(arrays), true);
  return bytes;
}

/** All places of a JSON value, as paths. */
function paths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, each]) => paths(each, [...path, key]))];
}

function replaced(header: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const copy = structuredClone(header) as Record<string, unknown>;
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  if (value === undefined) delete at[path.at(-1)!];
  else at[path.at(-1)!] = value;
  return copy;
}

/** Restores, and tells whether it was refused; then nothing has changed. What was accepted must run. */
async function triedOn(made: () => Network, bytes: Uint8Array): Promise<"refused" | "restored"> {
  tally("snapshots forged", 1, 1);
  const outcome = await restoredOrRefused(made, bytes);
  tally("snapshots forged", 0, -1);
  return outcome;
}

async function restoredOrRefused(made: () => Network, bytes: Uint8Array): Promise<"refused" | "restored"> {
  const net = made();
  await net.step(2);
  const before = everything(net);
  try {
    net.restore(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(NeuroweaveError);
    expect((error as NeuroweaveError).code).toBe("snapshot");
    expect(everything(net)).toEqual(before);
    return "refused";
  }
  // Values may be any; a run may find that they are not finite, and nothing else may go wrong.
  await net.step(20).catch((error: unknown) => {
    expect(error).toMatchObject({ code: "non-finite-state" });
  });
  return "restored";
}

const anything = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, "", "__proto__", -1, 0.5, 1e300, 2 ** 40, [], {}, [null], { length: 9 }, true),
  fc.integer(),
  fc.string(),
); // prettier-ignore

describe.each(kinds)("the snapshot of a network $kind", { timeout }, ({ made, tries, change }) => {
  async function someSnapshot(): Promise<Uint8Array> {
    const net = made();
    await net.step(8);
    change?.(net);
    await net.step(5);
    return net.snapshot();
  }

  it("is refused where somebody has written its header, whole and without a trace, or restored to what runs", async () => {
    const bytes = await someSnapshot();
    const { header, start } = headerOf(bytes);
    const places = paths(header);
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.nat(places.length - 1), anything, async (place, value) => {
        outcomes.add(await triedOn(made, forged(replaced(header, places[place]!, value), bytes.subarray(start, -8))));
      }),
      { numRuns: tries * many, seed: 2 },
    );
    expect(outcomes).toContain("refused");
    expect(({} as Record<string, unknown>)["length"]).toBeUndefined();
  });

  it("is refused where its numbers cannot be, or restored to what runs", async () => {
    const bytes = await someSnapshot();
    const { header, start } = headerOf(bytes);
    const arrays = bytes.subarray(start, -8);
    const count = arrays.length / 8;
    const values = fc.oneof(
      fc.constantFrom(NaN, Infinity, -Infinity, -1, 0.5, 1e300, 2 ** 31, 2 ** 32, 65536, 1e9),
      fc.integer({ min: -3, max: 300 }),
      fc.double(),
    );
    const { arrays: listed } = header as { arrays: { name: string; length: number }[] };
    // Long columns would hide short lists: first an array, then a place in it.
    const places = listed.flatMap(({ length }, k) => {
      const before = listed.slice(0, k).reduce((sum, each) => sum + each.length, 0);
      return length === 0 ? [] : [{ before, length }];
    });
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.nat(places.length - 1), fc.nat(1e6), values, async (which, at, value) => {
        const { before, length } = places[which]!;
        const changed = arrays.slice();
        const index = before + (at % length);
        expect(index).toBeLessThan(count);
        new DataView(changed.buffer).setFloat64(8 * index, value, true);
        outcomes.add(await triedOn(made, forged(header, changed)));
      }),
      { numRuns: tries * many, seed: 4 },
    );
    expect(outcomes).toContain("restored");
    // Nearly all numbers of the network that learns are values, which may be any.
    if (change !== undefined) expect(outcomes).toContain("refused");
  });

  it("is refused where bytes have been changed anywhere", async () => {
    const bytes = await someSnapshot();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = bytes.slice();
        changed[at]! ^= mask;
        expect(await triedOn(made, changed)).toBe("refused");
      }),
      { numRuns: (tries * many) / 4, seed: 6 },
    );
  });
});
