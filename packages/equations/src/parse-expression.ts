import type { Cursor } from "./cursor.ts";
import { assignmentSigns, hull, tokenText } from "./cursor.ts";
import { findCalledDraw } from "./draws.ts";
import type { Expression } from "./expression.ts";
import { binary, conditional, neg, not, num, sym } from "./expression.ts";
import { findFunction } from "./functions.ts";
import type { BinaryRow } from "./operators.ts";
import { findOperator, precedence } from "./operators.ts";
import { parseCall } from "./parse-call.ts";
import type { Token } from "./tokenize.ts";

/**
 * Reads a whole expression from where the cursor stands, by precedence climbing, and stops before what is none of it.
 */
export function readExpression(cursor: Cursor): Expression {
  return readConditional(cursor);
}

/** test ? then : otherwise, grouping to the right. */
function readConditional(cursor: Cursor): Expression {
  const test = readBinary(cursor, precedence.or);
  if (!cursor.at("?")) return test;
  const mark = cursor.next();
  return cursor.nested(mark, false, () => {
    const then = readConditional(cursor);
    if (!cursor.at(":")) {
      const message = `a conditional needs \`:\` and a second value; found ${tokenText(cursor.peek())}`;
      throw cursor.refusal("syntax", message, mark.span, "write `test ? value : otherValue`");
    }
    cursor.next();
    const otherwise = readConditional(cursor);
    const span = hull(test, otherwise);
    return cursor.made({ ...conditional(test, then, otherwise), span }, test, then, otherwise);
  });
}

function readBinary(cursor: Cursor, lowest: number): Expression {
  let left = readUnary(cursor, lowest);
  for (;;) {
    const row = operatorHere(cursor);
    if (row === undefined || row.precedence < lowest) return left;
    const sign = cursor.next();
    const lowestRight = row.grouping === "right" ? row.precedence : row.precedence + 1;
    const right =
      row.grouping === "right"
        ? cursor.nested(sign, false, () => readBinary(cursor, lowestRight))
        : readBinary(cursor, lowestRight);
    left = cursor.made({ ...binary(row.op, left, right), span: hull(left, right) }, left, right);
    if (row.grouping === "none") refuseChain(cursor, left);
  }
}

/**
 * The binary operator at the cursor. One that begins a line continues the line above, unless its own line holds an
 * assignment and so is a statement (which is refused there, for a statement begins with a name or a factor).
 */
function operatorHere(cursor: Cursor): BinaryRow | undefined {
  const token = cursor.peek();
  if (token.kind !== "operator") return undefined;
  const row = findOperator(token.text);
  if (row === undefined || (cursor.lineBreaksHere() && cursor.statementAhead())) return undefined;
  return row;
}

function refuseChain(cursor: Cursor, first: Expression): void {
  const row = operatorHere(cursor);
  if (row?.grouping !== "none") return;
  const sign = cursor.next();
  const middle = first.kind === "binary" && first.right.span;
  const shared = middle ? cursor.source.slice(middle.start, middle.end) : "b";
  const text = cursor.source.slice(first.span?.start, first.span?.end);
  throw cursor.refusal(
    "syntax",
    "comparisons cannot be chained",
    sign.span,
    `write \`${text} and ${shared} ${row.op} …\``,
  );
}

/** A sign or `not` binds as its own precedence says: `-a^2` is `-(a^2)`, `not a < b` is `not (a < b)`. */
function readUnary(cursor: Cursor, lowest: number): Expression {
  if (!cursor.at("-", "+", "not")) return readOperand(cursor);
  const sign = cursor.next();
  const level = sign.text === "not" ? precedence.not : precedence.negation;
  if (sign.text === "not" && lowest > precedence.not) {
    throw cursor.refusal("syntax", "`not` binds loosely and needs brackets here", sign.span, "write `(not …)`");
  }
  const operand = cursor.nested(sign, false, () => readBinary(cursor, level));
  if (sign.text === "+") return operand;
  const built = sign.text === "not" ? not(operand) : neg(operand);
  return cursor.made({ ...built, span: hull(sign, operand) }, operand);
}

