import type { BinaryOperator, Expression } from "./expression.ts";
import { div, neg, num, pow } from "./expression.ts";
import { powerByBase, powerByExponent } from "./functions.ts";

/**
 * How tightly operators bind; a larger number binds tighter. Unary minus stands between product and power, so that
 * `-a^2` is `-(a^2)` and `-a * b` is `(-a) * b`; `not` stands between `and` and comparison.
 */
export const precedence = {
  conditional: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  sum: 6,
  product: 7,
  negation: 8,
  power: 9,
  atom: 10,
} as const;

export type OperandKind = "number" | "boolean";

export interface BinaryRow {
  readonly op: BinaryOperator;
  readonly precedence: number;
  /** Which way equal operators group; comparisons do not chain at all. */
  readonly grouping: "left" | "right" | "none";
  readonly operands: OperandKind;
  readonly result: OperandKind;
  /** Truth values are 0 and 1. */
  readonly evaluate: (left: number, right: number) => number;
  /** IEEE 754 fixes every bit of the result. */
  readonly exact: boolean;
  /** The derivatives by the left and by the right operand; truth values are piecewise constant and have none. */
  readonly partials: readonly ((left: Expression, right: Expression) => Expression)[];
  /** The sign between two operands set in LaTeX; quotients and powers have a layout of their own. */
  readonly latex: string;
}

type Arithmetic = (left: number, right: number) => number;
type Comparison = (left: number, right: number) => boolean;
type Partials = BinaryRow["partials"];

function arithmetic(
  op: BinaryOperator,
  level: number,
  latex: string,
  evaluate: Arithmetic,
  partials: Partials,
): BinaryRow {
  const power = op === "^";
  const grouping = power ? "right" : "left";
  return { op, precedence: level, grouping, ...numbers, result: "number", exact: !power, evaluate, partials, latex };
}

function comparison(op: BinaryOperator, latex: string, holds: Comparison): BinaryRow {
  const evaluate: Arithmetic = (a, b) => (holds(a, b) ? 1 : 0);
  return { op, precedence: precedence.comparison, grouping: "none", ...numbers, ...truthValued, evaluate, latex };
}

function logical(op: BinaryOperator, level: number, latex: string, holds: Comparison): BinaryRow {
  const evaluate: Arithmetic = (a, b) => (holds(a, b) ? 1 : 0);
  return { op, precedence: level, grouping: "left", operands: "boolean", ...truthValued, evaluate, latex };
}

const numbers = { operands: "number" } as const;
const truthValued = { result: "boolean", exact: true, partials: [] } as const;
const one = num(1);

const rows: readonly BinaryRow[] = [
  arithmetic("+", precedence.sum, "+", (a, b) => a + b, [() => one, () => one]),
  arithmetic("-", precedence.sum, "-", (a, b) => a - b, [() => one, () => neg(one)]),
  arithmetic("*", precedence.product, "\\,", (a, b) => a * b, [(_, b) => b, (a) => a]),
  arithmetic("/", precedence.product, "/", (a, b) => a / b, [(_, b) => div(one, b), quotientByRight]),
  arithmetic("^", precedence.power, "^", Math.pow, [powerByBase, powerByExponent]),
  comparison("<", "<", (a, b) => a < b),
  comparison("<=", "\\le", (a, b) => a <= b),
  comparison(">", ">", (a, b) => a > b),
  comparison(">=", "\\ge", (a, b) => a >= b),
  comparison("==", "=", (a, b) => a === b),
  comparison("!=", "\\ne", (a, b) => a !== b),
  logical("and", precedence.and, "\\land", (a, b) => a !== 0 && b !== 0),
  logical("or", precedence.or, "\\lor", (a, b) => a !== 0 || b !== 0),
];

const rowByOperator: ReadonlyMap<string, BinaryRow> = new Map(rows.map((entry) => [entry.op, entry]));

/** The row of a binary operator, or undefined for a text that is none. */
export function findOperator(text: string): BinaryRow | undefined {
  return rowByOperator.get(text);
}

/** The row of a binary operator that exists by its type. */
export function operatorRow(op: BinaryOperator): BinaryRow {
  const found = rowByOperator.get(op);
  if (found === undefined) throw new RangeError(`no row for the operator ${op}`);
  return found;
}

/** d(a/b)/db */
function quotientByRight(a: Expression, b: Expression): Expression {
  return neg(div(a, pow(b, num(2))));
}
