import { createNetwork, defineBehavior, type BehaviorInstance, type HostContext } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectCure, refusal, refusedWithoutTrace } from "../model/refusals.ts";
import { Cell, Decay } from "../model/tiny-behaviors.ts";

const Pair = defineBehavior({ name: "pair", state: { x: { init: 1 }, y: { init: 2 } } });
const part = (name: string, body: object): BehaviorInstance => defineBehavior({ name, ...body })();

/** What contradicts itself: two behaviors, the variable, and words of the remedy. */
const contradictions: readonly (readonly [string, BehaviorInstance, BehaviorInstance, string, RegExp])[] = [
  ["two equations of one derivative", part("left", { equations: "dx/dt = 1" }), part("right", { equations: "dx/dt = 2" }), "x", /\+=/],
  ["two assignments at one priority", part("left", { equations: "x = 1" }), part("right", { equations: "x = 2" }), "x", /before|after/],
  ["two assignments that say the same", part("left", { equations: "x = 1" }), part("right", { equations: "x = 1" }), "x", /before|after/],
  ["an assignment beside an increment", part("left", { equations: "x += 1" }), part("right", { equations: "x = 2" }), "x", /before|after/],
  ["an increment beside an assignment", part("left", { equations: "x = 1" }), part("right", { equations: "x += 2" }), "x", /before|after/],
  ["an assignment beside a differential equation", part("left", { equations: "dx/dt = 1" }), part("right", { equations: "x = 2" }), "x", /before|after/],
  ["an increment beside a differential equation", part("left", { equations: "dx/dt += 1" }), part("right", { equations: "x += 2" }), "x", /before|after/],
  ["two resets of one variable", part("left", { spike: "y > 9", onSpike: "x = 1" }), part("right", { onSpike: "x = 2" }), "x", /before|after/],
  ["a reset beside a jump", part("left", { spike: "y > 9", onSpike: "x = 1" }), part("right", { onSpike: "x += 2" }), "x", /before|after/],
  ["a reset beside an assignment at Firing", part("left", { spike: "y > 9", onSpike: "x = 1" }), part("right", { priority: 340, equations: "x = 2" }), "x", /before|after/],
  ["two spike conditions", part("left", { spike: "x > 1" }), part("right", { spike: "y > 1" }), "", /spikeRequires/],
  ["a host that writes what another assigns", part("left", { equations: "x = 1" }), part("right", { writes: ["x"], step: () => undefined }), "x", /before|after/],
  ["a host that writes what another integrates", part("left", { equations: "dx/dt = 1" }), part("right", { writes: ["x"], step: () => undefined }), "x", /before|after/],
  ["two hosts that write the same", part("left", { writes: ["x"], step: () => undefined }), part("right", { writes: ["x"], step: () => undefined }), "x", /before|after/],
]; // prettier-ignore

describe("two behaviors that contradict one another", () => {
  it.each(contradictions)(
    "by %s are refused, with both names, the variable and what would cure it",
    async (_, left, right, variable, cure) => {
      const net = createNetwork({ dt: 1 });
      const kept = net.population("kept", 2, [Pair()]);
      for (const list of [
        [left, Pair(), right],
        [right, left, Pair()],
      ]) {
        // prettier-ignore
        const error = await refusedWithoutTrace(net, () => net.population("p", 1, list));
        expect(error).toMatchObject({ code: "two-owners", entity: "p" });
        expect(["left", "right"]).toContain(error.behavior);
        for (const name of ["left", "right", variable]) expect(error.message).toContain(name);
        expect([...(error.candidates ?? [])].sort()).toEqual(["left", "right"]);
        expect(error.remedy).toMatch(cure);
        expectCure(error);
      }
      if (left.declaration.spike) return;
      const attached = await refusedWithoutTrace(net, () => kept.attach(left, right));
      expect(attached).toMatchObject({ code: "two-owners", entity: "kept" });
      kept.attach(left);
      expect((await refusedWithoutTrace(net, () => kept.attach(right))).code).toBe("two-owners");
      kept.disable("left").attach(right);
      await net.step(2);
      kept.enable("left");
      expect((await refusal(() => net.step())).code).toBe("two-owners");
      kept.disable("right");
      await net.step(2);
    },
  );

  it.each([
    ["two assignments", { equations: "x = 1" }, { equations: "x = 2" }, 2],
    ["an assignment and an increment", { equations: "x = 1" }, { equations: "x += 2" }, 3],
    ["a differential equation and an assignment", { equations: "dx/dt = 4" }, { equations: "x = 2 * x" }, 10],
    ["a differential equation and an increment", { equations: "dx/dt += 4" }, { equations: "x += 2" }, 7],
    [
      "an assignment and a host",
      { equations: "x = 1" },
      { writes: ["x"], step: ({ columns }: HostContext) => void (columns["x"]![0]! += 5) },
      6,
    ],
    [
      "a host and an assignment",
      { writes: ["x"], step: ({ columns }: HostContext) => void columns["x"]!.fill(5) },
      { equations: "x = 2 * x" },
      10,
    ],
  ])("do not where one runs later: %s", async (_, first, second, expected) => {
    for (const place of [{ priority: 299 }, { after: "left" }]) {
      const net = createNetwork({ dt: 1 });
      const p = net.population("p", 1, [part("right", { ...second, ...place }), Pair(), part("left", first)]);
      await net.step();
      expect(p.get("x")[0]).toBe(expected);
    }
  });

  it("within one text are refused, too", async () => {
    const net = createNetwork({ dt: 1 });
    for (const equations of ["x = 1\n x = 2", "x = 1\n x += 2", "dx/dt = 1\n dx/dt = 2"]) {
      const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Pair(), part("self", { equations })]));
      expect(error).toMatchObject({ code: "two-owners", entity: "p", behavior: "self" });
      expect(error.message).toContain("^");
    }
  });

  it("on an input are refused: it is a sum that every behavior may add to", async () => {
    const net = createNetwork({ dt: 1 });
    const error = await refusedWithoutTrace(net, () =>
      net.population("p", 1, [Cell(), part("owner", { equations: "I = 3" })]),
    );
    expect(error).toMatchObject({ code: "two-owners", entity: "p", behavior: "owner" });
    expect(error.remedy).toContain("+=");
    expect(error.message).toContain("^");
  });
});

