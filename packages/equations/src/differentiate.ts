import type { Expression } from "./expression.ts";
import { add, conditional, mul, neg, num } from "./expression.ts";
import type { Partial } from "./functions.ts";
import { functionRow } from "./functions.ts";
import { operatorRow } from "./operators.ts";
import { isZero, tidy } from "./tidy.ts";
import { additiveTerms, partsOf } from "./traverse.ts";

/**
 * The derivative of an expression by one of its symbols, tidied. All other symbols, draws and past values are
 * constants. Conditionals, min, max, clip, abs and the like are differentiated piece by piece; the jumps between
 * pieces, and those of sign, floor, ceil and round, are left out. At the corners min and max take their first argument.
 */
export function differentiate(expression: Expression, variable: string): Expression {
  return derivative(tidy(expression), variable);
}

/** Tidied at every level, which keeps the growth of nested products in bounds. */
function derivative(expression: Expression, variable: string): Expression {
  switch (expression.kind) {
    case "number":
    case "draw":
    case "delayed":
      return num(0);
    case "symbol":
      return num(expression.name === variable ? 1 : 0);
    case "unary":
      return expression.op === "-" ? tidy(neg(derivative(expression.operand, variable))) : num(0);
    case "binary":
      if (expression.op === "+" || expression.op === "-") return sumRule(expression, variable);
      return chainRule(expression, operatorRow(expression.op).partials, variable);
    case "call":
      return chainRule(expression, functionRow(expression.name).partials, variable);
    case "conditional": {
      const { test, then, otherwise } = expression;
      return tidy(conditional(test, derivative(then, variable), derivative(otherwise, variable)));
    }
  }
}

/** Term by term, tidied once. */
function sumRule(expression: Expression, variable: string): Expression {
  const varying = additiveTerms(expression).map((term) => derivative(term, variable));
  const [first = num(0), ...others] = varying.filter((term) => !isZero(term));
  return tidy(others.reduce<Expression>(add, first));
}

/** Σ ∂f/∂argument · d argument, over the arguments that vary. */
function chainRule(node: Expression, partials: readonly Partial[], variable: string): Expression {
  const args = partsOf(node);
  const [first = num(0), second = num(0), third = num(0)] = args;
  let sum: Expression | null = null;
  for (const [index, partial] of partials.entries()) {
    const inner = derivative(args[index] ?? num(0), variable);
    if (isZero(inner)) continue;
    const term = mul(partial(first, second, third), inner);
    sum = sum === null ? term : add(sum, term);
  }
  return sum === null ? num(0) : tidy(sum);
}
