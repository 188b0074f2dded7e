import { createNetwork, defineBehavior, Phase } from "neuroweave";
import { describe, expect, it } from "vitest";

const source = defineBehavior({
  name: "source",
  priority: Phase.Input,
  state: { first: { init: 0 }, second: { init: 0 }, flat: { init: 0 } },
  equations: `
    first = normal(0, 1)
    second = normal(0, 1)
    flat = uniform(-2, 6)
  `,
});

const names = ["first", "second", "flat"] as const;

/** The draws of some steps of a population, one behind the other. */
async function draws(options: {
  readonly seed?: number | string;
  readonly entity?: string;
  readonly instance?: string;
  readonly others?: readonly string[];
  readonly n?: number;
  readonly steps?: number;
  readonly precision?: "f64" | "f32";
}): Promise<Record<(typeof names)[number], number[]>> {
  const {
    seed = 1,
    entity = "cells",
    instance = "source",
    others = [],
    n = 64,
    steps = 8,
    precision = "f64",
  } = options;
  const net = createNetwork({ dt: 0.1, seed, precision });
  const behavior = (): ReturnType<typeof source> => source({ name: instance });
  for (const other of others.filter((each) => each < entity)) net.population(other, 7, behavior());
  const cells = net.population(entity, n, behavior());
  for (const other of others.filter((each) => each > entity)) net.population(other, 7, behavior());
  const result = { first: [] as number[], second: [] as number[], flat: [] as number[] };
  for (let step = 0; step < steps; step++) {
    await net.step(1);
    for (const name of names) result[name].push(...cells.get(name));
  }
  return result;
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const power = (values: readonly number[], exponent: number): number => mean(values.map((x) => x ** exponent));

/** P(N > x) of a standard normal N for x > 0, by forty terms of the continued fraction of Laplace. */
function normalTail(x: number): number {
  let fraction = 0;
  for (let k = 40; k >= 1; k--) fraction = k / (x + fraction);
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI) / (x + fraction);
}

describe("draws", () => {
  it("do not depend on the order in which populations are made, nor on what else there is", async () => {
    const alone = await draws({});
    expect(await draws({ others: ["a", "z"] })).toEqual(alone);
    expect(await draws({ others: ["z", "y"] })).toEqual(alone);
  });

  it("of a neuron do not depend on how many there are", async () => {
    const few = await draws({ n: 3, steps: 1 });
    const many = await draws({ n: 64, steps: 1 });
    for (const name of names) expect(few[name]).toEqual(many[name].slice(0, 3));
  });

  it("differ with the seed, the entity, the instance and the occurrence, the step and the neuron", async () => {
    const lists = [
      await draws({}),
      await draws({ seed: 2 }),
      await draws({ seed: "1 " }),
      await draws({ entity: "cellt" }),
      await draws({ instance: "sourcf" }),
    ];
    const all = lists.flatMap(({ first, second }) => [...first, ...second]);
    expect(new Set(all).size).toBe(all.length);
  });

  it("are the same whether steps are taken one by one or in one run", async () => {
    const last = (await draws({})).first.slice(-64);
    const net = createNetwork({ dt: 0.1, seed: 1 });
    const cells = net.population("cells", 64, source());
    await net.step(8);
    expect(Array.from(cells.get("first"))).toEqual(last);
  });
});

describe.each(["f64", "f32"] as const)("the distribution of draws in %s", (precision) => {
  const count = 64_000;
  const sample = draws({ n: 8000, steps: count / 8000, precision });
  // Five standard errors for statistics of N(0, 1): Var x = 1, Var x² = 2, Var x³ = 15, Var x⁴ = 96.
  const bound = (variance: number): number => 5 * Math.sqrt(variance / count);

  it("normal: the first four moments", async () => {
    const { first } = await sample;
    expect(Math.abs(power(first, 1))).toBeLessThan(bound(1));
    expect(Math.abs(power(first, 2) - 1)).toBeLessThan(bound(2));
    expect(Math.abs(power(first, 3))).toBeLessThan(bound(15));
    expect(Math.abs(power(first, 4) - 3)).toBeLessThan(bound(96));
  });

  it("normal: as many beyond one, two and three standard deviations as there should be, on both sides", async () => {
    const { first } = await sample;
    for (const limit of [1, 2, 3]) {
      const p = normalTail(limit);
      for (const beyond of [first.filter((x) => x > limit), first.filter((x) => x < -limit)])
        expect(Math.abs(beyond.length / count - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / count));
    }
  });

  it("normal: two occurrences know nothing of each other", async () => {
    const { first, second } = await sample;
    const products = first.map((x, i) => x * second[i]!);
    expect(Math.abs(mean(products))).toBeLessThan(bound(1));
    expect(Math.abs(mean(products.map((x) => x * x)) - 1)).toBeLessThan(bound(8));
  });

  it("uniform: within its bounds, with their mean and variance", async () => {
    const { flat } = await sample;
    expect(flat.every((x) => x > -2 && x < 6)).toBe(true);
    expect(Math.abs(mean(flat) - 2)).toBeLessThan(5 * Math.sqrt(64 / 12 / count));
    const variance = mean(flat.map((x) => (x - 2) ** 2));
    expect(Math.abs(variance - 64 / 12)).toBeLessThan(5 * Math.sqrt(64 ** 2 / 180 / count));
  });
});
