/**
 * Rewrites that give the same bits for every operand, NaN payloads aside. A rule that is not exact has no place here:
 * x·0 → 0 is wrong for ∞ and NaN, x + 0 → x is wrong for −0.
 */
import type { Builder } from "../builder.ts";
import type { Value } from "../ir.ts";
import type { OperationName } from "../operations.ts";

type Rule = (b: Builder, args: readonly Value[]) => Value | undefined;

const is = (b: Builder, value: Value | undefined, x: number): boolean =>
  value !== undefined && Object.is(b.constantOf(value), x);

/** Whether x and 1/x are both powers of two within the normal range, so that dividing equals multiplying. */
function isExactReciprocal(b: Builder, x: number): boolean {
  const exponent = Math.log2(Math.abs(x));
  return (
    Number.isInteger(exponent) &&
    Math.abs(exponent) <= (b.precision === "f64" ? 1022 : 126) &&
    2 ** exponent === Math.abs(x)
  );
}

const rules: Partial<Record<OperationName, readonly Rule[]>> = {
  add: [
    (b, [x, y]) => (is(b, y, -0) ? x : undefined), //            x + −0    → x
    (b, [x, y]) => (is(b, x, -0) ? y : undefined), //            −0 + y    → y
    (b, [x, y]) => negated(b, y, (z) => b.apply("sub", x!, z)), // x + (−z)  → x − z
  ],
  sub: [
    (b, [x, y]) => (is(b, y, 0) ? x : undefined), //             x − 0     → x
    (b, [x, y]) => negated(b, y, (z) => b.apply("add", x!, z)), // x − (−z)  → x + z
  ],
  mul: [
    (b, [x, y]) => (is(b, y, 1) ? x : undefined), //             x · 1     → x
    (b, [x, y]) => (is(b, x, 1) ? y : undefined), //             1 · y     → y
    (b, [x, y]) => (is(b, y, -1) ? b.apply("neg", x!) : undefined), // x · −1 → −x
    (b, [x, y]) => (is(b, x, -1) ? b.apply("neg", y!) : undefined), // −1 · y → −y
  ],
  div: [
    (b, [x, y]) => (is(b, y, 1) ? x : undefined), //             x / 1     → x
    (b, [x, y]) => {
      //                                                         x / 2^k   → x · 2^−k
      const divisor = b.constantOf(y!);
      return divisor !== undefined && isExactReciprocal(b, divisor)
        ? b.apply("mul", x!, b.constant(1 / divisor))
        : undefined;
    },
  ],
  max: [(b, [x, y]) => (separates(b, x, y) ? b.apply("greater", x!, y!) : undefined)], // where no zeros meet
  min: [(b, [x, y]) => (separates(b, x, y) ? b.apply("lesser", x!, y!) : undefined)], //  where no zeros meet
  neg: [(b, [x]) => negated(b, x, (z) => z)], //                 −(−z)     → z
  not: [(b, [x]) => (opOf(b, x) === "not" ? b.instructions[x!]!.args[0] : undefined)], // not not z → z
  select: [
    (_, [, x, y]) => (x === y ? x : undefined), //               m ? x : x → x
    (b, [mask, x, y]) => known(b, mask!, x!, y!),
    (b, [mask, x, y]) => (compares(b, mask, "lt", y, x) ? b.apply("greater", y!, x!) : undefined), // y < x ? x : y
    (b, [mask, x, y]) => (compares(b, mask, "gt", y, x) ? b.apply("lesser", y!, x!) : undefined), //  y > x ? x : y
  ],
  rarely: [(_, [, x, y]) => (x === y ? x : undefined), (b, [mask, x, y]) => known(b, mask!, x!, y!)],
  and: [(_, [x, y]) => (x === y ? x : undefined)], //            m and m   → m
  or: [(_, [x, y]) => (x === y ? x : undefined)], //             m or m    → m
};

/**
 * Whether y is a number other than 0, or +0 beside an x that is never −0 (a difference to a number other than 0): then x
 * wins where it is NaN, and signs of zero do not matter.
 */
function separates(b: Builder, x: Value | undefined, y: Value | undefined): boolean {
  const bound = b.constantOf(y!);
  if (bound === undefined || Number.isNaN(bound)) return false;
  if (bound !== 0) return true;
  const { op, args } = b.instructions[x!]!;
  const taken = op === "sub" ? b.constantOf(args[1]!) : undefined;
  return Object.is(bound, 0) && taken !== undefined && taken !== 0;
}

/** Whether a mask compares two values in this way. */
function compares(
  b: Builder,
  mask: Value | undefined,
  op: OperationName,
  x: Value | undefined,
  y: Value | undefined,
): boolean {
  const { op: own, args } = b.instructions[mask!]!;
  return own === op && args[0] === x && args[1] === y;
}

const opOf = (b: Builder, value: Value | undefined): string | undefined =>
  value === undefined ? undefined : b.instructions[value]?.op;

function negated(b: Builder, value: Value | undefined, then: (inner: Value) => Value): Value | undefined {
  return opOf(b, value) === "neg" ? then(b.instructions[value!]!.args[0]!) : undefined;
}

/** A selection whose mask compares two constants is decided now. */
function known(b: Builder, mask: Value, x: Value, y: Value): Value | undefined {
  const decided = decide(b, mask);
  return decided === undefined ? undefined : decided ? x : y;
}

function decide(b: Builder, mask: Value): boolean | undefined {
  const { op, args } = b.instructions[mask]!;
  const [first, second] = args;
  if (op === "not") return negate(decide(b, first!));
  if (op === "and" || op === "or") {
    const short = op === "or";
    const left = decide(b, first!);
    const right = decide(b, second!);
    if (left === short || right === short) return short;
    return left === undefined || right === undefined ? undefined : !short;
  }
  const x = b.constantOf(first!);
  const y = second === undefined ? undefined : b.constantOf(second);
  if (x === undefined || y === undefined) return undefined;
  const compare: Record<string, boolean> = { lt: x < y, le: x <= y, gt: x > y, ge: x >= y, eq: x === y, ne: x !== y };
  return compare[op];
}

const negate = (x: boolean | undefined): boolean | undefined => (x === undefined ? undefined : !x);

/** The value that may stand for `op(args)`, or undefined where no rule applies. */
export function rewrite(b: Builder, op: OperationName, args: readonly Value[]): Value | undefined {
  for (const rule of rules[op] ?? []) {
    const result = rule(b, args);
    if (result !== undefined) return result;
  }
  return undefined;
}
