export { errorCodes } from "./error-codes.ts";
export type { ErrorCode } from "./error-codes.ts";
export { makeFolders } from "./make-folders.ts";
export type { FolderCalls } from "./make-folders.ts";
export { errorGuide } from "./error-guide.ts";
export type { ErrorGuide } from "./error-guide.ts";
export { NeuroweaveError, withPlace } from "./error.ts";
export type { ErrorPlace } from "./error.ts";
export { nearest } from "./nearest.ts";
export { checkNumber, checkOptions, checkSeed, checkWhole, isList, refusal } from "./checks.ts";
export type { Limits } from "./checks.ts";

export { add, binary, call, conditional, delayed, div, draw, mul, neg, not, num, pow, sub, sym } from "./expression.ts";
export type {
  AssignmentStatement,
  BinaryExpression,
  BinaryOperator,
  CallExpression,
  ConditionalExpression,
  DelayedExpression,
  DerivativeStatement,
  Distribution,
  DrawExpression,
  Equation,
  Expression,
  FunctionName,
  LetStatement,
  NumberExpression,
  Span,
  Statement,
  SymbolExpression,
  UnaryExpression,
  UnaryOperator,
} from "./expression.ts";

export { checkName, checkTarget, isDottedName, isName, reservedNames } from "./names.ts";
export { functionNames } from "./functions.ts";
export { parseExpression, parseStatements } from "./parse.ts";
export type { ParseOptions } from "./cursor.ts";
export { resolveLets } from "./lets.ts";
export type { LetOptions } from "./lets.ts";

export {
  additiveTerms,
  dependsOn,
  drawsOf,
  expressionsOf,
  mapExpression,
  mapStatement,
  partsOf,
  symbolsOf,
  visitExpression,
} from "./traverse.ts";
export { renameStatement, renameSymbols, substitute, substituteStatement } from "./substitute.ts";
export { equal, equalStatements, structuralKey } from "./equal.ts";

export { simplify, withoutOne } from "./simplify.ts";
export { isZero, tidy } from "./tidy.ts";
export { differentiate } from "./differentiate.ts";
export { linearIn } from "./linear.ts";
export type { LinearDecomposition } from "./linear.ts";

export { evaluate } from "./evaluate.ts";
export type { Scope } from "./evaluate.ts";
export { checkStatementTypes, typeOf } from "./check-types.ts";
export type { ExpressionType } from "./check-types.ts";

export { parseUnit } from "./parse-unit.ts";
export { printUnit } from "./print-unit.ts";
export { dimensionless, divideUnits, multiplyUnits, raiseUnit, sameDimensions, sameUnit } from "./units.ts";
export type { Unit } from "./units.ts";
export { checkStatementUnits, checkUnits, unitOf } from "./check-units.ts";
export type { UnitLookup } from "./check-units.ts";

export { print, printLeftSide } from "./print.ts";
export { printLatex } from "./latex.ts";
