import { hull } from "./cursor.ts";
import type { Expression } from "./expression.ts";
import { div, mul, num } from "./expression.ts";

/** What a left side says: a variable to assign, or a derivative with its factor. */
export type LeftSide =
  | { readonly kind: "target"; readonly name: string }
  | { readonly kind: "derivative"; readonly variable: string; readonly factor: Expression | null };

/** One link of a product: the expression and whether it multiplies or divides. */
interface Link {
  readonly op: "*" | "/";
  readonly expression: Expression;
}

/**
 * Reads `x`, `dx/dt`, `f * dx/dt`, `dx/dt * f`, `f * (dx/dt)` and longer products and quotients of that kind from the
 * expression that the left side parses as: `tau * dv/dt` reads as `(tau * dv) / dt`. The links around
 * `dv`, `/dt` keep their order and make the factor. Null if it is none of these, or holds two derivatives.
 */
export function readLeftSide(expression: Expression): LeftSide | null {
  if (expression.kind === "symbol") return { kind: "target", name: expression.name };
  const links = linksOf(expression);
  const found: { readonly variable: string; readonly first: number; readonly count: number }[] = [];
  links.forEach((link, index) => {
    const inBrackets = link.op === "*" ? bracketedDerivative(link.expression) : null;
    const inChain = link.op === "*" && isTimeStep(links[index + 1]) ? differential(link.expression) : null;
    if (inBrackets !== null) found.push({ variable: inBrackets, first: index, count: 1 });
    if (inChain !== null) found.push({ variable: inChain, first: index, count: 2 });
  });
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return null;
  links.splice(only.first, only.count);
  return { kind: "derivative", variable: only.variable, factor: productOf(links) };
}

/** The left spine of products and quotients, first factor first. */
function linksOf(expression: Expression): Link[] {
  const links: Link[] = [];
  let rest = expression;
  while (rest.kind === "binary" && (rest.op === "*" || rest.op === "/")) {
    links.push({ op: rest.op, expression: rest.right });
    rest = rest.left;
  }
  links.push({ op: "*", expression: rest });
  return links.reverse();
}

function productOf(links: readonly Link[]): Expression | null {
  let product: Expression | null = null;
  for (const { op, expression } of links) {
    if (product === null) {
      product = op === "*" ? expression : { ...div(num(1), expression), span: hull(expression, expression) };
    } else {
      const built: Expression = op === "*" ? mul(product, expression) : div(product, expression);
      product = { ...built, span: hull(product, expression) };
    }
  }
  return product;
}

/** `x` of the symbol `dx`. */
function differential(expression: Expression): string | null {
  if (expression.kind !== "symbol" || !expression.name.startsWith("d")) return null;
  const variable = expression.name.slice(1);
  return /^[A-Za-z_]/.test(variable) ? variable : null;
}

function bracketedDerivative(expression: Expression): string | null {
  if (expression.kind !== "binary" || expression.op !== "/") return null;
  return isTimeStep({ op: "/", expression: expression.right }) ? differential(expression.left) : null;
}

function isTimeStep(link: Link | undefined): boolean {
  return link?.op === "/" && link.expression.kind === "symbol" && link.expression.name === "dt";
}
