import { createNetwork, defineBehavior, Phase, type MethodName } from "neuroweave";
import { describe, expect, it } from "vitest";
import { expectCure, refusal, refusedWithoutTrace, underlined } from "./refusals.ts";
import { Cell, Counter, Decay } from "./tiny-behaviors.ts";

function kept() {
  const net = createNetwork({ dt: 0.1 });
  net.population("kept", 2, [Decay()]);
  return net;
}

const define = (equations: string, more: object = {}) =>
  defineBehavior({ name: "bad", state: { x: { init: 1 } }, equations, ...more });

describe("a text that is no equation is refused where it is defined, with the place", () => {
  it.each([
    ["dx/dt = 1..2", "syntax"],
    ["dx/dt = (1 + 2", "syntax"],
    ["dx/dt = 1 + 2)", "syntax"],
    ["dx/dt = 1 +", "syntax"],
    ["", "not-an-equation"],
    ["   \n ", "not-an-equation"],
    ["x", "not-an-equation"],
    ["1 = x", "not-an-equation"],
    ["x = y = 2", "syntax"],
    ["dx/dt = foo(3)", "unknown-function"],
    ["dx/dt = exp(1, 2)", "wrong-arity"],
    ["dx/dt = constructor", "reserved-name"],
    ["dx/dt = __proto__", "reserved-name"],
    ["dx/dt = x.constructor", "reserved-name"],
    ["__proto__ = 1", "reserved-name"],
    ["dconstructor/dt = 1", "reserved-name"],
    ["let toString = 1\n dx/dt = toString", "reserved-name"],
    ["t = 1", "reserved-name"],
    ["dt = 1", "reserved-name"],
    ["exp = 1", "reserved-name"],
    ["dx/dt = 1; alert('x')", "syntax"],
    ["dx/dt = `1`", "syntax"],
    ["dx/dt = x > 1", "type-mismatch"],
    ["dx/dt = x and 1", "type-mismatch"],
  ])("%j", async (equations, code) => {
    const error = await refusal(() => define(equations));
    expect(error).toMatchObject({ code, behavior: "bad", source: equations });
    expectCure(error);
    if (equations.trim() !== "") expect(error.message).toContain("^");
  });

  it.each([
    ["spike", { spike: "x +" }, "syntax"],
    ["spike", { spike: "x" }, "type-mismatch"],
    ["spikeRequires", { spikeRequires: "3" }, "type-mismatch"],
    ["onSpike", { onSpike: "x >= 3" }, "not-an-equation"],
    ["onSpike", { onSpike: "dx/dt = 3" }, "not-an-equation"],
    ["hold", { hold: { variables: "x", while: "constructor > 1" } }, "reserved-name"],
    ["hold", { hold: { variables: "x", while: "x" } }, "type-mismatch"],
    ["a start value", { state: { y: { init: "2 *" } } }, "syntax"],
    ["a start value", { state: { y: { init: "x > 1" } } }, "type-mismatch"],
    ["a start value", { state: { y: { init: "constructor" } } }, "reserved-name"],
  ])("%s", async (_, part, code) => {
    const error = await refusal(() => defineBehavior({ name: "bad", state: { x: { init: 1 } }, ...(part as object) }));
    expect(error).toMatchObject({ code, behavior: "bad" });
    expectCure(error);
    expect(error.message).toContain("^");
  });

  it.each([
    ["what losers do without a competition", { onLose: "x = 0" }, "invalid-value"],
    ["an unknown reduction of a signal", { signals: { m: { of: "x", by: "median" } } }, "invalid-value"],
  ])("%s", async (_, part, code) => {
    const error = await refusal(() => defineBehavior({ name: "bad", state: { x: { init: 1 } }, ...(part as object) }));
    expect(error).toMatchObject({ code, behavior: "bad" });
    expectCure(error);
  });

  it("underlines what is wrong", async () => {
    expect(underlined(await refusal(() => define("dx/dt = 1 + foo(3)")))).toContain("foo");
    expect(underlined(await refusal(() => define("dx/dt = x\n dx/dt = constructor + 1")))).toBe("constructor");
  });
});

