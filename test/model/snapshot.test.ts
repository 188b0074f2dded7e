import { Buffer } from "node:buffer";
import { createNetwork, defineBehavior, Recorder, type Network } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { records, zoo, type ZooOptions } from "./network-zoo.ts";
import { expectCure, refusedWithoutTrace, visible } from "./refusals.ts";
import { Counter, Decay } from "./tiny-behaviors.ts";

const all = (net: Network): unknown => ({ seen: visible(net), recorded: records(net) });

const kinds: readonly ZooOptions[] = [
  { hosts: true },
  { hosts: false },
  { hosts: true, precision: "f32" },
  { hosts: false, device: "reference", precision: "f32" },
];

describe.each(kinds)("with %j a network that", (kind) => {
  it("was snapshotted, restored elsewhere and continued ends in the same bits as one that never stopped", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.nat(40), fc.boolean(), async (before, after, elsewhere) => {
        const whole = zoo(kind);
        await whole.step(before);
        await whole.step(after);

        const first = zoo(kind);
        await first.step(before);
        const bytes = first.snapshot();
        const second = elsewhere ? zoo(kind) : first;
        if (!elsewhere) await first.step(13);
        second.restore(bytes);
        await second.step(after);
        expect(all(second)).toEqual(all(whole));
      }),
      { numRuns: 12 },
    );
  });

  it("was forked continues beside its fork in the same bits, each on its own", async () => {
    const net = zoo(kind);
    for (const steps of [0, 7, 12]) {
      await net.step(steps);
      const fork = net.fork();
      expect(all(fork)).toEqual(all(net));
      const ahead = net.fork();
      await ahead.step(9);
      await Promise.all([net.step(9), fork.step(9)]);
      expect(all(fork)).toEqual(all(net));
      expect(all(ahead)).toEqual(all(net));
      fork.find("cells").set({ v: 0 } as never);
      expect(fork.find("cells").get("v" as never)).not.toEqual(net.find("cells").get("v" as never));
    }
  });

  it("was reset runs again with the same draws", async () => {
    const net = zoo(kind);
    const start = all(net);
    await net.step(30);
    const once = all(net);
    net.reset();
    expect(all(net)).toEqual(start);
    await net.step(30);
    expect(all(net)).toEqual(once);
  });

  it("was asked to explain, to derive or to snapshot itself at any time runs in the same bits as one that was not", async () => {
    const [plain, asked] = [zoo(kind), zoo(kind)];
    for (let k = 0; k < 6; k++) {
      asked.explain({ code: true });
      asked.find("cells").derivatives();
      asked.snapshot();
      for (const net of [plain, asked]) {
        if (k === 0) net.find("cells").set({ v: 0.75, y: 3 } as never);
        await net.step(4);
      }
    }
    expect(all(asked)).toEqual(all(plain));
  });
});

it.each(["f64", "f32"] as const)(
  "a network of %s ends in the same bits on every device, also restored from one to the other",
  async (precision) => {
    const [wasm, reference] = [zoo({ hosts: true, precision }), zoo({ hosts: true, precision, device: "reference" })];
    await Promise.all([wasm.step(40), reference.step(40)]);
    expect(all(reference)).toEqual(all(wasm));
    const moved = zoo({ hosts: true, precision, device: "reference" });
    moved.restore(wasm.snapshot());
    await Promise.all([wasm.step(20), moved.step(20)]);
    expect(all(moved)).toEqual(all(wasm));
  },
);

describe("a fork", () => {
  it("has the same switches, tags, learning and settings, and none of the listeners", async () => {
    const net = zoo();
    net.find("cells").disable("more");
    net.find("cells").pauseRecording(true, "spikes");
    net.learning = false;
    let heard = 0;
    net.on("run:end", () => heard++);
    const fork = net.fork();
    expect(all(fork)).toEqual(all(net));
    expect(fork.learning).toBe(false);
    expect(fork.find("cortex").name).toBe("cells");
    await fork.step(5);
    expect(heard).toBe(0);
    await net.step(5);
    expect(all(fork)).toEqual(all(net));
  });

  it("can be made of a network that only works because something is disabled, or that is incomplete", async () => {
    const Rival = defineBehavior({ name: "rival", state: { x: { init: 1 } }, equations: "dx/dt = 1" });
    const Needs = defineBehavior({ name: "needs", state: { y: { init: 0 } }, equations: "y = x" });
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 2, [Decay(), Needs()]);
    p.disable("decay").attach(Rival());
    await net.step(3);
    const fork = net.fork();
    await Promise.all([net.step(3), fork.step(3)]);
    expect(all(fork)).toEqual(all(net));
    p.detach("rival").detach("decay");
    const incomplete = net.fork();
    expect(all(incomplete)).toEqual(all(net));
    for (const each of [net, incomplete]) {
      each.find("p").attach(Decay({ init_x: 4 }) as never);
      await each.step(2);
    }
    expect(all(incomplete)).toEqual(all(net));
  });

  it("goes back to the same start as the network it came from", async () => {
    const Also = defineBehavior({ name: "also", state: { x: { init: 1 } } });
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 2, [Also({ init_x: [3, 4] })]);
    p.attach(Decay()).detach("also");
    await net.step(3);
    const fork = net.fork();
    for (const each of [net, fork]) each.reset();
    expect([...p.get("x")]).toEqual([3, 4]);
    expect(all(fork)).toEqual(all(net));
  });
});

