import { drawRow } from "./draws.ts";
import { NeuroweaveError } from "./error.ts";
import type { CallExpression, DrawExpression, Expression, Statement } from "./expression.ts";
import { evaluate } from "./evaluate.ts";
import { functionRow } from "./functions.ts";
import { operatorRow } from "./operators.ts";
import { parseUnit } from "./parse-unit.ts";
import { printUnit } from "./print-unit.ts";
import { print, printLeftSide } from "./print.ts";
import { partsOf, symbolsOf } from "./traverse.ts";
import type { Unit } from "./units.ts";
import {
  dimensionless,
  divideUnits,
  multiplyUnits,
  raiseUnit,
  sameDimensions,
  sameUnit,
  unscaledNumber,
} from "./units.ts";

/** The declared unit of a symbol; undefined if none is declared. */
export type UnitLookup = (name: string) => Unit | undefined;

const millisecond = parseUnit("ms");
const timeNames: ReadonlySet<string> = new Set(["t", "dt", "t_last_spike"]);

/** What is known of a part: its unit if any, its value if it is made of numbers alone, and the term that says so. */
interface Finding {
  readonly unit: Unit | undefined;
  readonly literal: number | undefined;
  readonly origin: Expression;
}

/** A unit that a part must have, and why, as the end of a sentence. */
interface Demand {
  readonly unit: Unit;
  readonly reason: string;
}

interface Setting {
  readonly lookup: UnitLookup;
  readonly timeUnit: Unit;
}

/**
 * The unit of an expression, every term in it checked; undefined if it fits any. Symbols without a unit and bare
 * numbers fit any unit; as a factor a number has none, and unless it is 1 or -1 the scale of the product is not
 * checked from there on. `t`, `dt` and `t_last_spike` are times. Refuses with `unit-mismatch` and the span of the term.
 */
export function unitOf(expression: Expression, lookup: UnitLookup, timeUnit: Unit = millisecond): Unit | undefined {
  return find(expression, { lookup, timeUnit }).unit;
}

/** Checks that an expression has a unit, as `unitOf` does; `reason` ends the message ("the unit of `v`"). */
export function checkUnits(
  expression: Expression,
  expected: Unit,
  lookup: UnitLookup,
  reason = "its declared unit",
  timeUnit: Unit = millisecond,
): void {
  demandUnit(expression, { unit: expected, reason }, { lookup, timeUnit });
}

/**
 * Checks a statement: dx/dt has the unit of x over `timeUnit`, times the factor beside it; an assignment that of
 * its target. Where the left side has no unit, only the terms of the right are checked against each other.
 */
export function checkStatementUnits(statement: Statement, lookup: UnitLookup, timeUnit: Unit = millisecond): void {
  const setting = { lookup, timeUnit };
  if (statement.kind === "let") {
    find(statement.value, setting);
    return;
  }
  const name = statement.kind === "derivative" ? statement.variable : statement.target;
  let unit = lookup(name);
  let reason = `the unit of \`${name}\``;
  if (statement.kind === "derivative") {
    const factor = statement.factor === null ? dimensionless : asFactor(find(statement.factor, setting));
    unit = unit && factor && multiplyUnits(divideUnits(unit, timeUnit), factor);
    reason = `the unit of \`${printLeftSide(statement)}\``;
  }
  if (unit === undefined) find(statement.value, setting);
  else demandUnit(statement.value, { unit, reason }, setting);
}

function find(expression: Expression, setting: Setting): Finding {
  const finding = (unit: Unit | undefined): Finding => ({ unit, literal: undefined, origin: expression });
  const literal = literalValue(expression);
  if (literal !== undefined) return { unit: undefined, literal, origin: expression };
  switch (expression.kind) {
    case "number":
      return finding(undefined);
    case "symbol": {
      const declared = setting.lookup(expression.name);
      return finding(declared ?? (timeNames.has(expression.name) ? setting.timeUnit : undefined));
    }
    case "unary":
      return find(expression.operand, setting);
    case "binary": {
      const { op, left, right } = expression;
      if (op === "+" || op === "-") return agree([left, right], setting);
      if (op === "^") return finding(power(left, right, setting));
      if (op !== "*" && op !== "/") {
        agree([left, right], setting);
        return finding(operatorRow(op).result === "boolean" ? dimensionless : undefined);
      }
      const [a, b] = [asFactor(find(left, setting)), asFactor(find(right, setting))];
      return finding(a && b && (op === "*" ? multiplyUnits(a, b) : divideUnits(a, b)));
    }
    case "call":
      return callFinding(expression, setting);
    case "conditional":
      find(expression.test, setting);
      return agree([expression.then, expression.otherwise], setting);
    case "draw":
      return drawFinding(expression, setting);
    case "delayed": {
      const reason = "as a delay is a time";
      demandUnit(expression.delay, { unit: setting.timeUnit, reason }, setting);
      return finding(setting.lookup(expression.variable));
    }
  }
}

function callFinding(expression: CallExpression, setting: Setting): Finding {
  const { name, args } = expression;
  const finding = (unit: Unit | undefined): Finding => ({ unit, literal: undefined, origin: expression });
  const [first, second] = args as [Expression, Expression];
  switch (functionRow(name).units) {
    case "same":
      return agree(args, setting);
    case "sign":
      find(first, setting);
      return finding(dimensionless);
    case "sqrt": {
      const { unit } = find(first, setting);
      return finding(unit && raiseUnit(unit, 0.5));
    }
    case "power":
      return finding(power(first, second, setting));
    case "dimensionless":
      demandPureNumbers(args, name, setting);
      return finding(dimensionless);
  }
}

