import type { Cursor } from "./cursor.ts";
import { hull, tokenText } from "./cursor.ts";
import { calledDraws, findCalledDraw } from "./draws.ts";
import type { Expression, FunctionName } from "./expression.ts";
import { findFunction, functionNames } from "./functions.ts";
import { nearest } from "./nearest.ts";
import type { Token } from "./tokenize.ts";

const delayedParameters = ["x", "delay"];
const callable: readonly string[] = [...functionNames, ...calledDraws, "delayed"];

/** Functions that people expect, and how to say them here. */
const spelledOtherwise: ReadonlyMap<string, string> = new Map([
  ["ln", "write `log(x)`, the natural logarithm"],
  ["log10", "write `log(x) / log(10)`"],
  ["log2", "write `log(x) / log(2)`"],
  ["heaviside", "write `x > 0 ? 1 : 0`"],
  ["step", "write `x > 0 ? 1 : 0`"],
  ["sigmoid", "write `1 / (1 + exp(-x))`"],
  ["expm1", "write `x * exprel(x)`"],
  ["mod", "write `x - y * floor(x / y)`"],
  ["int", "write `test ? 1 : 0` for a comparison, `floor(x)` for a number"],
  ["rand", "write `uniform(0, 1)`"],
  ["randn", "write `normal(0, 1)`"],
  ["if", "write `test ? value : otherValue`"],
  ["pi", "pi is a number; write `pi * (…)`"],
  ["xi", "xi takes no arguments; write `xi * (…)`"],
]);

/** Reads `name(…)`, the cursor standing at the bracket. Checks the name and the number of arguments. */
export function parseCall(
  cursor: Cursor,
  name: Token,
  readArgument: (cursor: Cursor) => Expression,
  close: (cursor: Cursor, open: Token) => Token,
): Expression {
  const row = findFunction(name.text);
  const drawn = findCalledDraw(name.text);
  const parameters = row?.parameters ?? drawn?.parameters;
  if (parameters === undefined && name.text !== "delayed") throw unknownFunction(cursor, name);
  // Draws are numbered in the order of the text, so an outer draw comes before those in its arguments.
  const occurrence = drawn === undefined ? "" : cursor.nextOccurrence();

  const open = cursor.next();
  const { args, end } = cursor.nested(open, true, () => {
    const read: Expression[] = [];
    if (!cursor.at(")")) {
      read.push(readArgument(cursor));
      while (cursor.at(",")) {
        cursor.next();
        read.push(readArgument(cursor));
      }
    }
    return { args: read, end: close(cursor, open) };
  });
  const span = hull(name, end);
  checkArity(cursor, name, args, parameters ?? delayedParameters);

  if (row !== undefined) {
    return cursor.made({ kind: "call", name: name.text as FunctionName, args, span }, ...args);
  }
  if (drawn !== undefined) {
    return cursor.made({ kind: "draw", distribution: drawn.name, args, occurrence, span }, ...args);
  }
  const [variable, delay] = args as [Expression, Expression];
  if (variable.kind !== "symbol") {
    const remedy = "name the variable first and the delay second, as in `delayed(x, 5)`";
    throw cursor.refusal("not-a-variable", "delayed looks back at a variable", variable.span ?? span, remedy);
  }
  return cursor.made({ kind: "delayed", variable: variable.name, delay, span }, delay);
}

function checkArity(cursor: Cursor, name: Token, args: readonly Expression[], parameters: readonly string[]): void {
  if (args.length === parameters.length) return;
  const count = `${parameters.length} ${parameters.length === 1 ? "argument" : "arguments"}`;
  const nested = args.length > 2 && (name.text === "min" || name.text === "max");
  const usage = nested ? `${name.text}(a, ${name.text}(b, c))` : `${name.text}(${parameters.join(", ")})`;
  const message = `${name.text} takes ${count}, not ${args.length}`;
  throw cursor.refusal("wrong-arity", message, name.span, `write \`${usage}\``);
}

function unknownFunction(cursor: Cursor, name: Token): Error {
  const known = spelledOtherwise.get(name.text.toLowerCase());
  const candidates = known === undefined ? nearest(name.text, callable) : [];
  const meant = candidates[0] === undefined ? "" : `did you mean ${candidates[0]}? `;
  const remedy = known ?? `${meant}For a product write \`${name.text} * (…)\``;
  return cursor.refusal("unknown-function", `there is no function ${tokenText(name)}`, name.span, remedy, candidates);
}
