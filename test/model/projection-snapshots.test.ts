import {
  allToAll,
  createNetwork,
  DeltaReceptor,
  fixedInDegree,
  SpikeTrain,
  type Network,
  type ProjectionOptions,
} from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listed } from "../engine/wiring.ts";
import { everything, woven, type WovenOptions } from "./network-with-projections.ts";
import { expectCure, refusal } from "./refusals.ts";
import { Cell } from "./tiny-behaviors.ts";

const kinds: readonly WovenOptions[] = [{}, { precision: "f32" }, { device: "reference" }];

/** Changes between runs, all of which leave something on its way. */
const changes: readonly ((net: Network) => void)[] = [
  () => {},
  (net) => void net.findProjection("noise→cells").disable(),
  (net) => void net.findProjection("resting").enable(),
  (net) => void net.findProjection("direct").set({ w: 0.08 }),
  (net) => void net.findProjection("tired").disable("tsodyksMarkram"),
  (net) => void net.findProjection("tired").set({ U: 0.9 }),
  (net) => void net.findProjection("chance").rewire({ connect: allToAll(), delay: 4 }),
  (net) => net.remove(net.findProjection("direct")),
];

describe.each(kinds)("with %j a network with spikes on their way", (kind) => {
  it("does something", async () => {
    const net = woven(kind);
    await net.step(60);
    expect(net.find("noise").spikes().ids.length).toBeGreaterThan(20);
    expect(net.find("cells").spikes().ids.length).toBeGreaterThan(5);
    expect(new Set(net.findProjection("tired").get("R")).size).toBeGreaterThan(3);
  });

  it("was snapshotted, restored elsewhere and continued in the same bits as one that never stopped", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.nat(30), fc.nat(changes.length - 1), async (before, after, which) => {
        const change = changes[which]!;
        const whole = woven(kind);
        await whole.step(before);
        change(whole);
        await whole.step(after);

        const first = woven(kind);
        await first.step(before);
        change(first);
        const second = woven(kind);
        change(second);
        await second.step(3);
        second.restore(first.snapshot());
        await second.step(after);
        expect(everything(second)).toEqual(everything(whole));
      }),
      { numRuns: 16, seed: 3, endOnFailure: true },
    );
  });

  it("was snapshotted in the middle of what a change has begun, and the change is undone after it was restored", async () => {
    const [whole, first, second] = [woven(kind), woven(kind), woven(kind)];
    for (const net of [whole, first]) {
      await net.step(9);
      net.findProjection("noise→cells").disable();
      await net.step(2);
    }
    second.restore(first.snapshot());
    for (const net of [whole, second]) {
      await net.step(3);
      net.findProjection("noise→cells").enable();
      await net.step(20);
    }
    expect(everything(second)).toEqual(everything(whole));
  });

  it("was forked at any time and runs beside its fork, each on its own", async () => {
    for (const change of changes) {
      const net = woven(kind);
      await net.step(11);
      change(net);
      const [fork, ahead] = [net.fork(), net.fork()];
      expect(everything(fork)).toEqual(everything(net));
      ahead.findProjection("noise→cells").set({ w: 0.5 }).rewire();
      ahead.find("noise").set({ rate: 900 } as never);
      await ahead.step(20);
      await Promise.all([net.step(20), fork.step(20)]);
      expect(everything(fork)).toEqual(everything(net));
    }
  });

  it("was forked, and fork and original wire anew alike", async () => {
    const net = woven(kind);
    await net.step(11);
    const fork = net.fork();
    for (const each of [net, fork]) {
      each.findProjection("direct").rewire();
      each.findProjection("chance").rewire();
      await each.step(20);
    }
    expect(everything(fork)).toEqual(everything(net));
  });

  it("was reset and replays exactly", async () => {
    const net = woven(kind);
    const start = everything(net);
    await net.step(40);
    const once = everything(net);
    net.reset();
    expect(everything(net)).toEqual(start);
    await net.step(40);
    expect(everything(net)).toEqual(once);
  });

  it("was changed, reset, and runs as one that was so from the start", async () => {
    for (const change of changes) {
      const [late, early] = [woven(kind), woven(kind)];
      change(early);
      await late.step(13);
      change(late);
      await late.step(2);
      late.reset();
      await Promise.all([late.step(30), early.step(30)]);
      expect(everything(late)).toEqual(everything(early));
    }
  });
});

