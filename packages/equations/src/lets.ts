import { NeuroweaveError } from "./error.ts";
import type { Equation, Expression, LetStatement, Statement } from "./expression.ts";
import { inline } from "./substitute.ts";
import { expressionsOf, mapStatement, symbolsOf, visitExpression } from "./traverse.ts";

export interface LetOptions {
  /** Names that are declared elsewhere and must not be taken by an intermediate. */
  readonly declared?: ReadonlySet<string>;
}

/**
 * Inlines the intermediates of a text and returns its other statements. An intermediate may use those above it. A draw
 * inside an intermediate that is used twice stays one draw. Refuses an intermediate that is used above its line
 * or in its own value (`used-before-definition`), and one that is defined twice, changed, or takes the name of a
 * variable (`duplicate-name`).
 */
export function resolveLets(statements: readonly Statement[], options: LetOptions = {}): readonly Equation[] {
  const definitions = statements.filter((statement) => statement.kind === "let");
  checkNames(statements, definitions, options.declared ?? new Set());

  const inlined = new Map<string, Expression>();
  const later = new Set(definitions.map(({ name }) => name));
  const equations: Equation[] = [];
  for (const statement of statements) {
    for (const expression of expressionsOf(statement)) refuseLater(expression, later);
    const resolved = mapStatement(statement, (expression) => inline(expression, inlined));
    if (resolved.kind === "let") {
      inlined.set(resolved.name, resolved.value);
      later.delete(resolved.name);
    } else {
      equations.push(resolved);
    }
  }
  return equations;
}

function checkNames(
  statements: readonly Statement[],
  definitions: readonly LetStatement[],
  declared: ReadonlySet<string>,
): void {
  const changed = new Set<string>();
  for (const statement of statements) {
    if (statement.kind === "derivative") changed.add(statement.variable);
    if (statement.kind === "assignment") changed.add(statement.target);
  }
  const defined = new Set<string>();
  for (const { name, span } of definitions) {
    const refuse = (message: string, remedy: string): NeuroweaveError =>
      new NeuroweaveError("duplicate-name", message, { span, remedy });
    if (defined.has(name)) throw refuse(`the intermediate ${name} is defined twice`, "give each its own name");
    if (changed.has(name)) {
      throw refuse(
        `${name} is an intermediate here and changed by another statement`,
        "an intermediate is written once: drop the `let` and declare a state variable, or rename one of them",
      );
    }
    if (declared.has(name)) throw refuse(`the intermediate ${name} hides a declared name`, "rename the intermediate");
    defined.add(name);
  }
}

function refuseLater(expression: Expression, later: ReadonlySet<string>): void {
  const early = [...symbolsOf(expression)].find((name) => later.has(name));
  if (early === undefined) return;
  let place = expression.span;
  visitExpression(expression, (node) => {
    if (node.kind === "symbol" && node.name === early) place = node.span ?? place;
  });
  throw new NeuroweaveError("used-before-definition", `the intermediate ${early} is used before it is defined`, {
    ...(place === undefined ? {} : { span: place }),
    remedy: `move \`let ${early} = …\` above this use, without using ${early} in it`,
  });
}