describe("a declaration that makes no sense is refused where it is defined", () => {
  it.each([
    ["no name", { name: "" }, "invalid-name"],
    ["a name of two words", { name: "two words" }, "invalid-name"],
    ["a name that is no text", { name: 3 }, "invalid-name"],
    ["a symbol with a dot", { state: { "a.b": { init: 1 } } }, "invalid-name"],
    ["a symbol that every object has", { parameters: { constructor: { default: 1 } } }, "invalid-name"],
    ["another such", { parameters: JSON.parse('{ "__proto__": { "default": 1 } }') as object }, "invalid-name"],
    ["a symbol that is taken", { parameters: { t: { default: 1 } } }, "reserved-name"],
    ["a symbol that is a function", { state: { exp: { init: 1 } } }, "reserved-name"],
    ["a symbol for two things", { state: { a: { init: 1 } }, parameters: { a: { default: 1 } } }, "duplicate-name"],
    ["a priority that is not finite", { priority: Number.NaN }, "not-finite"],
    ["an infinite priority", { priority: Number.POSITIVE_INFINITY }, "not-finite"],
    ["a priority that is no number", { priority: "Dynamics" }, "not-finite"],
    ["a unit that is none", { parameters: { a: { default: 1, unit: "mW/(" } } }, "unknown-unit"],
    ["a unit that nobody knows", { parameters: { a: { default: 1, unit: "parsec" } } }, "unknown-unit"],
  ])("%s", async (_, part, code) => {
    const error = await refusal(() => defineBehavior({ name: "bad", ...part } as never));
    expect(error.code).toBe(code);
    expectCure(error);
  });

  it("a default outside its own range is refused before the population exists", async () => {
    const net = kept();
    const Odd = defineBehavior({ name: "odd", parameters: { a: { default: 5, max: 1 } } });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Odd()]));
    expect(error).toMatchObject({ code: "out-of-range", entity: "p", behavior: "odd" });
  });
});

describe("symbols that nobody provides", () => {
  it("are refused with the nearest names and the place in the text", async () => {
    const net = kept();
    const Typo = defineBehavior({
      name: "typo",
      state: { threshold: { init: 1 } },
      equations: "dthreshold/dt =\n  1 - treshold",
    });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Typo()]));
    expect(error).toMatchObject({ code: "unknown-symbol", entity: "p", behavior: "typo", candidates: ["threshold"] });
    expect(underlined(error)).toBe("treshold");
    expect(error.message).toContain("^");
    expectCure(error);
  });

  it.each([
    ["an assigned name", { equations: "xx = 1" }, "xx"],
    ["an integrated name", { equations: "dxx/dt = 1" }, "xx"],
    ["a name in a condition", { spike: "xx > 1" }, "xx"],
    ["a name in onSpike", { spike: "x > 1", onSpike: "x = xx" }, "xx"],
    ["a name in a further condition", { spike: "x > 1", spikeRequires: "xx > 1" }, "xx"],
    ["a name in a hold", { hold: { variables: "x", while: "xx > 1" } }, "xx"],
    ["a delayed name", { equations: "x = delayed(xx, 1)" }, "delayed(xx, 1)"],
    ["a factor", { equations: "xx * dx/dt = 1" }, "xx"],
  ])("are found as %s", async (_, part, text) => {
    const net = kept();
    const Bad = defineBehavior({ name: "bad", state: { x: { init: 1 } }, ...part });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Bad()]));
    expect(error).toMatchObject({ code: "unknown-symbol", entity: "p", behavior: "bad" });
    expect(error.candidates).toContain("x");
    expect(underlined(error) ?? "").toContain(text.slice(0, 2));
    expect(error.message).toContain("^");
    expectCure(error);
  });

  it("are found in the names to hold and in start values", async () => {
    const net = kept();
    const Hold = defineBehavior({ name: "hold", hold: { variables: ["y"], while: "t > 1" } });
    const held = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay(), Hold()]));
    expect(held).toMatchObject({ entity: "p", behavior: "hold" });
    expect(["unknown-name", "unknown-symbol"]).toContain(held.code);
    expectCure(held);
    const Start = defineBehavior({ name: "start", state: { y: { init: "2 * zz" } } });
    const started = await refusedWithoutTrace(net, () => net.population("p", 1, [Start()]));
    expect(started).toMatchObject({ code: "unknown-symbol", entity: "p", behavior: "start" });
    expect(underlined(started)).toBe("zz");
  });

  it("that other behaviors could provide name those behaviors", async () => {
    const net = kept();
    const Needy = defineBehavior({ name: "needy", state: { y: { init: 0 } }, equations: "dy/dt = v_reset - y" });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Needy()]));
    expect(error).toMatchObject({ code: "missing-companion", entity: "p", behavior: "needy" });
    expect(error.candidates).toContain("cell");
    expect(error.remedy).toContain("cell");
    expect(underlined(error)).toBe("v_reset");
    net.population("p", 1, [Needy(), Cell()]);
  });

  it("in before and after are names of no behavior", async () => {
    const net = kept();
    for (const place of [{ before: "conter" }, { after: ["counter", "conter"] }]) {
      const Order = defineBehavior({ name: "order", ...place });
      const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Counter(), Order()]));
      expect(error).toMatchObject({ code: "unknown-name", entity: "p", behavior: "order", candidates: ["counter"] });
      expectCure(error);
    }
  });

  it("acting on spikes needs a behavior that says when a neuron spikes", async () => {
    const net = kept();
    const Acts = defineBehavior({ name: "acts", state: { y: { init: 0 } }, onSpike: "y += 1" });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Acts()]));
    expect(error).toMatchObject({ code: "missing-companion", entity: "p", behavior: "acts" });
    expect(error.message).toContain("^");
    expectCure(error);
  });
});