describe("what may be assigned", () => {
  it.each([
    ["an unknown name", "zeta_0 = 1", "unknown-symbol"],
    ["the spike", "spike = 1", "not-an-equation"],
    ["the time of the last spike", "t_last_spike = 1", "not-an-equation"],
    ["the index", "i = 1", "not-an-equation"],
    ["the number of neurons", "n = 1", "not-an-equation"],
    ["a derivative of a parameter", "dtau/dt = 1", "unknown-symbol"],
    ["a derivative of an input", "dI/dt = 1", "unknown-symbol"],
    ["a derivative of the spike", "dspike/dt = 1", "unknown-symbol"],
  ])("is not %s", async (_, equations, code) => {
    const net = createNetwork({ dt: 1 });
    net.population("kept", 2, [Pair()]);
    const bad = part("bad", { equations });
    const error = await refusedWithoutTrace(net, () => net.population("p", 1, [Decay(), Cell(), bad]));
    expect(error).toMatchObject({ code, entity: "p", behavior: "bad", source: equations });
    expect(error.message).toContain("^");
    expectCure(error);
  });
});

describe("contributions", () => {
  it("sum in list order, bit for bit, as if they stood in one line", async () => {
    const term = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(term, { minLength: 1, maxLength: 7 }), term, async (terms, x) => {
        const behaviors = terms.map((value, j) =>
          defineBehavior({
            name: `b${j}`,
            scope: "instance",
            parameters: { a: { default: value } },
            equations: "x += a",
          })(),
        );
        const net = createNetwork({ dt: 1, device: "reference" });
        const p = net.population("p", 1, [Pair({ init_x: x }), ...behaviors]);
        await net.step();
        expect(p.get("x")[0]).toBe(terms.reduce((sum, each) => sum + each, x));
      }),
      { numRuns: 40 },
    );
  });

  it("to a derivative sum in list order before they are multiplied by dt over their common factor", async () => {
    const term = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(term, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        async (terms, tau) => {
          const Tau = defineBehavior({ name: "tau", parameters: { tau: { default: tau } }, state: { x: { init: 1 } } });
          const behaviors = terms.map((value, j) =>
            defineBehavior({
              name: `b${j}`,
              scope: "instance",
              parameters: { a: { default: value } },
              equations: "tau * dx/dt += a",
            })(),
          );
          const net = createNetwork({ dt: 0.1, device: "reference" });
          const p = net.population("p", 1, [Tau(), ...behaviors]);
          await net.step();
          expect(p.get("x")[0]).toBe(1 + terms.reduce((sum, each) => sum + each) * (0.1 / tau));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("commute up to rounding, and a subtraction is one however it is written", async () => {
    const value = async (...list: string[]): Promise<number> => {
      const net = createNetwork({ dt: 0.5 });
      const p = net.population("p", 1, [Pair(), ...list.map((equations, j) => part(`b${j}`, { equations }))]);
      await net.step();
      return p.get("x")[0]!;
    };
    expect(await value("dx/dt += y * 3", "dx/dt -= y")).toBe(await value("dx/dt = y * 3 - y"));
    expect(await value("dx/dt += -y", "dx/dt += y * 3")).toBe(await value("dx/dt += y * 3", "dx/dt += -y"));
    expect(await value("x += 1", "x -= 0.25")).toBe(1.75);
    expect(await value("x *= y")).toBe(2);
    expect(await value("x /= y")).toBe(0.5);
  });

  it("of one composed model are those of the same equations in one block, bit for bit", async () => {
    const state = { v: { init: -60 }, w: { init: 0 } };
    const parameters = { tau: { default: 10 }, R: { default: 5 }, I0: { default: 3.7 } };
    const Block = defineBehavior({
      name: "block",
      state,
      parameters,
      equations: "tau * dv/dt = -65 - v + R * I0 + 2 * exp((v + 55) / 2) - R * w\n 100 * dw/dt = 0.1 * (v + 65) - w",
    });
    const Leak = defineBehavior({
      name: "leaky",
      state: { v: { init: -60 } },
      parameters: { tau: { default: 10 } },
      equations: "tau * dv/dt += -65 - v",
    });
    const Drive = defineBehavior({ name: "driven", parameters, equations: "tau * dv/dt += R * I0" });
    const Upstroke = defineBehavior({ name: "upward", equations: "tau * dv/dt += 2 * exp((v + 55) / 2)" });
    const Adapt = defineBehavior({
      name: "adapting",
      state: { w: { init: 0 } },
      equations: "100 * dw/dt = 0.1 * (v + 65) - w\n tau * dv/dt += -R * w",
    });
    for (const method of ["euler", "rk4", "heun", "exponentialEuler"] as const) {
      const net = createNetwork({ dt: 0.1 });
      const block = net.population("block", 2, [Block()], { method });
      const woven = net.population("woven", 2, [Leak(), Drive(), Upstroke(), Adapt()], { method });
      await net.step(40);
      expect([woven.get("v"), woven.get("w")]).toEqual([block.get("v"), block.get("w")]);
    }
  });
});
