/** Mathematical functions to 192 bits by their power series, for finite arguments within their domains. */
import {
  add,
  divide,
  exponentOf,
  fixed,
  multiply,
  negate,
  nearestInteger,
  scale,
  subtract,
  wide,
  width,
  type Wide,
} from "./oracle-wide.ts";

/** Fraction bits of the fixed-point numbers in which the series are summed. */
const bits = width + 64;
const one = 1n << BigInt(bits);
const unit = wide(1);
const times = (a: bigint, b: bigint): bigint => (a * b) >> BigInt(bits);
const number = (m: bigint): Wide => ({ m, e: -bits });

/** 1 + x/d(1) + x²/(d(1)·d(2)) + …, until the terms vanish. */
function series(x: bigint, d: (n: number) => number): bigint {
  let term = one;
  let sum = 0n;
  for (let n = 1; term !== 0n; n++) {
    sum += term;
    term = times(term, x) / BigInt(d(n));
  }
  return sum;
}

/** artanh(s)/s for z = s² < 1. */
function inverseTangentRatio(z: bigint): bigint {
  let power = one;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = times(power, z);
  }
  return sum;
}

/** ln 2 = 2 artanh(1/3). */
const ln2 = (2n * inverseTangentRatio(one / 9n)) / 3n;

/** π by Machin's formula, 16 arctan(1/5) − 4 arctan(1/239). */
export const pi: Wide = ((): Wide => {
  const digits = bits + 128;
  const arctangent = (n: bigint): bigint => {
    let sum = 0n;
    let power = (1n << BigInt(digits)) / n;
    for (let k = 1n; power !== 0n; k += 2n) {
      sum += power / k;
      power = -power / (n * n);
    }
    return sum;
  };
  return { m: 16n * arctangent(5n) - 4n * arctangent(239n), e: -digits };
})();

/** e^x for |x| < 2^12. */
export function exp(x: Wide): Wide {
  const k = nearestInteger(divide(x, number(ln2)));
  const r = fixed(x, bits) - k * ln2;
  let power = series(r >> 8n, (n) => n);
  for (let squarings = 0; squarings < 8; squarings++) power = times(power, power);
  return scale(number(power), Number(k));
}

/** ln x for x > 0. */
export function log(x: Wide): Wide {
  const below = exponentOf(x);
  const k = exponentOf(multiply(x, wide(1.5))) > below ? below + 1 : below;
  const m = scale(x, -k);
  const s = divide(subtract(m, unit), add(m, unit));
  const ofM = scale(multiply(s, number(inverseTangentRatio(fixed(multiply(s, s), bits)))), 1);
  return add(multiply(wide(k), number(ln2)), ofM);
}

const isSmall = (x: Wide): boolean => x.m === 0n || exponentOf(x) < 0;

/** (e^x − 1)/x for x < 2^12; e^x is nothing beside 1 from −2^10 on. */
export function exprel(x: Wide): Wide {
  if (isSmall(x)) return number(series(fixed(x, bits), (n) => n + 1));
  const grown = x.m < 0n && exponentOf(x) >= 10 ? wide(0) : exp(x);
  return divide(subtract(grown, unit), x);
}

export function sinh(x: Wide): Wide {
  if (isSmall(x)) return multiply(x, number(series(fixed(multiply(x, x), bits), (n) => 2 * n * (2 * n + 1))));
  return scale(subtract(exp(x), exp(negate(x))), -1);
}

export const cosh = (x: Wide): Wide => scale(add(exp(x), exp(negate(x))), -1);

export const tanh = (x: Wide): Wide => divide(sinh(x), cosh(x));

/** sin of x + quarters·π/2. */
function sinTurned(x: Wide, quarters: bigint): Wide {
  const k = nearestInteger(divide(x, scale(pi, -1)));
  const r = subtract(x, { m: k * pi.m, e: pi.e - 1 });
  const z = -fixed(multiply(r, r), bits);
  const turn = (k + quarters) & 3n;
  const isOdd = (turn & 1n) === 1n;
  const value = isOdd
    ? number(series(z, (n) => 2 * n * (2 * n - 1)))
    : multiply(r, number(series(z, (n) => 2 * n * (2 * n + 1))));
  return turn >= 2n ? negate(value) : value;
}

export const sin = (x: Wide): Wide => sinTurned(x, 0n);

export const cos = (x: Wide): Wide => sinTurned(x, 1n);

export const tan = (x: Wide): Wide => divide(sin(x), cos(x));

/** x^y for x > 0. */
export const pow = (x: Wide, y: Wide): Wide => exp(multiply(y, log(x)));
