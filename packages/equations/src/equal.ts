import type { Expression, Statement } from "./expression.ts";
import { partsOf } from "./traverse.ts";

/**
 * Whether two expressions are the same tree: the same bits for the same input. Spans do not matter; draws are the same
 * if their occurrences are; numbers are compared bit by bit, so that 0 and -0 differ.
 */
export function equal(left: Expression, right: Expression): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind || ownFields(left) !== ownFields(right)) return false;
  const leftParts = partsOf(left);
  const rightParts = partsOf(right);
  return (
    leftParts.length === rightParts.length &&
    leftParts.every((part, index) => {
      const other = rightParts[index];
      return other !== undefined && equal(part, other);
    })
  );
}

/** As `equal`, for statements. */
export function equalStatements(left: Statement, right: Statement): boolean {
  if (!equal(left.value, right.value)) return false;
  if (left.kind === "let") return right.kind === "let" && left.name === right.name;
  if (left.kind === "assignment") {
    return right.kind === "assignment" && left.target === right.target && left.operator === right.operator;
  }
  if (right.kind !== "derivative" || left.variable !== right.variable || left.operator !== right.operator) return false;
  if (left.factor === null || right.factor === null) return left.factor === right.factor;
  return equal(left.factor, right.factor);
}

/** Expressions are immutable, so a key is made once. */
const knownKeys = new WeakMap<Expression, string>();

/** A text that two expressions share exactly if they are `equal`; for use as a key. */
export function structuralKey(expression: Expression): string {
  const known = knownKeys.get(expression);
  if (known !== undefined) return known;
  let key = `${expression.kind}:${ownFields(expression)}(`;
  for (const part of partsOf(expression)) key += `${structuralKey(part)};`;
  key += ")";
  knownKeys.set(expression, key);
  return key;
}

/** What a node says by itself, without its parts. */
function ownFields(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return Object.is(expression.value, -0) ? "-0" : String(expression.value);
    case "symbol":
      return expression.name;
    case "unary":
    case "binary":
      return expression.op;
    case "call":
      return expression.name;
    case "conditional":
      return "";
    case "draw":
      return `${expression.distribution} ${expression.occurrence}`;
    case "delayed":
      return expression.variable;
  }
}
