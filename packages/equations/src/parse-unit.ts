import { NeuroweaveError } from "./error.ts";
import type { Span } from "./expression.ts";
import { nearest } from "./nearest.ts";
import type { Unit } from "./units.ts";
import { dimensionless, multiplyUnits, namedUnits, prefixes, raiseUnit } from "./units.ts";

/** Characters of a unit that are accepted at most. */
const maxUnitLength = 200;

/**
 * Every spelling of a single unit. A bare symbol wins over a prefixed one (`m` is the metre, `M` the molar), and
 * no two prefixed spellings coincide.
 */
const unitBySpelling: ReadonlyMap<string, Unit> = spellings();

function spellings(): ReadonlyMap<string, Unit> {
  const table = new Map<string, Unit>([["%", { ...dimensionless, scale: 0.01 }]]);
  for (const { symbols, unit } of namedUnits) for (const symbol of symbols) table.set(symbol, unit);
  for (const { symbols, unit } of namedUnits) {
    for (const symbol of symbols) {
      for (const [prefix, factor] of prefixes) {
        const spelling = prefix + symbol;
        if (!table.has(spelling)) table.set(spelling, { ...unit, scale: scaled(unit.scale, factor) });
      }
    }
  }
  return table;
}

/** Powers of ten multiply through their decimal text, so that kg is exactly 1. */
function scaled(scale: number, factor: number): number {
  return Number(`1e${Math.round(Math.log10(scale)) + Math.round(Math.log10(factor))}`);
}

interface Piece {
  readonly text: string;
  readonly span: Span;
}

/** Letters (the micro and ohm signs among them), numbers, operators, brackets; anything else is a piece of its own. */
const piece = /\s*(?:([A-Za-zµμΩΩ%]+)|([0-9]+\.?[0-9]*(?:e[+-]?[0-9]+)?|\.[0-9]+)|(\*\*|[\s\S]))/gy;

/**
 * Reads a unit: V A S F Ohm (ohm, Ω) s Hz m g mol M J W N C K with the prefixes f p n u (µ) m c k M G, `1` and `%`;
 * products (`pA*ms`, `pA ms`), quotients (`mV/ms`, `1/ms`), powers (`mV^2`, `ms^-0.5`, `m^(1/2)`), `sqrt(ms)`,
 * brackets, and powers of ten as factors. Refuses everything else with `unknown-unit`.
 */
export function parseUnit(text: string): Unit {
  const refuse = (message: string, span: Span, remedy: string, candidates: readonly string[] = []): NeuroweaveError =>
    new NeuroweaveError("unknown-unit", message, {
      source: text.slice(0, maxUnitLength),
      span,
      remedy,
      ...(candidates.length > 0 ? { candidates } : {}),
    });
  const whole = { start: 0, end: text.length };
  const examples = "write units like `mV`, `pA*ms`, `mV/ms`, `1/ms`, `ms^-0.5`, or `1` for a pure number";
  if (text.length > maxUnitLength) throw refuse("the unit is too long", whole, examples);

  const pieces: Piece[] = [...text.trimEnd().matchAll(piece)].map((match) => {
    const [all, letters, digits, sign] = match;
    const found = letters ?? digits ?? sign ?? "";
    const end = (match.index ?? 0) + all.length;
    return { text: found, span: { start: end - found.length, end } };
  });
  let index = 0;
  const peek = (): string => pieces[index]?.text ?? "";
  const here = (): Span => pieces[index]?.span ?? { start: text.length, end: text.length };
  const take = (...texts: readonly string[]): boolean => {
    const fits = texts.includes(peek());
    if (fits) index++;
    return fits;
  };

  const readProduct = (): Unit => {
    let unit = readPower();
    let divided = false;
    for (;;) {
      if (take("/")) {
        unit = multiplyUnits(unit, raiseUnit(readPower(), -1));
        divided = true;
      } else if (take("*", "·", "⋅")) {
        unit = multiplyUnits(unit, readPower());
      } else if (/^[A-Za-zµμΩΩ%(0-9.]/.test(peek())) {
        if (divided) throw refuse("a product after `/` is ambiguous", here(), "write `*` or brackets: `a/(b*c)`");
        unit = multiplyUnits(unit, readPower());
      } else {
        return unit;
      }
    }
  };
  const readPower = (): Unit => {
    const unit = readSingle();
    return take("^", "**") ? raiseUnit(unit, readExponent()) : unit;
  };
  const readSingle = (): Unit => {
    const span = here();
    const word = peek();
    if (take("(")) {
      const inside = readProduct();
      if (!take(")")) throw refuse("this bracket is never closed", span, "add the missing `)`");
      return inside;
    }
    if (/^[0-9.]/.test(word)) {
      index++;
      const power = Math.log10(Number(word));
      if (Number.isInteger(power)) return { ...dimensionless, scale: Number(word) };
      throw refuse("a unit is not a number", span, "put numbers into values; only powers of ten may scale a unit");
    }
    if (word === "sqrt" && pieces[index + 1]?.text === "(") {
      index++;
      return raiseUnit(readSingle(), 0.5);
    }
    const known = unitBySpelling.get(word);
    if (known === undefined) {
      const near = word.length > 1 ? nearest(word, unitBySpelling.keys()) : [];
      const message = word === "" ? "a unit is missing here" : `there is no unit ${JSON.stringify(word)}`;
      throw refuse(message, span, examples, near);
    }
    index++;
    return known;
  };
  const readExponent = (): number => {
    const bracket = take("(");
    const sign = take("-") ? -1 : 1;
    const span = here();
    const number = /^[0-9.]/.test(peek()) ? Number(pieces[index++]?.text) : Number.NaN;
    const divisor = bracket && take("/") ? Number(pieces[index++]?.text) : 1;
    const exponent = (sign * number) / divisor;
    if (!Number.isFinite(exponent) || (bracket && !take(")"))) {
      throw refuse("an exponent is a number", span, "write `mV^2`, `ms^-1`, `ms^-0.5` or `ms^(-1/2)`");
    }
    return exponent;
  };

  const unit = readProduct();
  if (index < pieces.length) throw refuse(`${JSON.stringify(peek())} means nothing in a unit`, here(), examples);
  return unit;
}
