import { structuralKey } from "./equal.ts";
import type { Expression } from "./expression.ts";
import { div, mul, neg, num, pow } from "./expression.ts";

/** A base and the number it is raised to. */
interface Factor {
  readonly base: Expression;
  readonly exponent: number;
}

/**
 * A product in normal form: numerator / denominator · Π base^exponent, the factors in the order in which they first
 * appeared. The denominator is positive and the two numbers share no integer factor.
 */
export interface Product {
  readonly numerator: number;
  readonly denominator: number;
  readonly factors: ReadonlyMap<string, Factor>;
}

/** The product without factors. */
const one: Product = { numerator: 1, denominator: 1, factors: new Map() };

/** A product that is being put together. */
interface Draft {
  numerator: number;
  denominator: number;
  readonly factors: Map<string, Factor>;
}

/** Reads a tidied expression as a product; what is no product becomes its only factor. */
export function productOf(expression: Expression): Product {
  if (expression.kind === "number" && Number.isFinite(expression.value)) {
    return { ...one, numerator: expression.value };
  }
  if (expression.kind === "unary" && expression.op === "-") return negated(productOf(expression.operand));
  if (expression.kind === "binary") {
    const { op, left, right } = expression;
    if (op === "*" || op === "/") return openProduct(expression, productOf);
    const exponent = op === "^" ? numberIn(right) : null;
    if (exponent !== null) return powerProduct(left, exponent);
  }
  return powerProduct(expression, 1);
}

/** Opens products, quotients and signs: what they multiply, each read as a product, in the order of the text. */
export function openProduct(expression: Expression, read: (factor: Expression) => Product): Product {
  const found: Product[] = [];
  const open = (part: Expression, inverted: boolean): void => {
    if (part.kind === "binary" && (part.op === "*" || part.op === "/")) {
      open(part.left, inverted);
      open(part.right, part.op === "/" ? !inverted : inverted);
    } else if (part.kind === "unary" && part.op === "-") {
      found.push(negated(one));
      open(part.operand, inverted);
    } else {
      found.push(inverted ? inverse(read(part)) : read(part));
    }
  };
  open(expression, false);
  return times(...found);
}

/** Writes a product as an expression: the sign on the first factor, negative powers under one fraction line. */
export function expressionOf(product: Product): Expression {
  if (product.numerator === 0) return num(0);
  const above: Expression[] = [];
  const below: Expression[] = [];
  for (const { base, exponent } of product.factors.values()) {
    (exponent > 0 ? above : below).push(powerOf(base, Math.abs(exponent)));
  }
  const size = Math.abs(product.numerator);
  if (size !== 1 || above.length === 0) above.unshift(num(size));
  if (product.denominator !== 1) below.unshift(num(product.denominator));
  const [first = num(size), ...others] = above;
  const signed = product.numerator < 0 ? neg(first) : first;
  const top = others.reduce<Expression>(mul, signed);
  const [divisor, ...divisors] = below;
  return divisor === undefined ? top : div(top, divisors.reduce<Expression>(mul, divisor));
}

/** The product of products. Numbers are multiplied where a double holds the result, and kept as factors where not. */
export function times(...products: readonly Product[]): Product {
  const draft: Draft = { numerator: 1, denominator: 1, factors: new Map() };
  for (const { numerator, denominator, factors } of products) {
    if (numerator === 0) return { ...one, numerator: 0 };
    for (const [key, { base, exponent }] of factors) include(draft, key, base, exponent);
    const above = draft.numerator * numerator;
    const below = draft.denominator * denominator;
    if (isOrdinary(above) && isOrdinary(below)) {
      Object.assign(draft, reduced(above, below));
    } else {
      const size = num(Math.abs(numerator));
      const kept = denominator === 1 ? size : div(size, num(denominator));
      include(draft, structuralKey(kept), kept, 1);
      draft.numerator *= Math.sign(numerator);
    }
  }
  return draft;
}

