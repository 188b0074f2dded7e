/** Where functions are tried: points of several kinds, the same in every run, rounded to the precision. */
import { philox, roundTo, uniformF64, type Precision } from "@neuroweave/kernel";

/** A kind of points: the i-th from four uniform numbers in (0, 1). */
export type Kind = (u: readonly [number, number, number, number], precision: Precision) => number;

type Words = readonly [number, number, number, number];

/** `count` points of a kind. */
export function pointsOf(kind: Kind, precision: Precision, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c, d] = philox([i, 0, 0, 0], [20, 26]);
    const [e, f, g, h] = philox([i, 1, 0, 0], [20, 26]);
    const uniforms: Words = [uniformF64(a, e), uniformF64(b, f), uniformF64(c, g), uniformF64(d, h)];
    return roundTo(precision, kind(uniforms, precision));
  });
}

const signed = (u: number): number => 2 * u - 1;

/** Any exponent, subnormal ones included, any significand, any sign. */
export const anyExponent: Kind = ([u, v, w], precision) => {
  const [lowest, highest] = precision === "f64" ? [-1074, 1023] : [-149, 127];
  const exponent = lowest + Math.floor(u * (highest - lowest + 1));
  const half = Math.trunc(exponent / 2);
  return (w < 0.5 ? -1 : 1) * (1 + v) * 2 ** half * 2 ** (exponent - half);
};

/** Uniform in ±size, which may depend on the precision. */
export const within =
  (f64: number, f32: number = f64): Kind =>
  ([u], precision) =>
    signed(u) * (precision === "f64" ? f64 : f32);

/** Uniform in the logarithm of the magnitude, from 2^from to 2^to. */
export const logarithmically =
  (from: number, to: number): Kind =>
  ([u, v]) =>
    (v < 0.5 ? -1 : 1) * 2 ** (from + u * (to - from));

/** Points near `center`, at every distance down to the last bit. */
export const near =
  (center: number): Kind =>
  ([u, v]) =>
    center + signed(u) * (Math.abs(center) || 1) * 2 ** (-54 * v);

/** Near multiples of step/2, at every distance down to the last bit. */
export const nearMultiples =
  (step: number, most: number): Kind =>
  ([u, v, w]) =>
    Math.round(signed(u) * most) * (step / 2) * (1 + signed(v) * 2 ** (-54 * w));

/** One half of the points of one kind, the other half of another's. */
export const either =
  (one: Kind, other: Kind): Kind =>
  (u, precision) =>
    u[3] < 0.5 ? one(u, precision) : other(u, precision);
