import type { DrawExpression, Expression, Scope, Statement } from "@neuroweave/equations";
import { binary, call, conditional, delayed, draw, functionNames, neg, not, num, sym } from "@neuroweave/equations";
import fc from "fast-check";

/** Symbols of random expressions: short, Greek, dotted, and some that begin like a derivative or end like a keyword. */
export const symbols = ["v", "w", "tau_m", "delta", "d", "g_exc.tau", "Not", "and_", "x1"] as const;

const arity: ReadonlyMap<string, number> = new Map([
  ["pow", 2],
  ["min", 2],
  ["max", 2],
  ["clip", 3],
]);

const drawsOfTwo = ["uniform", "normal", "binomial", "sharedUniform", "sharedNormal"] as const;

const positiveNumber = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.constantFrom(0.5, 0.1, 1e-3, 1e21, 1e-7, Math.PI, 140, Number.MIN_VALUE, Number.MAX_VALUE),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
);

export interface Shape {
  readonly numbers?: fc.Arbitrary<number>;
  readonly names?: readonly string[];
  readonly functions?: readonly (typeof functionNames)[number][];
  readonly arithmetic?: readonly ("+" | "-" | "*" | "/" | "^")[];
  /** Draws and past values. */
  readonly chance?: boolean;
  readonly conditionals?: boolean;
}

/** Well-typed expressions: a number, or a truth value. */
export function typedExpressions(shape: Shape = {}): {
  number: fc.Arbitrary<Expression>;
  boolean: fc.Arbitrary<Expression>;
} {
  const functions = shape.functions ?? functionNames;
  const conditionals = shape.conditionals ?? true;
  const built = fc.letrec<{ number: Expression; boolean: Expression }>((tie) => {
    const number = tie("number");
    const boolean = tie("boolean");
    const leaf = fc.oneof(
      (shape.numbers ?? positiveNumber).map(num),
      fc.constantFrom(...(shape.names ?? symbols)).map(sym),
    );
    const arithmetic = fc
      .tuple(fc.constantFrom(...(shape.arithmetic ?? (["+", "-", "*", "/", "^"] as const))), number, number)
      .map(([op, a, b]) => binary(op, a, b));
    const choices: fc.Arbitrary<Expression>[] = [leaf, arithmetic, arithmetic, number.map(neg)];
    if (functions.length > 0) {
      const called = fc
        .tuple(fc.constantFrom(...functions), fc.tuple(number, number, number))
        .map(([name, args]) => call(name, ...args.slice(0, arity.get(name) ?? 1)));
      choices.push(called);
    }
    if (conditionals) choices.push(fc.tuple(boolean, number, number).map(([test, a, b]) => conditional(test, a, b)));
    if (shape.chance === true) {
      choices.push(
        fc.constant(draw("xi", [], "")),
        fc.tuple(fc.constantFrom(...drawsOfTwo), number, number).map(([which, a, b]) => draw(which, [a, b], "")),
        number.map((mean) => draw("poisson", [mean], "")),
        fc.tuple(fc.constantFrom(...symbols), number).map(([variable, delay]) => delayed(variable, delay)),
      );
    }
    const comparison = fc
      .tuple(fc.constantFrom("<", "<=", ">", ">=", "==", "!="), number, number)
      .map(([op, a, b]) => binary(op as "<", a, b));
    return {
      number: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, ...choices),
      boolean: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        comparison,
        boolean.map(not),
        fc
          .tuple(fc.constantFrom("and" as const, "or" as const), boolean, boolean)
          .map(([op, a, b]) => binary(op, a, b)),
      ),
    };
  });
  return { number: built.number.map(labelDraws), boolean: built.boolean.map(labelDraws) };
}

