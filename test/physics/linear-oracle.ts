/** Linear systems solved in fixed-point integers of 256 fractional bits: the measure of the exact methods. */
const one = 1n << 256n;

/** A double as a fixed-point number, without error for anything above 2⁻²⁰⁰ in size. */
function fixed(x: number): bigint {
  const exponent = x === 0 ? 0 : Math.max(-1000, Math.floor(Math.log2(Math.abs(x))) - 52);
  const mantissa = BigInt(Math.round(x * 2 ** -exponent));
  return exponent >= 0 ? (mantissa * one) << BigInt(exponent) : (mantissa * one) >> BigInt(-exponent);
}

const toNumber = (x: bigint): number => Number(x >> 128n) / 2 ** 128;

const times = (x: bigint, y: bigint): bigint => (x * y) >> 256n;

type Matrix = readonly (readonly bigint[])[];

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + times(x, b[k]![j]!), 0n)));

/** e^A by Taylor's series of A / 2¹⁶ and sixteen squarings. */
function exponential(a: Matrix): Matrix {
  const small = a.map((row) => row.map((x) => x >> 16n));
  const identity = a.map((_, i) => a.map((__, j) => (i === j ? one : 0n)));
  let sum: Matrix = identity;
  let term: Matrix = identity;
  for (let k = 1n; k <= 60n; k++) {
    term = product(term, small).map((row) => row.map((x) => x / k));
    sum = sum.map((row, i) => row.map((x, j) => x + term[i]![j]!));
  }
  for (let squaring = 0; squaring < 16; squaring++) sum = product(sum, sum);
  return sum;
}

/** x(t) of x′ = A·x + b from x(0). */
export function solveLinear(
  a: readonly (readonly number[])[],
  b: readonly number[],
  x: readonly number[],
  t: number,
): number[] {
  // (A b; 0 0) takes the drive into the matrix, as a variable that stays 1.
  const augmented = [...a.map((row, i) => [...row, b[i]!]), Array.from({ length: a.length + 1 }, () => 0)];
  const time = fixed(t);
  const flow = exponential(augmented.map((row) => row.map((entry) => times(fixed(entry), time))));
  const start = [...x, 1].map(fixed);
  return flow.slice(0, -1).map((row) => toNumber(row.reduce((sum, entry, k) => sum + times(entry, start[k]!), 0n)));
}
