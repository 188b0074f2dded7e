import { createNetwork, defineBehavior, NoisyCurrent } from "neuroweave";
import { describe, expect, it } from "vitest";

const neurons = 20_000;
const dt = 0.5;

/** Mean, variance, and covariance of neighboring steps, over the neurons of a population. */
function moments(now: Float64Array, next: Float64Array) {
  const mean = (values: (i: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < now.length; i++) sum += values(i);
    return sum / now.length;
  };
  const m = mean((i) => now[i]!);
  return {
    mean: m,
    variance: mean((i) => (now[i]! - m) ** 2),
    covariance: mean((i) => (now[i]! - m) * (next[i]! - m)),
  };
}

/**
 * Compares with a chain x → a·x + … of the given stationary variance. Five standard errors: of a mean √(V/n), of a variance
 * V·√(2/n), of a covariance of neighbors V·√((1 + a²)/n).
 */
function expectChain(found: ReturnType<typeof moments>, chain: { a: number; variance: number; mean: number }): void {
  const { a, variance, mean } = chain;
  expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / neurons));
  expect(Math.abs(found.variance / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / neurons));
  expect(Math.abs(found.covariance / variance - a)).toBeLessThan(5 * Math.sqrt((1 + a * a) / neurons));
}

const process = defineBehavior({
  name: "process",
  parameters: { tau: { default: 1 }, m: { default: 2 }, sigma: { default: 1.5 } },
  state: { x: { init: "m" } },
  equations: "dx/dt = (m - x) / tau + sigma * xi",
});

/** The factor a of a chain and the weight g of its noise N·√dt, for z = −dt/tau. */
const chains = {
  euler: (z: number) => ({ a: 1 + z, g: 1 }),
  eulerMaruyama: (z: number) => ({ a: 1 + z, g: 1 }),
  milstein: (z: number) => ({ a: 1 + z, g: 1 }),
  heun: (z: number) => ({ a: 1 + z + z ** 2 / 2, g: 1 + z / 2 }),
  midpoint: (z: number) => ({ a: 1 + z + z ** 2 / 2, g: 1 + z / 2 }),
  ralston: (z: number) => ({ a: 1 + z + z ** 2 / 2, g: 1 + z / 2 }),
  rk4: (z: number) => ({ a: 1 + z + z ** 2 / 2 + z ** 3 / 6 + z ** 4 / 24, g: 1 + z / 2 + z ** 2 / 6 + z ** 3 / 24 }),
  exponentialEuler: (z: number) => ({ a: Math.exp(z), g: Math.expm1(z) / z }),
} as const;

describe.each(Object.keys(chains) as (keyof typeof chains)[])("an Ornstein–Uhlenbeck process by %s", (method) => {
  it("has the stationary moments of its discrete chain", async () => {
    const net = createNetwork({ dt, seed: 5 });
    const cells = net.population("cells", neurons, process(), { method });
    await net.step(40);
    const now = cells.get("x");
    await net.step(1);
    const { a, g } = chains[method](-dt);
    expectChain(moments(now, cells.get("x")), { a, mean: 2, variance: (1.5 ** 2 * dt * g * g) / (1 - a * a) });
  });
});

describe("an Ornstein–Uhlenbeck process in exact steps", () => {
  const expectExact = (now: Float64Array, next: Float64Array): void =>
    expectChain(moments(now, next), { a: Math.exp(-dt), mean: 2, variance: 1.5 ** 2 / 2 });

  it("has the moments of the continuous process, by the method exact", async () => {
    const net = createNetwork({ dt, seed: 5 });
    const cells = net.population("cells", neurons, process(), { method: "exact" });
    await net.step(40);
    const now = cells.get("x");
    await net.step(1);
    expectExact(now, cells.get("x"));
  });

  it("has them where it drives another equation that is solved exactly too", async () => {
    const driven = defineBehavior({
      name: "driven",
      state: { g: { init: 3 } },
      equations: "dx/dt += g\ndg/dt = -g",
    });
    const net = createNetwork({ dt, seed: 5 });
    const cells = net.population("cells", neurons, [process(), driven()] as never, { method: "exact" });
    await net.step(60);
    const now = cells.get("x" as never);
    await net.step(1);
    expectExact(now, cells.get("x" as never));
  });

  it("has them as an assignment, written with `normal` and as NoisyCurrent", async () => {
    const written = defineBehavior({
      name: "written",
      parameters: { sigma: { default: 1.5 }, tau: { default: 1 } },
      state: { x: { init: 2 } },
      inputs: { I: { default: 0 } },
      equations: "x = 2 + exp(-dt / tau) * (x - 2) + sigma * sqrt((1 - exp(-2 * dt / tau)) / 2) * normal(0, 1)",
    });
    const net = createNetwork({ dt, seed: 5 });
    const cells = net.population("cells", neurons, [written(), NoisyCurrent({ mean: 2, sigma: 1.5, tau: 1 })]);
    await net.step(40);
    const now = [cells.get("x"), cells.get("noisyCurrent.current")];
    await net.step(1);
    expectExact(now[0]!, cells.get("x"));
    expectExact(now[1]!, cells.get("noisyCurrent.current"));
  });

  it("has the variance of a Wiener process where nothing pulls it back", async () => {
    const free = defineBehavior({ name: "free", state: { x: { init: 0 } }, equations: "dx/dt = 1.5 * xi" });
    const net = createNetwork({ dt, seed: 5 });
    const cells = net.population("cells", neurons, free(), { method: "exact" });
    await net.step(6);
    const { variance } = moments(cells.get("x"), cells.get("x"));
    expect(Math.abs(variance / (1.5 ** 2 * 3) - 1)).toBeLessThan(5 * Math.sqrt(2 / neurons));
  });
});
