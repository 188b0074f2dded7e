/** Offsets in a source text, in UTF-16 code units: from `start` up to and without `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type UnaryOperator = "-" | "not";
export type BinaryOperator = "+" | "-" | "*" | "/" | "^" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "and" | "or";

/** The functions of the language; `functions.ts` has one row for each. */
export type FunctionName =
  | "exp"
  | "log"
  | "sqrt"
  | "abs"
  | "sign"
  | "sin"
  | "cos"
  | "tan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "pow"
  | "exprel"
  | "floor"
  | "ceil"
  | "round"
  | "min"
  | "max"
  | "clip";

/**
 * What a draw is drawn from; `draws.ts` has one row for each. Every neuron has a draw of its own in every step, except
 * that a `shared` draw is one number for the whole population.
 */
export type Distribution = "uniform" | "normal" | "xi" | "poisson" | "binomial" | "sharedUniform" | "sharedNormal";

/**
 * An expression is plain, immutable data. Its shape fixes the order of every rounding: `a + (b + c)` and
 * `(a + b) + c` are different expressions. Spans point into the text that an expression was parsed from and never
 * matter to its meaning.
 */
export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly span?: Span }
  | { readonly kind: "symbol"; readonly name: string; readonly span?: Span }
  | { readonly kind: "unary"; readonly op: UnaryOperator; readonly operand: Expression; readonly span?: Span }
  | {
      readonly kind: "binary";
      readonly op: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span?: Span;
    }
  | { readonly kind: "call"; readonly name: FunctionName; readonly args: readonly Expression[]; readonly span?: Span }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
      readonly span?: Span;
    }
  | {
      readonly kind: "draw";
      readonly distribution: Distribution;
      readonly args: readonly Expression[];
      /** Two draws with the same label are one draw: the same outcome within a step. */
      readonly occurrence: string;
      readonly span?: Span;
    }
  | { readonly kind: "delayed"; readonly variable: string; readonly delay: Expression; readonly span?: Span };

/** `factor * d variable/dt operator value`; without a factor on the left, `factor` is null. */
export interface DerivativeStatement {
  readonly kind: "derivative";
  readonly variable: string;
  readonly operator: "=" | "+=";
  readonly factor: Expression | null;
  readonly value: Expression;
  readonly span: Span;
}

export interface AssignmentStatement {
  readonly kind: "assignment";
  readonly target: string;
  readonly operator: "=" | "+=";
  readonly value: Expression;
  readonly span: Span;
}

export interface LetStatement {
  readonly kind: "let";
  readonly name: string;
  readonly value: Expression;
  readonly span: Span;
}

export type Statement = DerivativeStatement | AssignmentStatement | LetStatement;

/** What is left of a text once `resolveLets` has inlined its intermediates. */
export type Equation = DerivativeStatement | AssignmentStatement;

export type NumberExpression = Extract<Expression, { kind: "number" }>;
export type SymbolExpression = Extract<Expression, { kind: "symbol" }>;
export type UnaryExpression = Extract<Expression, { kind: "unary" }>;
export type BinaryExpression = Extract<Expression, { kind: "binary" }>;
export type CallExpression = Extract<Expression, { kind: "call" }>;
export type ConditionalExpression = Extract<Expression, { kind: "conditional" }>;
export type DrawExpression = Extract<Expression, { kind: "draw" }>;
export type DelayedExpression = Extract<Expression, { kind: "delayed" }>;

/** A number. Negative values are allowed here although the parser writes them as the negation of a positive number. */
export function num(value: number): NumberExpression {
  return { kind: "number", value };
}

/** A symbol; `name` may be dotted (`g_exc.tau`). */
export function sym(name: string): SymbolExpression {
  return { kind: "symbol", name };
}

/** `-operand` */
export function neg(operand: Expression): UnaryExpression {
  return { kind: "unary", op: "-", operand };
}

/** `not operand`, of a truth value. */
export function not(operand: Expression): UnaryExpression {
  return { kind: "unary", op: "not", operand };
}

/** Any binary operation, comparisons and `and`, `or` included. */
export function binary(op: BinaryOperator, left: Expression, right: Expression): BinaryExpression {
  return { kind: "binary", op, left, right };
}

/** `left + right` */
export function add(left: Expression, right: Expression): BinaryExpression {
  return binary("+", left, right);
}

/** `left - right` */
export function sub(left: Expression, right: Expression): BinaryExpression {
  return binary("-", left, right);
}

/** `left * right` */
export function mul(left: Expression, right: Expression): BinaryExpression {
  return binary("*", left, right);
}

/** `left / right` */
export function div(left: Expression, right: Expression): BinaryExpression {
  return binary("/", left, right);
}

/** `left ^ right` */
export function pow(left: Expression, right: Expression): BinaryExpression {
  return binary("^", left, right);
}

/** A function of the language applied to arguments; the number of arguments is not checked here. */
export function call(name: FunctionName, ...args: readonly Expression[]): CallExpression {
  return { kind: "call", name, args };
}

/** `test ? then : otherwise` */
export function conditional(test: Expression, then: Expression, otherwise: Expression): ConditionalExpression {
  return { kind: "conditional", test, then, otherwise };
}

/** A random draw; see `Expression` for what `occurrence` means. */
export function draw(distribution: Distribution, args: readonly Expression[], occurrence: string): DrawExpression {
  return { kind: "draw", distribution, args, occurrence };
}

/** The value that `variable` had `delay` ms ago. */
export function delayed(variable: string, delay: Expression): DelayedExpression {
  return { kind: "delayed", variable, delay };
}
