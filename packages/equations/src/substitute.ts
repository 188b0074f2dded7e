import { NeuroweaveError } from "./error.ts";
import type { Expression, Span, Statement } from "./expression.ts";
import { print } from "./print.ts";
import { mapExpression, mapParts, mapStatement, partsOf } from "./traverse.ts";

/** Nodes of an expression after substitution, at most; a text of definitions can double its size with every line. */
const maxNodes = 200_000;
/** Levels of an expression after substitution, at most. */
const maxLevels = 1_000;

/**
 * Replaces symbols by expressions, all at once: what is put in is not searched again. It reaches into the arguments of
 * draws and into delays; the variable of `delayed` can become another symbol only (`not-a-variable` otherwise).
 * What is put in takes the span of the symbol it stands for, since its own points into another text. Refuses results
 * that are too large or too deep (`too-large`).
 */
export function substitute(expression: Expression, bindings: ReadonlyMap<string, Expression>): Expression {
  return checkedReplacement(expression, bindings, (bound, span) =>
    mapExpression(bound, (node) => withSpan(node, span)),
  );
}

/** As `substitute`, for bindings from the same text: they keep their own spans. */
export function inline(expression: Expression, bindings: ReadonlyMap<string, Expression>): Expression {
  return checkedReplacement(expression, bindings, (bound) => bound);
}

function checkedReplacement(
  expression: Expression,
  bindings: ReadonlyMap<string, Expression>,
  put: (bound: Expression, span: Span | undefined) => Expression,
): Expression {
  checkSize(expression, bindings);
  return replaceSymbols(expression, bindings, put);
}

function replaceSymbols(
  node: Expression,
  bindings: ReadonlyMap<string, Expression>,
  put: (bound: Expression, span: Span | undefined) => Expression,
): Expression {
  if (node.kind === "symbol") {
    const bound = bindings.get(node.name);
    return bound === undefined ? node : put(bound, node.span);
  }
  const changed = mapParts(node, (part) => replaceSymbols(part, bindings, put));
  if (changed.kind !== "delayed") return changed;
  const bound = bindings.get(changed.variable);
  if (bound === undefined) return changed;
  if (bound.kind === "symbol") return { ...changed, variable: bound.name };
  const message = `delayed looks back at a variable, and ${changed.variable} stands for \`${print(bound)}\``;
  throw new NeuroweaveError("not-a-variable", message, {
    ...(node.span === undefined ? {} : { span: node.span }),
    remedy: "apply `delayed` to the variables inside that expression",
  });
}

/** As `substitute`, for the value and the factor of a statement. A variable on the left can become a symbol only. */
export function substituteStatement<S extends Statement>(statement: S, bindings: ReadonlyMap<string, Expression>): S {
  const changed = mapStatement(statement, (expression) => substitute(expression, bindings));
  return renameLeft(changed, (name) => {
    const bound = bindings.get(name);
    if (bound === undefined || bound.kind === "symbol") return bound?.name ?? name;
    const message = `${name} stands for \`${print(bound)}\` and cannot be assigned or integrated`;
    throw new NeuroweaveError("not-a-variable", message, {
      span: statement.span,
      remedy: `bind only names that no equation changes, or leave ${name} out`,
    });
  });
}

/** Renames every symbol, the variables of `delayed` included. Names that `rename` returns unchanged cost nothing. */
export function renameSymbols(expression: Expression, rename: (name: string) => string): Expression {
  return mapExpression(expression, (node) => {
    if (node.kind === "symbol") {
      const name = rename(node.name);
      return name === node.name ? node : { ...node, name };
    }
    if (node.kind !== "delayed") return node;
    const variable = rename(node.variable);
    return variable === node.variable ? node : { ...node, variable };
  });
}

/** Renames every symbol of a statement: what it reads, what it changes, and the name that a `let` gives. */
export function renameStatement<S extends Statement>(statement: S, rename: (name: string) => string): S {
  return renameLeft(
    mapStatement(statement, (expression) => renameSymbols(expression, rename)),
    rename,
  );
}

function renameLeft<S extends Statement>(statement: S, rename: (name: string) => string): S {
  if (statement.kind === "derivative") return { ...statement, variable: rename(statement.variable) };
  if (statement.kind === "assignment") return { ...statement, target: rename(statement.target) };
  return { ...statement, name: rename(statement.name) };
}

function withSpan(node: Expression, span: Span | undefined): Expression {
  if (span !== undefined) return { ...node, span };
  const { span: _, ...bare } = node;
  return bare as Expression;
}

interface Size {
  readonly nodes: number;
  readonly levels: number;
}

/** Measures what a substitution will give before giving it; shared parts are measured once. */
function checkSize(expression: Expression, bindings: ReadonlyMap<string, Expression>): void {
  const known = new Map<Expression, Size>();
  const measure = (node: Expression, bound: ReadonlyMap<string, Size>): Size => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const leaf = node.kind === "symbol" ? bound.get(node.name) : undefined;
    let nodes = leaf?.nodes ?? 1;
    let levels = leaf?.levels ?? 1;
    for (const part of partsOf(node)) {
      const size = measure(part, bound);
      nodes += size.nodes;
      levels = Math.max(levels, size.levels + 1);
    }
    const size = { nodes, levels };
    known.set(node, size);
    return size;
  };
  const bound = new Map<string, Size>();
  for (const [name, value] of bindings) bound.set(name, measure(value, new Map()));
  known.clear();
  const { nodes, levels } = measure(expression, bound);
  if (nodes <= maxNodes && levels <= maxLevels) return;
  throw new NeuroweaveError("too-large", `written out, the expression has ${nodes} terms in ${levels} levels`, {
    ...(expression.span === undefined ? {} : { span: expression.span }),
    remedy: `${maxNodes} terms and ${maxLevels} levels are accepted: make some of the intermediates state variables`,
  });
}
