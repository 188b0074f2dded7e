/**
 * Random counts by inversion: the number of k with u ≥ P(X ≤ k). The distribution function is summed term by term; where its
 * parameters are constants it is known ahead, and a count is a number of thresholds that a random word reaches. Both ways
 * give the same counts, since both sum in the same order.
 */
import type { Builder } from "../builder.ts";
import type { StreamKey, Value } from "../ir.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";

/** Largest expected count. Above it, and below 0, a count is NaN. */
const largestMean = 32;

/** Terms that are summed: P(X > 96) < 2⁻⁶⁰ at a mean of 32. */
const terms = 96;

/** Terms that are summed for every neuron; the others where some neuron of a vector needs them. */
const usual = 8;

/** P(X ≤ 0), P(X ≤ 1), … as values. */
type Cumulative = (b: Builder) => Value[];

/** Poisson count of the given mean, 0 … 32: p₀ = e^{−λ}, p_k = p_{k−1}·(λ/k). */
export function poissonCount(b: Builder, stream: StreamKey, mean: Value): Value {
  const valid = b.apply("and", b.apply("ge", mean, b.constant(0)), b.apply("le", mean, b.constant(largestMean)));
  return count(b, stream, valid, () => {
    let p = exp(b, b.apply("neg", mean));
    return cumulative(b, p, (k) => (p = b.apply("mul", p, b.apply("div", mean, b.constant(k)))));
  });
}

/**
 * Binomial count of n trials with probability p: p₀ = e^{n ln(1−q)}, p_k = p_{k−1}·((n−k+1)/k)·(q/(1−q)) for q = min(p, 1−p),
 * of which n are taken away where p > ½. Needs n ≥ 0 and n q ≤ 32.
 */
export function binomialCount(b: Builder, stream: StreamKey, n: Value, p: Value): Value {
  const one = b.constant(1);
  const mirrored = b.apply("gt", p, b.constant(0.5));
  const q = b.apply("select", mirrored, b.apply("sub", one, p), p);
  const within = b.apply("le", b.apply("mul", n, q), b.constant(largestMean));
  const proper = b.apply("and", b.apply("ge", n, b.constant(0)), b.apply("ge", q, b.constant(0)));
  const counted = count(b, stream, b.apply("and", within, proper), () => {
    const odds = b.apply("div", q, b.apply("sub", one, q));
    let each = exp(b, b.apply("mul", n, log(b, b.apply("sub", one, q))));
    return cumulative(b, each, (k) => {
      const left = b.apply("max", b.apply("sub", n, b.constant(k - 1)), b.constant(0));
      return (each = b.apply("mul", each, b.apply("mul", b.apply("div", left, b.constant(k)), odds)));
    });
  });
  return b.apply("select", mirrored, b.apply("sub", n, counted), counted);
}

function cumulative(b: Builder, first: Value, next: (k: number) => Value): Value[] {
  const sums = [first];
  for (let k = 1; k < terms; k++) sums.push(b.apply("add", sums.at(-1)!, next(k)));
  return sums;
}

function count(b: Builder, stream: StreamKey, valid: Value, sums: Cumulative): Value {
  const all = sums(b);
  const known = all.map((each) => b.constantOf(each));
  const nan = b.constant(NaN);
  if (b.draw && known.every((each) => each !== undefined)) {
    const drawn = b.draw({ stream, thresholds: thresholdsOf(known as number[], b.precision) });
    return b.apply("select", valid, drawn, nan);
  }
  const u = b.draw?.({ stream, thresholds: null }) ?? b.random(stream, 0);
  const reached = (sum: Value): Value => b.apply("select", b.apply("ge", u, sum), b.constant(1), b.constant(0));
  const total = (from: Value, list: readonly Value[]): Value =>
    list.reduce((whole, sum) => b.apply("add", whole, reached(sum)), from);
  const few = total(b.constant(0), all.slice(0, usual));
  const many = total(few, all.slice(usual));
  return b.apply("select", valid, b.apply("rarely", b.apply("ge", u, all[usual - 1]!), many, few), nan);
}

/** Words from which on a uniform number made of them is not below each sum; those that none can reach are left out. */
function thresholdsOf(sums: readonly number[], precision: "f64" | "f32"): number[] {
  const [bits, unit] = precision === "f64" ? [32, 1] : [23, 512];
  return sums
    .map((sum) => Math.max(0, Math.ceil(sum * 2 ** bits - 0.5)) * unit)
    .filter((threshold) => threshold < 2 ** 32);
}
