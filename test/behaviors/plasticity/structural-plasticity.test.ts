import {
  allToAll,
  createNetwork,
  DeltaReceptor,
  fixedProbability,
  LIF,
  PairSTDP,
  PoissonSource,
  structuralPlasticity,
  uniform,
  WeightBounds,
  type EngineOptions,
  type StructuralPlasticityOptions,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { everything } from "../../model/network-with-projections.ts";
import { refusal } from "../../equations/refusal.ts";
import { canRun, places } from "../../devices/places.ts";

function build(options: Partial<StructuralPlasticityOptions> = {}, engine: EngineOptions = {}) {
  const net = createNetwork({ dt: 0.5, seed: 9, ...engine });
  const source = net.population("source", 12, PoissonSource({ rate: 60 }));
  const target = net.population("target", 7, [LIF({ R: 5, I: 3.3 }), DeltaReceptor()]);
  const projection = net.projection("p", {
    source,
    target,
    connect: fixedProbability(0.4),
    weight: uniform(0, 1),
    delay: 1.5,
    behaviors: [PairSTDP({ A_plus: 0.05, A_minus: 0.06 }), WeightBounds()],
  });
  const turnover = structuralPlasticity(net, projection, {
    every: 20,
    below: 0.2,
    create: { probability: 0.2, weight: 0.5, capacity: 5 },
    ...options,
  });
  const pairs = (): string[] => {
    const { sources, targets } = projection.weights();
    return Array.from(sources, (s, j) => `${s}→${targets[j]}`);
  };
  return { net, projection, turnover, pairs };
}

describe("structural plasticity", () => {
  it("prunes what is weak, keeps the rest, and creates within the capacity where there was no synapse", async () => {
    const { net, projection, turnover } = build({ every: 1e6 });
    turnover.stop();
    const weightOf = (): Map<string, number> => {
      const { sources, targets, values } = projection.weights();
      return new Map(Array.from(sources, (s, j) => [`${s}→${targets[j]}`, values[j]!]));
    };
    const degree = (pairs: Iterable<string>, t: number): number =>
      [...pairs].filter((pair) => pair.endsWith(`→${t}`)).length;
    let before = new Map<string, number>();
    // Who comes first sees the synapses as they were.
    net.every(20, () => void (before = weightOf()));
    const create = { probability: 0.2, weight: 0.5, capacity: 5 };
    const again = structuralPlasticity(net, projection, { every: 20, below: 0.2, create });
    let [pruned, created] = [0, 0];
    for (let round = 0; round < 10; round++) {
      await net.run(20);
      const after = weightOf();
      expect(after.size).toBe(projection.n);
      const stay = [...before].filter(([, w]) => w >= 0.2);
      for (const [pair, w] of stay) expect(after.get(pair)).toBe(w);
      const grown = [...after].filter(([pair]) => !stay.some(([other]) => other === pair));
      for (const [pair, w] of grown) expect([before.has(pair), w]).toEqual([false, 0.5]);
      for (let t = 0; t < 7; t++) {
        const kept = stay.map(([pair]) => pair);
        expect(degree(after.keys(), t)).toBeLessThanOrEqual(Math.max(5, degree(kept, t)));
      }
      pruned += before.size - stay.length;
      created += grown.length;
    }
    expect(again.changes).toEqual({ pruned, created });
    expect(Math.min(pruned, created)).toBeGreaterThan(10);
  });

  it("creates each absent pair with its probability, fairly among those for which there is room", () => {
    const counts = new Uint32Array(12);
    let total = 0;
    for (let seed = 0; seed < 100; seed++) {
      const net = createNetwork({ dt: 1, seed });
      const source = net.population("source", 12, PoissonSource());
      const target = net.population("target", 4, [LIF(), DeltaReceptor()]);
      const projection = net.projection("p", { source, target, connect: fixedProbability(0), weight: 1, delay: 1 });
      structuralPlasticity(net, projection, {
        every: 10,
        create: { probability: 0.9, weight: 2, capacity: 3 },
      }).apply();
      const { sources, values } = projection.weights();
      expect(projection.n).toBe(12);
      expect([...values]).toEqual(Array.from({ length: 12 }, () => 2));
      for (const s of sources) counts[s]!++;
      total += sources.length;
    }
    // 1200 in 12 places: five standard deviations are less than 50.
    for (const count of counts) expect(Math.abs(count - total / 12)).toBeLessThan(50);
  });

  it("connects no neuron to itself unless it may", () => {
    for (const self of [false, true]) {
      const net = createNetwork({ dt: 1 });
      const cells = net.population("cells", 6, [LIF(), DeltaReceptor()]);
      const projection = net.projection("p", {
        source: cells.slice(1, 5),
        target: cells.slice(2, 6),
        connect: fixedProbability(0),
        weight: 1,
      });
      structuralPlasticity(net, projection, { every: 1, create: { probability: 1, weight: 1, self } }).apply();
      // Neurons 2, 3 and 4 are both source and target.
      expect(projection.n).toBe(self ? 16 : 13);
    }
  });

  it("happens at the same borders however a run is divided, and not while nothing learns", async () => {
    const [whole, parts] = [build(), build()];
    await whole.net.run(200);
    for (const ms of [10, 10, 35, 0.5, 64.5, 80]) await parts.net.run(ms);
    expect(everything(parts.net)).toEqual(everything(whole.net));
    expect(parts.turnover.changes).toEqual(whole.turnover.changes);
    const before = whole.pairs();
    whole.net.learning = false;
    await whole.net.run(100);
    expect(whole.pairs()).toEqual(before);
    whole.net.learning = true;
    whole.turnover.stop();
    await whole.net.run(100);
    expect(whole.pairs()).toEqual(before);
  });

  it("goes on from a snapshot in the same bits", async () => {
    const whole = build();
    await whole.net.run(70);
    const fork = whole.net.fork();
    structuralPlasticity(fork, fork.findProjection("p"), {
      every: 20,
      below: 0.2,
      create: { probability: 0.2, weight: 0.5, capacity: 5 },
    });
    await whole.net.run(90);
    await fork.run(90);
    expect(everything(fork)).toEqual(everything(whole.net));
  });

  it("gives the same bits on every device", async () => {
    const expected = build({}, { device: "reference" });
    await expected.net.run(100);
    for (const place of places) {
      const { net } = build({}, place.options);
      if (!(await canRun(place, net))) continue;
      await net.run(100);
      expect(everything(net)).toEqual(everything(expected.net));
    }
  });

  it("refuses numbers outside their ranges", () => {
    const net = createNetwork({ dt: 1 });
    const cells = net.population("cells", 2, [LIF(), DeltaReceptor()]);
    const projection = net.projection("p", { source: cells, target: cells, connect: allToAll() });
    const create = { probability: 0.1, weight: 1 };
    for (const bad of [
      { every: 0 },
      { every: 1, below: Number.NaN },
      { every: 1, create: { ...create, probability: 1.5 } },
      { every: 1, create: { ...create, weight: Number.NaN } },
      { every: 1, create: { ...create, capacity: 1.5 } },
    ])
      expect(refusal(() => structuralPlasticity(net, projection, bad)).code).toBe("out-of-range");
  });
});
