import {
  hostStream,
  type Connector,
  type ConnectorEnd,
  type ConnectorSite,
  type PortableMath,
  type Rows,
} from "@neuroweave/model";

/** The functions of JavaScript in place of the portable ones, which differ from them in the last bits only. */
export const math: PortableMath = {
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  pow: Math.pow,
  exprel: (x) => (x === 0 ? 1 : Math.expm1(x) / x),
};

/** An end whose neurons stand at their grid indices, or at positions of their own. */
export function end(shape: number | readonly number[], positions?: readonly ArrayLike<number>[]): ConnectorEnd {
  const lengths = typeof shape === "number" ? [shape] : shape;
  const n = lengths.reduce((product, length) => product * length, 1);
  let stride = n;
  const indices = lengths.map((length) => {
    stride /= length;
    const step = stride;
    return Float64Array.from({ length: n }, (_, i) => Math.floor(i / step) % length);
  });
  return { name: "cells", n, shape: lengths, positions: positions?.map((xs) => Float64Array.from(xs)) ?? indices };
}

/** Between two populations. */
export function between(source: ConnectorEnd, target: ConnectorEnd, seed: number | string = 1): ConnectorSite {
  return { source, target, shift: null, random: hostStream(seed, "projection"), math };
}

/** Within one population, or between slices of one that lie `shift` neurons apart. */
export function among(
  source: ConnectorEnd,
  { target = source, shift = 0, seed = 1 as number | string } = {},
): ConnectorSite {
  return { source, target, shift, random: hostStream(seed, "projection"), math };
}

export interface Synapse {
  readonly s: number;
  readonly t: number;
  readonly weight: number | undefined;
  readonly delay: number | undefined;
}

/** The synapses of rows in their order. */
export function synapsesOf({ pointers, targets, weights, shared, delays }: Rows): readonly Synapse[] {
  return Array.from({ length: pointers.length - 1 }, (_, s) =>
    Array.from(targets.subarray(pointers[s], pointers[s + 1]), (t, k): Synapse => {
      const j = pointers[s]! + k;
      return { s, t, weight: weights?.[j] ?? (shared && shared.values[shared.index[j]!]), delay: delays?.[j] };
    }),
  ).flat();
}

/** Pairs as texts "s→t". */
export function pairsMade(connector: Connector, site: ConnectorSite): readonly string[] {
  return synapsesOf(connector.build(site)).map(({ s, t }) => `${s}→${t}`);
}

/** Number of synapses onto each target. */
export function inDegrees({ targets }: Rows, n: number): readonly number[] {
  const counts = Array.from({ length: n }, () => 0);
  for (const t of targets) counts[t]!++;
  return counts;
}

/** Number of synapses from each source. */
export function outDegrees({ pointers }: Rows): readonly number[] {
  return Array.from(pointers.subarray(1), (end, s) => end - pointers[s]!);
}

/** Pearson's statistic as a normal deviate by Wilson and Hilferty (1931); above 5 once in three million honest cases. */
export function chiSquareDeviate(
  observed: readonly number[],
  expected: readonly number[],
  degrees = observed.length - 1,
) {
  const statistic = observed.reduce((sum, count, cell) => sum + (count - expected[cell]!) ** 2 / expected[cell]!, 0);
  const spread = 2 / (9 * degrees);
  return (Math.cbrt(statistic / degrees) - (1 - spread)) / Math.sqrt(spread);
}

/** How many deviations a binomial count lies from its mean. */
export function binomialDeviate(count: number, trials: number, p: number): number {
  return (count - trials * p) / Math.sqrt(trials * p * (1 - p));
}
