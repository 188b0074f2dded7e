import { NeuroweaveError } from "./error.ts";
import type { ErrorCode } from "./error-codes.ts";
import type { Expression, Span } from "./expression.ts";
import { tokenize } from "./tokenize.ts";
import type { Token } from "./tokenize.ts";

export interface ParseOptions {
  /** Put before the number of every draw, so that labels of several texts stay apart. Default: nothing. */
  readonly occurrencePrefix?: string;
}

/** Brackets, signs, powers and conditionals inside each other, at most. */
const maxNesting = 200;
/** Levels of the tree at most; a sum of n terms has n levels. Keeps every recursive walk within the stack. */
const maxDepth = 500;

/** A place in a list of tokens, with what the parser must remember on its way. */
export interface Cursor {
  readonly source: string;
  readonly peek: () => Token;
  readonly peekSecond: () => Token;
  /** Returns the present token and moves on; the end is never passed. */
  readonly next: () => Token;
  readonly at: (...operators: readonly string[]) => boolean;
  /** Whether the present token begins a line outside of brackets, so that a statement may end before it. */
  readonly lineBreaksHere: () => boolean;
  /** Whether an assignment sign stands outside of brackets between here and the end of the line or statement. */
  readonly statementAhead: () => boolean;
  /** Runs `inside` one level deeper; within brackets, line breaks mean nothing. */
  readonly nested: <T>(token: Token, bracket: boolean, inside: () => T) => T;
  /** Registers an expression that was just built, and checks how deep its tree is. */
  readonly made: <E extends Expression>(expression: E, ...parts: readonly Expression[]) => E;
  readonly nextOccurrence: () => string;
  readonly refusal: (
    code: ErrorCode,
    message: string,
    span: Span,
    remedy?: string,
    candidates?: readonly string[],
  ) => NeuroweaveError;
}

export const assignmentSigns: ReadonlySet<string> = new Set(["=", "+=", "-=", "*=", "/="]);

/**
 * Tokenizes a text and puts a cursor at its beginning. With `lines` false the whole text is one expression, and line
 * breaks are spaces.
 */
export function createCursor(source: string, lines: boolean, options: ParseOptions): Cursor {
  const tokens = tokenize(source);
  const depths = new Map<Expression, number>();
  const end = tokens.at(-1) as Token;
  let index = 0;
  let brackets = lines ? 0 : 1;
  let nesting = 0;
  let draws = 0;

  const refusal: Cursor["refusal"] = (code, message, span, remedy, candidates) =>
    new NeuroweaveError(code, message, {
      source,
      span,
      ...(remedy === undefined ? {} : { remedy }),
      ...(candidates === undefined || candidates.length === 0 ? {} : { candidates }),
    });
  const tokenAt = (position: number): Token => tokens[position] ?? end;
  const tooDeep = (span: Span): NeuroweaveError =>
    refusal("too-deep", "the expression is nested too deeply", span, "name parts of it with `let`, or split the sum");

  return {
    source,
    peek: () => tokenAt(index),
    peekSecond: () => tokenAt(index + 1),
    next: () => {
      const token = tokenAt(index);
      if (token.kind !== "end") index++;
      return token;
    },
    at: (...operators) => {
      const token = tokenAt(index);
      return token.kind === "operator" && operators.includes(token.text);
    },
    lineBreaksHere: () => brackets === 0 && tokenAt(index).startsLine,
    statementAhead: () => {
      let open = 0;
      for (let position = index; ; position++) {
        const token = tokenAt(position);
        if (token.kind === "end" || (position > index && open === 0 && token.startsLine)) return false;
        if (token.kind !== "operator") continue;
        if (token.text === "(") open++;
        if (token.text === ")") open--;
        if (token.text === ";") return false;
        if (open === 0 && assignmentSigns.has(token.text)) return true;
      }
    },
    nested: (token, bracket, inside) => {
      if (nesting >= maxNesting) throw tooDeep(token.span);
      nesting++;
      if (bracket) brackets++;
      const result = inside();
      if (bracket) brackets--;
      nesting--;
      return result;
    },
    made: (expression, ...parts) => {
      const depth = 1 + Math.max(0, ...parts.map((part) => depths.get(part) ?? 0));
      if (depth > maxDepth) throw tooDeep(expression.span ?? end.span);
      depths.set(expression, depth);
      return expression;
    },
    nextOccurrence: () => `${options.occurrencePrefix ?? ""}${draws++}`,
    refusal,
  };
}

/** From the beginning of one span to the end of another. */
export function hull(from: { readonly span?: Span }, to: { readonly span?: Span }): Span {
  return { start: from.span?.start ?? 0, end: to.span?.end ?? 0 };
}

/** A token as messages show it. */
export function tokenText(token: Token): string {
  return token.kind === "end" ? "the end of the text" : `\`${token.text}\``;
}
