import fc from "fast-check";
import { allToAll, convolution, fromArrays, locallyConnected, oneToOne } from "neuroweave";
import { describe, expect, it } from "vitest";
import { conexNetwork, type Ends } from "./conex-dialects.ts";
import { runConex, type Bound, type Cell, type ConexCase, type Wiring } from "./conex-reference.ts";

const cell: Cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 };
const iterations = 60;

/** Synapses as CoNeX's kinds make them, and the connector that makes the same here. */
interface Kind {
  readonly wiring: Wiring;
  readonly ends: (W: readonly number[]) => Ends;
}

const grid = (depth: number, height: number, width: number): number => depth * height * width;

function window(depth: number): Pick<Wiring, "synapses"> & { readonly sources: number; readonly targets: number } {
  // A source of [2, 4, 3] under windows of 2 × 2, without padding: a target of [depth, 3, 2].
  const synapses = Array.from({ length: depth }, (_, o) => o).flatMap((o) =>
    [0, 1, 2].flatMap((y) =>
      [0, 1].flatMap((x) =>
        [0, 1].flatMap((d) =>
          [0, 1].flatMap((ky) =>
            [0, 1].map((kx) => ({
              i: d * 12 + (y + ky) * 3 + x + kx,
              j: o * 6 + y * 2 + x,
              weight: ((o * 2 + d) * 2 + ky) * 2 + kx,
            })),
          ),
        ),
      ),
    ),
  );
  return { synapses, sources: grid(2, 4, 3), targets: grid(depth, 3, 2) };
}

/** Every synapse with a weight of its own, in the order given. */
const owned = (pairs: readonly (readonly [number, number])[]) => pairs.map(([i, j], weight) => ({ i, j, weight }));

const dense = owned([0, 1, 2, 3, 4, 5].flatMap((i) => [0, 1, 2].map((j) => [i, j] as const)));
const sparse = owned(dense.map(({ i, j }) => [i, j] as const).filter(([i, j]) => (i * 5 + j * 3) % 4 !== 1));
const conv = window(2);
const local = owned(window(2).synapses.map(({ i, j }) => [i, j] as const));

const kinds: Readonly<Record<string, Kind>> = {
  dense: {
    wiring: { sources: 6, targets: 3, synapses: dense, positions: 1 },
    ends: (W) => ({ source: 6, target: 3, connect: allToAll(), weight: (i, j) => W[i * 3 + j]!, positions: 1 }),
  },
  sparse: {
    wiring: { sources: 6, targets: 3, synapses: sparse, positions: 1 },
    ends: (W) => ({
      source: 6,
      target: 3,
      connect: fromArrays({ sources: sparse.map(({ i }) => i), targets: sparse.map(({ j }) => j), weights: [...W] }),
      positions: 1,
    }),
  },
  "one to one": {
    wiring: { sources: 5, targets: 5, synapses: owned([0, 1, 2, 3, 4].map((i) => [i, i] as const)), positions: 1 },
    ends: (W) => ({ source: 5, target: 5, connect: oneToOne(), weight: (i) => W[i]!, positions: 1 }),
  },
  local: {
    wiring: { ...window(2), synapses: local, positions: 1 },
    ends: (W) => ({
      source: [2, 4, 3],
      target: [2, 3, 2],
      connect: locallyConnected({ kernelSize: 2, weights: [0, 1].map((o) => [0, 1, 2, 3, 4, 5].map((p) => W.slice((o * 6 + p) * 8, (o * 6 + p + 1) * 8))) }),
      positions: 1,
    }),
  },
  convolution: {
    wiring: { ...conv, positions: 6 },
    ends: (W) => ({
      source: [2, 4, 3],
      target: [2, 3, 2],
      connect: convolution({ kernel: [0, 1].map((o) => [0, 1].map((d) => [0, 1].map((ky) => W.slice(((o * 2 + d) * 2 + ky) * 2, ((o * 2 + d) * 2 + ky) * 2 + 2)))) }),
      positions: 6,
    }),
  },
}; // prettier-ignore

