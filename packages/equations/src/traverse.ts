import type { DrawExpression, Expression, Statement } from "./expression.ts";

/** The parts of an expression, in the order of the text. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "symbol":
      return [];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "call":
    case "draw":
      return expression.args;
    case "conditional":
      return [expression.test, expression.then, expression.otherwise];
    case "delayed":
      return [expression.delay];
  }
}

/** The same expression with `change` applied to each of its parts; the same object where no part changed. */
export function mapParts(expression: Expression, change: (part: Expression) => Expression): Expression {
  const parts = partsOf(expression);
  const changed = parts.map(change);
  if (changed.every((part, index) => part === parts[index])) return expression;
  const [first, second, third] = changed as [Expression, Expression, Expression];
  switch (expression.kind) {
    case "number":
    case "symbol":
      return expression;
    case "unary":
      return { ...expression, operand: first };
    case "binary":
      return { ...expression, left: first, right: second };
    case "call":
    case "draw":
      return { ...expression, args: changed };
    case "conditional":
      return { ...expression, test: first, then: second, otherwise: third };
    case "delayed":
      return { ...expression, delay: first };
  }
}

/** Rebuilds an expression from the leaves up: `change` sees each node after its parts were changed. */
export function mapExpression(expression: Expression, change: (node: Expression) => Expression): Expression {
  return change(mapParts(expression, (part) => mapExpression(part, change)));
}

/** Calls `visit` for every node, each before its parts, in the order of the text. */
export function visitExpression(expression: Expression, visit: (node: Expression) => void): void {
  visit(expression);
  for (const part of partsOf(expression)) visitExpression(part, visit);
}

/** Every symbol that an expression reads, those in the arguments of draws and the variables of `delayed` included. */
export function symbolsOf(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  visitExpression(expression, (node) => {
    if (node.kind === "symbol") names.add(node.name);
    if (node.kind === "delayed") names.add(node.variable);
  });
  return names;
}

/** Every draw of an expression, in the order of the text, each occurrence once. */
export function drawsOf(expression: Expression): readonly DrawExpression[] {
  const draws = new Map<string, DrawExpression>();
  visitExpression(expression, (node) => {
    if (node.kind === "draw" && !draws.has(node.occurrence)) draws.set(node.occurrence, node);
  });
  return [...draws.values()];
}

/**
 * Whether the present value of one of `names` enters an expression. Draws and past values are settled before a step
 * begins and count as constants, whatever their arguments are.
 */
export function dependsOn(expression: Expression, names: ReadonlySet<string>): boolean {
  if (expression.kind === "symbol") return names.has(expression.name);
  if (expression.kind === "draw" || expression.kind === "delayed") return false;
  return partsOf(expression).some((part) => dependsOn(part, names));
}

/** The expressions of a statement: a factor on the left first, then the value. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  const factor = statement.kind === "derivative" ? statement.factor : null;
  return factor === null ? [statement.value] : [factor, statement.value];
}

/** The same statement with `change` applied to its value and to the factor on its left. */
export function mapStatement<S extends Statement>(statement: S, change: (expression: Expression) => Expression): S {
  const value = change(statement.value);
  if (statement.kind !== "derivative") return { ...statement, value };
  return { ...statement, value, factor: statement.factor === null ? null : change(statement.factor) };
}

/**
 * Splits an expression at the sums and differences at its top: `a - (b - c)` gives `a`, `-b`, `c`. Adding the terms
 * up gives the expression mathematically, not to the last bit.
 */
export function additiveTerms(expression: Expression): readonly Expression[] {
  const terms: Expression[] = [];
  const collect = (part: Expression, negative: boolean): void => {
    if (part.kind === "binary" && (part.op === "+" || part.op === "-")) {
      collect(part.left, negative);
      collect(part.right, part.op === "-" ? !negative : negative);
    } else if (part.kind === "unary" && part.op === "-") {
      collect(part.operand, !negative);
    } else {
      const span = part.span === undefined ? {} : { span: part.span };
      terms.push(negative ? { kind: "unary", op: "-", operand: part, ...span } : part);
    }
  };
  collect(expression, false);
  return terms;
}
