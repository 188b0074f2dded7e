/** Terms of many behaviors become one equation each; what contradicts itself is refused with both names. */
import { equal, NeuroweaveError, symbolsOf, type Expression } from "@neuroweave/equations";
import {
  constantTerm,
  hostInput,
  type ComposedAssignment,
  type ComposedInput,
  type Part,
  type Term,
} from "./stages.ts";
import type { Contribution } from "./contributions.ts";
import { Phase, type BehaviorInstance, type Entity } from "@neuroweave/model";

/** a·b and the like without the minus in front, or undefined. Taking it out never changes a bit. */
function unsigned(e: Expression): Expression | undefined {
  if (e.kind === "unary" && e.op === "-") return e.operand;
  if (e.kind !== "binary" || (e.op !== "*" && e.op !== "/")) return undefined;
  const left = unsigned(e.left);
  return left && { ...e, left };
}

/** The sum in list order; a term with a minus in front is subtracted, as if all had been written in one line. */
export function sumOf(values: readonly Expression[]): Expression {
  const [first, ...rest] = values;
  return rest.reduce((sum: Expression, value) => {
    const positive = unsigned(value);
    if (positive) return { kind: "binary", op: "-", left: sum, right: positive };
    return chained(sum, value);
  }, first!);
}

/** a + (b − c) written behind one another: (a + b) − c, as one line of text would be read. */
function chained(sum: Expression, value: Expression): Expression {
  if (value.kind === "binary" && (value.op === "+" || value.op === "-"))
    return { kind: "binary", op: value.op, left: sumOf([sum, value.left]), right: value.right };
  return { kind: "binary", op: "+", left: sum, right: value };
}

const termOf = ({ equation, instance, source }: Contribution): Term => ({
  value: equation.value,
  behavior: instance.name,
  source,
});

/** Right-hand sides of one variable: terms with equal factors share a part, in order of first appearance. */
export function composeParts(entity: Entity, variable: string, contributions: readonly Contribution[]): Part[] {
  const owners = contributions.filter(({ equation }) => equation.operator === "=");
  if (owners.length > 1)
    throw new NeuroweaveError(
      "two-owners",
      `d${variable}/dt is owned by ${owners[0]!.instance.name} and by ${owners[1]!.instance.name}`,
      {
        entity: entity.name,
        behavior: owners[1]!.instance.name,
        source: owners[1]!.source,
        span: owners[1]!.equation.span,
        candidates: owners.map(({ instance }) => instance.name),
        remedy: `Write d${variable}/dt += … in one of them, rename its variable, or detach it.`,
      },
    );
  const groups: { factor: Expression | null; members: Contribution[] }[] = [];
  for (const each of contributions) {
    const factor = each.equation.kind === "derivative" ? each.equation.factor : null;
    const group = groups.find((other) =>
      factor === null || other.factor === null ? factor === other.factor : equal(factor, other.factor),
    );
    if (group) group.members.push(each);
    else groups.push({ factor, members: [each] });
  }
  return groups.map(({ factor, members }) => ({
    factor,
    value: sumOf(members.map(({ equation }) => equation.value)),
    terms: members.map(termOf),
  }));
}

/** New values of the assigned variables of one stage. */
export function composeAssignments(entity: Entity, contributions: readonly Contribution[]): ComposedAssignment[] {
  const byTarget = new Map<string, Contribution[]>();
  for (const each of contributions) {
    const target = each.equation.kind === "assignment" ? each.equation.target : each.equation.variable;
    byTarget.set(target, [...(byTarget.get(target) ?? []), each]);
  }
  return [...byTarget].map(([target, members]) => {
    const assigning = members.filter(({ equation }) => equation.operator === "=");
    if (assigning.length > 0 && members.length > 1) throw conflict(entity, target, assigning[0]!, members);
    const terms = members.map(termOf);
    if (assigning.length === 1) return { target, value: terms[0]!.value, terms, operator: "=" as const };
    const value = sumOf([{ kind: "symbol", name: target }, ...terms.map((term) => term.value)]);
    return { target, value, terms, operator: "+=" as const };
  });
}

function conflict(
  entity: Entity,
  target: string,
  first: Contribution,
  members: readonly Contribution[],
): NeuroweaveError {
  const second = members.find((each) => each !== first)!;
  const what = second.equation.operator === "=" ? "two assignments" : "an assignment beside an increment";
  return new NeuroweaveError(
    "two-owners",
    `${target} gets ${what} at the same moment, from ${first.instance.name} and from ${second.instance.name}`,
    {
      entity: entity.name,
      behavior: second.instance.name,
      source: second.source,
      span: second.equation.span,
      candidates: [first.instance.name, second.instance.name],
      remedy: `Order them with before or after, give one another priority, or rename ${target} in one of them.`,
    },
  );
}

/**
 * The sum behind an input: its constant term, what host code adds, then the terms in list order. A term of a behavior at
 * `Input` (or earlier) that mentions no integrated variable is held for the step; any other is evaluated where it is used.
 */
export function composeInput(
  entity: Entity,
  input: string,
  contributions: readonly Contribution[],
  options: { readonly integrated: ReadonlySet<string>; readonly hosts: readonly string[] },
): ComposedInput {
  const symbol = (name: string): Expression => ({ kind: "symbol", name });
  const own: Term & { heldAs: null } = { value: symbol(constantTerm(input)), behavior: ownerOf(entity, input), source: "", heldAs: null }; // prettier-ignore
  const host =
    options.hosts.length > 0
      ? [{ value: symbol(hostInput(input)), behavior: options.hosts.join(", "), source: "", heldAs: null }]
      : [];
  const terms = contributions.map((each, index) => ({
    ...termOf(each),
    heldAs: isHeld(each.instance, each.equation.value, options.integrated) ? `${input}~${index}` : null,
  }));
  return { name: input, terms: [own, ...host, ...terms] };
}

const ownerOf = (entity: Entity, input: string): string => entity.symbols.get(input)!.owners[0]!.name;

function isHeld({ declaration }: BehaviorInstance, value: Expression, integrated: ReadonlySet<string>): boolean {
  return declaration.priority <= Phase.Input && ![...symbolsOf(value)].some((name) => integrated.has(name));
}
