import { createNetwork, defineBehavior, ELIF, ConstantCurrent, Fire, Refractory } from "neuroweave";
import { describe, expect, it } from "vitest";
import { distance } from "./convergence.ts";

/** Explicit Runge–Kutta methods as their authors print them: increments of earlier stages, then the weights. */
const tableaux = {
  euler: { stages: [[]], weights: [1] },
  heun: { stages: [[], [1]], weights: [1 / 2, 1 / 2] },
  midpoint: { stages: [[], [1 / 2]], weights: [0, 1] },
  ralston: { stages: [[], [2 / 3]], weights: [1 / 4, 3 / 4] },
  rk4: { stages: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]], weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6] },
} as const;
type RungeKutta = keyof typeof tableaux;
const rungeKuttas = Object.keys(tableaux) as RungeKutta[];

type Slope = (x: readonly number[]) => readonly number[];

/** One step of a tableau, with what `clip` makes of every stage after the first. */
function stepOf(
  method: RungeKutta,
  f: Slope,
  x: readonly number[],
  dt: number,
  clip: (x: number[]) => number[],
): number[] {
  const slopes: (readonly number[])[] = [];
  const along = (weights: readonly number[]): number[] =>
    x.map((each, i) => each + dt * weights.reduce((sum, weight, j) => sum + weight * slopes[j]![i]!, 0));
  tableaux[method].stages.forEach((weights, stage) => slopes.push(f(stage === 0 ? x : clip(along(weights)))));
  return along(tableaux[method].weights);
}

const upstroke = defineBehavior({
  name: "upstroke",
  parameters: { threshold: { default: 2 } },
  state: { v: { init: 1 }, w: { init: 0 } },
  equations: `
    dv/dt = exp(v)
    dw/dt = v - w
  `,
  spike: "v >= threshold",
  onSpike: "v = -1",
});

describe.each(rungeKuttas)("the stages of %s", (method) => {
  it("stop at the spike threshold, and the step itself does not", async () => {
    const dt = 0.4;
    const starts = [-1, 0.5, 1, 1.5, 1.9, 1.999];
    const net = createNetwork({ dt });
    const cells = net.population("cells", starts.length, upstroke({ init_v: starts, init_w: 0.25 }), { method });
    await net.step(1);
    const f: Slope = ([v, w]) => [Math.exp(v!), v! - w!];
    const ends = starts.map((v) => stepOf(method, f, [v, 0.25], dt, ([v, w]) => [Math.min(v!, 2), w!]));
    expect(ends.some(([v]) => v! >= 2)).toBe(true);
    expect(
      distance(
        cells.get("v"),
        ends.map(([v]) => (v! >= 2 ? -1 : v!)),
      ),
    ).toBeLessThan(1e-14);
    expect(
      distance(
        cells.get("w"),
        ends.map(([, w]) => w!),
      ),
    ).toBeLessThan(1e-14);
    expect(Array.from(cells.get("spike"))).toEqual(ends.map(([v]) => (v! >= 2 ? 1 : 0)));
  });

  it("keep an exponential model finite at a step that is far too long", async () => {
    const net = createNetwork({ dt: 1 });
    const values = { tau: 10, R: 5, threshold: -40, v_reset: -70, v_rest: -65, delta: 0.5, theta_rh: -55 };
    const cells = net.population("cells", 3, [ELIF(values), ConstantCurrent({ amplitude: [1, 4, 12] })], { method });
    await net.run(300);
    expect(Array.from(cells.get("v")).every((v) => v < -40)).toBe(true);
    const counts = [0, 1, 2].map((neuron) => cells.spikes().ids.filter((id) => id === neuron).length);
    expect(counts[0]).toBe(0);
    expect(counts[2]!).toBeGreaterThan(counts[1]!);
  });
});

/** A membrane that a spike resets and holds, and a variable that follows it and goes on. */
const held = defineBehavior({
  name: "held",
  parameters: { a: { default: 0.5 }, b: { default: 0.2 } },
  state: { v: { init: 0 }, u: { init: 3 } },
  inputs: { I: { default: 4 } },
  equations: `
    dv/dt += I - 0.25 * v - u
    du/dt = a * (b * v - u)
  `,
});

/** How much of a distance to rest is left after a step z = λ·dt of u′ = λ·(u − rest). */
const remaining = {
  euler: (z: number) => 1 + z,
  heun: (z: number) => 1 + z + z ** 2 / 2,
  midpoint: (z: number) => 1 + z + z ** 2 / 2,
  ralston: (z: number) => 1 + z + z ** 2 / 2,
  rk4: (z: number) => 1 + z + z ** 2 / 2 + z ** 3 / 6 + z ** 4 / 24,
  exponentialEuler: Math.exp,
  exact: Math.exp,
  eulerMaruyama: (z: number) => 1 + z,
  milstein: (z: number) => 1 + z,
} as const;

describe.each(Object.keys(remaining) as (keyof typeof remaining)[])("a variable that is held, by %s", (method) => {
  it("stands still in every stage for exactly the refractory time, while the others move as if it were constant", async () => {
    const dt = 0.5;
    const net = createNetwork({ dt });
    const cells = net.population(
      "cells",
      1,
      [held(), Fire({ threshold: -1, v_reset: -7.3 }), Refractory({ tau_ref: 2, hold: "v" })],
      { method },
    );
    await net.step(1);
    expect(cells.get("spike")).toEqual(Float64Array.of(1));
    let u = cells.get("u")[0]!;
    for (let step = 1; step <= 4; step++) {
      expect(cells.get("v")[0]).toBe(-7.3);
      await net.step(1);
      const rest = 0.2 * -7.3;
      u = rest + (u - rest) * remaining[method](-0.5 * dt);
      expect(cells.get("v")[0], `step ${step} of the refractory time`).toBe(-7.3);
      expect(distance(cells.get("u"), [u])).toBeLessThan(1e-14);
    }
    await net.step(1);
    expect(cells.get("v")[0], "after the refractory time").not.toBe(-7.3);
  });

  it("stands still although its slope has no bounds", async () => {
    const steep = defineBehavior({
      name: "steep",
      parameters: { slope: { default: -1 } },
      state: { v: { init: 1 } },
      equations: "dv/dt = slope * v",
      hold: { variables: "v", while: "v > 0" },
    });
    const net = createNetwork({ dt: 1 });
    const cells = net.population("cells", 3, steep({ slope: [1e300, -1e300, 800] }), { method });
    await net.step(3);
    expect(Array.from(cells.get("v"))).toEqual([1, 1, 1]);
  });

  it("is the only one that stands still when one of two is named", async () => {
    const pair = defineBehavior({
      name: "pair",
      state: { x: { init: 2 }, y: { init: 2 } },
      equations: `
        dx/dt = -x
        dy/dt = -y
      `,
      hold: { variables: ["x"], while: "t < 2" },
    });
    const net = createNetwork({ dt: 0.5 });
    const cells = net.population("cells", 1, pair(), { method });
    await net.step(4);
    expect(cells.get("x")[0]).toBe(2);
    expect(distance(cells.get("y"), [2 * remaining[method](-0.5) ** 4])).toBeLessThan(1e-14);
    await net.step(1);
    expect(distance(cells.get("x"), [2 * remaining[method](-0.5)])).toBeLessThan(1e-14);
  });
});
