import type { Cursor, ParseOptions } from "./cursor.ts";
import { assignmentSigns, createCursor, hull, tokenText } from "./cursor.ts";
import { NeuroweaveError } from "./error.ts";
import type { Expression, Span, Statement } from "./expression.ts";
import { binary, neg, sym } from "./expression.ts";
import type { LeftSide } from "./left-side.ts";
import { readLeftSide } from "./left-side.ts";
import { checkName, checkTarget } from "./names.ts";
import { readExpression, unexpected } from "./parse-expression.ts";
import type { Token } from "./tokenize.ts";

const forms = "write `dx/dt = …`, `tau * dx/dt = …`, `x = …`, `x += …` or `let x = …`";

/**
 * Parses one expression; line breaks are spaces. Draws are labelled "0", "1", … in the order of the text, after
 * `occurrencePrefix`. Refuses whatever is not an expression, with a span (`syntax`, `unknown-function`, `wrong-arity`,
 * `reserved-name`, `not-a-variable`, `too-deep`, `too-long`). Names are not looked up, types and units not checked.
 */
export function parseExpression(source: string, options: ParseOptions = {}): Expression {
  const cursor = createCursor(source, false, options);
  if (cursor.peek().kind === "end") {
    throw new NeuroweaveError("syntax", "the expression is empty", {
      source,
      remedy: "write a number, a name or a formula",
    });
  }
  const expression = readExpression(cursor);
  if (cursor.peek().kind !== "end") throw unexpected(cursor, cursor.peek());
  return expression;
}

/**
 * Parses the statements of a text, separated by line breaks or `;`. A line break does not end a statement inside
 * brackets, after an operator, or before a line that begins with an operator and holds no assignment of its own.
 * `x -= y` reads as `x += -y`, `x *= y` as `x = x * y`, `x /= y` as `x = x / y`. Refuses as `parseExpression`, and with
 * `not-an-equation` what is no statement and a text without any.
 */
export function parseStatements(source: string, options: ParseOptions = {}): readonly Statement[] {
  const cursor = createCursor(source, true, options);
  const statements: Statement[] = [];
  for (;;) {
    while (cursor.at(";")) cursor.next();
    if (cursor.peek().kind === "end") break;
    statements.push(readStatement(cursor));
    const token = cursor.peek();
    if (token.kind !== "end" && token.text !== ";" && !cursor.lineBreaksHere()) throw afterStatement(cursor, token);
  }
  if (statements.length === 0) {
    throw new NeuroweaveError("not-an-equation", "the text contains no equation", { source, remedy: forms });
  }
  return statements;
}

function readStatement(cursor: Cursor): Statement {
  const first = cursor.peek();
  if (first.text === "let" && cursor.peekSecond().kind === "name") return readLet(cursor);
  const second = cursor.peekSecond();
  if (first.kind === "name" && assignmentSigns.has(second.text)) {
    checkTarget(first.text, { source: cursor.source, span: first.span });
  }
  const left = readExpression(cursor);
  const sign = cursor.peek();
  if (sign.kind !== "operator" || !assignmentSigns.has(sign.text)) throw notAnEquation(cursor, left, sign);
  cursor.next();
  const side = readLeftSide(left);
  const leftSpan = left.span ?? sign.span;
  if (side === null) {
    const message = "the left side is neither a variable nor a derivative with a factor";
    throw cursor.refusal("not-an-equation", message, leftSpan, forms);
  }
  const name = side.kind === "target" ? side.name : side.variable;
  checkTarget(name, { source: cursor.source, span: leftSpan });
  const value = readExpression(cursor);
  return build(cursor, side, sign, value, hull(left, value));
}

function readLet(cursor: Cursor): Statement {
  const keyword = cursor.next();
  const name = cursor.next();
  checkName(name.text, "an intermediate", { source: cursor.source, span: name.span });
  if (!cursor.at("=")) {
    const message = `\`let ${name.text}\` needs \`=\`, not ${tokenText(cursor.peek())}`;
    throw cursor.refusal("not-an-equation", message, name.span, `write \`let ${name.text} = …\``);
  }
  cursor.next();
  const value = readExpression(cursor);
  return { kind: "let", name: name.text, value, span: hull(keyword, value) };
}

function build(cursor: Cursor, side: LeftSide, sign: Token, written: Expression, span: Span): Statement {
  const scales = sign.text === "*=" || sign.text === "/=";
  if (side.kind === "derivative" && scales) {
    const message = `a derivative cannot be changed by \`${sign.text}\``;
    throw cursor.refusal("not-an-equation", message, sign.span, "write `=`, `+=` or `-=`");
  }
  const operator = sign.text === "+=" || sign.text === "-=" ? "+=" : "=";
  let value = written;
  if (sign.text === "-=") value = cursor.made({ ...neg(written), ...spanOf(written) }, written);
  if (side.kind === "derivative") {
    return { kind: "derivative", variable: side.variable, operator, factor: side.factor, value, span };
  }
  if (scales) {
    const target = { ...sym(side.name), span: { start: span.start, end: span.start + side.name.length } };
    value = cursor.made({ ...binary(sign.text === "*=" ? "*" : "/", target, written), span }, written);
  }
  return { kind: "assignment", target: side.name, operator, value, span };
}

function spanOf(expression: Expression): { readonly span?: Span } {
  return expression.span === undefined ? {} : { span: expression.span };
}

function notAnEquation(cursor: Cursor, left: Expression, found: Token): Error {
  const span = left.span ?? found.span;
  const ends = found.kind === "end" || found.text === ";" || cursor.lineBreaksHere();
  if (!ends) return unexpected(cursor, found);
  const compares = left.kind === "binary" && left.op === "==";
  const remedy = compares ? "an assignment is written with one `=`" : forms;
  return cursor.refusal("not-an-equation", "this is an expression, not an equation", span, remedy);
}

function afterStatement(cursor: Cursor, token: Token): Error {
  if (!assignmentSigns.has(token.text)) return unexpected(cursor, token);
  const remedy = "put each equation on a line of its own, and write `==` to compare";
  return cursor.refusal("syntax", `a second ${tokenText(token)} in one equation`, token.span, remedy);
}
