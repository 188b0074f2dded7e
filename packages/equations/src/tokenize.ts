import { NeuroweaveError } from "./error.ts";
import type { Span } from "./expression.ts";
import { isUnsafeName, unsafeName } from "./names.ts";

/**
 * A piece of text. `text` is canonical: `**` reads `^`, `&&` reads `and`, `||` reads `or`, `!` reads `not`.
 * The last token of every list has kind `end`.
 */
export interface Token {
  readonly kind: "number" | "name" | "operator" | "end";
  readonly text: string;
  /** The value of a number; 0 for other tokens. */
  readonly value: number;
  readonly span: Span;
  /** Whether a line break lies between this token and the one before it. */
  readonly startsLine: boolean;
}

/** Characters of source text that are accepted at most. */
const maxSourceLength = 100_000;

/** Longest first, so that the first that fits is the right one. */
const operatorTexts = [..."+= -= *= /= ** && || <= >= == !=".split(" "), ..."+ - * / ^ < > ( ) , ? : ; = !".split(" ")];
const canonicalText: ReadonlyMap<string, string> = new Map([
  ["**", "^"],
  ["&&", "and"],
  ["||", "or"],
  ["!", "not"],
]);
const wordOperators: ReadonlySet<string> = new Set(["and", "or", "not"]);

const lookalikes: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ "−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=" }),
  ...Object.entries({ "²": "^2", "³": "^3", "√": "sqrt(…)", π: "pi", ξ: "xi", "∞": "a large number" }),
  ...Object.entries({ α: "alpha", β: "beta", γ: "gamma", δ: "delta", Δ: "Delta", ε: "epsilon", η: "eta", θ: "theta" }),
  ...Object.entries({ κ: "kappa", λ: "lambda", μ: "mu", µ: "mu", ν: "nu", ρ: "rho", σ: "sigma", τ: "tau", φ: "phi" }),
  ...Object.entries({ ϕ: "phi", χ: "chi", ψ: "psi", ω: "omega", Ω: "Omega" }),
  ...Object.entries({ "%": "x - y * floor(x / y)", "&": "and", "|": "or", "~": "not" }),
]);

const space = /[^\S\r\n]+/y;
const comment = /(?:#|\/\/)[^\r\n]*/y;
const lineBreak = /\r\n|\r|\n/y;
const name = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y;
const number = /(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
/** Whatever sticks to a number and so belongs to a misspelt one. */
const numberTail = /[A-Za-z0-9_.]+(?:(?<=[eE])[+-][0-9]*)?/y;

/**
 * Splits a text into tokens, comments (`#` and `//`, to the end of the line) left out.
 * Refuses texts that are too long, characters that mean nothing, malformed numbers, and unsafe names.
 */
export function tokenize(source: string): readonly Token[] {
  if (source.length > maxSourceLength) {
    throw new NeuroweaveError("too-long", `the text has ${source.length} characters; ${maxSourceLength} are accepted`, {
      remedy: "split it into several behaviors",
    });
  }
  const tokens: Token[] = [];
  let position = 0;
  let startsLine = false;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(source)?.[0];
  };
  const push = (kind: Token["kind"], length: number, text: string, value = 0): void => {
    tokens.push({ kind, text, value, span: { start: position, end: position + length }, startsLine });
    position += length;
    startsLine = false;
  };

  while (position < source.length) {
    const skipped = match(space) ?? match(comment);
    const broken = skipped === undefined ? match(lineBreak) : undefined;
    if (skipped !== undefined || broken !== undefined) {
      startsLine ||= broken !== undefined;
      position += (skipped ?? broken ?? "").length;
      continue;
    }
    const word = match(name);
    if (word !== undefined) {
      const span = { start: position, end: position + word.length };
      if (isUnsafeName(word)) throw unsafeName(word, { source, span });
      push(wordOperators.has(word) ? "operator" : "name", word.length, word);
      continue;
    }
    const digits = match(number);
    if (digits !== undefined) {
      checkNumber(source, position, digits);
      push("number", digits.length, digits, Number(digits));
      continue;
    }
    const operator = operatorTexts.find((text) => source.startsWith(text, position));
    if (operator === undefined) throw unknownCharacter(source, position);
    push("operator", operator.length, canonicalText.get(operator) ?? operator);
  }
  push("end", 0, "");
  return tokens;
}

/** Refuses `1..2`, `1.2.3`, `1e`, `2v`, and numbers that no double can hold. */
function checkNumber(source: string, start: number, digits: string): void {
  numberTail.lastIndex = start + digits.length;
  const tail = numberTail.exec(source)?.[0] ?? "";
  const end = start + digits.length + tail.length;
  const whole = source.slice(start, end);
  const refuse = (message: string, remedy: string): NeuroweaveError =>
    new NeuroweaveError("syntax", message, { source, span: { start, end }, remedy });

  if (/^[eE][+-]?$/.test(tail)) throw refuse(`the number ${whole} has no exponent`, `write ${digits}e-3 or ${digits}`);
  if (/^[A-Za-z_]/.test(tail)) {
    throw refuse(`${whole} is neither a number nor a name`, `for a product write ${digits} * ${tail}`);
  }
  if (tail !== "") throw refuse(`${whole} is not a number`, "write one decimal point, as in 1.5, .5 or 1e-3");
  const value = Number(digits);
  if (!Number.isFinite(value)) throw refuse(`the number ${whole} is too large for a double`, "stay below 1.7e308");
  if (value === 0 && /[1-9]/.test(digits.split(/[eE]/)[0] ?? "")) {
    throw refuse(`the number ${whole} is too small for a double`, "write 0 if that is meant");
  }
}

function unknownCharacter(source: string, start: number): NeuroweaveError {
  const character = String.fromCodePoint(source.codePointAt(start) ?? 0xfffd);
  const meant = lookalikes.get(character);
  const remedy = meant === undefined ? "names have letters a-z and A-Z, digits and underscores" : `write ${meant}`;
  const span = { start, end: start + character.length };
  return new NeuroweaveError("syntax", `${JSON.stringify(character)} means nothing here`, { source, span, remedy });
}
