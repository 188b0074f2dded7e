/** What a package exports, as text that changes when, and only when, its users can notice. */
import { relative } from "node:path";
import ts from "typescript";

export interface ApiReport {
  readonly text: string;
  readonly exported: number;
  /** Names that stand in signatures and that the package does not export. */
  readonly unnamed: readonly string[];
}

interface Entry {
  readonly name: string;
  readonly text: string;
}

/** The report of one package. `folder` is its folder, `entry` the source of what it exports. */
export function reportOf(program: ts.Program, name: string, folder: string, entry: string): ApiReport {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry)!;
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(file)!);
  const targets = new Map(exported.map((symbol) => [resolved(checker, symbol), symbol.name]));
  const entries: Entry[] = [];
  const reached = new Set<ts.Symbol>();
  for (const symbol of exported) {
    const target = resolved(checker, symbol);
    const own = declarationsIn(target, folder);
    if (own.length === 0) entries.push({ name: symbol.name, text: `export { ${symbol.name} } from "${originOf(target, folder)}";` });
    else entries.push({ name: symbol.name, text: printed(own, symbol.name === target.name ? "" : symbol.name) });
    for (const declaration of own) reach(checker, declaration, folder, reached);
  }
  const unnamed = [...reached].filter((symbol) => !targets.has(symbol));
  return {
    text: [
      `# API of \`${name}\``,
      "",
      "Written by `npm run api`; a change of this file is a change that users notice.",
      ...section("Exported", entries),
      ...section(
        "Not exported, but part of signatures",
        unnamed.map((symbol) => ({ name: symbol.name, text: printed(declarationsIn(symbol, folder), "") })),
      ),
      "",
    ].join("\n"),
    exported: entries.length,
    unnamed: unnamed.map(({ name }) => name).sort(),
  };
}

const resolved = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** The declarations that stand in the package's own files, whole statements. */
function declarationsIn(symbol: ts.Symbol, folder: string): ts.Node[] {
  const nodes = (symbol.declarations ?? []).filter((node) => node.getSourceFile().fileName.startsWith(`${folder}/`));
  return nodes.filter((node) => !ts.isTypeParameterDeclaration(node)).map(statementOf);
}

function statementOf(node: ts.Node): ts.Node {
  let at = node;
  while (!ts.isSourceFile(at) && !ts.isSourceFile(at.parent)) at = at.parent;
  return at;
}

/** Adds to `reached` what the text of a declaration names and its own package declares, and what these name. */
function reach(checker: ts.TypeChecker, node: ts.Node, folder: string, reached: Set<ts.Symbol>): void {
  if (ts.isIdentifier(node)) {
    const named = checker.getSymbolAtLocation(node);
    const symbol = named === undefined ? undefined : resolved(checker, named);
    if (symbol === undefined || reached.has(symbol) || !isTopLevel(symbol)) return;
    const own = declarationsIn(symbol, folder);
    if (own.length === 0) return;
    reached.add(symbol);
    for (const declaration of own) reach(checker, declaration, folder, reached);
  }
  ts.forEachChild(node, (child) => reach(checker, child, folder, reached));
}

const isTopLevel = (symbol: ts.Symbol): boolean =>
  (symbol.declarations ?? []).some(
    (node) =>
      ts.isSourceFile(node) ||
      ts.isSourceFile(node.parent) || (ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent)),
  );

const printed = (statements: readonly ts.Node[], alias: string): string =>
  [...statements.map((node) => node.getText()), ...(alias === "" ? [] : [`// exported as ${alias}`])].join("\n");

/** The package that declares a name, as its import is spelled. */
function originOf(symbol: ts.Symbol, folder: string): string {
  const file = symbol.declarations![0]!.getSourceFile().fileName;
  const [, own] = /\/packages\/([^/]+)\//.exec(file) ?? [];
  if (own !== undefined) return own === "neuroweave" ? own : `@neuroweave/${own}`;
  const [, other] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  return other ?? relative(folder, file);
}

function section(headline: string, entries: readonly Entry[]): string[] {
  if (entries.length === 0) return [];
  const order = entries.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return ["", `## ${headline}`, "", "```ts", order.map(({ text }) => text).join("\n\n"), "```"];
}
