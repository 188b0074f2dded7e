/** The same behavior with other symbols, or with parameters replaced by expressions. */
import {
  mapStatement,
  NeuroweaveError,
  nearest,
  parseExpression,
  renameSymbols,
  symbolsOf,
  withPlace,
  type Equation,
  type Expression,
} from "@neuroweave/equations";
import { checkSymbol } from "./declare.ts";
import type { Declaration, Source } from "./declaration.ts";

/** Renames symbols everywhere in a declaration, as far as it mentions them. Refuses a clash. */
export function renameDeclaration(d: Declaration, names: Readonly<Record<string, string>>): Declaration {
  const mentioned = symbolsIn(d);
  const taken = new Set([...mentioned].filter((name) => !Object.hasOwn(names, name)));
  for (const [from, to] of Object.entries(names)) {
    checkSymbol(to);
    if (!mentioned.has(from)) continue;
    if (taken.has(to))
      throw new NeuroweaveError(
        "duplicate-name",
        `renaming ${from} to ${to} would merge two symbols of ${d.behavior}`,
        {
          behavior: d.behavior,
          remedy: "Choose another name.",
        },
      );
    taken.add(to);
  }
  const rename = (name: string): string => (Object.hasOwn(names, name) ? names[name]! : name);
  const keys = <T>(map: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...map].map(([key, value]) => [rename(key), value]));
  const inExpression = (e: Expression): Expression => renameSymbols(e, rename);
  const inEquation = (equation: Equation): Equation => {
    const mapped = mapStatement(equation, inExpression) as Equation;
    return mapped.kind === "derivative"
      ? { ...mapped, variable: rename(mapped.variable) }
      : { ...mapped, target: rename(mapped.target) };
  };
  const source = <T>(each: Source<T>, map: (parsed: T) => T): Source<T> => ({ ...each, parsed: map(each.parsed) });
  const expressions = (each: Source<Expression>): Source<Expression> => source(each, inExpression);
  const equations = (each: Source<readonly Equation[]>): Source<readonly Equation[]> =>
    source(each, (list) => list.map(inEquation));
  const states = [...d.states].map(([name, state]) => {
    const init = typeof state.init === "string" ? state.init.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, rename) : state.init;
    return [rename(name), { ...state, init }] as const;
  });
  return {
    ...d,
    parameters: keys(d.parameters),
    states: new Map(states),
    inputs: keys(d.inputs),
    tables: keys(d.tables),
    bindings: new Map([...keys(d.bindings)].map(([key, each]) => [key, expressions(each)])),
    equations: d.equations.map(equations),
    onSpike: d.onSpike.map(equations),
    onArrival: d.onArrival.map(equations),
    onPre: d.onPre.map(equations),
    onPost: d.onPost.map(equations),
    bounds: new Map(
      [...keys(d.bounds)].map(([key, { min, max }]) => [
        key,
        { min: min && expressions(min), max: max && expressions(max) },
      ]),
    ),
    onLose: d.onLose.map(equations),
    coupling: d.coupling && expressions(d.coupling),
    signals: new Map([...keys(d.signals)].map(([key, each]) => [key, { ...each, of: expressions(each.of) }])),
    competition: d.competition && {
      ...d.competition,
      by: expressions(d.competition.by),
      among: expressions(d.competition.among),
    },
    spike: d.spike && expressions(d.spike),
    spikeRequires: d.spikeRequires.map(expressions),
    holds: d.holds.map((hold) => ({
      variables: hold.variables === "all" ? "all" : hold.variables.map(rename),
      while: inExpression(hold.while),
      text: hold.text,
    })),
    requires: d.requires.map(rename),
    writes: d.writes.map(rename),
    aliases: aliasesOf(d, mentioned, rename),
    sample: d.sample && { ...d.sample, variables: d.sample.variables.map(rename) },
    events: d.events && { ...d.events, state: rename(d.events.state) },
  };
}

