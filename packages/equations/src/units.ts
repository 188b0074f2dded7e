/** The base units that dimensions count, in the order of `Unit.dims`. */
export const baseUnits = ["m", "kg", "s", "A", "K", "mol"] as const;

/**
 * A unit as exponents of `baseUnits` and the number of coherent SI units that one of it is: mV has the scale
 * 0.001. A scale of NaN is not known and fits every scale (the dimensions still count).
 */
export interface Unit {
  readonly dims: readonly number[];
  readonly scale: number;
}

/** The unit of a pure number. */
export const dimensionless: Unit = { dims: [0, 0, 0, 0, 0, 0], scale: 1 };

/** A pure number whose scale is not checked, as a literal factor is. */
export const unscaledNumber: Unit = { ...dimensionless, scale: Number.NaN };

/** The unit of a product; an unknown scale makes the result unknown. */
export function multiplyUnits(left: Unit, right: Unit): Unit {
  return {
    dims: left.dims.map((exponent, index) => exponent + right.dims[index]!),
    scale: left.scale * right.scale,
  };
}

/** The unit of a quotient. */
export function divideUnits(left: Unit, right: Unit): Unit {
  return multiplyUnits(left, raiseUnit(right, -1));
}

/** The unit of a power; the exponent may be a fraction. */
export function raiseUnit(unit: Unit, exponent: number): Unit {
  // Adding 0 turns the -0 of a raised zero into 0.
  return { dims: unit.dims.map((each) => each * exponent + 0), scale: unit.scale ** exponent };
}

/** Whether two units measure the same thing, up to a number. */
export function sameDimensions(left: Unit, right: Unit): boolean {
  return left.dims.every((exponent, index) => Math.abs(exponent - right.dims[index]!) < 1e-9);
}

/** Whether values in two units can be added as they are; an unknown scale fits. */
export function sameUnit(left: Unit, right: Unit): boolean {
  if (!sameDimensions(left, right)) return false;
  const unknown = Number.isNaN(left.scale) || Number.isNaN(right.scale);
  return unknown || Math.abs(left.scale / right.scale - 1) < 1e-9;
}

/** A named unit that takes prefixes. Symbols that mean the same stand beside each other, the one to print first. */
export interface NamedUnit {
  readonly symbols: readonly string[];
  readonly unit: Unit;
}

function named(symbols: string, dims: readonly number[], scale = 1): NamedUnit {
  return { symbols: symbols.split(" "), unit: { dims, scale } };
}

/** All of them, dimensions in the order m, kg, s, A, K, mol. The second Ω is the ohm sign of Unicode. */
export const namedUnits: readonly NamedUnit[] = [
  named("V", [2, 1, -3, -1, 0, 0]),
  named("A", [0, 0, 0, 1, 0, 0]),
  named("S", [-2, -1, 3, 2, 0, 0]),
  named("F", [-2, -1, 4, 2, 0, 0]),
  named("Ohm ohm Ω Ω", [2, 1, -3, -2, 0, 0]),
  named("s", [0, 0, 1, 0, 0, 0]),
  named("Hz", [0, 0, -1, 0, 0, 0]),
  named("m", [1, 0, 0, 0, 0, 0]),
  named("g", [0, 1, 0, 0, 0, 0], 1e-3),
  named("mol", [0, 0, 0, 0, 0, 1]),
  named("M", [-3, 0, 0, 0, 0, 1], 1e3),
  named("J", [2, 1, -2, 0, 0, 0]),
  named("W", [2, 1, -3, 0, 0, 0]),
  named("N", [1, 1, -2, 0, 0, 0]),
  named("C", [0, 0, 1, 1, 0, 0]),
  named("K", [0, 0, 0, 0, 1, 0]),
];

/** Prefixes and the powers of ten they stand for, spellings for reading only at the end. */
export const prefixes: readonly (readonly [symbol: string, factor: number])[] = [
  ["", 1],
  ["m", 1e-3],
  ["u", 1e-6],
  ["n", 1e-9],
  ["p", 1e-12],
  ["f", 1e-15],
  ["k", 1e3],
  ["M", 1e6],
  ["G", 1e9],
  ["c", 1e-2],
  ["µ", 1e-6],
  ["μ", 1e-6],
];