it.each(["f64", "f32"] as const)("a network of %s has the same bits on every device, also restored to the other", async (precision) => {
  const [wasm, reference, moved] = [woven({ precision }), woven({ precision, device: "reference" }), woven({ precision, device: "reference" })];
  await Promise.all([wasm.step(40), reference.step(40)]);
  expect(everything(reference)).toEqual(everything(wasm));
  moved.restore(wasm.snapshot());
  await Promise.all([wasm.step(30), moved.step(30)]);
  expect(everything(moved)).toEqual(everything(wasm));
}); // prettier-ignore

describe("a snapshot is refused where synapses differ, and nothing changes", () => {
  const pairs = [{ source: 0, target: 1 }, { source: 1, target: 0 }, { source: 1, target: 1 }]; // prettier-ignore
  const made = (
    changed: Partial<ProjectionOptions> & { readonly from?: number; readonly other?: boolean } = {},
  ): Network => {
    const { from = 0, other = false, ...options } = changed;
    const net = createNetwork({ dt: 0.5 });
    const source = net.population("source", 4, SpikeTrain({ times: [0, 1, 1.5], ids: [0, 1, 2] }));
    const spare = net.population("spare", 4, SpikeTrain({ times: [0], ids: [0] }));
    const cells = net.population("cells", 4, [Cell(), DeltaReceptor(), DeltaReceptor({ name: "second" })]);
    net.projection("p", {
      source: (other ? spare : source).slice(from, from + 3),
      target: cells.slice(0, 3),
      connect: listed(pairs),
      receptor: "deltaReceptor",
      weight: [0.1, 0.2, 0.3],
      delay: 2,
      ...options,
    });
    return net;
  };

  it("and is taken where nothing does", async () => {
    const [one, two] = [made(), made()];
    await one.step(3);
    two.restore(one.snapshot());
    expect(everything(two)).toEqual(everything(one));
  });

  const different: readonly (readonly [string, Parameters<typeof made>[0]])[] = [
    ["other targets", { connect: listed([{ source: 0, target: 1 }, { source: 1, target: 0 }, { source: 1, target: 2 }]) }],
    ["other sources", { connect: listed([{ source: 0, target: 1 }, { source: 0, target: 0 }, { source: 1, target: 1 }]) }],
    ["fewer synapses", { connect: listed(pairs.slice(1)), weight: 0.1 }],
    ["another delay", { delay: 1 }],
    ["delays per synapse", { connect: listed(pairs, { delays: Float64Array.of(1, 2, 1) }), delay: undefined as never }],
    ["another receptor", { receptor: "second" }],
    ["other neurons of the source", { from: 1 }],
    ["another source", { other: true }],
    ["weights that are stored otherwise", { weights: "f32" }],
    ["weights that are stored as integers", { weights: "i16" }],
  ]; // prettier-ignore

  it.each(different)("%s", async (_, change) => {
    const [saved, other] = [made(), made(change)];
    await Promise.all([saved.step(3), other.step(5)]);
    const before = everything(other);
    const error = await refusal(() => other.restore(saved.snapshot()));
    expect(error.code).toBe("snapshot");
    expect(error.message).toContain("of p");
    expectCure(error);
    expect(everything(other)).toEqual(before);
    const twin = made(change);
    await twin.step(5);
    await Promise.all([other.step(9), twin.step(9)]);
    expect(everything(other)).toEqual(everything(twin));
  });

  it("a projection that was wired anew, by as many synapses", async () => {
    const [saved, other] = [woven(), woven()];
    await saved.step(3);
    other.findProjection("direct").rewire({ connect: fixedInDegree(3) });
    expect(other.findProjection("direct").n).toBe(saved.findProjection("direct").n);
    const error = await refusal(() => other.restore(saved.snapshot()));
    expect(error.code).toBe("snapshot");
    expect(error.message).toContain("direct");
  });

  it("one projection more, or less", async () => {
    const [saved, other] = [woven(), woven()];
    await saved.step(3);
    other.remove(other.findProjection("direct"));
    for (const [to, from] of [[other, saved], [saved, other]] as const) {
      const error = await refusal(() => to.restore(from.snapshot()));
      expect(error.code).toBe("snapshot");
      expect(error.message).toContain("direct");
    }
  }); // prettier-ignore
});
