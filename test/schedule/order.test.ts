import {
  createNetwork,
  defineBehavior,
  oneToOne,
  Phase,
  phaseLabel,
  type BehaviorInstance,
  type Network,
  type Projection,
} from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectCure, refusal, refusedWithoutTrace } from "../model/refusals.ts";
import { Decay } from "../model/tiny-behaviors.ts";

const Pair = defineBehavior({ name: "pair", state: { x: { init: 1 }, y: { init: 2 } } });

/** A behavior without symbols of its own that runs `equations`. */
const act = (name: string, equations: string, place: object = {}): BehaviorInstance =>
  defineBehavior({ name, equations, ...place })();

/** Synapses of a behavior between two populations, which count the steps in x, and of which the first fires at every step. */
function between(synapses: BehaviorInstance, ...ofSource: readonly BehaviorInstance[]): { readonly net: Network; readonly p: Projection } {
  const net = createNetwork({ dt: 1 });
  const Count = defineBehavior({ name: "count", state: { x: { init: 1 } }, equations: "x += 1" });
  const Fire = defineBehavior({ name: "fire", priority: Phase.Firing, spike: "x > 0" });
  const Sink = defineBehavior({ name: "sink", state: { felt: { init: 0 } }, onArrival: "felt = arriving" });
  const source = net.population("source", 2, [Count(), Fire(), ...ofSource] as never);
  const target = net.population("target", 2, [Count(), Sink()]);
  return { net, p: net.projection("p", { source, target, connect: oneToOne(), weight: 1, behaviors: [synapses] }) };
} // prettier-ignore

/** x and y after `steps` steps of a list of behaviors over them. */
async function after(steps: number, ...list: BehaviorInstance[]): Promise<number[]> {
  const net = createNetwork({ dt: 1 });
  const p = net.population("p", 3, [Pair(), ...list]);
  await net.step(steps);
  return [p.get("x")[0]!, p.get("y")[2]!];
}