function drawFinding(expression: DrawExpression, setting: Setting): Finding {
  const { distribution, args } = expression;
  const finding = (unit: Unit): Finding => ({ unit, literal: undefined, origin: expression });
  switch (drawRow(distribution).units) {
    case "noise":
      return finding(raiseUnit(setting.timeUnit, -0.5));
    case "same":
      return { ...agree(args, setting), literal: undefined };
    case "dimensionless":
      demandPureNumbers(args, distribution, setting);
      return finding(dimensionless);
  }
}

function demandPureNumbers(args: readonly Expression[], by: string, setting: Setting): void {
  for (const arg of args) demandUnit(arg, { unit: dimensionless, reason: `as ${by} takes a pure number` }, setting);
}

/** A constant exponent acts on the dimensions; any other needs a pure number under it. */
function power(base: Expression, exponent: Expression, setting: Setting): Unit | undefined {
  demandUnit(exponent, { unit: dimensionless, reason: "as exponents are pure numbers" }, setting);
  const constant = literalValue(exponent);
  const found = find(base, setting);
  if (constant === undefined) {
    demandUnit(base, { unit: dimensionless, reason: "as its exponent is not constant" }, setting);
    return dimensionless;
  }
  return found.unit && raiseUnit(found.unit, constant);
}

/** Parts that must have one unit. The first that has one sets it; a later one makes an unknown scale known. */
function agree(parts: readonly Expression[], setting: Setting): Finding {
  let known: { readonly unit: Unit; readonly origin: Expression } | undefined;
  for (const part of parts) {
    if (known === undefined) {
      const { unit, origin } = find(part, setting);
      if (unit !== undefined) known = { unit, origin };
      continue;
    }
    const reason = `the unit of \`${print(known.origin)}\``;
    const unit = demandUnit(part, { unit: known.unit, reason }, setting);
    if (Number.isNaN(known.unit.scale)) known = { unit, origin: part };
  }
  const [first] = parts as [Expression];
  return { unit: known?.unit, literal: undefined, origin: known?.origin ?? first };
}

/** Checks the terms of a part against a demand and returns the unit, its scale filled in where a term knows it. */
function demandUnit(expression: Expression, demand: Demand, setting: Setting): Unit {
  const parts = termsUnderDemand(expression, setting);
  if (parts !== null) {
    return parts.reduce((unit, part) => demandUnit(part, { ...demand, unit }, setting), demand.unit);
  }
  const { unit } = find(expression, setting);
  if (unit === undefined) return demand.unit;
  if (!sameUnit(unit, demand.unit)) throw mismatch(expression, unit, demand, setting);
  return Number.isNaN(demand.unit.scale) ? unit : demand.unit;
}

/** The parts that must have the unit of the whole; null if there are none. */
function termsUnderDemand(expression: Expression, setting: Setting): readonly Expression[] | null {
  if (expression.kind === "unary") return expression.op === "-" ? [expression.operand] : null;
  if (expression.kind === "binary" && (expression.op === "+" || expression.op === "-")) return partsOf(expression);
  if (expression.kind === "call" && functionRow(expression.name).units === "same") return expression.args;
  if (expression.kind !== "conditional") return null;
  find(expression.test, setting);
  return [expression.then, expression.otherwise];
}

function asFactor({ unit, literal }: Finding): Unit | undefined {
  if (literal === undefined) return unit;
  return Math.abs(literal) === 1 ? dimensionless : unscaledNumber;
}

/** The value of an expression of numbers alone. */
function literalValue(expression: Expression): number | undefined {
  if (expression.kind === "number") return expression.value;
  if (expression.kind === "symbol" || expression.kind === "draw" || expression.kind === "delayed") return undefined;
  for (const part of partsOf(expression)) if (literalValue(part) === undefined) return undefined;
  return evaluate(expression, { value: () => Number.NaN });
}

function mismatch(
  term: Expression,
  unit: Unit,
  { unit: expected, reason }: Demand,
  { lookup }: Setting,
): NeuroweaveError {
  const declared = [...symbolsOf(term)]
    .map((name) => [name, lookup(name)] as const)
    .flatMap(([name, known]) => (known === undefined ? [] : [`${name} in ${printUnit(known)}`]));
  const where = declared.length > 0 ? ` (declared: ${declared.join(", ")})` : "";
  const message = `\`${print(term)}\` is in ${unitText(unit)}, and ${unitText(expected)} is expected, ${reason}`;
  return new NeuroweaveError("unit-mismatch", message, {
    ...(term.span === undefined ? {} : { span: term.span }),
    remedy: `${cure(unit, expected)}${where}`,
  });
}

function cure(unit: Unit, expected: Unit): string {
  if (sameDimensions(unit, expected)) return `convert it: multiply it by ${number(unit.scale / expected.scale)}`;
  if (sameDimensions(expected, dimensionless)) return `divide it by something in ${printUnit(unit)}`;
  const missing = divideUnits(expected, unit);
  return `multiply it by something in ${printUnit(missing)}, or correct a declared unit`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function unitText(unit: Unit): string {
  return sameUnit(unit, dimensionless) && !Number.isNaN(unit.scale) ? "1 (a pure number)" : printUnit(unit);
}
