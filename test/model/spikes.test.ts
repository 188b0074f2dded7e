import { createNetwork, defineBehavior, Phase, Recorder } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cell } from "./tiny-behaviors.ts";

/** Spikes where v has reached theta; v grows by `slope` in every step. */
const Ramp = defineBehavior({
  name: "ramp",
  parameters: { slope: { default: 1 }, theta: { default: 3 } },
  state: { v: { init: 0 } },
  equations: "v += slope",
  spike: "v >= theta",
  onSpike: "v = 0",
});

describe("a spike", () => {
  it("happens at Firing, in the step in which the condition holds, with the time of that step", async () => {
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 2, [Ramp({ slope: [1, 1.5] }), Recorder({ variables: ["v", "spike"] })]);
    await net.step(6);
    expect([...p.recorded("v").trace(0)]).toEqual([1, 2, 0, 1, 2, 0]);
    expect([...p.recorded("v").trace(1)]).toEqual([1.5, 0, 1.5, 0, 1.5, 0]);
    const { times, steps, ids } = p.spikes();
    expect([...steps]).toEqual([1, 2, 3, 5, 5]);
    expect([...ids]).toEqual([1, 0, 1, 0, 1]);
    expect([...times]).toEqual([0.5, 1, 1.5, 2.5, 2.5]);
  });

  it("is 1 in `spike` in its own step and 0 in every other", async () => {
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 2, [Ramp({ slope: [1, 1.5] }), Recorder({ variables: ["spike"] })]);
    for (let k = 0; k < 7; k++) {
      await net.step();
      const spiked = new Set([...p.spikes().steps].flatMap((step, j) => (step === k ? [p.spikes().ids[j]!] : [])));
      expect([...p.get("spike")]).toEqual([0, 1].map((i) => (spiked.has(i) ? 1 : 0)));
    }
    expect([...p.recorded("spike").trace(0)]).toEqual([0, 0, 1, 0, 0, 1, 0]);
  });

  it("is seen by what runs after Firing, and by what runs before it as the one of the step before", async () => {
    const See = (name: string, priority: number) =>
      defineBehavior({ name, priority, scope: "instance", state: { seen: { init: -1 } }, equations: "seen = spike" })();
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 1, [
      Ramp(),
      See("early", Phase.Input),
      See("late", Phase.Firing + 1),
      Recorder({ variables: ["early.seen", "late.seen"] }),
    ]);
    await net.step(7);
    expect([...p.recorded("late.seen").trace()]).toEqual([0, 0, 1, 0, 0, 1, 0]);
    expect([...p.recorded("early.seen").trace()]).toEqual([0, 0, 0, 1, 0, 0, 1]);
  });

  it("leaves its time in `t_last_spike`, which is −∞ before the first", async () => {
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 1, [Ramp()]);
    const last: number[] = [];
    for (let k = 0; k < 7; k++) {
      last.push(p.get("t_last_spike")[0]!);
      await net.step();
    }
    const never = Number.NEGATIVE_INFINITY;
    expect(last).toEqual([never, never, never, 1, 1, 1, 2.5]);
  });

  it("compares as written: `>` needs more than `>=`", async () => {
    const count = async (spike: string): Promise<number> => {
      const Strict = defineBehavior({ name: "strict", state: { v: { init: 0 } }, equations: "v = 1", spike });
      const net = createNetwork({ dt: 1 });
      const p = net.population("p", 1, [Strict()]);
      await net.step(3);
      return p.spikes().ids.length;
    };
    expect([await count("v >= 1"), await count("v > 1")]).toEqual([3, 0]);
  });

  it("needs every condition that other behaviors require", async () => {
    const Require = (name: string, spikeRequires: string) => defineBehavior({ name, spikeRequires })();
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 4, [Ramp({ theta: 1 }), Require("even", "t != 2"), Require("high", "i >= 2")]);
    await net.step(3);
    expect([...p.spikes().ids]).toEqual([2, 3, 2, 3]);
    expect([...p.spikes().steps]).toEqual([0, 0, 1, 1]);
    expect([...p.get("v")]).toEqual([3, 3, 1, 1]);
  });
});

describe("onSpike", () => {
  it("runs at Firing whatever the priority of its behavior, for the neurons that spiked, and reads the values from before any reset", async () => {
    const Jump = (name: string, priority: number) =>
      defineBehavior({
        name,
        priority,
        scope: "instance",
        state: { peak: { init: -1 }, spikes: { init: 0 } },
        onSpike: "peak = v\n spikes += 1",
      })();
    const Watch = defineBehavior({
      name: "watch",
      priority: Phase.Firing + 1,
      state: { after: { init: -1 } },
      equations: "after = early.spikes + late.spikes",
    });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 2, [
      Jump("early", Phase.Signal),
      Ramp({ slope: [1, 0] }),
      Jump("late", Phase.Record),
      Watch(),
    ]);
    await net.step(3);
    expect([...p.get("v")]).toEqual([0, 0]);
    expect([...p.get("early.peak")]).toEqual([3, -1]);
    expect([...p.get("late.peak")]).toEqual([3, -1]);
    expect([...p.get("after")]).toEqual([2, 0]);
  });

  it("is simultaneous: two resets that read one another swap", async () => {
    const Swap = defineBehavior({
      name: "swap",
      state: { a: { init: 1 }, b: { init: 2 } },
      spike: "i == 1",
      onSpike: "a = b\n b = a",
    });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 3, [Swap()]);
    await net.step();
    expect([...p.get("a"), ...p.get("b")]).toEqual([1, 2, 1, 2, 1, 2]);
  });

  it("sums increments of several behaviors in list order", async () => {
    const Add = (name: string, by: number) => defineBehavior({ name, onSpike: `w += ${by}` })();
    const Own = defineBehavior({ name: "own", state: { w: { init: 0.1 } }, spike: "n > 0", onSpike: "w += 0.2" });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Add("first", 0.7), Own(), Add("last", 1e16)]);
    await net.step();
    expect(p.get("w")[0]).toBe(0.1 + 0.7 + 0.2 + 1e16);
  });
});

describe("a spiking population", () => {
  it("equals a loop written by hand, bit for bit, spikes and all", async () => {
    const value = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    await fc.assert(
      fc.asyncProperty(value(1, 20), value(0.2, 2), value(0.5, 9), value(-1, 0.1), async (tau_m, theta, I, v_reset) => {
        const net = createNetwork({ dt: 0.1 });
        const p = net.population("p", 2, [Cell({ tau_m, theta, v_reset, I: [I, I / 2] })]);
        await net.step(60);
        const expected: [number, number][] = [];
        const v = [0, 0];
        for (let k = 0; k < 60; k++)
          [I, I / 2].forEach((current, i) => {
            v[i] = v[i]! + (-v[i]! + current) * (0.1 / tau_m);
            if (v[i]! < theta) return;
            v[i] = v_reset;
            expected.push([k, i]);
          });
        const { steps, ids } = p.spikes();
        expect([...steps].map((k, j) => [k, ids[j]])).toEqual(expected);
        expect([...p.get("v")]).toEqual(v);
      }),
      { numRuns: 20 },
    );
  });

  it("keeps the last spikes only where that is asked for", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Ramp({ theta: 1 })], { keepSpikes: 3 });
    await net.step(10);
    expect([...p.spikes().steps]).toEqual([7, 8, 9]);
    const twin = net.fork();
    await twin.step(2);
    expect([...twin.find("p").spikes().steps]).toEqual([9, 10, 11]);
  });
});
