import { NeuroweaveError } from "./error.ts";
import type { DrawExpression, Expression } from "./expression.ts";
import { functionRow } from "./functions.ts";
import { operatorRow } from "./operators.ts";

/** Where an evaluation finds its values. */
export interface Scope {
  /** The value of a symbol. */
  readonly value: (name: string) => number;
  /** The outcome of a draw, whose arguments are evaluated. Needed if the expression has draws. */
  readonly draw?: (draw: DrawExpression, args: readonly number[]) => number;
  /** The value that a variable had `delay` ms ago. Needed if the expression has past values. */
  readonly delayed?: (variable: string, delay: number) => number;
}

/**
 * The value of an expression in JavaScript's arithmetic, truth values as 0 and 1; a conditional evaluates only the
 * branch it takes. The last bits of transcendental functions are the platform's: devices compute
 * them otherwise, and their bits are the ones that count. Throws `unknown-symbol` where the scope has nothing.
 */
export function evaluate(expression: Expression, scope: Scope): number {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "symbol": {
      const value: number | undefined = scope.value(expression.name);
      if (value === undefined) throw withoutValue(expression, expression.name);
      return value;
    }
    case "unary": {
      const operand = evaluate(expression.operand, scope);
      if (expression.op === "-") return -operand;
      return operand === 0 ? 1 : 0;
    }
    case "binary": {
      const left = evaluate(expression.left, scope);
      return operatorRow(expression.op).evaluate(left, evaluate(expression.right, scope));
    }
    case "call":
      return functionRow(expression.name).evaluate(...expression.args.map((arg) => evaluate(arg, scope)));
    case "conditional":
      return evaluate(evaluate(expression.test, scope) !== 0 ? expression.then : expression.otherwise, scope);
    case "draw": {
      if (scope.draw === undefined) throw withoutValue(expression, `the draw ${expression.distribution}`);
      return scope.draw(
        expression,
        expression.args.map((arg) => evaluate(arg, scope)),
      );
    }
    case "delayed": {
      if (scope.delayed === undefined) throw withoutValue(expression, `the past of ${expression.variable}`);
      return scope.delayed(expression.variable, evaluate(expression.delay, scope));
    }
  }
}

function withoutValue(expression: Expression, what: string): NeuroweaveError {
  return new NeuroweaveError("unknown-symbol", `${what} has no value here`, {
    ...(expression.span === undefined ? {} : { span: expression.span }),
    remedy: "provide it in the scope of the evaluation",
  });
}
