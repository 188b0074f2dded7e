import { constantAt, constantOf, constantTruth, isNumber } from "./constants.ts";
import type { Expression } from "./expression.ts";
import { mapExpression } from "./traverse.ts";

/** A rewrite that gives the same bits for every input, or null where it does not apply. */
type Rule = (node: Expression) => Expression | null;

type Rules = readonly (readonly [name: string, rule: Rule])[];

/** Factors of one, among those that may go. */
const onesAmong = (may: (factor: Expression) => boolean): Rules => [
  ["x * 1 → x", operand("*", (left, right) => (isNumber(right, 1) && may(right) ? left : null))],
  ["1 * x → x", operand("*", (left, right) => (isNumber(left, 1) && may(left) ? right : null))],
  ["-1 * x → -x", operand("*", (left, right) => (isMinusOne(left) && may(left) ? negative(right) : null))],
  ["x / 1 → x", operand("/", (left, right) => (isNumber(right, 1) && may(right) ? left : null))],
];

const negative = (operand: Expression): Expression => ({ kind: "unary", op: "-", operand });

const placelessOnes = onesAmong((factor) => (factor.kind === "unary" ? factor.operand : factor).span === undefined);

/**
 * Exact rules only. Missing on purpose: `x + 0` (it turns -0 into 0), `0 * x` (it hides infinities), `x - x`, every
 * regrouping, and the folding of functions whose last bits a device computes its own way.
 */
const rules: Rules = [
  ...onesAmong(() => true),
  ["x ^ 1 → x", operand("^", (left, right) => (isNumber(right, 1) ? left : null))],
  ["x - 0 → x", operand("-", (left, right) => (isNumber(right, 0) ? left : null))],
  ["pow(x, 1) → x", powerOfOne],
  ["--x → x", doubled("-")],
  ["not not x → x", doubled("not")],
  ["true ? x : y → x", chosenBranch],
  ["true and x → x", neutralTruth],
  ["numbers → number", foldNumbers],
];

/**
 * The same expression with less in it, and for every input the same bits: multiplications by one, double negations,
 * and operations on numbers are gone where IEEE 754 leaves no doubt. For shorter text at the price of bits see `tidy`.
 */
export function simplify(expression: Expression): Expression {
  return mapExpression(expression, (node) => {
    for (const [, rule] of rules) {
      const simpler = rule(node);
      if (simpler !== null) return simpler;
    }
    return node;
  });
}

/**
 * A product or quotient without a factor of one that has no place in a text: one that was put there, as the value of a bound parameter is. Any
 * other node, and factors that somebody wrote, as they are. The same bits, and units, for every input.
 */
export function withoutOne(node: Expression): Expression {
  for (const [, rule] of placelessOnes) {
    const simpler = rule(node);
    if (simpler !== null) return simpler;
  }
  return node;
}

/** −1, as text has it or as a number that has been found. */
const isMinusOne = (node: Expression): boolean =>
  isNumber(node, -1) || (node.kind === "unary" && node.op === "-" && isNumber(node.operand, 1));

function operand(op: string, choose: (left: Expression, right: Expression) => Expression | null): Rule {
  return (node) => (node.kind === "binary" && node.op === op ? choose(node.left, node.right) : null);
}

function powerOfOne(node: Expression): Expression | null {
  if (node.kind !== "call" || node.name !== "pow") return null;
  const [base, exponent] = node.args;
  return base !== undefined && exponent !== undefined && isNumber(exponent, 1) ? base : null;
}

function doubled(op: "-" | "not"): Rule {
  return (node) => {
    if (node.kind !== "unary" || node.op !== op) return null;
    return node.operand.kind === "unary" && node.operand.op === op ? node.operand.operand : null;
  };
}

function chosenBranch(node: Expression): Expression | null {
  if (node.kind !== "conditional") return null;
  const truth = constantTruth(node.test);
  if (truth === undefined) return null;
  return truth ? node.then : node.otherwise;
}

function neutralTruth(node: Expression): Expression | null {
  if (node.kind !== "binary" || (node.op !== "and" && node.op !== "or")) return null;
  const neutral = node.op === "and";
  if (constantTruth(node.left) === neutral) return node.right;
  return constantTruth(node.right) === neutral ? node.left : null;
}

/** Results that have no plain spelling, -0 and what is not finite, stay as the operations that give them. */
function foldNumbers(node: Expression): Expression | null {
  if (node.kind === "number") return null;
  const constant = constantOf(node);
  if (constant === null || !constant.exact) return null;
  return Number.isFinite(constant.value) && !Object.is(constant.value, -0) ? constantAt(constant.value, node) : null;
}
