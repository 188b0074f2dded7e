import { createNetwork, defineBehavior, Phase, Recorder, type MethodName } from "neuroweave";
import { describe, expect, it } from "vitest";
import { Drive } from "../model/tiny-behaviors.ts";

/** dv/dt = I. */
const Integrator = defineBehavior({
  name: "integrator",
  state: { v: { init: 1 } },
  inputs: { I: { default: 0 } },
  equations: "dv/dt = I",
});

/** A conductance current; with nothing else, v relaxes to E. */
const Conductance = defineBehavior({
  name: "conductance",
  scope: "instance",
  parameters: { g: { default: 0.8 }, E: { default: 3 } },
  equations: "I += -g * (v - E)",
});

const At = (priority: number, equations: string, name = "term") => defineBehavior({ name, priority, equations })();

describe("an input", () => {
  it("is the sum over all enabled behaviors, whatever their priority", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 2, [
      At(Phase.Record, "I += 16", "late"),
      Drive({ amplitude: [1, 2] }),
      Integrator({ I: 4 }),
      At(Phase.Dynamics, "I += 8", "beside"),
      At(Phase.Signal, "I += 32", "early"),
      At(Phase.Dynamics, "I -= 64", "minus"),
    ]);
    await net.step();
    expect([...p.get("v")]).toEqual([1 - 3, 1 - 2]);
    p.disable("late").disable("early");
    await net.step();
    expect([...p.get("v")]).toEqual([-2 - 51, -1 - 50]);
  });

  it("has a constant term that set changes, and nothing else", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 2, [Integrator({ I: 4 }), Drive({ amplitude: 1 })]);
    expect([...p.get("I")]).toEqual([4, 4]);
    await net.step();
    p.set({ I: [10, 20] });
    expect([...p.get("I")]).toEqual([10, 20]);
    await net.step();
    p.set({ I: 0 });
    await net.step();
    expect([...p.get("I")]).toEqual([0, 0]);
    expect([...p.get("v")]).toEqual([1 + 5 + 11 + 1, 1 + 5 + 21 + 1]);
  });

  it("is zero without any term", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 2, [Integrator(), Recorder({ variables: ["I"] })]);
    await net.step(3);
    expect([...p.get("I")]).toEqual([0, 0]);
    expect([...p.get("v")]).toEqual([1, 1]);
    expect([...p.recorded("I").values].every((x) => x === 0)).toBe(true);
  });

  it("may read another input, and two that need one another are refused", async () => {
    const Two = defineBehavior({
      name: "two",
      state: { v: { init: 0 } },
      inputs: { I: { default: 1 }, J: { default: 2 } },
      equations: "J += 10 * I\n dv/dt = J",
    });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Two(), Drive({ amplitude: 4 })]);
    await net.step();
    expect(p.get("v")[0]).toBe(52);
    const error = (): unknown => net.population("q", 1, [Two(), At(Phase.Dynamics, "I += J")]);
    expect(error).toThrow(expect.objectContaining({ code: "cyclic-order", entity: "q" }));
  });
});

describe("terms in variables that are integrated", () => {
  /** v(t) of dv/dt = −g (v − E) from 1. */
  const exactly = (t: number): number => 3 + (1 - 3) * Math.exp(-0.8 * t);
  const errorOf = async (method: MethodName, dt: number): Promise<number> => {
    const net = createNetwork({ dt });
    const p = net.population("p", 1, [Integrator(), Conductance()], { method });
    await net.run(2);
    return Math.abs(p.get("v")[0]! - exactly(2));
  };

  it.each([
    ["euler", 1],
    ["heun", 2],
    ["midpoint", 2],
    ["ralston", 2],
    ["rk4", 4],
  ] as const)("take their stage values: %s converges with order %d through the input", async (method, order) => {
    const [coarse, fine] = [await errorOf(method, 1 / 8), await errorOf(method, 1 / 16)];
    expect(Math.log2(coarse / fine)).toBeGreaterThan(order - 0.15);
    expect(Math.log2(coarse / fine)).toBeLessThan(order + 0.3);
  });

  it("are integrated exactly by the methods that are exact for linear equations", async () => {
    for (const method of ["exponentialEuler", "exact"] as const) expect(await errorOf(method, 0.5)).toBeLessThan(1e-14);
  });

  it("equal the same term written into the equation, bit for bit, whatever the priority of their behavior", async () => {
    const Direct = defineBehavior({
      name: "direct",
      parameters: { g: { default: 0.8 }, E: { default: 3 } },
      state: { v: { init: 1 } },
      equations: "dv/dt = -g * (v - E)",
    });
    for (const method of ["euler", "rk4", "heun", "exponentialEuler"] as const)
      for (const priority of [Phase.Signal, Phase.Input, Phase.Dynamics, Phase.Record]) {
        const net = createNetwork({ dt: 0.25 });
        const Moved = defineBehavior({
          name: "moved",
          priority,
          parameters: { g: { default: 0.8 }, E: { default: 3 } },
          equations: "I += -g * (v - E)",
        });
        const direct = net.population("direct", 1, [Direct()], { method });
        const input = net.population("input", 1, [Integrator(), Moved()], { method });
        await net.step(9);
        expect(input.get("v"), `${method} at ${priority}`).toEqual(direct.get("v"));
      }
  });
});

