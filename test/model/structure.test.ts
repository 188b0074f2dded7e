import { createNetwork, defineBehavior, Phase } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectCure, refusal, refusedWithoutTrace } from "./refusals.ts";
import { Cell, Counter, Decay, Drive } from "./tiny-behaviors.ts";

/** Shares `x` with Decay. */
const Push = defineBehavior({
  name: "push",
  parameters: { force: { default: 0.25 } },
  state: { x: { init: 1 } },
  equations: "dx/dt += force",
});

const Follow = defineBehavior({ name: "follow", state: { y: { init: 0 } }, equations: "dy/dt = x - y" });

describe("attaching and detaching between steps", () => {
  it("changes the plan before the next step, and keeps every column that still has an owner", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 2, [Decay({ tau: [5, 10] }), Push()]);
    const naive = [1, 1];
    const advance = async (steps: number, force: number, leak: boolean) => {
      await net.step(steps);
      for (let k = 0; k < steps; k++)
        naive.forEach((x, i) => {
          naive[i] = x + ((leak ? -x * (0.1 / [5, 10][i]!) : 0) + force * 0.1);
        });
      expect([...p.get("x")]).toEqual(naive);
    };
    await advance(3, 0.25, true);
    p.attach(Counter());
    await advance(2, 0.25, true);
    expect([...p.get("count" as never)]).toEqual([2, 2]);
    p.detach("decay");
    await advance(2, 0.25, false);
    expect((await refusal(() => p.get("tau"))).code).toBe("unknown-name");
    p.attach(Decay({ tau: [5, 10] }));
    p.detach("push");
    await advance(4, 0, true);
    p.detach("counter");
    expect((await refusal(() => p.get("count" as never))).code).toBe("unknown-name");
    await advance(1, 0, true);
  });

  it("begins anew with a behavior that was detached and comes back", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Counter()]);
    await net.step(4);
    p.detach("counter").attach(Decay(), Counter());
    expect([...p.get("count")]).toEqual([0]);
    await net.step(2);
    expect([...p.get("count")]).toEqual([2]);
  });

  it("drops the samples of a recorder that leaves, and no others", async () => {
    const { Recorder } = await import("neuroweave");
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [
      Decay(),
      Recorder({ name: "often", variables: ["x"] }),
      Recorder({ name: "rarely", variables: ["x"], every: 0.5 }),
    ]);
    await net.step(10);
    p.detach("often");
    expect(p.recorded("x").times.length).toBe(2);
    expect((await refusal(() => p.recorded("x", "often"))).code).toBe("unknown-name");
    await net.step(10);
    expect([...p.recorded("x").times]).toEqual([0, 5, 10, 15].map((k) => k * 0.1));
  });

  it("is refused as a whole where the result could not run", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Decay()]);
    const error = await refusedWithoutTrace(net, () =>
      p.attach(Push.rename({ x: "z" })(), Cell.rename({ v: "x", I: "tau" })() as never),
    );
    expect(error).toMatchObject({ code: "two-owners", entity: "p" });
    expect(p.behaviors).toEqual([{ name: "decay", enabled: true }]);
  });

  it("refuses a value that contradicts the one that a shared parameter has", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Push({ force: 1 })]);
    const Same = defineBehavior({ name: "same", parameters: { force: { default: 0.25 } } });
    const error = await refusedWithoutTrace(net, () => p.attach(Same({ force: 2 })));
    expect(error).toMatchObject({ code: "two-owners", entity: "p", behavior: "same" });
    expect(error.message).toContain("push");
    expectCure(error);
    p.attach(Same({ force: 1 }));
    p.detach("same").attach(Same());
    expect(p.get("force")[0]).toBe(1);
  });

  it("refuses a start value that contradicts another behavior's when it is attached, not when the network is reset", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Push({ init_x: 3 })]);
    const error = await refusedWithoutTrace(net, () => p.attach(Decay({ init_x: 4 })));
    expect(error).toMatchObject({ code: "two-owners", entity: "p", behavior: "decay" });
    p.attach(Decay());
    net.reset();
    expect(p.get("x")[0]).toBe(3);
  });

  it("keeps a start value that was given through a behavior that has left", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Decay({ init_x: 3 }), Push()]);
    await net.step();
    p.detach("decay");
    net.reset();
    expect(p.get("x")[0]).toBe(3);
  });
});

