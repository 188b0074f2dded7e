import { drawRow } from "./draws.ts";
import type { BinaryExpression, DrawExpression, Expression, Statement } from "./expression.ts";
import { functionRow } from "./functions.ts";
import { latexName } from "./latex-names.ts";
import { operatorRow, precedence } from "./operators.ts";

/**
 * An expression or statement as LaTeX for math mode (needs amsmath for `cases`): fractions for quotients, Greek
 * names, indices, upright functions. A normal draw shows its variance, as in the literature.
 */
export function printLatex(printed: Expression | Statement): string {
  switch (printed.kind) {
    case "let":
      return `${latexName(printed.name)} = ${latex(printed.value)}`;
    case "assignment":
      return `${latexName(printed.target)} ${signs[printed.operator]} ${latex(printed.value)}`;
    case "derivative": {
      const factor = printed.factor === null ? "" : `${at(printed.factor, precedence.product)} \\, `;
      return `${factor}\\frac{d${latexName(printed.variable)}}{dt} ${signs[printed.operator]} ${latex(printed.value)}`;
    }
    default:
      return latex(printed);
  }
}

const signs = { "=": "=", "+=": "\\mathrel{+}=" } as const;

function latex(expression: Expression): string {
  return setExpression(expression).text;
}

function at(expression: Expression, lowest: number): string {
  const { text, level } = setExpression(expression);
  return level < lowest ? `\\left(${text}\\right)` : text;
}

interface Typeset {
  readonly text: string;
  readonly level: number;
}

function setExpression(expression: Expression): Typeset {
  switch (expression.kind) {
    case "number":
      return setNumber(expression.value);
    case "symbol":
      return atom(latexName(expression.name));
    case "unary": {
      const minus = expression.op === "-";
      const level = minus ? precedence.negation : precedence.not;
      // Two signs in a row are read badly, so a negation inside a negation gets brackets.
      const operand = at(expression.operand, minus ? precedence.power : precedence.not);
      return { text: minus ? `-${operand}` : `\\lnot ${operand}`, level };
    }
    case "binary":
      return setBinary(expression);
    case "call": {
      const [base, exponent] = expression.args;
      if (expression.name === "pow" && base !== undefined && exponent !== undefined) return setPower(base, exponent);
      return atom(functionRow(expression.name).latex(...expression.args.map(latex)));
    }
    case "conditional":
      return {
        text: `\\begin{cases} ${cases(expression).join(" \\\\ ")} \\end{cases}`,
        level: precedence.conditional,
      };
    case "draw":
      return setDraw(expression);
    case "delayed":
      return atom(`${latexName(expression.variable)}\\left(t - ${at(expression.delay, precedence.product)}\\right)`);
  }
}

function setDraw({ distribution, args }: DrawExpression): Typeset {
  const row = drawRow(distribution);
  if (row.parameters.length === 0) return atom(row.latex);
  const list = args.map((arg, index) =>
    row.parameters[index] === row.squared ? `${at(arg, precedence.atom)}^{2}` : latex(arg),
  );
  return atom(`${row.latex}\\left(${list.join(", ")}\\right)`);
}

function setBinary(expression: BinaryExpression): Typeset {
  const { op, left, right } = expression;
  const row = operatorRow(op);
  if (op === "/") return { text: `\\frac{${latex(left)}}{${latex(right)}}`, level: precedence.product };
  if (op === "^") return setPower(left, right);
  const lower = row.grouping === "left" ? row.precedence : row.precedence + 1;
  const first = at(left, lower);
  // Addition and multiplication are associative to a reader, who needs no bracket for the order of rounding.
  const associative = op === "+" || op === "*";
  const second = startsWithSign(right)
    ? bracketed(right)
    : at(right, associative ? row.precedence : row.precedence + 1);
  // Two numbers side by side need a dot between them.
  const sign = op === "*" && /^[0-9]/.test(second) ? "\\cdot" : row.latex;
  return { text: `${first} ${sign} ${second}`, level: row.precedence };
}

function startsWithSign(expression: Expression): boolean {
  if (expression.kind === "unary") return expression.op === "-";
  if (expression.kind === "number") return expression.value < 0;
  if (expression.kind !== "binary" || expression.op === "/" || expression.op === "^") return false;
  return operatorRow(expression.op).precedence >= precedence.sum && startsWithSign(expression.left);
}

function bracketed(expression: Expression): string {
  return `\\left(${latex(expression)}\\right)`;
}

function setPower(base: Expression, exponent: Expression): Typeset {
  const plain = setExpression(base);
  const raised = plain.level < precedence.atom ? bracketed(base) : plain.text;
  return { text: `${raised}^{${latex(exponent)}}`, level: precedence.power };
}

/** The rows of nested conditionals: those in the last branch continue the list. */
function cases(expression: Expression): readonly string[] {
  if (expression.kind !== "conditional") return [`${latex(expression)} & \\text{otherwise}`];
  return [`${latex(expression.then)} & \\text{if } ${latex(expression.test)}`, ...cases(expression.otherwise)];
}

function setNumber(value: number): Typeset {
  if (value === Math.PI) return atom("\\pi");
  if (Number.isNaN(value)) return atom("\\mathrm{NaN}");
  const size = Math.abs(value);
  const [mantissa = "", exponent] = String(size).split("e");
  let text = mantissa;
  let level: number = precedence.atom;
  if (!Number.isFinite(size)) text = "\\infty";
  else if (exponent !== undefined) {
    const ten = `10^{${Number(exponent)}}`;
    text = mantissa === "1" ? ten : `${mantissa} \\cdot ${ten}`;
    level = mantissa === "1" ? precedence.power : precedence.product;
  }
  const negative = value < 0 || Object.is(value, -0);
  return negative ? { text: `-${text}`, level: precedence.negation } : { text, level };
}

function atom(text: string): Typeset {
  return { text, level: precedence.atom };
}
