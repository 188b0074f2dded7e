import { createNetwork, defineBehavior, defineModel, Phase } from "neuroweave";
import { describe, expect, it } from "vitest";
import { expectCure, refusal, refusedWithoutTrace, underlined } from "./refusals.ts";
import { Cell, Decay, Drive } from "./tiny-behaviors.ts";

const Receptor = defineBehavior({
  name: "receptor",
  scope: "instance",
  parameters: { tau: { default: 5 }, E: { default: 0 } },
  state: { g: { init: 1 } },
  equations: "tau * dg/dt = -g\n I += g * (E - v)",
});

describe("instances", () => {
  it("share what a shared behavior declares, by name", async () => {
    const Second = defineBehavior({
      name: "second",
      parameters: { tau: { default: 10, unit: "ms" } },
      state: { y: { init: 2 } },
      equations: "tau * dy/dt = -y",
    });
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Decay({ tau: 4 }), Second()]);
    expect([...p.get("tau")]).toEqual([4]);
    await net.step(30);
    expect(p.get("y")[0]).toBeCloseTo(2 * p.get("x")[0]!, 14);
  });

  it("keep what an instance-scoped behavior declares to themselves, addressed instance.symbol", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [
      Cell({ theta: 9 }),
      Receptor({ name: "g_exc", tau: 5 }),
      Receptor({ name: "g_inh", tau: 10, E: -1 }),
    ]);
    expect([p.get("g_exc.tau")[0], p.get("g_inh.tau")[0], p.get("g_inh.E")[0]]).toEqual([5, 10, -1]);
    await net.step(40);
    const decayed = (tau: number): number => {
      let g = 1;
      for (let k = 0; k < 40; k++) g = g + -g * (0.1 / tau);
      return g;
    };
    expect(p.get("g_exc.g")[0]).toBe(decayed(5));
    expect(p.get("g_inh.g")[0]).toBe(decayed(10));
    p.set({ "g_inh.tau": 2 });
    expect([p.get("g_exc.tau")[0], p.get("g_inh.tau")[0]]).toEqual([5, 2]);
  });

  it("answer to the bare name while it is unique; otherwise the error lists the candidates", async () => {
    const net = createNetwork({ dt: 0.1 });
    const one = net.population("one", 1, [Cell(), Receptor({ name: "g_exc" })]);
    expect(one.set({ tau: 3 }).get("g_exc.tau")[0]).toBe(3);
    const two = net.population("two", 1, [Cell(), Receptor({ name: "g_exc" }), Receptor({ name: "g_inh" })]);
    for (const attempt of [() => two.get("tau"), () => two.set({ tau: 3 }), () => two.column("g")]) {
      const error = await refusedWithoutTrace(net, attempt);
      expect(error).toMatchObject({ code: "ambiguous-name", entity: "two" });
      expect(error.candidates).toEqual([expect.stringMatching(/^g_exc\./), expect.stringMatching(/^g_inh\./)]);
      expectCure(error);
    }
  });

  it("see their own symbol where another instance has one of the same name", async () => {
    const net = createNetwork({ dt: 0.1 });
    const Reader = defineBehavior({ name: "reader", state: { y: { init: 0 } }, equations: "y = g" });
    const p = net.population("p", 1, [Cell(), Receptor({ name: "g_exc" }), Reader()]);
    await net.step();
    expect(p.get("y")[0]).toBe(1);
    const error = await refusedWithoutTrace(net, () => p.attach(Receptor({ name: "g_inh" })));
    expect(error).toMatchObject({ code: "ambiguous-name", entity: "p", behavior: "reader" });
    expect(error.candidates).toEqual(["g_exc.g", "g_inh.g"]);
    expect(error.message).toContain("^");
  });

  it("need two names where one behavior is attached twice", async () => {
    const net = createNetwork({ dt: 0.1 });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Cell(), Drive(), Drive()]));
    expect(error).toMatchObject({ code: "duplicate-name", entity: "p" });
    expect(error.message).toContain("drive");
    expectCure(error);
    const p = net.population("p", 1, [Cell(), Drive({ amplitude: 1 }), Drive({ name: "other", amplitude: 2 })]);
    const again = await refusedWithoutTrace(net, () => p.attach(Drive({ name: "other" })));
    expect(again).toMatchObject({ code: "duplicate-name", entity: "p" });
  });

  it.each(["", "two words", "a.b", "1st", "a/b", 7])("cannot be named %j", async (name) => {
    const error = await refusal(() => Drive({ name } as never));
    expect(error).toMatchObject({ code: "invalid-name", behavior: "drive" });
    expectCure(error);
  });

  it("are immutable and may be attached to any number of populations", async () => {
    const shared = Decay({ tau: 5 });
    const net = createNetwork({ dt: 0.1 });
    const [a, b] = [net.population("a", 1, [shared]), net.population("b", 1, [shared])];
    a.set({ tau: 1 });
    await net.step(10);
    expect(b.get("tau")[0]).toBe(5);
    expect(a.get("x")[0]).toBeLessThan(b.get("x")[0]!);
  });
});

