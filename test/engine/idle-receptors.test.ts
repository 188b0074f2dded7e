/** What is on its way to a receptor that is switched off, or taken away, over snapshots, restarts and another of its name. */
import { createNetwork, DeltaReceptor, fixedProbability, LIF, SpikeTrain, uniform, type Network } from "neuroweave";
import { describe, expect, it } from "vitest";
import { createAllocator } from "../../packages/engine/src/allocator.ts";
import { canRun, places, reference } from "../devices/places.ts";
import { expectSameBits, timeout } from "../devices/twins.ts";

const into = (net: Network, name = "p"): void =>
  void net.projection(name, {
    source: net.find("source"),
    target: net.find("cells"),
    receptor: "in",
    connect: fixedProbability(0.6),
    weight: uniform(0.5, 2),
    delay: uniform(1, 9),
  } as never);

/** Spikes in nearly every step, with delays of their own onto cells that keep what they get. */
function network(options: object): Network {
  const net = createNetwork({ dt: 1, seed: 8, ...options });
  const times = Array.from({ length: 120 }, (_, k) => (k * 7) % 40);
  net.population("source", 6, SpikeTrain({ times, ids: times.map((_, k) => k % 6) }));
  const cell = LIF({ tau: 1e9, v_rest: 0, v_reset: 0, threshold: 1e9 });
  net.population("cells", 9, [cell, DeltaReceptor({ name: "in" })] as never);
  into(net);
  return net;
}

describe.each([reference, ...places])("a receptor that is off, on $name,", (place) => {
  const run = async (net: Network, ...order: readonly (number | "off" | "on")[]): Promise<void> => {
    for (const each of order)
      if (typeof each === "number") await net.step(each);
      else if (each === "on") {
        net.find("cells").enable("in" as never);
        net.findProjection("p").enable();
      } else {
        // What is on its way already has left the projection.
        net.findProjection("p").disable();
        net.find("cells").disable("in" as never);
      }
  };

  it("loses what arrives meanwhile and nothing else, also where a snapshot is taken in between", async () => {
    const [net, restored] = [network(place.options), network(place.options)];
    if (!(await canRun(place, net))) return;
    await run(net, 5, "off", 3);
    const snapshot = net.snapshot();
    await run(net, 3, "on", 12);
    restored.restore(snapshot);
    await run(restored, 3, "on", 12);
    expectSameBits(restored, net);
    const never = network(reference.options);
    await run(never, 23);
    const [less, all] = [net.find("cells").get("v"), never.find("cells").get("v")];
    expect(less.every((v, i) => v <= all[i]!)).toBe(true);
    expect(less.some((v, i) => v < all[i]!)).toBe(true);
    expect(less.filter((v) => v > 0).length).toBeGreaterThan(4);
  }, timeout); // prettier-ignore

  it("begins anew with the network, as one that was off from the beginning", async () => {
    const [net, fresh] = [network(place.options), network(reference.options)];
    if (!(await canRun(place, net))) return;
    await run(net, 5, "off", 6);
    net.reset();
    await run(net, 4, "on", 15);
    await run(fresh, "off", 4, "on", 15);
    expectSameBits(net, fresh);
    expect(net.find("cells").get("v").some((v) => v > 0)).toBe(true);
  }, timeout); // prettier-ignore
});

it("a receptor that is taken away takes along what is on its way to it: another of its name begins with nothing", async () => {
  const net = network({});
  await net.step(12);
  net.remove(net.findProjection("p") as never);
  net.find("cells").detach("in" as never);
  await net.step(1);
  const before = [...net.find("cells").get("v")];
  net.find("cells").attach(DeltaReceptor({ name: "in" }) as never);
  await net.step(20);
  expect([...net.find("cells").get("v")].map((v, i) => Math.abs(v - before[i]!) < 1e-6)).toEqual(Array(9).fill(true));
  into(net, "again");
  await net.step(20);
  expect(
    net
      .find("cells")
      .get("v")
      .some((v, i) => v > before[i]! + 0.1),
  ).toBe(true);
  net.verify();
});

it("pieces that users have seen rest until 32 MiB of them do, and the oldest is used again first", () => {
  const wasm = new WebAssembly.Memory({ initial: 1, maximum: 4096 });
  const { take, give, lend } = createAllocator(wasm, 4096);
  const size = 10 * 2 ** 20;
  const pieces = Array.from({ length: 5 }, () => take(size));
  pieces.forEach(lend);
  for (const piece of pieces.slice(0, 3)) give(piece, size);
  // 30 MiB rest: a new piece is somewhere else.
  const sixth = take(size);
  expect(pieces).not.toContain(sixth);
  give(pieces[3]!, size);
  expect(take(size)).toBe(pieces[0]);
  give(pieces[4]!, size);
  expect(take(size)).toBe(pieces[1]);
  // One piece rests however large it is.
  const large = take(60 * 2 ** 20);
  lend(large);
  give(large, 60 * 2 ** 20);
  const next = take(60 * 2 ** 20);
  expect(next).not.toBe(large);
});
