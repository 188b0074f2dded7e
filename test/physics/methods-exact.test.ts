import { createNetwork, defineBehavior, NeuroweaveError } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance } from "./convergence.ts";
import { solveLinear } from "./linear-oracle.ts";

const variables = ["x", "y", "z"] as const;

/** x′ = A·x + b in one, two or three variables, every coefficient a parameter. */
function linearBehavior(size: number) {
  const named = variables.slice(0, size);
  const coefficients = named.flatMap((row) => [...named.map((column) => `a_${row}${column}`), `b_${row}`]);
  return defineBehavior({
    name: "linear",
    parameters: Object.fromEntries(coefficients.map((name) => [name, { default: 0 }])),
    state: Object.fromEntries(named.map((name) => [name, { init: 0 }])),
    equations: named
      .map((row) => `d${row}/dt = ${named.map((column) => `a_${row}${column} * ${column}`).join(" + ")} + b_${row}`)
      .join("\n"),
  });
}

interface LinearCase {
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly x: readonly number[];
}

const coefficient = fc.oneof(
  fc.constant(0),
  fc.double({ min: -4, max: 4, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-6),
);
const list = (size: number): fc.Arbitrary<number[]> => fc.array(coefficient, { minLength: size, maxLength: size });

/** Systems of one size, one for each neuron. */
const neurons = (size: number): fc.Arbitrary<LinearCase[]> =>
  fc.array(fc.record({ a: fc.array(list(size), { minLength: size, maxLength: size }), b: list(size), x: list(size) }), {
    minLength: 1,
    maxLength: 5,
  });

describe.each([1, 2, 3])("exact in %i variable(s)", (size) => {
  it("equals the closed form to 1e-13, with coefficients of each neuron's own", async () => {
    const behavior = linearBehavior(size);
    const named = variables.slice(0, size);
    await fc.assert(
      fc.asyncProperty(neurons(size), async (cases) => {
        const net = createNetwork({ dt: 0.5 });
        const values: Record<string, number[]> = {};
        named.forEach((row, i) => {
          named.forEach((column, j) => (values[`a_${row}${column}`] = cases.map(({ a }) => a[i]![j]!)));
          values[`b_${row}`] = cases.map(({ b }) => b[i]!);
          values[`init_${row}`] = cases.map(({ x }) => x[i]!);
        });
        const cells = net.population("cells", cases.length, [behavior(values)] as never, { method: "exact" });
        await net.step(1);
        cases.forEach(({ a, b, x }, neuron) => {
          const expected = solveLinear(a, b, x, 0.5);
          const actual = named.map((name) => cells.get(name as never)[neuron]!);
          // Rounding is measured against the largest of the numbers that go in or come out.
          const size = Math.max(1, ...x.map(Math.abs), ...expected.map(Math.abs));
          actual.forEach((each, i) => expect(Math.abs(each - expected[i]!) / size).toBeLessThan(1e-13));
        });
      }),
      { numRuns: 25, interruptAfterTimeLimit: 40_000 },
    );
  });
});

const alpha = defineBehavior({
  name: "alpha",
  parameters: { tau_g: { default: 3 }, tau_rise: { default: 3 } },
  state: { g: { init: 0 }, rise: { init: 2 } },
  equations: `
    tau_g * dg/dt = rise - g
    tau_rise * drise/dt = -rise
  `,
});

describe("exact", () => {
  it("follows an alpha function of two equal time constants over hundreds of steps", async () => {
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("cells", 1, alpha(), { method: "exact" });
    for (let chunk = 1; chunk <= 10; chunk++) {
      await net.step(30);
      const s = net.t / 3;
      expect(distance(cells.get("g"), [2 * s * Math.exp(-s)])).toBeLessThan(1e-13);
      expect(distance(cells.get("rise"), [2 * Math.exp(-s)])).toBeLessThan(1e-13);
    }
  });

  it("follows a difference of exponentials whose time constants all but agree", async () => {
    const net = createNetwork({ dt: 0.1 });
    const [a, b] = [1 / 3, 1 / 3.0000003];
    const cells = net.population("cells", 1, alpha({ tau_rise: 1 / b, tau_g: 1 / a }), { method: "exact" });
    await net.step(60);
    const [expected] = solveLinear([[-a, a], [0, -b]], [0, 0], [0, 2], 6); // prettier-ignore
    expect(distance(cells.get("g"), [expected!])).toBeLessThan(1e-13);
  });

  it("stays accurate where a time constant is a small part of a step", async () => {
    const net = createNetwork({ dt: 1 });
    const cells = net.population("cells", 3, alpha({ tau_g: [0.01, 0.05, 20], tau_rise: [0.02, 30, 0.01] }), {
      method: "exact",
    });
    await net.step(1);
    [[0.01, 0.02], [0.05, 30], [20, 0.01]].forEach(([tau, rise], neuron) => {
      const expected = solveLinear([[-1 / tau!, 1 / tau!], [0, -1 / rise!]], [0, 0], [0, 2], 1);
      expect(distance([cells.get("g")[neuron]!, cells.get("rise")[neuron]!], expected)).toBeLessThan(1e-13);
    }); // prettier-ignore
  });

  it("turns a rotation round many times within a step", async () => {
    const rotation = defineBehavior({
      name: "rotation",
      parameters: { angular: { default: 1 } },
      state: { x: { init: 1 }, y: { init: 0 } },
      equations: `
        dx/dt = -angular * y
        dy/dt = angular * x
      `,
    });
    const angles = [0.5, 3, 20, 60, 100];
    const net = createNetwork({ dt: 1 });
    const cells = net.population("cells", angles.length, rotation({ angular: angles }), { method: "exact" });
    await net.step(1);
    expect(distance(cells.get("x"), angles.map(Math.cos))).toBeLessThan(1e-13);
    expect(distance(cells.get("y"), angles.map(Math.sin))).toBeLessThan(1e-13);
  });

  it("solves terms that several behaviors contribute as one system", async () => {
    const cell = defineBehavior({
      name: "cell",
      parameters: { tau_m: { default: 7 }, E: { default: -60 } },
      state: { v: { init: -50 } },
      inputs: { I: { default: 1.5 } },
      equations: "tau_m * dv/dt += E - v + I",
    });
    const slow = defineBehavior({
      name: "slow",
      parameters: { a: { default: 0.3 }, tau_w: { default: 40 } },
      state: { w: { init: 0.2 } },
      equations: `
        tau_w * dw/dt = a * (v - E) - w
        I += -w
      `,
    });
    const net = createNetwork({ dt: 0.25 });
    const cells = net.population("cells", 2, [cell({ I: [1.5, -2] }), slow()], { method: "exact" });
    await net.step(40);
    [1.5, -2].forEach((I, neuron) => {
      const expected = solveLinear([[-1 / 7, -1 / 7], [0.3 / 40, -1 / 40]], [(-60 + I) / 7, (0.3 * 60) / 40], [-50, 0.2], 10);
      expect(distance([cells.get("v")[neuron]!, cells.get("w")[neuron]!], expected)).toBeLessThan(1e-13);
    }); // prettier-ignore
  });
});

describe("exact refuses what it cannot solve, and shows the term:", () => {
  const refused: readonly (readonly [string, string, string])[] = [
    ["a product of variables", "dx/dt = 1 - x * y\ndy/dt = -y", "x * y"],
    ["a square", "dx/dt = a - x * x\ndy/dt = -y", "x * x"],
    ["a power", "dx/dt = -x^2\ndy/dt = -y", "x^2"],
    ["a function of a variable", "dx/dt = -x + tanh(x)\ndy/dt = -y", "tanh(x)"],
    ["a quotient", "dx/dt = 1 / x\ndy/dt = -y", "1 / x"],
    ["a condition on a variable", "dx/dt = x > 0 ? 1 : 0\ndy/dt = -y", "x > 0"],
    ["a coefficient that depends on time", "dx/dt = -t * x\ndy/dt = -y", "t"],
    ["a coefficient that is drawn", "dx/dt = -uniform(0, 1) * x\ndy/dt = -y", "uniform(0, 1)"],
    ["a factor that moves", "x * dx/dt = 1\ndy/dt = -y", "x"],
    ["noise that reaches another variable", "dx/dt = -x + a * xi\ndy/dt = x - y", "a * xi"],
  ]; // prettier-ignore

  it.each(refused)("%s", async (_, equations, offending) => {
    const behavior = defineBehavior({
      name: "culprit",
      parameters: { a: { default: 1 } },
      state: { x: { init: 1 }, y: { init: 1 } },
      equations,
    });
    const net = createNetwork({ dt: 0.1 });
    let refusal: unknown;
    try {
      net.population("cells", 1, behavior(), { method: "exact" });
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(NeuroweaveError);
    const { code, message, remedy, entity, behavior: named } = refusal as NeuroweaveError;
    expect({ code, entity, named }).toEqual({ code: "method-does-not-apply", entity: "cells", named: "culprit" });
    expect(message).toContain(offending);
    expect(remedy).toMatch(/exponentialEuler|eulerMaruyama/);
  });

  it("a coefficient that another behavior assigns", () => {
    const gain = defineBehavior({ name: "gain", state: { k: { init: 1 } }, equations: "k = 0.5 * k" });
    const decay = defineBehavior({ name: "decay", state: { x: { init: 1 } }, equations: "dx/dt = -k * x" });
    const net = createNetwork({ dt: 0.1 });
    expect(() => net.population("cells", 1, [gain(), decay()] as never, { method: "exact" })).toThrow(
      /not constant \(k\)/,
    );
  });
});

describe("exponentialEuler", () => {
  const gate = defineBehavior({
    name: "gate",
    parameters: { rate: { default: 1 }, target: { default: 1 }, drift: { default: 0 } },
    state: { m: { init: 0.25 }, s: { init: -1 } },
    equations: `
      dm/dt = rate * (target - m)
      ds/dt = drift
    `,
  });

  it("is exact for whatever is linear in its own variable, per neuron and for any step", async () => {
    const rates = [0, 1e-12, 0.3, 25, -2, 300];
    const net = createNetwork({ dt: 2 });
    const cells = net.population(
      "cells",
      rates.length,
      gate({ rate: rates, target: 0.75, drift: [0, 1, 2, 3, 4, 5] }),
      {
        method: "exponentialEuler",
      },
    );
    await net.step(1);
    expect(
      distance(
        cells.get("m"),
        rates.map((rate) => 0.75 - 0.5 * Math.exp(-2 * rate)),
      ),
    ).toBeLessThan(1e-14);
    expect(distance(cells.get("s"), [-1, 1, 3, 5, 7, 9])).toBeLessThan(1e-15);
  });

  it("takes a slope that comes through an input", async () => {
    const cell = defineBehavior({
      name: "cell",
      state: { v: { init: 4 } },
      inputs: { I: { default: 0 } },
      equations: "dv/dt += I",
    });
    const leak = defineBehavior({
      name: "leak2",
      parameters: { g: { default: 3 }, E: { default: -1 } },
      equations: "I += -g * (v - E)",
    });
    const net = createNetwork({ dt: 0.5 });
    const cells = net.population("cells", 1, [cell({ I: 6 }), leak()], { method: "exponentialEuler" });
    await net.step(1);
    expect(distance(cells.get("v"), [1 + 3 * Math.exp(-1.5)])).toBeLessThan(1e-14);
  });

  it("takes a factor that depends on the variable itself", async () => {
    // (1/v)·dv/dt = 2, so dv/dt = 2·v.
    const growth = defineBehavior({ name: "growth", state: { v: { init: 3 } }, equations: "(1 / v) * dv/dt = 2" });
    const net = createNetwork({ dt: 0.5 });
    const cells = net.population("cells", 1, growth(), { method: "exponentialEuler" });
    await net.step(1);
    expect(distance(cells.get("v"), [3 * Math.E])).toBeLessThan(1e-14);
  });
});