describe("rename", () => {
  it("renames symbols in equations, parameters, state and start values", async () => {
    const Slow = Decay.rename({ x: "slow", tau: "tau_slow" });
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Decay({ tau: 5 }), Slow.named("slowDecay")({ tau_slow: 50, init_slow: 3 })]);
    await net.step(10);
    let [x, slow] = [1, 3];
    for (let k = 0; k < 10; k++) [x, slow] = [x + -x * (0.1 / 5), slow + -slow * (0.1 / 50)];
    expect([p.get("x")[0], p.get("slow")[0]]).toEqual([x, slow]);
  });

  it("swaps two names", async () => {
    const Two = defineBehavior({
      name: "two",
      state: { a: { init: 1 }, b: { init: "10 * a" } },
      equations: "a = a + 1\n b = b + a",
    });
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 1, [Two.rename({ a: "b", b: "a" })()]);
    expect([p.get("a")[0], p.get("b")[0]]).toEqual([10, 1]);
    await net.step();
    expect([p.get("a")[0], p.get("b")[0]]).toEqual([11, 2]);
  });

  it("renames every mention in a model", async () => {
    const Upper = defineBehavior({ name: "upper", state: { y: { init: 0 } }, equations: "y = x" });
    const Both = defineModel("Both", [Decay, Upper]).rename({ x: "z" });
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Both({ init_z: 4 })]);
    await net.step();
    expect(p.get("y")[0]).toBe(4);
  });

  it.each([
    [{ nope: "a" }, "unknown-name"],
    [{ x: "tau" }, "duplicate-name"],
    [{ x: "dt" }, "reserved-name"],
    [{ x: "constructor" }, "invalid-name"],
    [{ x: "1x" }, "invalid-name"],
  ])("refuses %j", async (names, code) => {
    const error = await refusal(() => Decay.rename(names as never));
    expect(error.code).toBe(code);
    expectCure(error);
  });
});

