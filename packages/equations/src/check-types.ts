import { NeuroweaveError } from "./error.ts";
import type { Expression, Statement } from "./expression.ts";
import type { OperandKind } from "./operators.ts";
import { operatorRow } from "./operators.ts";
import { print } from "./print.ts";

/** What an expression is: a number, or a truth value. */
export type ExpressionType = OperandKind;

/**
 * The type of an expression, whose symbols are all numbers. Numbers and truth values never stand for each other;
 * where they would have to, the refusal is `type-mismatch` with the span of the part at fault.
 */
export function typeOf(expression: Expression): ExpressionType {
  switch (expression.kind) {
    case "number":
    case "symbol":
      return "number";
    case "unary": {
      const wanted = expression.op === "-" ? "number" : "boolean";
      demand(expression.operand, wanted, `\`${expression.op}\``);
      return wanted;
    }
    case "binary": {
      const row = operatorRow(expression.op);
      demand(expression.left, row.operands, `\`${row.op}\``);
      demand(expression.right, row.operands, `\`${row.op}\``);
      return row.result;
    }
    case "call":
      for (const arg of expression.args) demand(arg, "number", expression.name);
      return "number";
    case "conditional": {
      demand(expression.test, "boolean", "the test of a conditional");
      const type = typeOf(expression.then);
      if (typeOf(expression.otherwise) !== type)
        demand(expression.otherwise, type, "the other branch of this conditional");
      return type;
    }
    case "draw":
      for (const arg of expression.args) demand(arg, "number", expression.distribution);
      return "number";
    case "delayed":
      demand(expression.delay, "number", "a delay");
      return "number";
  }
}

/**
 * Checks that a statement assigns or integrates a number; an intermediate may be a truth value. Inline intermediates
 * first (`resolveLets`): here every symbol counts as a number.
 */
export function checkStatementTypes(statement: Statement): void {
  if (statement.kind === "let") {
    typeOf(statement.value);
    return;
  }
  if (statement.kind === "derivative") {
    if (statement.factor !== null) demand(statement.factor, "number", "the factor of a derivative");
    demand(statement.value, "number", `the derivative of ${statement.variable}`);
  } else {
    demand(statement.value, "number", statement.target);
  }
}

function demand(part: Expression, wanted: ExpressionType, by: string): void {
  const found = typeOf(part);
  if (found === wanted) return;
  const text = print(part);
  const message =
    wanted === "number"
      ? `${by} needs a number, and \`${text}\` is a truth value`
      : `${by} needs a truth value, and \`${text}\` is a number`;
  throw new NeuroweaveError("type-mismatch", message, {
    ...(part.span === undefined ? {} : { span: part.span }),
    remedy: wanted === "number" ? `write \`(${text}) ? 1 : 0\`` : `write \`${comparable(part, text)} > 0\``,
  });
}

/** Comparison binds tighter than a conditional, whose text then needs brackets. */
function comparable(part: Expression, text: string): string {
  return part.kind === "conditional" ? `(${text})` : text;
}
