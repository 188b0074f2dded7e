import { createNetwork, DeltaReceptor, fixedTotal, fromArrays, LIF, normal, type Projection } from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Synapses as people give them: source, target, and delay in steps. The weight is the place in the list. */
type Given = readonly (readonly [source: number, target: number, delay: number])[];

const listed = (projection: Projection): (readonly number[])[] => {
  const { sources, targets, values } = projection.weights();
  const delays = projection.delays().values;
  return Array.from(values, (w, j) => [sources[j]!, targets[j]!, delays[j]!, w]);
};

function built(given: Given, neurons: number, weights: "f64" | "f32" = "f64"): Projection {
  const net = createNetwork({ dt: 1 });
  const source = net.population("source", 5, LIF());
  const target = net.population("target", neurons, [LIF(), DeltaReceptor()]);
  const [sources, targets, delay] = [0, 1, 2].map((part) => given.map((each) => each[part]!));
  const weight = given.map((_, j) => j);
  return net.projection("p", {
    source,
    target,
    connect: fromArrays({ sources: sources!, targets: targets!, delays: delay!, weights: weight }),
    weights,
  });
}

const expectedOrder = (given: Given): (readonly number[])[] =>
  given
    .map(([s, t, d], j) => [s, t, d, j] as const)
    .toSorted((a, b) => a[0] - b[0] || a[2] - b[2] || a[1] - b[1] || a[3] - b[3]);

describe("synapses are kept by source, then by delay, then by target, then as they were given", () => {
  it.each([
    ["one delay", 1, 7, 80],
    ["few delays and long rows", 3, 7, 80],
    ["few delays and longer rows", 3, 7, 400],
    ["one delay and longer rows", 1, 300, 400],
    ["more delays than a row has synapses", 60_000, 7, 80],
    ["many delays and longer rows", 60_000, 300, 400],
    ["many targets", 12, 70_000, 400],
    ["both", 12, 7, 80],
  ])("with %s", (_, longest, neurons, most) => {
    const synapse = fc.tuple(fc.nat(4), fc.nat(neurons - 1), fc.integer({ min: 1, max: longest }));
    fc.assert(
      fc.property(fc.array(synapse, { minLength: 12, maxLength: most, size: "max" }), (given) => {
        expect(listed(built(given, neurons))).toEqual(expectedOrder(given));
      }),
      { numRuns: neurons > 1000 ? 10 : 40, seed: 5 },
    );
  });

  it("where the connector gives targets in order, and delays are drawn", () => {
    const synapse = fc.tuple(fc.nat(4), fc.nat(299), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(fc.array(synapse, { minLength: 200, maxLength: 600, size: "max" }), (drawn) => {
        const given = drawn.toSorted((a, b) => a[1] - b[1]);
        expect(listed(built(given, 300, "f32"))).toEqual(expectedOrder(given));
      }),
      { numRuns: 20, seed: 6 },
    );
  });

  it("with one delay for each source", () => {
    const pair = fc.tuple(fc.nat(4), fc.nat(299));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 12, maxLength: 400, size: "max" }), (pairs) => {
        const given = pairs.map(([s, t]) => [s, t, 1 + 2 * s] as const);
        expect(listed(built(given, 300))).toEqual(expectedOrder(given));
      }),
      { numRuns: 20, seed: 7 },
    );
  });
});

describe("weights and delays that are drawn for every synapse", () => {
  const total = 20_000;
  const drawn = (options: { delay?: number; weights?: "f64" | "f32" | "i16"; other?: boolean } = {}) => {
    const net = createNetwork({ dt: 0.1, seed: 4 });
    const cells = net.population("cells", 100, [LIF(), DeltaReceptor()]);
    const ends = { source: cells, target: cells, connect: fixedTotal(total) };
    if (options.other)
      net.projection("another", { ...ends, weight: normal(0, 1), delay: normal(1.5, 0.75, { min: 0.1 }) });
    const { delay, weights } = options;
    return net.projection("p", {
      ...ends,
      weight: normal(5, 1, { min: 4 }),
      delay: delay ?? normal(1.5, 0.75, { min: 0.1 }),
      ...(weights ? { weights } : {}),
    });
  };
  const pairs = ({ sources, targets, values }: ReturnType<Projection["weights"]>): string[] =>
    Array.from(values, (w, j) => `${sources[j]} ${targets[j]} ${w}`).sort();

  it("belong to the synapse, whatever its delay moves it past", () => {
    expect(pairs(drawn().weights())).toEqual(pairs(drawn({ delay: 1 }).weights()));
  });

  it("do not depend on what else there is", () => {
    expect(listed(drawn({ other: true }))).toEqual(listed(drawn()));
  });

  it("are those of f64, rounded, where they are stored in less", () => {
    const full = drawn().weights().values;
    expect(drawn({ weights: "f32" }).weights().values).toEqual(full.map(Math.fround));
    const unit = full.reduce((most, each) => Math.max(most, Math.abs(each)), 0) / 32767;
    expect(drawn({ weights: "i16" }).weights().values).toEqual(full.map((x) => Math.round(x / unit) * unit));
  });

  it("have the moments of the distribution that is cut", () => {
    const { values } = drawn().weights();
    const mean = values.reduce((sum, each) => sum + each, 0) / total;
    // Cut at one deviation below the mean: φ(1) / Φ(1) above it, variance 1 − φ/Φ − (φ/Φ)².
    const ratio = 0.241970724519 / 0.841344746069;
    const variance = 1 - ratio - ratio ** 2;
    expect(Math.abs(mean - 5 - ratio)).toBeLessThan(4.5 * Math.sqrt(variance / total));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(4);
  });

  it("have the moments of the distribution, rounded to whole steps", () => {
    const { values } = drawn().delays();
    const mean = values.reduce((sum, each) => sum + each, 0) / total;
    // Cut at a = −1.4/0.75: φ(a) / Φ(−a) = 0.0721 deviations above the mean; the first step holds half as much as others.
    expect(Math.abs(mean - 1.5 - 0.75 * 0.0721)).toBeLessThan(4.5 * Math.sqrt(0.75 ** 2 / total) + 0.002);
    expect(Math.min(...values)).toBeCloseTo(0.1, 12);
  });
});
