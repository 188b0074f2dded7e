import { constantOf, constantTruth } from "./constants.ts";
import { equal } from "./equal.ts";
import type { ConditionalExpression, Expression } from "./expression.ts";
import { add, conditional, neg, num, sub } from "./expression.ts";
import type { Product } from "./tidy-product.ts";
import {
  addedNumbers,
  expressionOf,
  factorsKey,
  negated,
  numberIn,
  openProduct,
  powerProduct,
  productOf,
  raised,
  times,
} from "./tidy-product.ts";
import { mapParts } from "./traverse.ts";

/**
 * Mathematical simplification, for printing and for derivatives: zeros and ones vanish, like terms and like factors
 * are collected (each where it first appeared), signs move to the front, fractions get one line. Nothing is expanded
 * or factored out. It holds for real numbers, not for the last bits, and not where a denominator that cancels is
 * zero; where bits count use `simplify`. Spans are dropped.
 */
export function tidy(expression: Expression): Expression {
  const known = tidied.get(expression);
  if (known !== undefined) return known;
  const result = tidyNode(expression);
  tidied.set(expression, result);
  tidied.set(result, result);
  return result;
}

/** Expressions are immutable, so each is tidied once; derivatives share much of what they are built from. */
const tidied = new WeakMap<Expression, Expression>();

function tidyNode(expression: Expression): Expression {
  if (isSum(expression)) return writeSum(sumTerms(expression));
  if (isProduct(expression)) return writeProduct(openProduct(expression, (factor) => productOf(tidy(factor))));
  const node = withoutSpan(mapParts(expression, tidy));
  switch (node.kind) {
    case "number":
      return Number.isFinite(node.value) ? signedNumber(node.value) : node;
    case "unary":
      return node.operand.kind === "unary" && node.operand.op === "not" ? node.operand.operand : node;
    case "binary":
      return node.op === "^" ? tidyPower(node.left, node.right) : node;
    case "call": {
      const [base, exponent] = node.args;
      if (node.name === "pow" && base !== undefined && exponent !== undefined) return tidyPower(base, exponent);
      return foldedToInteger(node) ?? node;
    }
    case "conditional": {
      const truth = constantTruth(node.test);
      if (truth !== undefined) return truth ? node.then : node.otherwise;
      return equal(node.then, node.otherwise) ? node.then : node;
    }
    default:
      return node;
  }
}

/** Whether a tidied expression is zero. */
export function isZero(expression: Expression): boolean {
  return expression.kind === "number" && expression.value === 0;
}

function isSum(expression: Expression): boolean {
  if (expression.kind === "unary") return expression.op === "-";
  return expression.kind === "binary" && (expression.op === "+" || expression.op === "-");
}

function isProduct(expression: Expression): boolean {
  return expression.kind === "binary" && (expression.op === "*" || expression.op === "/");
}

/** The tidied terms of a sum, whose nested sums are opened. */
function sumTerms(sum: Expression): readonly Product[] {
  const terms: Product[] = [];
  const collect = (part: Expression, negative: boolean, tidied: boolean): void => {
    if (part.kind === "binary" && isSum(part)) {
      collect(part.left, negative, tidied);
      collect(part.right, part.op === "-" ? !negative : negative, tidied);
    } else if (part.kind === "unary" && part.op === "-") {
      collect(part.operand, !negative, tidied);
    } else if (tidied) {
      terms.push(negative ? negated(productOf(part)) : productOf(part));
    } else {
      collect(tidy(part), negative, true);
    }
  };
  collect(sum, false, false);
  return terms;
}

/** The terms of a sum that is tidy already: a left-leaning chain. */
function termsOfTidy(expression: Expression): readonly Product[] {
  const terms: Product[] = [];
  let rest = expression;
  while (rest.kind === "binary" && isSum(rest)) {
    const right = productOf(rest.right);
    terms.push(rest.op === "-" ? negated(right) : right);
    rest = rest.left;
  }
  terms.push(productOf(rest));
  return terms.reverse();
}