function include(draft: Draft, key: string, base: Expression, exponent: number): void {
  const sum = (draft.factors.get(key)?.exponent ?? 0) + exponent;
  if (sum === 0) draft.factors.delete(key);
  else draft.factors.set(key, { base, exponent: isZeroBelow(base, sum) ? -1 : sum });
}

/** All negative powers of the number zero are written as one division by zero. */
function isZeroBelow(base: Expression, exponent: number): boolean {
  return base.kind === "number" && base.value === 0 && exponent < 0;
}

/** One over a product; a denominator that is the number zero stays as a factor, and its inverse is zero. */
function inverse(product: Product): Product {
  if (product.numerator === 0) return powerProduct(num(0), -1);
  const factors = new Map<string, Factor>();
  for (const [key, { base, exponent }] of product.factors) {
    if (isZeroBelow(base, exponent)) return { ...one, numerator: 0 };
    factors.set(key, { base, exponent: -exponent });
  }
  const sign = Math.sign(product.numerator);
  return { numerator: sign * product.denominator, denominator: Math.abs(product.numerator), factors };
}

/** The opposite. */
export function negated(product: Product): Product {
  return { ...product, numerator: product.numerator === 0 ? 0 : -product.numerator };
}

/** The sum of two fractions of numbers, in lowest terms where both are integers. */
export function addedNumbers(
  a: Pick<Product, "numerator" | "denominator">,
  b: Pick<Product, "numerator" | "denominator">,
): Pick<Product, "numerator" | "denominator"> {
  if (a.denominator === b.denominator) return reduced(a.numerator + b.numerator, a.denominator);
  return reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** A text that two products share if only their numbers differ. */
export function factorsKey(product: Product): string {
  return [...product.factors]
    .map(([key, { exponent }]) => `${key}^${exponent}`)
    .sort()
    .join(" ");
}

/** Powers up to this one are opened; those of mere numbers are if they stay exact integers. */
const openedPower = 12;

/** A product to an integer power; null if the power is left closed. */
export function raised(product: Product, exponent: number): Product | null {
  if (!Number.isInteger(exponent) || product.numerator === 0) return null;
  const base = exponent < 0 ? inverse(product) : product;
  if (base.numerator === 0) return base;
  const size = Math.abs(exponent);
  const numerator = base.numerator ** size;
  const denominator = base.denominator ** size;
  if (!isOrdinary(numerator) || !isOrdinary(denominator)) return null;
  const exact = base.factors.size === 0 && Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
  if (size > openedPower && !exact) return null;
  const draft: Draft = { ...reduced(numerator, denominator), factors: new Map() };
  for (const [key, factor] of base.factors) include(draft, key, factor.base, factor.exponent * size);
  return draft;
}

/** One base raised to a number. */
export function powerProduct(base: Expression, exponent: number): Product {
  const draft: Draft = { ...one, factors: new Map() };
  include(draft, structuralKey(base), base, exponent);
  return draft;
}

function powerOf(base: Expression, exponent: number): Expression {
  return exponent === 1 ? base : pow(base, num(exponent));
}

/** The number that a tidied expression is, if it is one; negative numbers are negations. */
export function numberIn(expression: Expression): number | null {
  if (expression.kind === "number") return expression.value;
  const negative = expression.kind === "unary" && expression.op === "-" ? numberIn(expression.operand) : null;
  return negative === null ? null : -negative;
}

function reduced(numerator: number, denominator: number): Pick<Product, "numerator" | "denominator"> {
  if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator)) {
    const divisor = greatestCommonDivisor(Math.abs(numerator), denominator) || 1;
    return { numerator: numerator / divisor, denominator: denominator / divisor };
  }
  const quotient = numerator / denominator;
  const short = String(quotient).length <= 12 && quotient * denominator === numerator;
  return short ? { numerator: quotient, denominator: 1 } : { numerator, denominator };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function isOrdinary(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) > 1e-290;
}