describe("disabling and enabling between steps", () => {
  it("keeps the columns of a disabled behavior, which does nothing", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Counter(), Decay()]);
    await net.step(3);
    p.disable("counter");
    expect(p.behaviors).toEqual([
      { name: "counter", enabled: false },
      { name: "decay", enabled: true },
    ]);
    await net.step(5);
    expect(p.get("count")[0]).toBe(3);
    p.enable("counter");
    await net.step(2);
    expect(p.get("count")[0]).toBe(5);
  });

  it("runs exactly the steps between any sequence of switches", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 3 })), { maxLength: 8 }),
        async (list) => {
          const net = createNetwork({ dt: 0.1, device: "reference" });
          const p = net.population("p", 1, [Counter()]);
          let expected = 0;
          for (const [on, steps] of list) {
            if (on) p.enable("counter");
            else p.disable("counter");
            await net.step(steps);
            if (on) expected += steps;
          }
          expect(p.get("count")[0]).toBe(expected);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("provides nothing: a companion that is then missing is an error before the next step", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Decay(), Follow()]);
    await net.step(3);
    for (const change of [() => p.disable("decay"), () => p.enable("decay").detach("decay")]) {
      change();
      const before = net.state();
      const error = await refusal(() => net.step());
      expect(error).toMatchObject({ code: "missing-companion", entity: "p", behavior: "follow" });
      expect(error.message).toContain("decay");
      expectCure(error);
      expect(net.steps).toBe(3);
      expect(net.state()).toEqual(before);
      expect((await refusal(() => net.explain())).code).toBe("missing-companion");
    }
  });

  it("goes for what is recorded, too: nothing is recorded that is not there", async () => {
    const { Recorder } = await import("neuroweave");
    for (const leave of ["detach", "disable"] as const) {
      const net = createNetwork({ dt: 0.1 });
      const p = net.population("p", 1, [Decay(), Counter(), Recorder({ variables: ["x", "count"] })]);
      await net.step(2);
      p[leave]("counter");
      expect(await refusal(() => net.step())).toMatchObject({
        code: "missing-companion",
        entity: "p",
        behavior: "recorder",
      });
      expect(net.steps).toBe(2);
      p.disable("recorder");
      await net.step(2);
      expect([...p.recorded("x").times]).toEqual([0, 0.1]);
    }
  });

  it("takes the terms of a disabled behavior out of every sum", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [
      Cell({ theta: 100, tau_m: 1 }),
      Drive({ amplitude: 2 }),
      Drive({ name: "more", amplitude: 3 }),
    ]);
    p.disable("more");
    await net.step(1);
    expect(p.get("v")[0]).toBe((-0 + 2) * 0.1);
    p.enable("more").disable("drive");
    const v = p.get("v")[0]!;
    await net.step(1);
    expect(p.get("v")[0]).toBe(v + (-v + 3) * 0.1);
  });

  it("leaves no spike standing in `spike` where nothing fires any more", async () => {
    const Spikes = defineBehavior({ name: "spikes", spike: "n > 0" });
    const Echo = defineBehavior({
      name: "echo",
      priority: Phase.Trace,
      state: { heard: { init: 0 } },
      equations: "heard += spike",
    });
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 2, [Spikes(), Echo()]);
    await net.step(3);
    expect([...p.get("heard")]).toEqual([3, 3]);
    p.disable("spikes");
    await net.step(3);
    expect([...p.get("heard")]).toEqual([3, 3]);
    expect([...p.get("spike")]).toEqual([0, 0]);
  });

  it("refuses names that nobody has, with the nearest", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Decay(), Counter()]);
    for (const attempt of [() => p.disable("conter"), () => p.enable("conter"), () => p.detach("conter")]) {
      const error = await refusedWithoutTrace(net, attempt);
      expect(error).toMatchObject({ code: "unknown-name", entity: "p", candidates: ["counter"] });
      expectCure(error);
    }
  });
});

describe("a failed change", () => {
  it("does not disturb a running network, even where it shares parameters with what was refused", async () => {
    const Host = defineBehavior({
      name: "host",
      parameters: { tau: { default: 10, unit: "ms" } },
      step: () => undefined,
    });
    const Writer = defineBehavior({
      name: "writer",
      parameters: { tau: { default: 10, unit: "ms" } },
      equations: "tau = tau + 1",
    });
    const Broken = defineBehavior({ name: "broken", state: { q: { init: 0 } }, equations: "q = nowhere" });
    for (const [given, set] of [
      [{}, {}],
      [{ tau: 4 }, {}],
      [{}, { tau: 6 }],
    ] as const)
      // prettier-ignore
      for (const Bad of [Host, Writer]) {
        const net = createNetwork({ dt: 0.1 });
        const p = net.population("p", 3, [Decay(given)]);
        p.set(set);
        await net.step(3);
        await refusedWithoutTrace(net, () => p.attach(Bad(), Broken() as never));
        p.set({ tau: 2 });
        const x = p.get("x")[0]!;
        await net.step();
        expect([...p.get("x")]).toEqual([0, 1, 2].map(() => x + -x * (0.1 / 2)));
      }
  });
});