describe("units", () => {
  const Cells = (part: object) =>
    defineBehavior({
      name: "cells",
      parameters: { tau: { default: 10, unit: "ms" }, theta: { default: 1, unit: "mV" } },
      state: { v: { init: 0, unit: "mV" } },
      ...part,
    })();

  it.each([
    ["an equation", { equations: "tau * dv/dt = theta - v + tau" }, "tau"],
    ["a derivative without its time constant", { equations: "dv/dt = theta - v" }, "theta"],
    ["an assignment", { equations: "v = tau" }, "tau"],
    ["onSpike", { spike: "v >= theta", onSpike: "v = tau" }, "tau"],
    ["a spike condition", { spike: "v >= tau" }, "tau"],
    ["a further condition", { spike: "v >= theta", spikeRequires: "theta > t" }, "t"],
    ["a hold", { hold: { variables: "v", while: "v > tau" } }, "tau"],
    ["a function of a pure number", { equations: "v = theta * exp(v)" }, "v"],
  ])("that do not match in %s are refused with the term, its unit and the one expected", async (_, part, term) => {
    const net = kept();
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Cells(part)]));
    expect(error).toMatchObject({ code: "unit-mismatch", entity: "p", behavior: "cells" });
    expect(underlined(error)).toContain(term);
    expect(error.message).toMatch(/m[sV]/);
    expectCure(error);
  });

  it("that are not declared match anything, and a bare number takes its neighbour's", () => {
    const net = kept();
    const Free = defineBehavior({
      name: "free",
      parameters: { k: { default: 1 } },
      equations: "tau * dv/dt += k + 3 - 2 * v",
    });
    net.population("p", 1, [Cells({ equations: "tau * dv/dt = -65 - v" }), Free()]);
  });
});

describe("methods", () => {
  const Quadratic = defineBehavior({ name: "quadratic", state: { x: { init: 0.5 } }, equations: "dx/dt = x * x" });
  const Multiplied = defineBehavior({
    name: "multiplied",
    state: { x: { init: 0.5 } },
    equations: "dx/dt = -x + x * xi",
  });

  it.each([
    ["that do not exist", Decay(), "rungekutta", /rk4/],
    ["that need linear equations", Quadratic(), "exact", /x \* x/],
    ["that take additive noise only", Multiplied(), "rk4", /eulerMaruyama|milstein/],
  ])("%s are refused, with what would do", async (_, instance, method, text) => {
    const net = kept();
    const error = await refusedWithoutTrace(net, () =>
      net.population("p", 1, [instance], { method: method as MethodName }),
    );
    expect(error).toMatchObject({ code: "method-does-not-apply", entity: "p" });
    expect(error.message).toMatch(text);
    expectCure(error);
  });

  it("are refused even where there is nothing to integrate", async () => {
    const net = kept();
    for (const method of ["eulr", "constructor", "", 5])
      expect(
        (await refusedWithoutTrace(net, () => net.population("p", 1, [Counter()], { method: method as MethodName })))
          .code,
      ).toBe("method-does-not-apply");
    const Pinned = defineBehavior({ name: "pinned", priority: Phase.Trace, method: "eulr" as MethodName });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Pinned()]));
    expect(error).toMatchObject({ code: "method-does-not-apply", entity: "p", behavior: "pinned" });
  });
});
