import { createNetwork, defineBehavior, Phase, Recorder } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectCure, refusedWithoutTrace } from "../model/refusals.ts";
import { Counter, Decay } from "../model/tiny-behaviors.ts";

/** A random walk by steps that are the neuron's and the step's own. */
const Walk = defineBehavior({
  name: "walk",
  state: { x: { init: "i + 0.5" } },
  equations: "dx/dt = sin(13 * i + 7 * (t / dt))",
});

const Late = (name: string, delay: number, priority: number = Phase.Dynamics) =>
  defineBehavior({
    name,
    scope: "instance",
    priority,
    state: { y: { init: -1 } },
    equations: `y = delayed(x, ${delay})`,
  })();

describe("delayed(x, ms)", () => {
  it("is what x was that many steps ago at the start of the step; before the start, what x was at the start", async () => {
    const lags = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 });
    const place = fc.constantFrom(Phase.Input, Phase.Dynamics, Phase.Firing, Phase.Record);
    await fc.assert(
      fc.asyncProperty(lags, place, fc.boolean(), fc.boolean(), async (list, priority, hosted, wasm) => {
        const net = createNetwork({ dt: 0.25, device: wasm ? "wasm" : "reference" });
        const names = list.map((lag) => `late${lag}`);
        const Idle = defineBehavior({ name: "idle", priority: Phase.Competition, step: () => undefined });
        const p = net.population("p", 3, [
          Walk(),
          ...list.map((lag) => Late(`late${lag}`, lag * 0.25, priority)),
          ...(hosted ? [Idle()] : []),
        ]);
        const past: Float64Array[] = [];
        for (let k = 0; k < 20; k++) {
          past.push(p.get("x"));
          await net.step();
          list.forEach((lag, j) => {
            expect(p.get(`${names[j]!}.y` as never), `lag ${lag} in step ${k}`).toEqual(past[Math.max(0, k - lag)]);
          });
        }
      }),
      { numRuns: 20 },
    );
  });

  it("of zero ms is what x was at the start of the step, wherever it is read", async () => {
    const Idle = defineBehavior({ name: "idle", priority: Phase.Competition, step: () => undefined });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [
      Walk(),
      Late("input", 0, Phase.Input),
      Late("beside", 0),
      Idle(),
      Late("after", 0, Phase.Trace),
    ]);
    for (let k = 0; k < 4; k++) {
      const x = p.get("x");
      await net.step();
      for (const each of ["input", "beside", "after"]) expect(p.get(`${each}.y` as never), each).toEqual(x);
    }
  });

  it("is the same however long the run is", async () => {
    const make = () => {
      const net = createNetwork({ dt: 0.25, seed: 1 });
      net.population("p", 2, [Walk(), Late("near", 0.5), Late("far", 100)]);
      return net;
    };
    const [whole, cut] = [make(), make()];
    await whole.step(1000);
    for (const steps of [1, 399, 1, 1, 598]) await cut.step(steps);
    expect(cut.state()).toEqual(whole.state());
  });

  it("solves a delay differential equation", async () => {
    // dy/dt = −y(t − 1), y = 1 up to 0: y(1) = 0, y(2) = −1/2, y(3) = −1/6 by the method of steps.
    const Dde = defineBehavior({ name: "dde", state: { y: { init: 1 } }, equations: "dy/dt = -delayed(y, 1)" });
    const errors = await Promise.all(
      [1 / 64, 1 / 128].map(async (dt) => {
        const net = createNetwork({ dt });
        const p = net.population("p", 1, [Dde()]);
        const at: number[] = [];
        for (let second = 0; second < 3; second++) {
          await net.run(1);
          at.push(p.get("y")[0]!);
        }
        return [0, -1 / 2, -1 / 6].map((y, j) => Math.abs(at[j]! - y));
      }),
    );
    for (const j of [1, 2]) expect(errors[0]![j]! / errors[1]![j]!).toBeCloseTo(2, 1);
    expect(Math.max(...errors[1]!)).toBeLessThan(0.01);
  });

  it("delays in inputs, resets and conditions as well", async () => {
    const Ramp = defineBehavior({
      name: "ramp",
      state: { v: { init: 0 }, q: { init: 0 } },
      inputs: { I: {} },
      equations: "v += 1\n I += delayed(v, 2)\n dq/dt = I",
      spike: "delayed(v, 3) >= 4",
      onSpike: "v = delayed(v, 1) - 2",
    });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Ramp(), Recorder({ variables: ["v", "q"] })]);
    await net.step(11);
    const starts: number[] = [];
    const naive: { v: number[]; q: number[] } = { v: [], q: [] };
    let [v, q] = [0, 0];
    for (let k = 0; k < 11; k++) {
      starts.push(v);
      const past = (lag: number): number => starts[Math.max(0, k - lag)]!;
      v += 1;
      q += past(2);
      if (past(3) >= 4) v = past(1) - 2;
      naive.v.push(v);
      naive.q.push(q);
    }
    expect([...p.recorded("v").trace()]).toEqual(naive.v);
    expect([...p.recorded("q").trace()]).toEqual(naive.q);
  });

  it("remembers the past through every change of structure", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 2, [Walk(), Late("five", 5), Counter()]);
    const past: Float64Array[] = [];
    const advance = async (steps: number) => {
      for (let k = 0; k < steps; k++) {
        past.push(p.get("x"));
        await net.step();
      }
    };
    const before = (lag: number) => past.at(-1 - lag);
    await advance(9);
    p.detach("counter");
    await advance(1);
    expect(p.get("five.y")).toEqual(before(5));
    p.attach(Late("eight", 8));
    await advance(3);
    expect(p.get("five.y")).toEqual(before(5));
    await advance(6);
    expect(p.get("eight.y" as never)).toEqual(before(8));
    p.detach("eight");
    await advance(1);
    expect(p.get("five.y")).toEqual(before(5));
    p.disable("five");
    await advance(4);
    p.enable("five");
    await advance(1);
    expect(p.get("five.y")).toEqual(before(5));
  });

  it("remembers while nothing else of the population runs", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Walk(), Late("two", 2)]);
    await net.step(5);
    p.disable("walk").disable("two");
    const still = p.get("x");
    await net.step(4);
    p.enable("walk").enable("two");
    await net.step(1);
    expect(p.get("two.y")).toEqual(still);
  });

  it("begins with a new past where a variable begins anew", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Walk(), Late("three", 3)]);
    await net.step(6);
    p.detach("walk").attach(Walk({ init_x: 42 }) as never);
    await net.step(2);
    expect(p.get("three.y")[0]).toBe(42);
    net.reset();
    await net.step(2);
    expect(p.get("three.y")[0]).toBe(42);
  });

  it("starts from what was set before the first step", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Walk(), Late("three", 3)]);
    net.explain();
    net.snapshot();
    p.derivatives();
    p.set({ x: 42 });
    await net.step(2);
    expect(p.get("three.y")[0]).toBe(42);
  });

  it.each([
    ["a delay off the grid", "y = delayed(x, 0.3)", "off-grid"],
    ["a negative delay", "y = delayed(x, -1)", "negative-duration"],
    ["a delay that is no number", "y = delayed(x, tau)", "structure"],
    ["a parameter", "y = delayed(tau, 1)", "unknown-symbol"],
    ["an input", "y = delayed(I, 1)", "unknown-symbol"],
    ["the time", "y = delayed(t, 1)", "unknown-symbol"],
    ["in a condition a delay off the grid", "y = delayed(x, 0.3) > 1 ? 1 : 0", "off-grid"],
  ])("refuses %s, with the place", async (_, equations, code) => {
    const net = createNetwork({ dt: 0.25 });
    net.population("kept", 1, [Decay()]);
    const Bad = defineBehavior({ name: "bad", state: { y: { init: 0 } }, inputs: { I: {} }, equations });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay(), Bad()]));
    expect(error).toMatchObject({ code, entity: "p", behavior: "bad" });
    expect(error.message).toContain("^");
    expectCure(error);
  });
});