/** Collects like terms and writes the sum. */
function writeSum(terms: readonly Product[]): Expression {
  const collected = new Map<string, Product>();
  for (const term of terms) {
    const key = factorsKey(term);
    const before = collected.get(key);
    const sum = before === undefined ? term : { ...before, ...addedNumbers(before, term) };
    const fits = Number.isFinite(sum.numerator) && Number.isFinite(sum.denominator);
    collected.set(fits ? key : `${key} ${collected.size}`, fits ? sum : term);
  }
  const written = [...collected.values()].filter(({ numerator }) => numerator !== 0);
  const opened = written.flatMap((term) => bareSum(term) ?? [term]);
  if (opened.length > written.length) return writeSum(opened);

  let sum: Expression | null = null;
  for (const term of written) {
    if (sum === null) sum = writeProduct(term);
    else if (term.numerator < 0) sum = sub(sum, writeProduct(negated(term)));
    else sum = add(sum, writeProduct(term));
  }
  return sum ?? num(0);
}

/** The terms of a product that is a sum and at most a sign; null for other products. */
function bareSum({ numerator, denominator, factors }: Product): readonly Product[] | null {
  const [only, ...others] = factors.values();
  if (only?.exponent !== 1 || others.length > 0 || Math.abs(numerator) !== 1 || denominator !== 1) return null;
  const terms = termsOfTidy(only.base);
  if (terms.length < 2) return null;
  return numerator < 0 ? terms.map(negated) : terms;
}

/** Opens factors that are products, signs or numbers themselves and stand to an integer power. */
function opened(product: Product): Product {
  const { numerator, denominator } = product;
  const parts: Product[] = [{ numerator, denominator, factors: new Map() }];
  for (const [key, { base, exponent }] of product.factors) {
    const inner = productOf(base);
    const power = inner.factors.has(key) ? null : raised(inner, exponent);
    parts.push(power === null ? powerProduct(base, exponent) : opened(power));
  }
  return times(...parts);
}

/**
 * Writes a product. A factor with a zero branch takes the others inside: `(c ? 1 : 0) * x` is `c ? x : 0`. A sum with
 * only negative terms is turned round: `(-a - b) * c` is `-(a + b) * c`.
 */
function writeProduct(product: Product): Expression {
  const { numerator, denominator, factors } = opened(product);
  const parts: Product[] = [{ numerator, denominator, factors: new Map() }];
  let chosen: ConditionalExpression | null = null;
  for (const { base, exponent } of factors.values()) {
    if (chosen === null && exponent === 1 && base.kind === "conditional" && hasZeroBranch(base)) {
      chosen = base;
      continue;
    }
    const terms = Number.isInteger(exponent) ? termsOfTidy(base) : [];
    const turned = terms.length > 1 && terms.every((term) => term.numerator < 0);
    const part = powerProduct(turned ? writeSum(terms.map(negated)) : base, exponent);
    parts.push(turned && exponent % 2 !== 0 ? negated(part) : part);
  }
  const whole = times(...parts);
  if (chosen !== null) {
    const scaled = (branch: Expression): Expression => writeProduct(times(whole, productOf(branch)));
    return conditional(chosen.test, scaled(chosen.then), scaled(chosen.otherwise));
  }
  const terms = bareSum(whole);
  return terms === null ? expressionOf(whole) : writeSum(terms);
}

function hasZeroBranch({ then, otherwise }: ConditionalExpression): boolean {
  return isZero(then) || isZero(otherwise);
}

function tidyPower(base: Expression, exponent: Expression): Expression {
  const power: Expression = { kind: "binary", op: "^", left: base, right: exponent };
  if (numberIn(exponent) === 0) return num(1);
  const folded = foldedToInteger(power);
  if (folded !== null) return folded;
  return writeProduct(productOf(power));
}

/** Functions of numbers are folded if the result is an integer: exp(0) is 1, and exp(2) stays exp(2). */
function foldedToInteger(node: Expression): Expression | null {
  const plain = mapParts(node, (part) => {
    const value = numberIn(part);
    return value === null ? part : num(value);
  });
  const constant = constantOf(plain);
  return constant !== null && Number.isSafeInteger(constant.value) ? signedNumber(constant.value) : null;
}

/** Negative numbers are written as negations, as the parser does, so that text and tree agree. */
function signedNumber(value: number): Expression {
  return value < 0 ? neg(num(-value)) : num(value === 0 ? 0 : value);
}

function withoutSpan(node: Expression): Expression {
  if (node.span === undefined) return node;
  const { span: _, ...bare } = node;
  return bare as Expression;
}
