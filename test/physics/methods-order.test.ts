import { createNetwork, defineBehavior, type Ingredient } from "neuroweave";
import { beforeAll, describe, expect, it } from "vitest";
import { distance, slope } from "./convergence.ts";

/** A smooth problem, what it is made of, and its solution at time t. */
interface Problem {
  readonly name: string;
  readonly make: () => readonly Ingredient[];
  readonly solution: (t: number) => Readonly<Record<string, number>>;
}

const logistic = defineBehavior({
  name: "logistic",
  state: { x: { init: 0.1 } },
  equations: "dx/dt = x * (1 - x)",
});

const cycle = defineBehavior({
  name: "cycle",
  parameters: { angular: { default: 3 } },
  state: { x: { init: 0.3 }, y: { init: 0 } },
  equations: `
    dx/dt = x * (1 - x * x - y * y) - angular * y
    dy/dt = y * (1 - x * x - y * y) + angular * x
  `,
});

const membrane = defineBehavior({
  name: "membrane",
  parameters: { C: { default: 2 } },
  state: { v: { init: -7 } },
  inputs: { I: { default: 0 } },
  equations: "C * dv/dt += I",
});

/** A conductance that decays as 1/(1 + g t), faster than any exponential at first. */
const shunt = defineBehavior({
  name: "shunt",
  parameters: { E: { default: 3 }, C: { default: 2 } },
  state: { g: { init: 1.5 } },
  equations: `
    dg/dt = -g * g
    I += -C * g * (v - E)
  `,
});

/** Follows what flows into the membrane. */
const charge = defineBehavior({
  name: "charge",
  state: { q: { init: 1 } },
  equations: "dq/dt += g * (v - E)",
});

const decaying = defineBehavior({
  name: "decaying",
  method: "exact",
  parameters: { E: { default: 3 }, C: { default: 2 }, tau_g: { default: 0.7 } },
  state: { g: { init: 2 } },
  equations: `
    tau_g * dg/dt = -g
    I += -C * g * (v - E)
  `,
});

const alpha = defineBehavior({
  name: "alpha",
  method: "exact",
  parameters: { E: { default: 3 }, C: { default: 2 }, tau_g: { default: 0.5 } },
  state: { g: { init: 0 }, rise: { init: 4 } },
  equations: `
    tau_g * dg/dt = rise - g
    tau_g * drise/dt = -rise
    I += -C * g * (v - E)
  `,
});

/** v′ = −g·(v − E) has v = E + (v₀ − E)·e^{−∫g}. */
const relaxed = (integral: number): number => 3 - 10 * Math.exp(-integral);

const problems: readonly Problem[] = [
  {
    name: "one equation alone",
    make: () => [logistic()],
    solution: (t) => ({ x: 1 / (1 + 9 * Math.exp(-t)) }),
  },
  {
    name: "a system of two in one behavior",
    make: () => [cycle()],
    solution: (t) => {
      const radius = 1 / Math.sqrt(1 + (1 / 0.09 - 1) * Math.exp(-2 * t));
      return { x: radius * Math.cos(3 * t), y: radius * Math.sin(3 * t) };
    },
  },
  {
    name: "a system composed of three behaviors that meet in an input",
    make: () => [membrane(), shunt(), charge()],
    solution: (t) => {
      const v = relaxed(Math.log(1 + 1.5 * t));
      return { v, g: 1.5 / (1 + 1.5 * t), q: 1 - 7 - v };
    },
  },
  {
    name: "a membrane whose conductance is pinned to exact",
    make: () => [membrane(), decaying()],
    solution: (t) => ({ v: relaxed(1.4 * (1 - Math.exp(-t / 0.7))), g: 2 * Math.exp(-t / 0.7) }),
  },
  {
    name: "a membrane whose conductance is an alpha function, pinned to exact",
    make: () => [membrane(), alpha(), charge()],
    solution: (t) => {
      const s = t / 0.5;
      const v = relaxed(2 * (1 - Math.exp(-s) * (1 + s)));
      return { v, g: 4 * s * Math.exp(-s), q: 1 - 7 - v };
    },
  },
];

const orders = {
  euler: 1,
  heun: 2,
  midpoint: 2,
  ralston: 2,
  rk4: 4,
  exponentialEuler: 1,
  eulerMaruyama: 1,
  milstein: 1,
} as const;
type Method = keyof typeof orders;
const methods = Object.keys(orders) as Method[];

/** Order that a method has for a problem. Exponential Euler is a Rosenbrock method where there is one equation only. */
const orderOf = (method: Method, problem: Problem): number =>
  method === "exponentialEuler" && problem.name === "one equation alone" ? 2 : orders[method];

const steps = [0.05, 0.025, 0.0125, 0.00625] as const;

/** The largest error of each problem at four moments, for one method and step size. */
async function errorsOf(method: Method, dt: number): Promise<Map<Problem, number>> {
  const net = createNetwork({ dt });
  const cases = problems.map((problem, index) => ({
    problem,
    cells: net.population(`problem ${index}`, 1, problem.make() as never, { method }),
  }));
  const errors = new Map<Problem, number>();
  for (let moment = 1; moment <= 4; moment++) {
    await net.run(0.4);
    for (const { problem, cells } of cases) {
      const found = Object.entries(problem.solution(net.t)).map(([name, x]) => distance(cells.get(name as never), [x]));
      errors.set(problem, Math.max(errors.get(problem) ?? 0, ...found));
    }
  }
  return errors;
}

describe.each(methods)("%s", (method) => {
  const bySteps: Map<Problem, number>[] = [];
  beforeAll(async () => {
    for (const dt of steps) bySteps.push(await errorsOf(method, dt));
  });

  it.each(problems)("converges at its order: $name", (problem) => {
    const errors = bySteps.map((each) => each.get(problem)!);
    expect(Math.abs(slope(steps, errors) - orderOf(method, problem)), `errors ${errors.join(", ")}`).toBeLessThan(0.15);
  });
});
