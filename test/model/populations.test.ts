import { createNetwork, defineBehavior } from "neuroweave";
import { describe, expect, it } from "vitest";
import { expectCure, refusal, refusedWithoutTrace } from "./refusals.ts";
import { Cell, Decay, Drive } from "./tiny-behaviors.ts";

const Index = defineBehavior({ name: "index", state: { x: { init: 0 } }, equations: "x = i + 1000 * n" });

describe("populations", () => {
  it("have a shape [d, h, w] whose neurons are counted row by row", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("grid", [2, 3, 4], [Index()]);
    expect([p.n, p.shape]).toEqual([24, [2, 3, 4]]);
    expect([net.population("line", 5, [Index()]).shape, net.population("square", [2, 2], [Index()]).n]).toEqual([
      [5],
      4,
    ]);
    await net.step();
    expect([...p.get("x")]).toEqual(Array.from({ length: 24 }, (_, i) => i + 24_000));
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65])("have exactly %d neurons, whatever the vector width", async (n) => {
    const net = createNetwork({ dt: 0.1 });
    const Each = defineBehavior({
      name: "each",
      state: { v: { init: "i" } },
      equations: "v += 0.5",
      spike: "v >= n",
      onSpike: "v = 0",
    });
    const p = net.population("p", n, [Each()]);
    await net.step(2);
    expect([...p.get("v")]).toEqual(Array.from({ length: n }, (_, i) => (i === n - 1 ? 0 : i + 1)));
    expect([...p.spikes().ids]).toEqual([n - 1]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "4", null, [], [2, 0], [2, 2.5], 2 ** 53])(
    "cannot have n = %j",
    async (n) => {
      const net = createNetwork({ dt: 0.1 });
      net.population("kept", 2, [Decay()]);
      const error = await refusedWithoutTrace(net, () => net.population("p", n as never, [Decay()]));
      expect(error).toMatchObject({ code: "invalid-n", entity: "p" });
      expectCure(error);
    },
  );

  it("cannot have more neurons than memory can hold, and nothing is left behind", async () => {
    const net = createNetwork({ dt: 0.1 });
    net.population("kept", 2, [Decay()]);
    for (const n of [2 ** 40, [2 ** 20, 2 ** 20]]) {
      const error = await refusedWithoutTrace(net, () => net.population("p", n, [Decay()]));
      expect(error).toMatchObject({ code: "out-of-memory", entity: "p" });
      expectCure(error);
    }
    net.population("p", 3, [Decay()]);
  });

  it("are named once, by any text without a slash", async () => {
    const net = createNetwork({ dt: 0.1 });
    net.population("exc→inh 2", 1, [Decay()]);
    const twice = await refusedWithoutTrace(net, () => net.population("exc→inh 2", 1, [Decay()]));
    expect(twice).toMatchObject({ code: "duplicate-name", entity: "exc→inh 2" });
    expectCure(twice);
    for (const name of ["", "  ", "a/b", undefined, 3])
      expect((await refusedWithoutTrace(net, () => net.population(name as never, 1, [Decay()]))).code).toBe(
        "invalid-name",
      );
  });

  it("are found by name or tag, in order of creation", async () => {
    const net = createNetwork({ dt: 0.1 });
    const make = (name: string, ...tags: string[]) => net.population(name, 1, [Decay()], { tags });
    const [c, a, b] = [make("c", "cortex"), make("a", "cortex", "exc"), make("b", "exc", "c")];
    expect(net.populations).toEqual([c, a, b]);
    expect([net.find("a"), net.find("exc"), net.find("c")]).toEqual([a, a, c]);
    expect([net.findAll("exc"), net.findAll("cortex"), net.findAll("nothing")]).toEqual([[a, b], [c, a], []]);
    expect([...a.tags]).toEqual(["cortex", "exc"]);
    const error = await refusal(() => net.find("d"));
    expect(error.code).toBe("unknown-name");
    expectCure(error);
  });

  it("suggest the nearest name, tags included", async () => {
    const net = createNetwork({ dt: 0.1 });
    net.population("pyramidal", 1, [Decay()], { tags: ["excitatory"] });
    expect((await refusal(() => net.find("piramidal"))).candidates).toEqual(["pyramidal"]);
    expect((await refusal(() => net.find("excitatry"))).candidates).toEqual(["excitatory"]);
  });

  it("are removed with everything they own, and the rest runs on", async () => {
    const net = createNetwork({ dt: 0.1 });
    const gone = net.population("gone", 3, [Decay()], { tags: ["x"] });
    const kept = net.population("kept", 2, [Decay({ tau: 5 })], { tags: ["x"] });
    await net.step(2);
    net.remove(gone);
    expect(net.populations).toEqual([kept]);
    expect(net.findAll("x")).toEqual([kept]);
    expect(Object.keys(net.state())).toEqual(["kept.x"]);
    const x = kept.get("x")[0]!;
    await net.step();
    expect(kept.get("x")[0]).toBe(x + -x * (0.1 / 5));
    const again = net.population("gone", 3, [Decay()]);
    expect([...again.get("x")]).toEqual([1, 1, 1]);
  });

  it("refuse every use after they were removed, and harm nobody", async () => {
    const net = createNetwork({ dt: 0.1 });
    const gone = net.population("gone", 4, [Decay(), Cell(), Drive()]);
    net.population("kept", 4, [Decay()]);
    net.remove(gone);
    net.population("heir", 4, [Decay(), Cell(), Drive()]);
    const uses: (() => unknown)[] = [
      () => net.remove(gone),
      () => gone.set({ x: 7 }),
      () => gone.get("x"),
      () => gone.column("x"),
      () => gone.attach(Decay({ name: "another" })),
      () => gone.detach("decay"),
      () => gone.disable("decay"),
      () => gone.derivatives(),
      () => gone.state(),
      () => gone.loadState({ x: [1, 2, 3, 4] }, { strict: false }),
      () => gone.slice(0, 2).set({ x: 7 }),
    ];
    for (const use of uses) {
      const error = await refusedWithoutTrace(net, use);
      expect(error).toMatchObject({ code: "structure", entity: "gone" });
      expectCure(error);
    }
  });

  it("are made of behaviors and models, and of nothing else", async () => {
    const net = createNetwork({ dt: 0.1 });
    net.population("kept", 1, [Decay]);
    for (const bad of [[undefined], [null], ["decay"], [{}], [Decay(), 3], undefined, [[Decay()]]])
      expect((await refusedWithoutTrace(net, () => net.population("p", 1, bad as never))).code).toBe("invalid-value");
  });

  it("refuse options that make no sense", async () => {
    const net = createNetwork({ dt: 0.1 });
    net.population("kept", 1, [Decay()]);
    for (const options of [
      { keepSpikes: 0 },
      { keepSpikes: -1 },
      { keepSpikes: 1.5 },
      { keepSpikes: "3" },
      { tags: "cortex" },
      { tags: [3] },
      null,
      3,
    ]) {
      const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay()], options as never));
      expect(["invalid-value", "out-of-range"]).toContain(error.code);
      expect(error.entity).toBe("p");
      expectCure(error);
    }
  });

  it("refuse options that do not exist", async () => {
    const net = createNetwork({ dt: 0.1 });
    net.population("kept", 1, [Decay()]);
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay()], { methd: "rk4" } as never));
    expect(error).toMatchObject({ code: "unknown-name", entity: "p", candidates: ["method"] });
    expect(await refusal(() => createNetwork({ dt: 1, sed: 3 } as never))).toMatchObject({
      code: "unknown-name",
      candidates: ["seed"],
    });
  });
});