function readOperand(cursor: Cursor): Expression {
  const token = cursor.peek();
  if (token.kind === "number") {
    cursor.next();
    return cursor.made({ ...num(token.value), span: token.span });
  }
  if (token.kind === "name") return readNamed(cursor);
  if (cursor.at("(")) return readBracket(cursor);
  throw missingOperand(cursor, token);
}

function readBracket(cursor: Cursor): Expression {
  const open = cursor.next();
  return cursor.nested(open, true, () => {
    const inside = readExpression(cursor);
    const close = closeBracket(cursor, open);
    // The same node with the brackets in its span: carets then underline what stands in the text.
    return cursor.made({ ...inside, span: hull(open, close) }, inside);
  });
}

/** Moves past the bracket that closes `open`, or refuses. */
function closeBracket(cursor: Cursor, open: Token): Token {
  if (cursor.at(")")) return cursor.next();
  const token = cursor.peek();
  if (token.kind === "end" || token.text === ";" || token.startsLine || assignmentSigns.has(token.text)) {
    const message = `this bracket is never closed; found ${tokenText(token)} inside it`;
    throw cursor.refusal("syntax", message, open.span, "add the missing `)`");
  }
  throw unexpected(cursor, token);
}

function readNamed(cursor: Cursor): Expression {
  const second = cursor.peekSecond();
  const calls = second.kind === "operator" && second.text === "(" && !second.startsLine;
  const token = cursor.next();
  if (calls) return parseCall(cursor, token, readExpression, closeBracket);
  if (token.text === "pi") return cursor.made({ ...num(Math.PI), span: token.span });
  if (token.text === "xi") {
    const occurrence = cursor.nextOccurrence();
    return cursor.made({ kind: "draw", distribution: "xi", args: [], occurrence, span: token.span });
  }
  refuseKeyword(cursor, token);
  return cursor.made({ ...sym(token.text), span: token.span });
}

function refuseKeyword(cursor: Cursor, token: Token): void {
  const name = token.text;
  const row = findFunction(name);
  const refuse = (message: string, remedy: string): never => {
    throw cursor.refusal("reserved-name", message, token.span, remedy);
  };
  if (row !== undefined) refuse(`${name} is a function`, `write \`${name}(${row.parameters.join(", ")})\``);
  const drawn = findCalledDraw(name);
  if (drawn !== undefined) refuse(`${name} is a draw`, `write \`${name}(${drawn.parameters.join(", ")})\``);
  if (name === "delayed") refuse("delayed is a function", "write `delayed(x, 5)` for x as it was 5 ms ago");
  if (name === "let") refuse("let begins a statement", "write `let name = value` on a line of its own");
  if (name === "true" || name === "false")
    refuse(`there is no constant ${name}`, "write a comparison, such as `1 > 0`");
}

function missingOperand(cursor: Cursor, token: Token): Error {
  if (token.text === ")") {
    return cursor.refusal("syntax", "a value is missing before `)`", token.span, "put a value there or remove `)`");
  }
  const remedy = "an operand is a number, a name, a call or a bracket";
  return cursor.refusal("syntax", `a value is missing before ${tokenText(token)}`, token.span, remedy);
}

/** The refusal of a token that cannot follow a complete expression. */
export function unexpected(cursor: Cursor, token: Token): Error {
  const { text, span, kind } = token;
  if (kind === "number" || kind === "name" || text === "(" || text === "not") {
    const remedy = "write the operator; a product needs `*`";
    return cursor.refusal("syntax", `an operator is missing before ${tokenText(token)}`, span, remedy);
  }
  if (text === ")")
    return cursor.refusal("syntax", "this `)` closes nothing", span, "remove it, or add the missing `(`");
  if (text === "=") return cursor.refusal("syntax", "`=` cannot stand here", span, "to compare, write `==`");
  const remedy = text === ":" ? "`:` belongs to `test ? value : otherValue`" : "end the expression before it";
  return cursor.refusal("syntax", `${tokenText(token)} cannot stand here`, span, remedy);
}
