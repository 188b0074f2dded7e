/** One element of a parsed document. */
export interface MarkupNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly MarkupNode[];
  /** Text of this element and all below it, entities resolved. */
  readonly text: string;
}

const voidElements = new Set(["meta", "link", "br"]);
const rawElements = new Set(["style", "script"]);
const entities: ReadonlyMap<string, string> = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#39;", "'"],
]);

/**
 * A strict reader of the markup that this project writes: every tag closed and nested, attributes quoted and unique,
 * no bare `<` or `&`. Throws on anything else, so parsing is the proof that a text is well formed.
 */
export function readMarkup(source: string): MarkupNode {
  let at = source.startsWith("<!doctype html>") ? "<!doctype html>".length : 0;
  const fail = (why: string): never => {
    throw new Error(`${why} at ${at}: ${source.slice(at, at + 60)}`);
  };
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const sticky = new RegExp(pattern.source, "uy");
    sticky.lastIndex = at;
    const match = sticky.exec(source);
    if (match !== null) at = sticky.lastIndex;
    return match ?? undefined;
  };
  const resolve = (text: string): string =>
    text.replace(/&[^;\s]*;?/gu, (entity) => entities.get(entity) ?? fail(`unknown entity ${entity}`));

  function element(): MarkupNode {
    const name = take(/<([A-Za-z][A-Za-z0-9]*)/)?.[1] ?? fail("no tag");
    const attributes = new Map<string, string>();
    for (let match = take(/\s+([A-Za-z][\w:-]*)="([^"<]*)"/); match; match = take(/\s+([A-Za-z][\w:-]*)="([^"<]*)"/)) {
      if (attributes.has(match[1]!)) fail(`attribute ${match[1]} twice`);
      attributes.set(match[1]!, resolve(match[2]!));
    }
    const end = take(/\s*(\/?)>/) ?? fail("a tag that does not end");
    if (end[1] === "/" || voidElements.has(name)) return { name, attributes, children: [], text: "" };
    const children: MarkupNode[] = [];
    let text = "";
    while (!source.startsWith("</", at)) {
      if (at >= source.length) fail(`<${name}> is never closed`);
      const words = take(rawElements.has(name) ? /(?:(?!<\/)[^])+/ : /[^<]+/);
      if (words) {
        text += rawElements.has(name) ? words[0] : resolve(words[0]);
      } else {
        const child = element();
        children.push(child);
        text += child.text;
      }
    }
    if (!take(new RegExp(`</${name}>`))) fail(`<${name}> is closed by another tag`);
    return { name, attributes, children, text };
  }

  take(/\s*/);
  const root = element();
  take(/\s*/);
  if (at !== source.length) fail("text after the end");
  return root;
}

/** All elements below and including the root that fulfil the condition, in document order. */
export function findAll(root: MarkupNode, condition: (node: MarkupNode) => boolean): MarkupNode[] {
  return [...(condition(root) ? [root] : []), ...root.children.flatMap((child) => findAll(child, condition))];
}

export const byClass = (name: string) => (node: MarkupNode) =>
  node.attributes.get("class")?.split(" ").includes(name) ?? false;
export const byName = (name: string) => (node: MarkupNode) => node.name === name;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The strokes of an SVG path of the commands M m L l H h V v Z: one list of points for each pen-down stretch. */
export function strokesOf(d: string): Point[][] {
  const strokes: Point[][] = [];
  let pen = { x: 0, y: 0 };
  for (const [, command, text] of d.matchAll(/([MmLlHhVvZz])([^MmLlHhVvZz]*)/gu)) {
    const [a = 0, b = 0] = [...text!.matchAll(/-?(?:\d+\.?\d*|\.\d+)/gu)].map(Number);
    if (command === "M") pen = { x: a, y: b };
    else if (command === "m" || command === "l") pen = { x: pen.x + a, y: pen.y + b };
    else if (command === "L") pen = { x: a, y: b };
    else if (command === "H") pen = { x: a, y: pen.y };
    else if (command === "h") pen = { x: pen.x + a, y: pen.y };
    else if (command === "V") pen = { x: pen.x, y: a };
    else if (command === "v") pen = { x: pen.x, y: pen.y + a };
    if (command === "M" || command === "m") strokes.push([pen]);
    else if (command !== "Z") strokes.at(-1)!.push(pen);
  }
  return strokes;
}

/** The frame of each panel, read from a shaded span that covers its whole time axis. */
export function framesOf(svg: MarkupNode): { left: number; right: number; top: number; bottom: number }[] {
  return findAll(svg, byClass("nw-span")).map((span) => {
    const points = strokesOf(span.attributes.get("d")!).flat();
    const xs = points.map(({ x }) => x);
    const ys = points.map(({ y }) => y);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  });
}

/** The path data of the lines in a color of the palette, in document order, legends left out. */
export function linesOf(svg: MarkupNode, color: number): string[] {
  return findAll(svg, byClass(`nw-line-${color}`))
    .map((node) => node.attributes.get("d")!)
    .filter((d) => !/^M[\d.]+,[\d.]+h18$/u.test(d));
}