/** Trees of every form, without regard to types. */
export const untypedExpressions: fc.Arbitrary<Expression> = fc
  .letrec<{ any: Expression }>((tie) => {
    const any = tie("any");
    const operators = ["+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or"] as const;
    return {
      any: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.oneof(positiveNumber.map(num), fc.constantFrom(...symbols).map(sym)),
        fc.tuple(fc.constantFrom(...operators), any, any).map(([op, a, b]) => binary(op, a, b)),
        any.map(neg),
        any.map(not),
        fc.tuple(any, any, any).map(([test, a, b]) => conditional(test, a, b)),
        fc
          .tuple(fc.constantFrom(...functionNames), fc.tuple(any, any, any))
          .map(([name, args]) => call(name, ...args.slice(0, arity.get(name) ?? 1))),
        fc.constant(draw("xi", [], "")),
        fc.tuple(fc.constantFrom(...drawsOfTwo), any, any).map(([which, a, b]) => draw(which, [a, b], "")),
        any.map((mean) => draw("poisson", [mean], "")),
        fc.tuple(fc.constantFrom(...symbols), any).map(([variable, delay]) => delayed(variable, delay)),
      ),
    };
  })
  .any.map(labelDraws);

/** Several statements whose draws are labelled through the whole list. */
export const statementLists: fc.Arbitrary<readonly Statement[]> = fc
  .array(
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom(...symbols),
          fc.constantFrom("=" as const, "+=" as const),
          fc.option(untypedExpressions, { nil: null }),
          untypedExpressions,
        )
        .map(([variable, operator, factor, value]) => ({
          kind: "derivative" as const,
          variable,
          operator,
          factor,
          value,
          span: noSpan,
        })),
      fc
        .tuple(fc.constantFrom(...symbols), fc.constantFrom("=" as const, "+=" as const), untypedExpressions)
        .map(([target, operator, value]) => ({ kind: "assignment" as const, target, operator, value, span: noSpan })),
      fc
        .tuple(fc.constantFrom("a", "rate", "m_inf"), untypedExpressions)
        .map(([name, value]) => ({ kind: "let" as const, name, value, span: noSpan })),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((statements) => {
    const label = labeller();
    return statements.map((statement): Statement => {
      if (statement.kind !== "derivative") return { ...statement, value: label(statement.value) };
      const factor = statement.factor === null ? null : label(statement.factor);
      return { ...statement, factor, value: label(statement.value) };
    });
  });

const noSpan = { start: 0, end: 0 };

export function labelDraws(expression: Expression): Expression {
  return labeller()(expression);
}

/** Numbers draws in the order of the text, as the parser does. */
function labeller(): (expression: Expression) => Expression {
  let next = 0;
  const label = (node: Expression): Expression => {
    switch (node.kind) {
      case "number":
      case "symbol":
        return node;
      case "unary":
        return { ...node, operand: label(node.operand) };
      case "binary": {
        const left = label(node.left);
        return { ...node, left, right: label(node.right) };
      }
      case "call":
        return { ...node, args: node.args.map(label) };
      case "conditional": {
        const test = label(node.test);
        const then = label(node.then);
        return { ...node, test, then, otherwise: label(node.otherwise) };
      }
      case "draw": {
        const occurrence = String(next++);
        return { ...node, occurrence, args: node.args.map(label) };
      }
      case "delayed":
        return { ...node, delay: label(node.delay) };
    }
  };
  return label;
}

/** Values for all symbols, special ones among them. */
export const anyValues: fc.Arbitrary<ReadonlyMap<string, number>> = fc
  .tuple(...symbols.map(() => fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, -1, 0.5, Infinity, -Infinity, NaN))))
  .map((values) => new Map(symbols.map((name, index) => [name, values[index] ?? 0])));

/** A scope in which draws and past values are settled by their labels and arguments. */
export function scopeOf(values: ReadonlyMap<string, number>): Scope {
  return {
    value: (name) => values.get(name) ?? Number.NaN,
    draw: (node: DrawExpression, args) => args.reduce((sum, arg) => sum + arg, Number(node.occurrence) + 0.25),
    delayed: (variable, delay) => (values.get(variable) ?? 0) - delay,
  };
}