const bound = fc.constantFrom<Bound>("no_bound", "hard_bound", "soft_bound");
/** Any of a thousand values, without those next to 0 that doubles are drawn near. */
const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1000 }).map((part) => min + ((max - min) * part) / 1000);

const caseOf = (kind: string, { sources, targets }: Wiring): fc.Arbitrary<ConexCase> =>
  fc.record({
    dt: fc.constantFrom(1, 0.5),
    coef: real(4, 12),
    inh: fc.boolean(),
    rule: fc.constantFrom<ConexCase["rule"]>("stdp", "rstdp", "istdp"),
    a_plus: real(0, 0.2),
    a_minus: real(0, 0.2),
    positive_bound: bound,
    negative_bound: bound,
    w_min: real(-0.2, 0.2),
    w_max: real(0.6, 1.5),
    tau_s: real(2, 30),
    tau_post: real(2, 30),
    scale: real(0.5, 2),
    src_delay: fc.array(fc.nat({ max: 3 }), { minLength: sources, maxLength: sources }),
    dst_delay: fc.array(fc.nat({ max: 3 }), { minLength: targets, maxLength: targets }),
    norm: kind === "convolution" ? fc.constant(null) : fc.option(real(0.5, 4)),
    clip: fc.option(fc.tuple(real(0, 0.2), real(0.5, 1.2))),
    tau_c: real(5, 50),
    tau_d: real(5, 50),
    lr: real(0, 0.1),
    rho: real(1, 50),
    alpha: fc.option(real(0, 1)),
    payoff: fc.array(fc.constantFrom(0, 0, 0, 0, 1, -0.5), { minLength: iterations, maxLength: iterations }),
    pre_spikes: fc.array(fc.subarray(Array.from({ length: sources }, (_, i) => i)), { minLength: iterations, maxLength: iterations }),
    drive: fc.constantFrom(0, 2, 6),
  }); // prettier-ignore

/** Differences from other orders of the same additions, which weights that feed back may make larger. */
const rounding = 1e-10;

describe.each(Object.entries(kinds))("%s projections with CoNeX's rules", (kind, { wiring, ends }) => {
  const weights = Math.max(...wiring.synapses.map(({ weight }) => weight)) + 1;
  it("do what its loops do, whatever the parameters, delays, bounds, normalization and clipping", async () => {
    let spikes = 0;
    await fc.assert(
      fc.asyncProperty(
        caseOf(kind, wiring),
        fc.array(real(0.05, 0.95), { minLength: weights, maxLength: weights }),
        async (each, W0) => {
          const alpha = each.alpha ?? (2 * each.rho * each.tau_post) / 1000;
          const expected = runConex({ ...each, alpha }, cell, wiring, W0);
          // Outside its bounds the product of soft_bound drives weights away from them.
          fc.pre(expected.W.every((w) => Math.abs(w) < 10));
          const { net, target, synapses } = conexNetwork(each, cell, ends(W0));
          await net.step(iterations);
          const found = target.spikes();
          const bySteps = expected.spikes.map((_, step) => [...found.ids].filter((_, at) => found.steps[at] === step));
          expect(bySteps).toEqual(expected.spikes);
          spikes += found.ids.length;
          const v = target.recorded("v");
          const scale = Math.max(1, ...expected.W.map(Math.abs));
          for (let j = 0; j < wiring.targets; j++)
            for (const [step, value] of v.trace(j).entries())
              expect(Math.abs(value - expected.v[step]![j]!) / scale).toBeLessThan(rounding * 100);
          const list = synapses.weights();
          for (const { i, j, weight } of wiring.synapses) {
            const at = list.sources.findIndex((source, place) => source === i && list.targets[place] === j);
            expect(Math.abs(list.values[at]! - expected.W[weight]!) / scale).toBeLessThan(rounding);
          }
          expect(Math.abs(net.signals["dopamine"]!.value - expected.dopamine)).toBeLessThan(rounding);
        },
      ),
      { numRuns: 20, seed: 7, endOnFailure: true },
    );
    expect(spikes).toBeGreaterThan(100);
  });
});
