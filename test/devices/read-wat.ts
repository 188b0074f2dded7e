/** Reads a module of WebAssembly as text and says what in it refers to nothing, without assembling it. */

type Node = string | readonly Node[];

/** The text as nested lists of words, or what is wrong with its parentheses. */
function treeOf(text: string): readonly Node[] | string {
  const top: Node[] = [];
  const open: Node[][] = [top];
  for (const [token] of text.matchAll(/"[^"]*"|[()]|[^\s()"]+/g))
    if (token === "(") {
      const list: Node[] = [];
      open.at(-1)!.push(list);
      open.push(list);
    } else if (token === ")") {
      if (open.length === 1) return "a parenthesis is closed that none opens";
      open.pop();
    } else open.at(-1)!.push(token);
  return open.length === 1 ? top : "a parenthesis is never closed";
}

const isList = (node: Node | undefined): node is readonly Node[] => Array.isArray(node);

/** Name of a function by its definition or import, and its definition. */
function functionsOf(module: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, readonly Node[]>();
  for (const each of module.slice(1)) {
    const definition = isList(each) && each[0] === "import" ? each[3] : each;
    if (isList(definition) && definition[0] === "func") found.set(String(definition[1]), definition);
  }
  return found;
}

/** What each instruction that takes an index names. */
const kinds: Readonly<Record<string, "local" | "function" | "label" | "global">> = {
  "local.get": "local",
  "local.set": "local",
  "local.tee": "local",
  call: "function",
  br: "label",
  br_if: "label",
  "global.get": "global",
};

/** A sentence for everything that is wrong; none for a sound module. */
export function faultsOfWat(text: string): readonly string[] {
  const tree = treeOf(text);
  if (typeof tree === "string") return [tree];
  const [module] = tree;
  if (tree.length !== 1 || !isList(module) || module[0] !== "module") return ["it is no module"];
  const faults: string[] = [];
  const functions = functionsOf(module);
  const globals = new Set(module.flatMap((each) => (isList(each) && isList(each[3]) && each[3][0] === "global" ? [each[3][1]] : [])));
  const called = new Set<string>();
  for (const [name, [, , ...body]] of functions) {
    const own = body.filter(isList).filter(([head]) => head === "param" || head === "local");
    const locals = new Set(own.map(([, local]) => local));
    if (locals.size !== own.length) faults.push(`${name} declares a local twice`);
    const visit = (node: Node, labels: readonly Node[]): void => {
      if (!isList(node)) return;
      const [head, second] = node;
      const inner = (head === "block" || head === "loop") && String(second).startsWith("$") ? [...labels, second!] : labels;
      const kind = typeof head === "string" && Object.hasOwn(kinds, head) ? kinds[head] : undefined;
      if (kind === "function") called.add(String(second));
      const known = { local: locals, function: functions, label: new Set(labels), global: globals };
      if (kind && !(known[kind] as ReadonlySet<unknown>).has(second)) faults.push(`${name} names the ${kind} ${String(second)}, which is not there`);
      for (const each of node) visit(each, inner);
    };
    for (const each of body) visit(each, []);
  }
  // Functions of stages are numbered; of those that come with every program some are for others.
  for (const name of functions.keys())
    if (/\d$/.test(name) && !called.has(name)) faults.push(`${name} is called by nobody`);
  return faults;
} // prettier-ignore