describe("priorities", () => {
  it("have names, in the order of CoNeX", () => {
    expect(Object.entries(Phase)).toEqual([
      ["Signal", 100],
      ["Input", 180],
      ["Current", 240],
      ["Dynamics", 260],
      ["Competition", 300],
      ["Firing", 340],
      ["Homeostasis", 360],
      ["Trace", 460],
      ["Learning", 500],
      ["Normalization", 520],
      ["Bounds", 540],
      ["Record", 600],
    ]);
    expect([phaseLabel(340), phaseLabel(341)]).toEqual(["Firing", "Firing + 1"]);
  });

  it("run the lower first, whatever the list says; any finite number is one", async () => {
    const first = act("first", "x = x + 1", { priority: -1e9 });
    const second = act("second", "x = 2 * x", { priority: 0.5 });
    const third = act("third", "x = x + 10", { priority: 1e12 });
    for (const list of [
      [first, second, third],
      [third, second, first],
      [second, third, first],
    ])
      // prettier-ignore
      expect((await after(1, ...list))[0]).toBe(14);
  });

  it("order behaviors across the whole network: the plan is sorted by them", () => {
    const net = createNetwork({ dt: 1 });
    net.population("b", 1, [Pair(), act("late", "x = 1", { priority: 500 }), act("early", "y = 1", { priority: 100 })]);
    net.population("a", 1, [
      Pair(),
      act("middle", "x = 1", { priority: 300 }),
      act("later", "y = 1", { priority: 500 }),
    ]);
    expect(net.explain().stages.map(({ entity, behaviors, priority }) => [priority, entity, ...behaviors])).toEqual([
      [100, "b", "early"],
      [300, "a", "middle"],
      [500, "b", "late"],
      [500, "a", "later"],
    ]);
  });

  it("decide the result as a loop written by hand does, for any list of assignments", async () => {
    const statements = ["x = y + 1", "y = x * 2 - 3", "x = x - y", "y = y + x", "x = 0.5 * x", "y = -y"];
    const run: Record<string, (x: number, y: number) => [number, number]> = {
      "x = y + 1": (_, y) => [y + 1, y],
      "y = x * 2 - 3": (x) => [x, x * 2 - 3],
      "x = x - y": (x, y) => [x - y, y],
      "y = y + x": (x, y) => [x, y + x],
      "x = 0.5 * x": (x, y) => [0.5 * x, y],
      "y = -y": (x, y) => [x, -y],
    };
    const step = fc.tuple(fc.constantFrom(...statements), fc.integer({ min: -5, max: 900 }));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(step, { minLength: 1, maxLength: 6, selector: ([, priority]) => priority }),
        async (list) => {
          const behaviors = list.map(([equations, priority], j) => act(`b${j}`, equations, { priority }));
          let [x, y] = [1, 2];
          const ordered = list.toSorted(([, a], [, b]) => a - b);
          for (let k = 0; k < 3; k++) for (const [equations] of ordered) [x, y] = run[equations]!(x, y);
          expect(await after(3, ...behaviors)).toEqual([x, y]);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("behaviors of one priority", () => {
  it("are simultaneous: x = y beside y = x swaps", async () => {
    expect(await after(1, act("a", "x = y"), act("b", "y = x"))).toEqual([2, 1]);
    expect(await after(2, act("b", "y = x"), act("a", "x = y"))).toEqual([1, 2]);
    expect(await after(1, act("both", "x = y\n y = x"))).toEqual([2, 1]);
  });

  it("read the values from before the group: an assignment beside a differential equation", async () => {
    const net = createNetwork({ dt: 0.5 });
    const Copy = defineBehavior({ name: "copy", state: { seen: { init: 0 } }, equations: "seen = x" });
    const p = net.population("p", 1, [Copy(), Decay({ tau: 1 })]);
    await net.step(3);
    expect([p.get("x")[0], p.get("seen")[0]]).toEqual([0.125, 0.25]);
  });

  it("advance all differential equations together, as one system", async () => {
    for (const method of ["euler", "rk4"] as const) {
      const one = defineBehavior({
        name: "one",
        state: { x: { init: 1 }, y: { init: 0 } },
        equations: "dx/dt = y\n dy/dt = -x",
      });
      const first = defineBehavior({ name: "first", state: { x: { init: 1 } }, equations: "dx/dt = y" });
      const second = defineBehavior({ name: "second", state: { y: { init: 0 } }, equations: "dy/dt = -x" });
      const net = createNetwork({ dt: 0.1 });
      const whole = net.population("whole", 1, [one()], { method });
      const parts = net.population("parts", 1, [second(), first()], { method });
      await net.step(50);
      expect([parts.get("x"), parts.get("y")]).toEqual([whole.get("x"), whole.get("y")]);
      expect(net.explain().stages.map(({ behaviors, writes }) => [behaviors, writes])).toEqual([
        [["one"], ["x", "y"]],
        [
          ["second", "first"],
          ["x", "y"],
        ],
      ]);
    }
  });

  it("see the results of a lower priority, and of no equation of their own group", async () => {
    const chain = [act("a", "x = x + 1", { priority: 10 }), act("b", "y = 10 * x", { priority: 11 }), act("c", "x = y", { priority: 12 })]; // prettier-ignore
    expect(await after(1, ...chain)).toEqual([20, 20]);
    const flat = [act("a", "x = x + 1"), act("b", "y = 10 * x")];
    expect(await after(1, ...flat)).toEqual([2, 10]);
  });

  it.each([
    ["synapses", {}, "dw/dt = post.x\n z = 10 * w * pre.x", "w", [20, 3]],
    ["sources", { per: "source" }, "dy/dt = y\n z = 10 * y + pre.x", "y", [12, 2]],
  ] as const)(
    "are simultaneous over %s that read their ends, whichever of them",
    async (_, per, equations, other, expected) => {
      const state = { y: { init: 1, ...per }, z: { init: 0, ...per } };
      const { net, p } = between(act("both", equations, { state, priority: Phase.Learning }));
      await net.step(1);
      expect([p.get("z")[0], p.get(other)[0]]).toEqual(expected);
    },
  );

  it("read at synapses the spikes from before cells fire at that moment", async () => {
    const state = { now: { init: 0, per: "source" }, each: { init: 0 } };
    const { net, p } = between(act("look", "now = pre.spike\n each = pre.spike", { state, priority: Phase.Firing }));
    const seen: number[] = [];
    for (let k = 0; k < 3; k++) {
      await net.step(1);
      seen.push(p.get("now")[0]!, p.get("each")[1]!);
    }
    expect(seen).toEqual([0, 0, 1, 1, 1, 1]);
  });

  it("read what was before host code of that moment, where synapses look as well", async () => {
    const Host = defineBehavior({
      name: "host",
      state: { y: { init: 5 }, noted: { init: 0 } },
      requires: ["x"],
      step: ({ columns }) => {
        const { x, y, noted } = columns as unknown as Readonly<Record<"x" | "y" | "noted", Float64Array>>;
        noted.set(x);
        y.fill(y[0]! + 1);
      },
    });
    const look = act("look", "z = pre.x + 10 * pre.y", { state: { z: { init: 0 } }, priority: Phase.Dynamics });
    const { net, p } = between(look, Host(), act("see", "seen = y", { state: { seen: { init: 0 } } }));
    await net.step(2);
    const source = net.find("source");
    expect(["noted", "seen", "y"].map((name) => source.get(name as never)[0])).toEqual([2, 6, 7]);
    expect([...p.get("z")]).toEqual([62, 62]);
  });
});

describe("before and after", () => {
  it("split a group: the later members see the results of the earlier", async () => {
    const a = act("a", "x = y");
    expect(await after(1, a, act("b", "y = x", { after: "a" }))).toEqual([2, 2]);
    expect(await after(1, a, act("b", "y = x", { before: "a" }))).toEqual([1, 1]);
    expect(await after(1, a, act("b", "y = x", { before: ["a"] }))).toEqual([1, 1]);
  });

  it("make chains of any length, and leave the others where they are", async () => {
    const net = createNetwork({ dt: 1 });
    const Chain = defineBehavior({
      name: "chain",
      state: { a: { init: 1 }, b: { init: 0 }, c: { init: 0 }, d: { init: 0 } },
    });
    const p = net.population("p", 1, [
      act("toD", "d = a + b + c", { after: "toC" }),
      act("toC", "c = a + b", { after: "toB" }),
      Chain(),
      act("toB", "b = 10 * a", { after: "toA" }),
      act("toA", "a = a + 1"),
      defineBehavior({ name: "free", state: { e: { init: 0 } }, equations: "e = a + b + c + d" })(),
    ]);
    await net.step();
    expect(["a", "b", "c", "d", "e"].map((name) => p.get(name as never)[0])).toEqual([2, 20, 22, 44, 1]);
    const levels = net.explain().stages.map(({ level, behaviors }) => [level, ...behaviors]);
    expect(levels).toEqual([[0, "toA", "free"], [1, "toB"], [2, "toC"], [3, "toD"]]); // prettier-ignore
  });

  it("name behaviors, all of whose instances are meant, or instances", async () => {
    const Add = defineBehavior({
      name: "add",
      scope: "instance",
      parameters: { by: { default: 1 } },
      state: { mine: { init: 0 } },
      equations: "mine = x + by",
    });
    const net = createNetwork({ dt: 1 });
    const set = act("set", "x = 10", { before: "add" });
    const p = net.population("p", 1, [Pair(), Add({ name: "one" }), Add({ name: "two", by: 2 }), set]);
    await net.step();
    expect([p.get("one.mine")[0], p.get("two.mine")[0]]).toEqual([11, 12]);
    const other = createNetwork({ dt: 1 });
    const setOne = act("setOne", "x = 10", { before: "one" });
    const q = other.population("q", 1, [Pair(), Add({ name: "one" }), Add({ name: "two", by: 2 }), setOne]);
    await other.step();
    expect([q.get("one.mine")[0], q.get("two.mine")[0]]).toEqual([11, 3]);
  });

  it("order all behaviors of that name, in other populations too", () => {
    const net = createNetwork({ dt: 1 });
    net.population("p", 1, [Pair(), act("first", "x = 1", { before: "second" })]);
    net.population("q", 1, [Pair(), act("second", "x = 1")]);
    expect(net.explain().stages.map(({ level, behaviors }) => [level, ...behaviors])).toEqual([
      [0, "first"],
      [1, "second"],
    ]);
  });

  it("that form a circle are refused, and the circle is printed", async () => {
    const net = createNetwork({ dt: 1 });
    net.population("kept", 1, [Decay()]);
    const list = [
      act("a", "x = 1", { before: "b" }),
      act("b", "y = 1", { before: "c" }),
      defineBehavior({ name: "c", state: { z: { init: 0 } }, equations: "z = 1", before: "a" })(),
      defineBehavior({ name: "bystander", state: { q: { init: 0 } }, equations: "q = 1", after: "a" })(),
    ];
    for (const rotated of [list, [...list.slice(2), ...list.slice(0, 2)], list.toReversed()]) {
      const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Pair(), ...rotated]));
      expect(error).toMatchObject({ code: "cyclic-order", entity: "p" });
      expect(error.message).toMatch(/p\.(\w) → p\.(\w) → p\.(\w) → p\.\1/);
      expect(error.message).toMatch(/a → p\.b|b → p\.c|c → p\.a/);
      expect(error.message).not.toContain("bystander");
      expectCure(error);
    }
  });

  it("that contradict the priorities are refused, and nobody is moved silently", async () => {
    const net = createNetwork({ dt: 1 });
    net.population("kept", 1, [Decay()]);
    for (const place of [
      { priority: 500, before: "a" },
      { priority: 5, after: "a" },
    ]) {
      const error = await refusedWithoutTrace(net, () =>
        net.population("p", 1, [Pair(), act("a", "x = y", { priority: 300 }), act("b", "y = x", place)]),
      );
      expect(error).toMatchObject({ code: "cyclic-order", entity: "p" });
      expect(error.behavior).toMatch(/^[ab]$/);
      for (const each of ["a", "b", "300", String(place.priority)]) expect(error.message).toContain(each);
      expectCure(error);
    }
  });

  it("that agree with the priorities change nothing", async () => {
    const early = act("early", "x = y", { priority: 10, before: "late" });
    const late = act("late", "y = x", { priority: 20, after: "early" });
    expect(await after(1, late, early)).toEqual([2, 2]);
  });

  it("ignore behaviors that are absent or disabled", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Pair(), act("a", "x = y"), act("b", "y = x", { after: "a" })]);
    p.disable("a");
    await net.step();
    expect([p.get("x")[0], p.get("y")[0]]).toEqual([1, 1]);
    expect((await refusal(() => p.enable("zzz"))).code).toBe("unknown-name");
    expect(await after(1, act("lonely", "x = y", { after: "decay" }))).toEqual([2, 2]);
  });
});
