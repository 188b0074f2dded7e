/** One step of every method, held to what the method is on paper. */
import { methods, type MethodName } from "@neuroweave/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";
import { solveLinear } from "../physics/linear-oracle.ts";
import { advanced, slopes, solvedAt, wiener, type Step } from "./one-step.ts";

/** Within some units of the last place of the larger of the two, or of 1. */
function near(actual: number | undefined, expected: number, ulps = 64): void {
  expect(Math.abs(actual! - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(
    ulps * Number.EPSILON * Math.max(1, Math.abs(expected)),
  );
}

const number = fc.double({ min: -2, max: 2, noNaN: true }).map((x) => (Math.abs(x) < 1e-6 ? 0 : x));
const step = fc.double({ min: 1 / 64, max: 1, noNaN: true });

describe("one step of x' = a·x + c", () => {
  /** Polynomials and functions R with x(dt) = R(z)·x + (R(z) − 1)/z·dt·c at z = a·dt. */
  const stability: readonly (readonly [MethodName, (z: number) => number])[] = [
    ["euler", (z) => 1 + z],
    ["eulerMaruyama", (z) => 1 + z],
    ["milstein", (z) => 1 + z],
    ["heun", (z) => 1 + z + z ** 2 / 2],
    ["midpoint", (z) => 1 + z + z ** 2 / 2],
    ["ralston", (z) => 1 + z + z ** 2 / 2],
    ["rk4", (z) => 1 + z + z ** 2 / 2 + z ** 3 / 6 + z ** 4 / 24],
    ["exponentialEuler", Math.exp],
    ["exact", Math.exp],
  ];

  it.each(stability)("by %s multiplies by its stability function, with a factor on the left as well", async (method, R) => {
    await fc.assert(
      fc.asyncProperty(number, number, number, step, async (x, a, c, dt) => {
        const values = { x, a, c, tau: 4 };
        const expected = (rate: number, drive: number): number => {
          const z = rate * dt;
          return R(z) * x + (Math.abs(z) < 1e-4 ? 1 + z / 2 : (R(z) - 1) / z) * dt * drive;
        };
        near((await advanced(method, { equations: "dx/dt = a * x + c", values, dt }))["x"], expected(a, c), 1e5);
        near((await advanced(method, { equations: "tau * dx/dt = a * x + c", values, dt }))["x"], expected(a / 4, c / 4), 1e5);
        const parts = "tau * dx/dt += a * x\ndx/dt += c";
        near((await advanced(method, { equations: parts, values, dt }))["x"], expected(a / 4, c), 1e5);
      }),
      { numRuns: 25, seed: 7 },
    );
  }); // prettier-ignore

  it("is asked of every method that there is", () => {
    expect(stability.map(([method]) => method).sort()).toEqual(Object.keys(methods).sort());
  });

  it.each(Object.keys(methods) as MethodName[])("by %s leaves alone what is held", async (method) => {
    const given = { equations: "dx/dt = 1 - x\ndy/dt = x - y", values: { x: 0.25, y: 3 }, dt: 0.5 };
    const free = await advanced(method, given);
    const still = await advanced(method, { ...given, held: ["x"] });
    expect(still["x"]).toBe(0.25);
    // y sees x as it stands.
    const alone = await advanced(method, { equations: "dy/dt = c - y", values: { y: 3, c: 0.25 }, dt: 0.5 });
    near(still["y"], alone["y"]!);
    expect(free["x"]).not.toBe(0.25);
    expect((await advanced(method, { ...given, held: ["x", "y"] }))["y"]).toBe(3);
  });
});

describe("exact", () => {
  /** Matrices of which some entries are missing, so that some variables depend on nothing, on one another, or in a line. */
  const entry = fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 3, arbitrary: number });
  const systems = fc.integer({ min: 1, max: 4 }).chain((n) =>
    fc.record({
      a: fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
      c: fc.array(entry, { minLength: n, maxLength: n }),
      x: fc.array(number, { minLength: n, maxLength: n }),
      dt: step,
    }),
  );
  const names = ["u", "v", "x", "y"] as const;

  it("solves any system with constant coefficients, at any part of the step", async () => {
    await fc.assert(
      fc.asyncProperty(systems, fc.constantFrom(1, 0.5, 0), async ({ a, c, x, dt }, fraction) => {
        const values: Record<string, number> = {};
        const coefficient = (name: string, value: number | null): string[] => {
          if (value === null) return [];
          values[name] = value;
          return [name];
        };
        const lines = a.map((row, i) => {
          values[names[i]!] = x[i]!;
          const terms = row.flatMap((each, j) => coefficient(`a${i}${j}`, each).map((k) => `${k} * ${names[j]!}`));
          return `d${names[i]!}/dt = ${[...terms, ...coefficient(`c${i}`, c[i]!)].join(" + ") || "0"}`;
        });
        const result = await solvedAt(fraction, { equations: lines.join("\n"), values, dt });
        const dense = a.map((row) => row.map((each) => each ?? 0));
        const expected = solveLinear(dense, c.map((each) => each ?? 0), x, fraction * dt); // prettier-ignore
        expected.forEach((value, i) => near(result[names[i]!], value, 4096));
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it("adds noise of the variance that builds up in the step", async () => {
    const dt = 0.5;
    const noise = await wiener(dt);
    for (const [equation, a, g] of [
      ["dx/dt = g * xi", 0, 3],
      ["dx/dt = a * x + g * xi", -2, 3],
      ["dx/dt = a * x + xi * g + g * xi", -2, 1.5],
    ] as const) {
      const result = await advanced("exact", { equations: equation, values: { x: 1, a, g }, dt });
      const variance = a === 0 ? dt : (Math.exp(2 * a * dt) - 1) / (2 * a);
      // Two terms in one stream are twice the number.
      const times = equation.match(/xi/g)!.length;
      near(result["x"], Math.exp(a * dt) + times * g * noise * Math.sqrt(variance / dt), 1024);
    }
  });

  const values = { x: 1, y: 2, a: 1, z: 4 };
  it.each([
    ["dx/dt = -x * x", /`-?x \* x` is not linear/],
    ["dx/dt = -a * x\ndy/dt = x * y", /dy\/dt: `x \* y` is not linear/],
    ["dx/dt = -z * x", /-z\b.*coefficient that is not constant \(z\)/],
    ["z * dx/dt = -x", /`z` has a coefficient that is not constant \(z\)/],
    ["dx/dt = -uniform(0, 1) * x", /coefficient that is not constant$/m],
    ["dx/dt = xi\ndy/dt = x - y", /`xi` is noise that reaches y/],
  ])("refuses %s, and shows the term", async (equations, says) => {
    const error = await refusal(() => advanced("exact", { equations, values, varying: ["z"], dt: 0.1 }));
    expect(error.code).toBe("method-does-not-apply");
    expect(error.message).toMatch(says);
    expect(error.remedy).toMatch(/rk4/);
  });
});

describe("methods for noise", () => {
  const dt = 0.25;
  /** Drift f and diffusion g of x by hand, and the slope of g. */
  const problems: readonly (readonly [string, (x: number) => readonly [f: number, g: number, slope: number]])[] = [
    ["dx/dt = -x + 2 * xi", (x) => [-x, 2, 0]],
    ["dx/dt = -x + (s * x) * xi", (x) => [-x, 3 * x, 3]],
    ["tau * dx/dt = -x + (s * x) * xi", (x) => [-x / 4, (3 * x) / 4, 3 / 4]],
    ["tau * dx/dt = -x + 2 * xi", (x) => [-x / 4, 1 / 2, 0]],
    ["x * dx/dt = 1 + s * xi", (x) => [1 / x, 3 / x, -3 / x ** 2]],
    ["dx/dt += -x\ntau * dx/dt += sin(x) * xi", (x) => [-x, Math.sin(x) / 4, Math.cos(x) / 4]],
    ["dx/dt = 1 + 0 * xi", () => [1, 0, 0]],
  ]; // prettier-ignore

  it.each(problems)("step as they are defined: %s", async (equations, at) => {
    const W = await wiener(dt);
    expect(Math.abs(W)).toBeGreaterThan(0.01);
    for (const x of [0.5, 1.25, -2]) {
      const given: Step = { equations, values: { x, s: 3, tau: 4 }, dt };
      const [f, g, slope] = at(x);
      near((await advanced("eulerMaruyama", given))["x"], x + f * dt + g * W);
      near((await advanced("milstein", given))["x"], x + f * dt + g * W + 0.5 * g * slope * (W * W - dt));
    }
  });

  it.each([
    ["milstein", "dx/dt = x * xi + xi", /milstein needs diagonal noise, but dx\/dt = x \* xi \+ xi has several noises/],
    ["milstein", "dx/dt = y * xi\ndy/dt = -y", /depends on another variable/],
    ["milstein", "dx/dt += x * xi\ndx/dt += -y * xi\ndy/dt = -y", /dx\/dt = x \* xi \+ -y \* xi/],
    ["eulerMaruyama", "dx/dt = xi * xi", /not linear in white noise: xi \* xi/],
    ["milstein", "dx/dt = exp(xi)", /not linear in white noise: exp\(xi\)/],
  ] as const)("by %s refuse %s", async (method, equations, says) => {
    const error = await refusal(() => advanced(method, { equations, values: { x: 1, y: 2 }, dt }));
    expect(error.code).toBe("method-does-not-apply");
    expect(error.message).toMatch(says);
  });
});

describe("exponentialEuler", () => {
  it("takes the slope of the whole quotient where the factor depends on the variable", async () => {
    const dt = 0.25;
    for (const x of [0.5, 2]) {
      const { x: after } = await advanced("exponentialEuler", { equations: "(1 + x) * dx/dt = 3 - x", values: { x }, dt });
      const slope = -4 / (1 + x) ** 2;
      near(after, x + (Math.expm1(slope * dt) / slope) * ((3 - x) / (1 + x)));
    }
  }); // prettier-ignore
});

describe("a right-hand side", () => {
  it("is the sum of its parts over their factors, and 0 where the variable is held", async () => {
    const given: Step = { equations: "tau * dx/dt += 3 - x\ndx/dt += y", values: { x: 1, y: 5, tau: 4 }, dt: 0.1 };
    expect(await slopes(given)).toEqual({ x: 5.5 });
    expect(await slopes({ ...given, held: ["x"] })).toEqual({ x: 0 });
  });

  it("is a number: a truth value is refused where one is needed", async () => {
    const error = await refusal(() => slopes({ equations: "dx/dt = x > 0", values: { x: 1 }, dt: 0.1 }));
    expect(error).toMatchObject({ code: "internal" });
    expect(error.message).toMatch(/truth value stands where a number is needed/);
  });
});