describe("terms that are not", () => {
  it("are evaluated once, at t = k · dt, and held for the step", async () => {
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 1, [Integrator(), At(Phase.Input, "I += t * t")], { method: "rk4" });
    await net.step(4);
    expect(p.get("v")[0]).toBe(1 + 0.5 * (0 + 0.25 + 1 + 2.25));
  });

  it("draw once for all stages, and afresh for every neuron, step and occurrence", async () => {
    const Noise = defineBehavior({
      name: "noise",
      priority: Phase.Input,
      equations: "I += uniform(0, 1) - uniform(0, 1)",
    });
    const net = createNetwork({ dt: 1, seed: 1 });
    const make = (name: string, method: MethodName) =>
      net.population(
        name,
        40,
        [Integrator({ init_v: 0 }), Noise(), Noise({ name: "again" }), Recorder({ variables: ["I", "v"] })],
        { method },
      );
    const [euler, rk4] = [make("a", "euler"), make("b", "rk4")];
    await net.step(25);
    for (const p of [euler, rk4]) {
      const I = p.recorded("I");
      const v = p.recorded("v");
      let largest = 0;
      for (let neuron = 0; neuron < 40; neuron++) {
        let sum = 0;
        I.trace(neuron).forEach((x, k) => {
          sum += x;
          largest = Math.max(largest, Math.abs(sum - v.trace(neuron)[k]!));
        });
      }
      expect(largest).toBeLessThan(1e-13);
      expect(new Set(I.values).size).toBe(1000);
      expect([...I.values].every((x) => Math.abs(x) < 2)).toBe(true);
    }
    expect([...euler.recorded("I").values]).not.toEqual([...rk4.recorded("I").values]);
  });

  it("take the value of assigned variables at Input", async () => {
    const Signal = defineBehavior({
      name: "signal",
      priority: Phase.Trace,
      state: { s: { init: 1 } },
      equations: "s = 2 * s",
    });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Integrator(), Signal(), At(Phase.Input, "I += s")], { method: "rk4" });
    await net.step(4);
    expect(p.get("v")[0]).toBe(1 + 1 + 2 + 4 + 8);
  });
});

describe("recording an input", () => {
  it("gives the sum at the first stage", async () => {
    for (const method of ["euler", "rk4"] as const) {
      const net = createNetwork({ dt: 0.5 });
      const p = net.population(
        "p",
        2,
        [
          Integrator({ I: 0.5 }),
          Conductance({ E: [3, 1] }),
          At(Phase.Input, "I += t"),
          Recorder({ variables: ["I", "v"] }),
        ],
        { method },
      );
      await net.step(5);
      for (const neuron of [0, 1]) {
        const before = [1, ...p.recorded("v").trace(neuron)];
        const sums = Array.from({ length: 5 }, (_, k) => 0.5 + -0.8 * (before[k]! - [3, 1][neuron]!) + 0.5 * k);
        expect([...p.recorded("I").trace(neuron)]).toEqual(sums);
      }
    }
  });

  it("and reading it later in the step gives the same, with or without host code in between", async () => {
    const Reader = (priority: number, name: string) =>
      defineBehavior({ name, priority, scope: "instance", state: { read: { init: 0 } }, equations: "read = I" })();
    const reads: number[][] = [];
    for (const hosts of [[], [Phase.Competition], [Phase.Signal, Phase.Current, Phase.Competition, Phase.Trace]]) {
      const net = createNetwork({ dt: 0.5 });
      const idle = hosts.map((priority) =>
        defineBehavior({ name: `host${priority}`, priority, step: () => undefined })(),
      );
      const p = net.population(
        "p",
        1,
        [
          Integrator(),
          Conductance(),
          At(Phase.Input, "I += t"),
          Reader(Phase.Firing, "firing"),
          Reader(Phase.Learning, "learning"),
          ...idle,
          Recorder({ variables: ["I", "firing.read", "learning.read"] }),
        ],
        { method: "rk4" },
      );
      await net.step(4);
      const recorded = [...p.recorded("I").trace()];
      expect([...p.recorded("firing.read").trace()]).toEqual(recorded);
      expect([...p.recorded("learning.read").trace()]).toEqual(recorded);
      reads.push(recorded);
    }
    expect(reads[1]).toEqual(reads[0]);
    expect(reads[2]).toEqual(reads[0]);
  });
});
