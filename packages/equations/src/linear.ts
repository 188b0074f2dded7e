import type { Expression } from "./expression.ts";
import { add, conditional, div, mul, neg, num, sub } from "./expression.ts";
import { isZero, tidy } from "./tidy.ts";
import { dependsOn } from "./traverse.ts";

/**
 * f = Σ coefficients(x) · x + rest, where no coefficient and no rest depends on one of the variables; or the smallest
 * part of f that is not linear in them. Variables whose coefficient is zero are left out.
 */
export type LinearDecomposition =
  | { readonly coefficients: ReadonlyMap<string, Expression>; readonly rest: Expression }
  | { readonly offending: Expression };

interface Linear {
  readonly coefficients: ReadonlyMap<string, Expression>;
  readonly rest: Expression;
}

/**
 * Decomposes an expression that is linear in `variables`, by its form: terms that would cancel are not seen to.
 * A conditional is linear if its test does not depend on the variables. Draws and past values are constants. The
 * coefficients and the rest are tidied: they sum to the expression mathematically, not to the last bit.
 */
export function linearIn(expression: Expression, variables: Iterable<string>): LinearDecomposition {
  const names = new Set(variables);
  const found = decompose(expression, names);
  if ("offending" in found) return found;
  const coefficients = new Map<string, Expression>();
  for (const [name, coefficient] of found.coefficients) {
    const tidied = tidy(coefficient);
    if (!isZero(tidied)) coefficients.set(name, tidied);
  }
  return { coefficients, rest: tidy(found.rest) };
}

function decompose(expression: Expression, names: ReadonlySet<string>): LinearDecomposition {
  if (!dependsOn(expression, names)) return { coefficients: new Map(), rest: expression };
  const offending = { offending: expression };
  switch (expression.kind) {
    case "symbol":
      return { coefficients: new Map([[expression.name, num(1)]]), rest: num(0) };
    case "unary": {
      if (expression.op === "not") return offending;
      const operand = decompose(expression.operand, names);
      return "offending" in operand ? operand : mapLinear(operand, neg);
    }
    case "conditional": {
      if (dependsOn(expression.test, names)) return { offending: expression.test };
      const then = decompose(expression.then, names);
      if ("offending" in then) return then;
      const otherwise = decompose(expression.otherwise, names);
      if ("offending" in otherwise) return otherwise;
      return mergeLinear(then, otherwise, (a, b) => conditional(expression.test, a, b));
    }
    case "binary": {
      const { op, left, right } = expression;
      const leftVaries = dependsOn(left, names);
      const rightVaries = dependsOn(right, names);
      const nonlinear = (leftVaries && rightVaries && op === "*") || (rightVaries && op === "/");
      if (nonlinear || !["+", "-", "*", "/"].includes(op)) return offending;
      const a = decompose(left, names);
      if ("offending" in a) return a;
      const b = decompose(right, names);
      if ("offending" in b) return b;
      if (op === "+") return mergeLinear(a, b, add);
      if (op === "-") return mergeLinear(a, b, sub);
      if (op === "/") return mapLinear(a, (part) => div(part, right));
      return leftVaries ? mapLinear(a, (part) => mul(part, right)) : mapLinear(b, (part) => mul(left, part));
    }
    default:
      return offending;
  }
}

function mapLinear(linear: Linear, change: (part: Expression) => Expression): Linear {
  const coefficients = new Map([...linear.coefficients].map(([name, part]) => [name, change(part)]));
  return { coefficients, rest: change(linear.rest) };
}

function mergeLinear(a: Linear, b: Linear, join: (left: Expression, right: Expression) => Expression): Linear {
  const names = new Set([...a.coefficients.keys(), ...b.coefficients.keys()]);
  const coefficients = new Map<string, Expression>();
  for (const name of names) {
    coefficients.set(name, join(a.coefficients.get(name) ?? num(0), b.coefficients.get(name) ?? num(0)));
  }
  return { coefficients, rest: join(a.rest, b.rest) };
}
