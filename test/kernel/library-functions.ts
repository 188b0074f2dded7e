/** The functions of the library, their true values, and where they are tried. */
import { library, type Precision } from "@neuroweave/kernel";
import type { Written } from "./interpret.ts";
import * as oracle from "./oracle-functions.ts";
import type { Wide } from "./oracle-wide.ts";
import { anyExponent, either, logarithmically, near, nearMultiples, within, type Kind } from "./library-points.ts";

export interface Row {
  readonly name: string;
  readonly written: Written;
  readonly truth: (x: Wide) => Wide;
  /** Finite arguments for which the result is a finite number other than 0 or nearly so. */
  readonly domain: (x: number, precision: Precision) => boolean;
  readonly kinds: Readonly<Record<string, Kind>>;
  /** What the function costs, in operations; a bound, so that no change makes it dearer unseen. */
  readonly operations: Readonly<Record<Precision, number>>;
}

/** |x| beyond which e^x is 0 or ∞ in every respect, with some room. */
const edge: Readonly<Record<Precision, number>> = { f64: 760, f32: 110 };
const isBelowEdge = (x: number, precision: Precision): boolean => Math.abs(x) < edge[precision];
const isAngle = (x: number): boolean => Math.abs(x) <= 2 ** 20;

const overflow = either(near(709.782712893384), near(88.72283905206835));
const underflow = either(near(-708.3964185322641), near(-87.33654475));
const halfPi = Math.PI / 2;

const exponential = {
  "any exponent": anyExponent,
  "over the whole range": within(750, 105),
  "near 0": logarithmically(-60, 1),
  "where the reduction changes": nearMultiples(Math.LN2, 60),
  "where it overflows": overflow,
  "where it underflows": underflow,
};

const hyperbolic = {
  "any exponent": anyExponent,
  "over the whole range": within(715, 90),
  "near 0": logarithmically(-60, 1),
  "where results are moderate": within(3),
  "where the reduction changes": nearMultiples(Math.LN2, 60),
  "where it overflows": either(near(710.4758600739439), near(89.41598629223294)),
};

const circular = {
  "any exponent": anyExponent,
  "over the whole range": within(2 ** 20),
  "within some turns": within(20),
  "near 0": logarithmically(-60, 1),
  "near the first multiples of π/4": nearMultiples(halfPi, 40),
  "near all multiples of π/4": nearMultiples(halfPi, 1_300_000),
};

export const rows: readonly Row[] = [
  {
    name: "exp",
    written: library.exp,
    truth: oracle.exp,
    domain: isBelowEdge,
    kinds: exponential,
    operations: { f64: 36, f32: 23 },
  },
  {
    name: "exprel",
    written: library.exprel,
    truth: oracle.exprel,
    domain: (x, precision) => x < edge[precision],
    kinds: {
      ...exponential,
      "where it overflows": either(near(716.35550341), near(93.2)),
      "where 1 begins": near(0.346),
    },
    operations: { f64: 81, f32: 55 },
  },
  {
    name: "log",
    written: library.log,
    truth: oracle.log,
    domain: (x) => x > 0,
    kinds: {
      "any exponent": (u, precision) => Math.abs(anyExponent(u, precision)),
      "near 1": near(1),
      "near √2, where the exponent changes": near(Math.SQRT2),
      "near √½": near(Math.SQRT1_2),
      "where results are moderate": ([u]) => 20 * u,
    },
    operations: { f64: 45, f32: 35 },
  },
  {
    name: "sin",
    written: library.sin,
    truth: oracle.sin,
    domain: isAngle,
    kinds: circular,
    operations: { f64: 65, f32: 73 },
  },
  {
    name: "cos",
    written: library.cos,
    truth: oracle.cos,
    domain: isAngle,
    kinds: circular,
    operations: { f64: 64, f32: 72 },
  },
  {
    name: "tan",
    written: library.tan,
    truth: oracle.tan,
    domain: isAngle,
    kinds: circular,
    operations: { f64: 95, f32: 103 },
  },
  {
    name: "sinh",
    written: library.sinh,
    truth: oracle.sinh,
    domain: isBelowEdge,
    kinds: hyperbolic,
    operations: { f64: 60, f32: 49 },
  },
  {
    name: "cosh",
    written: library.cosh,
    truth: oracle.cosh,
    domain: isBelowEdge,
    kinds: hyperbolic,
    operations: { f64: 53, f32: 42 },
  },
  {
    name: "tanh",
    written: library.tanh,
    truth: oracle.tanh,
    domain: isBelowEdge,
    kinds: { ...hyperbolic, "where the formula changes": either(near(0.7), near(0.65)), "near 1": within(22, 12) },
    operations: { f64: 64, f32: 44 },
  },
];