describe("restoring", () => {
  it("brings back switches, settings and paused recorders as they were", async () => {
    const net = zoo();
    await net.step(5);
    net
      .find("cells")
      .disable("noise")
      .set({ tau_m: 4 } as never);
    net.find("cells").pauseRecording(true, "recorder");
    const bytes = net.snapshot();
    const saved = all(net);
    net
      .find("cells")
      .enable("noise")
      .set({ tau_m: [1, 2, 3, 4, 5], amplitude: [1, 2, 3, 4, 5] } as never);
    net.find("cells").pauseRecording(false);
    await net.step(5);
    net.restore(bytes);
    expect(all(net)).toEqual(saved);
  });

  it("takes the bytes from wherever they lie", async () => {
    const net = zoo();
    await net.step(5);
    const bytes = net.snapshot();
    const saved = all(net);
    const inside = new Uint8Array(bytes.length + 11);
    inside.set(bytes, 5);
    for (const copy of [Buffer.from(bytes), inside.subarray(5, 5 + bytes.length)]) {
      await net.step(2);
      net.restore(copy);
      copy.fill(0);
      expect(all(net)).toEqual(saved);
    }
  });

  it("refuses bytes that were cut short, at any length", async () => {
    const net = zoo();
    await net.step(3);
    const bytes = net.snapshot();
    for (const length of [0, 1, 3, 4, 15, 16, 17, bytes.length >> 1, bytes.length - 8, bytes.length - 1]) {
      const error = await refusedWithoutTrace(net, () => net.restore(bytes.subarray(0, length)));
      expect(error.code).toBe("snapshot");
      expectCure(error);
    }
    expect((await refusedWithoutTrace(net, () => net.restore(Uint8Array.of(...bytes, 0)))).code).toBe("snapshot");
  });

  it("refuses bytes of which any one was changed, and changes nothing", async () => {
    const net = zoo({ hosts: false });
    await net.step(3);
    const bytes = net.snapshot();
    const before = all(net);
    const position = fc.oneof(fc.nat(40), fc.nat(bytes.length - 1));
    await fc.assert(
      fc.asyncProperty(position, fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const mutated = bytes.slice();
        mutated[at] = mutated[at]! ^ change;
        expect(() => net.restore(mutated)).toThrow(
          expect.objectContaining({ name: "NeuroweaveError", code: "snapshot" }),
        );
        expect(all(net)).toEqual(before);
      }),
      { numRuns: 300 },
    );
    net.restore(bytes);
    expect(all(net)).toEqual(before);
  });

  it("refuses what are no bytes of a snapshot", async () => {
    const net = zoo({ hosts: false });
    for (const bytes of [
      undefined,
      null,
      "bytes",
      new Uint8Array(0),
      new Uint8Array(1000),
      new Float64Array(9),
      {},
      [1, 2, 3],
    ])
      expect((await refusedWithoutTrace(net, () => net.restore(bytes as never))).code).toBe("snapshot");
  });

  const simple = (dt: number, seed: number, n: number, list: unknown, name = "p") => {
    const net = createNetwork({ dt, seed });
    net.population(name, n, list as never);
    return net;
  };
  const Long = (ms: number) =>
    defineBehavior({ name: "long", state: { y: { init: 1 } }, equations: `dy/dt = -delayed(y, ${ms})` });

  it.each([
    ["another dt", simple(0.25, 1, 2, [Decay()])],
    ["another seed", simple(0.5, 2, 2, [Decay()])],
    ["another number of neurons", simple(0.5, 1, 3, [Decay()])],
    ["another population", simple(0.5, 1, 2, [Decay()], "q")],
    ["other behaviors", simple(0.5, 1, 2, [Decay(), Counter()])],
    ["the same behavior names with other symbols", simple(0.5, 1, 2, [Decay.rename({ x: "z" })()])],
  ])("refuses the snapshot of a network with %s", async (_, other) => {
    const net = simple(0.5, 1, 2, [Decay()]);
    await other.step(3);
    const error = await refusedWithoutTrace(net, () => net.restore(other.snapshot()));
    expect(error.code).toBe("snapshot");
    expectCure(error);
  });

  it.each([
    ["recorders of other variables", [Counter(), Decay(), Recorder({ variables: ["x"] })], [Counter(), Decay(), Recorder({ variables: ["count"] })]], // prettier-ignore
    ["delays of another length", [Long(2)()], [Long(5)()]],
  ])("refuses the snapshot of a network with %s", async (_, here, there) => {
    const [net, other] = [simple(0.5, 1, 2, here), simple(0.5, 1, 2, there)];
    await Promise.all([net.step(2), other.step(4)]);
    const error = await refusedWithoutTrace(net, () => net.restore(other.snapshot()));
    expect(error.code).toBe("snapshot");
    expectCure(error);
  });

  it("keeps apart what has confusing names", async () => {
    const Names = defineBehavior({
      name: "names",
      state: { steps: { init: 1 }, ids: { init: 2 } },
      equations: "steps += 1\n ids += 2",
    });
    const make = (): Network => {
      const net = createNetwork({ dt: 0.5 });
      for (const name of ["hidden", "p", "__proto__", "constructor"])
        net.population(name, 1, [Names(), Long(1)(), Recorder({ variables: ["steps", "ids"] })]);
      return net;
    };
    const net = make();
    await net.step(5);
    const twin = make();
    twin.restore(net.snapshot());
    expect(all(twin)).toEqual(all(net));
    await Promise.all([net.step(5), twin.step(5)]);
    expect(all(twin)).toEqual(all(net));
  });
});
