import { createNetwork, defineBehavior, Phase, Recorder } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal, refusedWithoutTrace } from "./refusals.ts";
import { Cell, Decay, Drive } from "./tiny-behaviors.ts";

/** A behavior that calls `look` at a priority. */
const At = (priority: number, look: (x: Float64Array) => void) =>
  defineBehavior({
    name: `at${priority}`,
    priority,
    writes: ["x"],
    step: ({ columns }) => look(columns["x"] as Float64Array),
  })();

describe("a behavior written in TypeScript", () => {
  it("sees the columns as they are at its priority", async () => {
    const seen: [string, number][] = [];
    const net = createNetwork({ dt: 0.5 });
    const Twice = defineBehavior({ name: "twice", priority: Phase.Firing, requires: ["x"], equations: "x = 2 * x" });
    net.population("p", 1, [
      At(Phase.Record + 1, ([x]) => seen.push(["after all", x!])),
      Decay({ tau: 1 }),
      At(Phase.Firing - 1, ([x]) => seen.push(["between", x!])),
      Twice(),
      At(Phase.Signal, ([x]) => seen.push(["before all", x!])),
    ]);
    await net.step(2);
    expect(seen).toEqual([
      ["before all", 1],
      ["between", 0.5],
      ["after all", 1],
      ["before all", 1],
      ["between", 0.5],
      ["after all", 1],
    ]);
  });

  it("changes columns for what comes later", async () => {
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 2, [
      Decay({ tau: 1 }),
      At(Phase.Current, (x) => x.fill(8)),
      At(Phase.Competition, (x) => x.set([x[0]! + 1], 0)),
      Recorder({ variables: ["x"] }),
    ]);
    await net.step(3);
    expect([...p.recorded("x").values]).toEqual([5, 4, 5, 4, 5, 4]);
  });

  it("can stand before and after an update of another, like hooks", async () => {
    const order: string[] = [];
    const Hook = (name: string, place: object) =>
      defineBehavior({ name, priority: Phase.Dynamics, ...place, step: () => order.push(name) })();
    const net = createNetwork({ dt: 0.5 });
    const Seen = defineBehavior({ name: "seen", priority: Phase.Dynamics, step: () => order.push("seen") });
    net.population("p", 1, [Hook("afterUpdate", { after: "seen" }), Seen(), Hook("beforeUpdate", { before: "seen" })]);
    await net.step(2);
    expect(order).toEqual(["beforeUpdate", "seen", "afterUpdate", "beforeUpdate", "seen", "afterUpdate"]);
  });

  it("is simultaneous with all others of its priority: it reads the values from before the group", async () => {
    const seen: number[][] = [];
    const Swap = (from: "x" | "y", to: "x" | "y") =>
      defineBehavior({
        name: `${from}To${to}`,
        priority: Phase.Competition,
        writes: [to],
        step({ columns }) {
          seen.push([columns["x"]![0]!, columns["y"]![0]!]);
          columns[to]![0] = columns[from]![0]!;
        },
      })();
    const Both = defineBehavior({ name: "both", state: { x: { init: 1 }, y: { init: 2 }, z: { init: 0 } } });
    const Sum = defineBehavior({
      name: "sum",
      priority: Phase.Competition,
      requires: ["x", "y"],
      state: { z: { init: 0 } },
      equations: "z = 10 * x + y",
    });
    for (const list of [
      [Both(), Swap("x", "y"), Swap("y", "x"), Sum()],
      [Sum(), Swap("y", "x"), Swap("x", "y"), Both()],
    ]) {
      seen.length = 0;
      const net = createNetwork({ dt: 0.5 });
      const p = net.population("p", 1, list);
      const get = (): number[] => ["x", "y", "z"].map((name) => p.get(name as never)[0]!);
      await net.step();
      expect(get()).toEqual([2, 1, 12]);
      await net.step();
      expect(get()).toEqual([1, 2, 21]);
      expect(seen).toEqual([[1, 2], [1, 2], [2, 1], [2, 1]]); // prettier-ignore
    }
  });

  it("reads, beside differential equations of its priority, the values from before they advance, and a recorder beside it does too", async () => {
    const seen: number[] = [];
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 1, [
      Decay({ tau: 1 }),
      defineBehavior({ name: "look", priority: Phase.Dynamics, step: ({ columns }) => seen.push(columns["x"]![0]!) })(),
      Recorder({ variables: ["x"], priority: Phase.Dynamics }),
    ]);
    await net.step(3);
    expect(seen).toEqual([1, 0.5, 0.25]);
    expect([...p.recorded("x" as never).values]).toEqual([1, 0.5, 0.25]);
  });

  it("adds to inputs, in the step and to all of its stages, together with everything else", async () => {
    const Pulse = defineBehavior({
      name: "pulse",
      priority: Phase.Current,
      step({ inputs, step, n }) {
        for (let i = 0; i < n; i++) inputs["I"]![i] = inputs["I"]![i]! + (step === 1 ? i + 1 : 0);
      },
    });
    for (const method of ["euler", "rk4"] as const) {
      const net = createNetwork({ dt: 0.5 });
      const Integrator = defineBehavior({
        name: "integrator",
        state: { q: { init: 0 } },
        inputs: { I: {} },
        equations: "dq/dt = I",
      });
      const p = net.population("p", 2, [Integrator(), Drive({ amplitude: 10 }), Pulse(), Pulse({ name: "again" }), Recorder({ variables: ["I"] })], { method }); // prettier-ignore
      await net.step(3);
      expect([...p.recorded("I").trace(0)]).toEqual([10, 12, 10]);
      expect([...p.recorded("I").trace(1)]).toEqual([10, 14, 10]);
      expect([...p.get("q")]).toEqual([16, 17]);
    }
  });

  it("has its parameters, as they are set and one per neuron, and states of its own", async () => {
    const Sum = defineBehavior({
      name: "sum",
      scope: "instance",
      parameters: { gain: { default: 2 } },
      state: { total: { init: 1 } },
      step({ columns, parameters, n, t, dt, step }) {
        expect(t).toBe(step * dt);
        for (let i = 0; i < n; i++) columns.total[i] = columns.total[i]! + parameters.gain[i]! * step;
      },
    });
    const net = createNetwork({ dt: 0.5 });
    const p = net.population("p", 3, [Sum({ name: "a" }), Sum({ name: "b", gain: [1, 2, 3] })]);
    await net.step(3);
    expect([...p.get("a.total"), ...p.get("b.total")]).toEqual([7, 7, 7, 4, 7, 10]);
    p.set({ "a.gain": 10 });
    await net.step();
    expect([...p.get("a.total"), ...p.get("b.total")]).toEqual([37, 37, 37, 7, 13, 19]);
  });

  it("is told the spikes of this step after Firing, and those of the step before ahead of it", async () => {
    const heard: Record<string, number[][]> = { early: [], late: [] };
    const Ear = (name: string, priority: number) =>
      defineBehavior({ name, priority, step: ({ spikes }) => heard[name]!.push([...spikes]) })();
    const Beat = defineBehavior({ name: "beat", spike: "t == 2 * i" });
    const net = createNetwork({ dt: 1 });
    net.population("p", 3, [Ear("early", Phase.Input), Ear("late", Phase.Trace), Beat()]);
    await net.step(6);
    expect(heard["late"]).toEqual([[0], [], [1], [], [2], []]);
    expect(heard["early"]).toEqual([[], [0], [], [1], [], [2]]);
  });

  it("draws reproducible random numbers, each instance its own, independent of what else runs", async () => {
    const draws = async (seed: number, names: readonly string[], until: number): Promise<Record<string, number[]>> => {
      const drawn: Record<string, number[]> = {};
      const net = createNetwork({ dt: 1, seed });
      const Dice = defineBehavior({ name: "dice", step: () => undefined });
      for (const name of names) {
        drawn[name] = [];
        const Roll = defineBehavior({ name: "roll", step: ({ random }) => drawn[name]!.push(random(), random()) });
        net.population(name, 2, [Roll(), Dice()]);
      }
      await net.step(until);
      return drawn;
    };
    const whole = await draws(1, ["a", "b"], 40);
    expect(await draws(1, ["b", "a"], 40)).toEqual(whole);
    expect((await draws(1, ["a"], 10))["a"]).toEqual(whole["a"]!.slice(0, 20));
    expect(whole["a"]).not.toEqual(whole["b"]);
    expect((await draws(2, ["a"], 40))["a"]).not.toEqual(whole["a"]);
    const values = Object.values(whole).flat();
    expect(values.every((u) => u >= 0 && u < 1)).toBe(true);
    expect(new Set(values).size).toBe(values.length);
  });

  it("computes the same functions as equations do, to the bit", async () => {
    const Equations = defineBehavior({
      name: "equations",
      state: { a: { init: 0 }, b: { init: 0 } },
      equations: "a = exp(i / 7) + sin(i) * tanh(i / 9)\n b = pow(i + 0.5, 1.7) + log(i + 1) + exprel(i / 50 - 0.1)",
    });
    const Host = defineBehavior({
      name: "host",
      state: { c: { init: 0 }, d: { init: 0 } },
      step({ columns, math, n }) {
        for (let i = 0; i < n; i++) {
          columns.c[i] = math.exp(i / 7) + math.sin(i) * math.tanh(i / 9);
          columns.d[i] = math.pow(i + 0.5, 1.7) + math.log(i + 1) + math.exprel(i / 50 - 0.1);
        }
      },
    });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 40, [Equations(), Host()]);
    await net.step();
    expect(p.get("c")).toEqual(p.get("a"));
    expect(p.get("d")).toEqual(p.get("b"));
  });

  it("knows whether the network learns", async () => {
    const seen: boolean[] = [];
    const Ask = defineBehavior({ name: "ask", step: ({ learning }) => seen.push(learning) });
    const net = createNetwork({ dt: 1 });
    net.population("p", 1, [Ask()]);
    await net.step();
    net.learning = false;
    await net.step();
    expect(seen).toEqual([true, false]);
  });

  it("goes on calling its symbols by their own names when they are renamed for others", async () => {
    const Own = defineBehavior({
      name: "own",
      parameters: { a: { default: 2 } },
      state: { x: { init: 1 }, y: { init: 10 } },
      inputs: { I: {} },
      equations: "dq/dt = I",
      requires: ["q"],
      writes: ["z"],
      step({ columns, parameters, inputs }) {
        columns["z"]![0] = parameters.a[0]! * columns.x[0]! + columns.y[0]!;
        inputs["I"]![0] = columns.x[0]!;
      },
    });
    const Others = defineBehavior({
      name: "others",
      state: { z2: { init: 0 }, q2: { init: 0 }, x: { init: 77 }, I: { init: 55 } },
    });
    const net = createNetwork({ dt: 1 });
    const Renamed = Own.rename({ x: "y", y: "x2", a: "b" }).rename({ z: "z2", q: "q2", I: "J", x2: "x3" });
    const p = net.population("p", 1, [Renamed({ b: 3, init_y: 2 }), Others()]);
    await net.step();
    expect(p.get("z2")[0]).toBe(3 * 2 + 10);
    expect(p.get("y")[0]).toBe(2);
    expect(p.get("q2")[0]).toBe(0);
    await net.step();
    expect([p.get("x")[0], p.get("I")[0]]).toEqual([77, 55]);
  });

  it("may have the same states under names of their own in two instances of one priority", async () => {
    const Own = defineBehavior({
      name: "own",
      scope: "instance",
      state: { k: { init: 0 } },
      step: ({ columns }) => void (columns.k[0] = columns.k[0]! + 1),
    });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Own(), Own({ name: "other" })]);
    await net.step(2);
    expect([p.get("own.k")[0], p.get("other.k")[0]]).toEqual([2, 2]);
  });
});

