import { drawRow } from "./draws.ts";
import type { Equation, Expression, Statement } from "./expression.ts";
import { operatorRow, precedence } from "./operators.ts";

/**
 * An expression or statement as text, on one line, with no bracket that is not needed. Parsing the text gives the same
 * tree again, if its numbers are not negative (a negative number reads as a negation, which has the same bits) and
 * its draws are labelled in the order of the text. Infinity and NaN, which have no spelling, print as `1 / 0` and `0
 * / 0`.
 */
export function print(printed: Expression | Statement): string {
  switch (printed.kind) {
    case "let":
      return `let ${printed.name} = ${print(printed.value)}`;
    case "assignment":
    case "derivative":
      return `${printLeftSide(printed)} ${printed.operator} ${print(printed.value)}`;
    default:
      return printAt(printed, precedence.conditional);
  }
}

/** The left side of an equation: `v`, `dv/dt` or `tau * dv/dt`. */
export function printLeftSide(equation: Equation): string {
  if (equation.kind === "assignment") return equation.target;
  const factor = equation.factor === null ? "" : `${printAt(equation.factor, precedence.product)} * `;
  return `${factor}d${equation.variable}/dt`;
}

/** The text of an expression that stands where everything binding looser than `lowest` needs brackets. */
function printAt(expression: Expression, lowest: number): string {
  const { text, level } = layOut(expression);
  return level < lowest ? `(${text})` : text;
}

interface LaidOut {
  readonly text: string;
  readonly level: number;
}

function layOut(expression: Expression): LaidOut {
  switch (expression.kind) {
    case "number":
      return layOutNumber(expression.value);
    case "symbol":
      return atom(expression.name);
    case "unary": {
      const minus = expression.op === "-";
      const level = minus ? precedence.negation : precedence.not;
      return { text: `${minus ? "-" : "not "}${printAt(expression.operand, level)}`, level };
    }
    case "binary": {
      const row = operatorRow(expression.op);
      const tighter = row.precedence + 1;
      const left = printAt(expression.left, row.grouping === "left" ? row.precedence : tighter);
      // The exponent may be a negation, `2^-x`; nothing else on the right may bind as loosely as the operator.
      const right = printAt(expression.right, row.op === "^" ? precedence.negation : tighter);
      const text = row.op === "^" ? `${left}^${right}` : `${left} ${row.op} ${right}`;
      return { text, level: row.precedence };
    }
    case "call":
      return atom(`${expression.name}(${printList(expression.args)})`);
    case "conditional": {
      const test = printAt(expression.test, precedence.or);
      const then = printAt(expression.then, precedence.or);
      const otherwise = printAt(expression.otherwise, precedence.conditional);
      return { text: `${test} ? ${then} : ${otherwise}`, level: precedence.conditional };
    }
    case "draw": {
      const { name, parameters } = drawRow(expression.distribution);
      return atom(parameters.length === 0 ? name : `${name}(${printList(expression.args)})`);
    }
    case "delayed":
      return atom(`delayed(${expression.variable}, ${print(expression.delay)})`);
  }
}

function printList(args: readonly Expression[]): string {
  return args.map((arg) => print(arg)).join(", ");
}

function layOutNumber(value: number): LaidOut {
  if (Number.isNaN(value)) return { text: "0 / 0", level: precedence.product };
  if (!Number.isFinite(value)) return { text: value > 0 ? "1 / 0" : "-1 / 0", level: precedence.product };
  if (value === Math.PI) return atom("pi");
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.startsWith("-") ? { text, level: precedence.negation } : atom(text);
}

function atom(text: string): LaidOut {
  return { text, level: precedence.atom };
}