describe("bind", () => {
  const Membrane = defineBehavior({
    name: "membrane",
    parameters: { tau: { default: 10, unit: "ms" }, R: { default: 1 } },
    state: { v: { init: 1 } },
    inputs: { I: { default: 2 } },
    equations: "tau * dv/dt = R * I - v",
  });
  const Constants = defineBehavior({ name: "constants", parameters: { C: { default: 200 }, gL: { default: 10 } } });
  const Bound = Membrane.bind({ tau: "C / gL", R: "1 / gL" });

  it("replaces parameters by expressions of what others provide", async () => {
    const net = createNetwork({ dt: 0.1 });
    const plain = net.population("plain", 2, [Membrane({ tau: 20, R: 0.1 })]);
    const bound = net.population("bound", 2, [Bound(), Constants({ gL: [10, 20] })]);
    await net.step(50);
    expect(bound.get("v")[0]).toBe(plain.get("v")[0]);
    let v = 1;
    for (let k = 0; k < 50; k++) v = v + ((1 / 20) * 2 - v) * (0.1 / (200 / 20));
    expect(bound.get("v")[1]).toBe(v);
  });

  it("takes the parameter away: it can neither be given nor set", async () => {
    expect((await refusal(() => Bound({ tau: 3 } as never))).code).toBe("unknown-name");
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Bound(), Constants()]);
    expect((await refusedWithoutTrace(net, () => p.set({ tau: 3 } as never))).code).toBe("unknown-name");
  });

  it("leaves no factor of one where a parameter is bound to it, and every one that is written", async () => {
    const Scaled = defineBehavior({
      name: "scaled",
      priority: Phase.Trace,
      parameters: { a: { default: 2 }, b: { default: 2 }, c: { default: 2 }, d: { default: 2 } },
      state: { x: { init: 3 }, y: { init: 4 } },
      equations: "x = a * x * b / c + 1 * y + y / 1 + a * 1 * y + d * y + a\n y = -1 * y + -b * y - 1 * b",
    });
    const One = Scaled.bind({ a: "1", b: "(a)", c: "2 - 1 * a", d: "-1" }).rename({ x: "z" });
    const net = createNetwork({ dt: 1 });
    const given = net.population("given", 1, [Scaled({ a: 1, b: 1, c: 1, d: -1 })]);
    const bound = net.population("bound", 1, [One()]);
    const written = net.explain().stages.filter(({ entity }) => entity === "bound").flatMap(({ equations }) => equations.map(({ text }) => text)); // prettier-ignore
    expect(written).toEqual(["z = z / (2 - 1) + 1 * y + y / 1 + 1 * y - y + 1", "y = -1 * y - y - 1"]);
    await net.step(5);
    expect([...bound.get("z"), ...bound.get("y")]).toEqual([...given.get("x"), ...given.get("y")]);
  });

  it("refuses what is no parameter, what is no expression, and a symbol that nobody provides", async () => {
    expect(await refusal(() => Membrane.bind({ taw: "1" } as never))).toMatchObject({
      code: "unknown-name",
      candidates: ["tau"],
    });
    const broken = await refusal(() => Membrane.bind({ tau: "C / / gL" }));
    expect(broken).toMatchObject({ code: "syntax", behavior: "membrane" });
    expect(broken.message).toContain("^");
    const net = createNetwork({ dt: 0.1 });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Bound()]));
    expect(error).toMatchObject({ code: "missing-companion", entity: "p", behavior: "membrane" });
    expect(error.message).toContain("constants");
    const Typo = Membrane.bind({ tau: "2 * (C / gLL)" });
    const misspelt = await refusedWithoutTrace(net, () => net.population("p", 1, [Typo(), Constants()]));
    expect(misspelt).toMatchObject({
      code: "unknown-symbol",
      behavior: "membrane",
      source: "2 * (C / gLL)",
      candidates: ["gL"],
    });
    expect(underlined(misspelt)).toBe("gLL");
  });
});

describe("models", () => {
  const Model = defineModel("Model", [Decay, Cell], { defaults: { tau: 3 } });

  it("are lists of behaviors that are called like one", async () => {
    const net = createNetwork({ dt: 0.1 });
    const p = net.population("p", 1, [Model({ tau_m: 4, init_v: 0.5 })]);
    expect(p.behaviors.map(({ name }) => name)).toEqual(["decay", "cell"]);
    expect([p.get("tau")[0], p.get("tau_m")[0], p.get("v")[0]]).toEqual([3, 4, 0.5]);
    const listed = net.population("listed", 1, [Decay({ tau: 3 }), Cell({ tau_m: 4, init_v: 0.5 })]);
    await net.step(20);
    expect(listed.get("v")).toEqual(p.get("v"));
  });

  it("change by with, without and replace into other models, and stay what they are", async () => {
    const names = (model: { members: readonly { kind: string }[] }): number => model.members.length;
    const Other = Decay.rename({ x: "y" }).named("other");
    expect(names(Model.with(Drive))).toBe(3);
    expect(names(Model.without(Decay))).toBe(1);
    const net = createNetwork({ dt: 0.1 });
    const replaced = net.population("p", 1, [Model.replace(Decay, Other)()]);
    expect(replaced.behaviors.map(({ name }) => name)).toEqual(["other", "cell"]);
    expect(names(Model)).toBe(2);
    expect((await refusal(() => Model.without(Drive))).code).toBe("unknown-name");
    expect((await refusal(() => Model.replace(Drive, Other))).code).toBe("unknown-name");
    expect((await refusal(() => Model.with(Decay))).code).toBe("duplicate-name");
  });

  it("refuse a value that no member has, naming the nearest", async () => {
    const error = await refusal(() => Model({ tua: 3 } as never));
    expect(error).toMatchObject({ code: "unknown-name" });
    expect(error.candidates).toContain("tau");
    expect(error.message).toContain("Model");
    expectCure(error);
  });

  it("choose a default method, which a population may override", () => {
    const net = createNetwork({ dt: 0.1 });
    const Exact = defineModel("Exact", [Decay], { method: "rk4" });
    net.population("model", 1, [Exact()]);
    net.population("own", 1, [Exact()], { method: "heun" });
    const methods = net.explain().populations.map(({ method }) => method);
    expect(methods).toEqual(["rk4", "heun"]);
    expect(Phase.Dynamics).toBe(260);
  });
});