describe("a host behavior that cannot work", () => {
  it("leaves the network at the step border before its step when it throws, with everything unchanged", async () => {
    const plan = { at: 7, error: new RangeError("no more") as unknown };
    const Spoil = defineBehavior({
      name: "spoil",
      priority: Phase.Record,
      state: { seen: { init: 0 } },
      writes: ["v"],
      step({ columns, step }) {
        columns["v"]!.fill(99);
        columns.seen.fill(step);
        if (step === plan.at) throw plan.error;
        columns["v"]!.fill(0.5);
      },
    });
    const make = () => {
      const net = createNetwork({ dt: 0.5 });
      net.population("p", 3, [
        Cell({ I: [1, 2, 3], theta: 0.6 }),
        Spoil(),
        Recorder({ variables: ["v"], every: 1, priority: 700 }),
      ]);
      return net;
    };
    const net = make();
    const error = await refusal(() => net.step(20));
    expect(error).toMatchObject({ code: "host-threw", entity: "p", behavior: "spoil" });
    expect(error.cause).toBe(plan.error);
    expect(error.message).toContain("no more");
    expect(error.message).toContain("step 7");
    expect(error.remedy).toBeTruthy();
    expect(net.steps).toBe(7);
    plan.at = -1;
    const twin = make();
    await twin.step(7);
    const both = () => [net, twin].map((each) => [each.state(), each.find("p").spikes(), [...each.find("p").recorded("v" as never).values]]); // prettier-ignore
    expect(both()[0]).toEqual(both()[1]);
    await Promise.all([net.step(13), twin.step(13)]);
    expect(both()[0]).toEqual(both()[1]);
  });

  it.each([undefined, null, "text", 5])("is reported even when it throws %j", async (thrown) => {
    const Throw = defineBehavior({
      name: "throw",
      step() {
        throw thrown;
      },
    });
    const net = createNetwork({ dt: 1 });
    net.population("p", 1, [Throw()]);
    expect(await refusal(() => net.step())).toMatchObject({ code: "host-threw", behavior: "throw", cause: thrown });
    expect(net.steps).toBe(0);
  });

  it("is refused before it runs when it writes what nobody has, or an input", async () => {
    const net = createNetwork({ dt: 1 });
    net.population("kept", 1, [Decay()]);
    const Writes = (name: string) => defineBehavior({ name: "writes", writes: [name], step: () => undefined })();
    const unknown = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay(), Writes("y")]));
    expect(unknown).toMatchObject({ entity: "p", behavior: "writes" });
    expect(unknown.message).toContain("y");
    const input = await refusedWithoutTrace(net, () => net.population("p", 1, [Cell(), Writes("I")]));
    expect(input).toMatchObject({ entity: "p", behavior: "writes" });
    expect(input.remedy).toContain("inputs");
  });

  it("is refused when it needs a symbol that nobody provides", async () => {
    const net = createNetwork({ dt: 1 });
    net.population("kept", 1, [Decay()]);
    const Needs = defineBehavior({ name: "needs", requires: ["x"], step: () => undefined });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Needs()] as never));
    expect(error).toMatchObject({ code: "missing-companion", entity: "p", behavior: "needs" });
    expect(error.message).toContain("decay");
    const p = net.population("p", 1, [Needs(), Decay()]);
    p.disable("decay");
    expect((await refusal(() => net.step())).code).toBe("missing-companion");
  });

  it("may not change the structure or values from within a step", async () => {
    const acts: [string, () => unknown][] = [];
    let act: () => unknown = () => undefined;
    const Act = defineBehavior({ name: "act", step: () => void act() });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 2, [Decay(), Act()]);
    await net.step(2);
    const bytes = net.snapshot();
    acts.push(
      ["attach", () => p.attach(Drive({ name: "x" }) as never)],
      ["detach", () => p.detach("decay")],
      ["disable", () => p.disable("decay")],
      ["set", () => p.set({ x: 3 })],
      ["reset", () => net.reset()],
      ["restore", () => net.restore(bytes)],
      ["snapshot", () => net.snapshot()],
      ["population", () => net.population("q", 1, [Decay()])],
      ["remove", () => net.remove(p as never)],
      ["loadState", () => net.loadState(net.state())],
    );
    for (const [name, each] of acts) {
      act = each;
      const before = net.state();
      const error = await refusal(() => net.step());
      expect(error.code, name).toBe("wrong-moment");
      expect(net.steps).toBe(2);
      expect(net.state()).toEqual(before);
    }
    act = () => undefined;
    await net.step(3);
    expect(net.steps).toBe(5);
  });
});
