import { createNetwork, defineBehavior, NeuroweaveError, type Ingredient, type MethodName } from "neuroweave";
import { describe, expect, it } from "vitest";
import { slope } from "./convergence.ts";

/**
 * Equations whose solution is a function of time and of the Wiener process at that time alone. The model integrates the
 * same noise beside, so that each neuron carries the end of its own path: `let` names one draw, and its use in two
 * equations is the same number.
 */
const geometric = defineBehavior({
  name: "geometric",
  parameters: { mu: { default: 0.4 }, sigma: { default: 0.7 } },
  state: { x: { init: 1 }, W: { init: 0 } },
  equations: `
    let noise = xi
    dx/dt = mu * x + sigma * x * noise
    dW/dt = noise
  `,
});

/** The same equation with the state in the factor on the left. */
const geometricFactor = defineBehavior({
  name: "geometricFactor",
  parameters: { mu: { default: 0.4 }, sigma: { default: 0.7 } },
  state: { x: { init: 1 }, W: { init: 0 } },
  equations: `
    let noise = xi
    (1 / x) * dx/dt = mu + sigma * noise
    dW/dt = noise
  `,
});

const geometricSolution = (t: number, W: number): number => Math.exp((0.4 - 0.7 ** 2 / 2) * t + 0.7 * W);

/** Kloeden & Platen (1992), eq. 4.4.4: additive noise that grows with time. */
const additive = defineBehavior({
  name: "additive",
  parameters: { T: { default: 1 }, drift: { default: 1 }, sigma: { default: 1 } },
  state: { x: { init: 1 }, W: { init: 0 } },
  equations: `
    let noise = xi
    let s = 1 + t / T
    dx/dt = 2 * x / (T * s) + drift * s^2 + sigma * s^2 * noise
    dW/dt = noise
  `,
});

const additiveSolution = (t: number, W: number): number => (1 + t) ** 2 * (1 + W + t);

/** Drift, and noise that another behavior adds through an input. */
const drifting = defineBehavior({
  name: "drifting",
  parameters: { mu: { default: 0.4 } },
  state: { x: { init: 1 } },
  inputs: { I: { default: 0 } },
  equations: "dx/dt += mu * x + I",
});

const shaking = defineBehavior({
  name: "shaking",
  parameters: { sigma: { default: 0.7 } },
  state: { W: { init: 0 } },
  equations: `
    let noise = xi
    dW/dt = noise
    I += sigma * x * noise
  `,
});

const problems = {
  "multiplicative noise": { make: () => [geometric()], solution: geometricSolution },
  "multiplicative noise through a factor": { make: () => [geometricFactor()], solution: geometricSolution },
  "multiplicative noise of another behavior": { make: () => [drifting(), shaking()], solution: geometricSolution },
  "additive noise": { make: () => [additive()], solution: additiveSolution },
} as const satisfies Record<string, { make: () => readonly Ingredient[]; solution: (t: number, W: number) => number }>;

const neurons = 6000;
const duration = 1;
const steps = [1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128] as const;

/** Mean over the neurons of how far each ends from the solution along its own path. */
async function strongError(problem: keyof typeof problems, method: MethodName, dt: number): Promise<number> {
  const net = createNetwork({ dt, seed: "strong" });
  const { make, solution } = problems[problem];
  const cells = net.population("cells", neurons, make() as never, { method });
  await net.run(duration);
  const [x, W] = [cells.get("x" as never), cells.get("W" as never)];
  return x.reduce((sum, each, i) => sum + Math.abs(each - solution(duration, W[i]!)), 0) / neurons;
}

const expected: readonly (readonly [MethodName, keyof typeof problems, number])[] = [
  ["eulerMaruyama", "multiplicative noise", 0.5],
  ["eulerMaruyama", "multiplicative noise through a factor", 0.5],
  ["eulerMaruyama", "multiplicative noise of another behavior", 0.5],
  ["eulerMaruyama", "additive noise", 1],
  ["euler", "multiplicative noise", 0.5],
  ["euler", "additive noise", 1],
  ["milstein", "multiplicative noise", 1],
  ["milstein", "multiplicative noise through a factor", 1],
  ["milstein", "multiplicative noise of another behavior", 1],
  ["milstein", "additive noise", 1],
];

describe("the strong order", () => {
  it.each(expected)("of %s with %s is %d", async (method, problem, order) => {
    const errors: number[] = [];
    for (const dt of steps) errors.push(await strongError(problem, method, dt));
    expect(Math.abs(slope(steps, errors) - order), `errors ${errors.join(", ")}`).toBeLessThan(0.15);
  });
});

/** Refusal of a population of one behavior with these equations. */
function refusalOf(equations: string, method: MethodName): NeuroweaveError {
  const behavior = defineBehavior({ name: "noisy", state: { x: { init: 1 }, y: { init: 1 } }, equations });
  const net = createNetwork({ dt: 0.1 });
  try {
    net.population("cells", 1, behavior(), { method });
  } catch (error) {
    if (error instanceof NeuroweaveError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("white noise", () => {
  it.each(["heun", "midpoint", "ralston", "rk4", "exponentialEuler", "exact"] as const)(
    "that a variable multiplies is refused by %s, on the right and on the left",
    (method) => {
      for (const equations of ["dx/dt = -x + y * xi\ndy/dt = -y", "x * dx/dt = xi\ndy/dt = -y"]) {
        const { code, message, entity, behavior } = refusalOf(equations, method);
        expect({ code, entity, behavior }).toEqual({
          code: "method-does-not-apply",
          entity: "cells",
          behavior: "noisy",
        });
        expect(message).toMatch(/dx\/dt/);
      }
    },
  );

  it.each(["euler", "rk4", "exponentialEuler", "eulerMaruyama", "milstein"] as const)(
    "under a square is refused by %s",
    (method) => {
      expect(refusalOf("dx/dt = -x + xi^2\ndy/dt = -y", method).code).toBe("method-does-not-apply");
    },
  );

  it("that is not diagonal is refused by milstein", () => {
    for (const equations of [
      "dx/dt = -x + y * xi\ndy/dt = -y",
      "dx/dt = x * xi + 2 * xi\ndy/dt = -y",
      "y * dx/dt = -x + xi\ndy/dt = -y",
    ])
      expect(refusalOf(equations, "milstein").message).toMatch(/diagonal/);
  });
});