/** What host code calls a symbol stays what it was before any rename. */
function aliasesOf(
  d: Declaration,
  mentioned: ReadonlySet<string>,
  rename: (name: string) => string,
): Map<string, string> {
  const current = new Map([...d.aliases].map(([original, name]) => [original, rename(name)] as const));
  const known = new Set(d.aliases.values());
  for (const name of mentioned) if (!known.has(name) && rename(name) !== name) current.set(name, rename(name));
  return current;
}

/** Replaces parameters by expressions. Refuses a name that is no parameter of the behavior. */
export function bindDeclaration(d: Declaration, expressions: Readonly<Record<string, string>>): Declaration {
  const bindings = new Map(d.bindings);
  const parameters = new Map(d.parameters);
  for (const [name, text] of Object.entries(expressions)) {
    if (!parameters.delete(name)) {
      const candidates = nearest(name, [...d.parameters.keys()]);
      throw new NeuroweaveError("unknown-name", `${d.behavior} has no parameter ${name} to bind`, {
        behavior: d.behavior,
        candidates,
        remedy: `Its parameters are ${[...d.parameters.keys()].join(", ") || "none"}.`,
      });
    }
    try {
      bindings.set(name, { text, parsed: parseExpression(text) });
    } catch (error) {
      throw withPlace(error, { behavior: d.behavior, source: text });
    }
  }
  return { ...d, parameters, bindings };
}

/** All lists of statements of a declaration. */
export const allEquations = (d: Declaration): Source<readonly Equation[]>[] => [
  ...d.equations,
  ...d.onSpike,
  ...d.onArrival,
  ...d.onPre,
  ...d.onPost,
  ...d.onLose,
];

/** Every symbol that a declaration mentions. */
export function symbolsIn(d: Declaration): Set<string> {
  const names = new Set([
    ...d.parameters.keys(),
    ...d.states.keys(),
    ...d.inputs.keys(),
    ...d.tables.keys(),
    ...d.signals.keys(),
    ...d.bindings.keys(),
  ]);
  const expression = (e: Expression): void => symbolsOf(e).forEach((name) => names.add(name));
  for (const equation of allEquations(d).flatMap(({ parsed }) => parsed)) {
    names.add(equation.kind === "derivative" ? equation.variable : equation.target);
    expression(equation.value);
    if (equation.kind === "derivative" && equation.factor) expression(equation.factor);
  }
  for (const { init } of d.states.values()) if (typeof init === "string") expression(parseExpression(init));
  if (d.spike) expression(d.spike.parsed);
  const { coupling, competition } = d;
  const single = [...(coupling ? [coupling] : []), ...(competition ? [competition.by, competition.among] : [])];
  for (const each of [...d.spikeRequires, ...d.bindings.values(), ...single]) expression(each.parsed);
  for (const { of } of d.signals.values()) expression(of.parsed);
  for (const [variable, { min, max }] of d.bounds) {
    names.add(variable);
    for (const bound of [min, max]) if (bound) expression(bound.parsed);
  }
  for (const hold of d.holds) {
    expression(hold.while);
    if (hold.variables !== "all") hold.variables.forEach((name) => names.add(name));
  }
  for (const name of [...d.requires, ...d.writes, ...(d.sample?.variables ?? [])]) names.add(name);
  return names;
}

/** Refuses names to rename that a behavior does not mention. */
export function requireMentioned(d: Declaration, names: Readonly<Record<string, string>>): void {
  const mentioned = symbolsIn(d);
  const unknown = Object.keys(names).find((name) => !mentioned.has(name));
  if (unknown === undefined) return;
  throw new NeuroweaveError("unknown-name", `${d.behavior} has no symbol ${unknown} to rename`, {
    behavior: d.behavior,
    candidates: nearest(unknown, [...mentioned]),
    remedy: `It mentions ${[...mentioned].sort().join(", ")}.`,
  });
}
