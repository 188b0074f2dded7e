import type { Expression } from "./expression.ts";
import { num } from "./expression.ts";
import { functionRow } from "./functions.ts";
import { operatorRow } from "./operators.ts";
import { partsOf } from "./traverse.ts";

/** The value of a node all of whose parts are numbers, and whether IEEE 754 fixes its bits; null for other nodes. */
export function constantOf(expression: Expression): { readonly value: number; readonly exact: boolean } | null {
  const numbers: number[] = [];
  for (const part of partsOf(expression)) {
    if (part.kind !== "number") return null;
    numbers.push(part.value);
  }
  const [left = Number.NaN, right = Number.NaN] = numbers;
  switch (expression.kind) {
    case "number":
      return { value: expression.value, exact: true };
    case "unary":
      return expression.op === "-" ? { value: -left, exact: true } : null;
    case "binary": {
      const row = operatorRow(expression.op);
      return row.result === "number" ? { value: row.evaluate(left, right), exact: row.exact } : null;
    }
    case "call": {
      const row = functionRow(expression.name);
      return { value: row.evaluate(...numbers), exact: row.exact };
    }
    default:
      return null;
  }
}

/** Whether a test is true or false whatever its symbols are; undefined if that depends. */
export function constantTruth(test: Expression): boolean | undefined {
  if (test.kind === "unary" && test.op === "not") {
    const operand = constantTruth(test.operand);
    return operand === undefined ? undefined : !operand;
  }
  if (test.kind !== "binary") return undefined;
  const { left, right, op } = test;
  if (op === "and" || op === "or") {
    const decisive = op === "or";
    const [a, b] = [constantTruth(left), constantTruth(right)];
    if (a === decisive || b === decisive) return decisive;
    return a === undefined || b === undefined ? undefined : !decisive;
  }
  if (left.kind !== "number" || right.kind !== "number" || operatorRow(op).result !== "boolean") return undefined;
  return operatorRow(op).evaluate(left.value, right.value) !== 0;
}

/** Whether an expression is exactly this number; 0 and -0 differ. */
export function isNumber(expression: Expression, value: number): boolean {
  return expression.kind === "number" && Object.is(expression.value, value);
}

/** A number node with the span of what it replaces. */
export function constantAt(value: number, replaced: Expression): Expression {
  return replaced.span === undefined ? num(value) : { ...num(value), span: replaced.span };
}
