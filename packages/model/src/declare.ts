/** From the texts of a specification to a checked declaration. */
import {
  isName,
  NeuroweaveError,
  parseExpression,
  parseStatements,
  parseUnit,
  reservedNames,
  resolveLets,
  typeOf,
  withPlace,
  type Equation,
  type Expression,
} from "@neuroweave/equations";
import type { BehaviorBody, BehaviorSpecification } from "./behavior.ts";
import type { Bounds, Competition, Declaration, Hold, Signal, Source } from "./declaration.ts";
import type { HostStep } from "./host.ts";
import {
  checkValue,
  type InputDeclaration,
  type ParameterDeclaration,
  type ParameterValue,
  type StateDeclaration,
} from "./parameters.ts";
import { Phase } from "./phases.ts";

type AnySpecification = BehaviorSpecification<
  Readonly<Record<string, ParameterDeclaration>>,
  Readonly<Record<string, StateDeclaration>>,
  Readonly<Record<string, InputDeclaration>>,
  string,
  never
>;

/** Parses and checks one behavior; `body` overrides what the options decide. */
export function declare<S>(specification: S & { readonly name: string }, body: BehaviorBody): Declaration {
  const { name, ...rest } = specification as unknown as AnySpecification;
  try {
    return assemble(name, { ...rest, ...definedOf(body) } as Omit<AnySpecification, "name">);
  } catch (error) {
    throw withPlace(error, { behavior: name });
  }
}

const definedOf = (body: BehaviorBody): BehaviorBody =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

function assemble(name: string, spec: Omit<AnySpecification, "name">): Declaration {
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name))
    throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot be the name of a behavior`, {
      remedy: "Use letters, digits, _ and -, beginning with a letter.",
    });
  const priority = spec.priority ?? usualPriority(spec);
  if (!Number.isFinite(priority))
    throw new NeuroweaveError("not-finite", `the priority is ${String(priority)}`, {
      remedy: "Give a finite number or a Phase.",
    });
  const parameters = withDefaults(checkedNames(spec.parameters), spec.defaults ?? {});
  const states = checkedNames(spec.state);
  belongTo(spec.per ?? {}, parameters, states);
  const inputs = checkedNames(spec.inputs);
  const signals = new Map(
    [...checkedNames(spec.signals)].map(([symbol, { of, by, per = null }]) => [
      symbol,
      { of: numberSource(of, `g_${symbol}`), by: reductionOf(symbol, by, per), per },
    ]),
  );
  if (spec.onLose !== undefined && spec.competition === undefined)
    throw new NeuroweaveError("invalid-value", "onLose says what the losers do, and there is no competition", {
      source: spec.onLose,
      remedy: "Declare `competition` too, or drop `onLose`.",
    });
  checkDisjoint({ parameter: parameters, state: states, input: inputs, table: checkedNames(spec.tables), signal: signals }); // prettier-ignore
  for (const [symbol, { unit }] of [...parameters, ...states, ...inputs]) checkUnit(symbol, unit);
  for (const { init } of states.values()) if (typeof init === "string") checkStart(init);
  return {
    behavior: name,
    doc: spec.doc ?? "",
    source: spec.source ?? "",
    priority,
    before: listOf(spec.before),
    after: listOf(spec.after),
    scope: spec.scope ?? "shared",
    adaptive: spec.adaptive ?? false,
    parameters,
    states,
    inputs,
    bindings: new Map(),
    equations: spec.equations === undefined ? [] : [statements(spec.equations, "e")],
    onSpike: spec.onSpike === undefined ? [] : [assignments(spec.onSpike, "s")],
    onArrival: spec.onArrival === undefined ? [] : [assignments(spec.onArrival, "a")],
    onPre: spec.onPre === undefined ? [] : [assignments(spec.onPre, "p")],
    onPost: spec.onPost === undefined ? [] : [assignments(spec.onPost, "q")],
    bounds: new Map([...checkedNames(spec.bounds)].map(([variable, given]) => [variable, boundsOf(variable, given)])),
    every: everyOf(spec),
    coupling: spec.coupling === undefined ? null : numberSource(spec.coupling, "k"),
    signals,
    competition: spec.competition === undefined ? null : competitionOf(spec.competition),
    onLose: spec.onLose === undefined ? [] : [assignments(spec.onLose, "l")],
    spike: spec.spike === undefined ? null : condition(spec.spike, "c"),
    spikeRequires: spec.spikeRequires === undefined ? [] : [condition(spec.spikeRequires, "r")],
    holds: spec.hold === undefined ? [] : [holdOf(spec.hold)],
    method: spec.method ?? null,
    step: (spec.step as HostStep | undefined) ?? null,
    requires: spec.requires ?? [],
    writes: spec.writes ?? [],
    aliases: new Map(),
    sample: spec.sample ?? null,
    tables: checkedNames(spec.tables),
    events: spec.events ?? null,
    initialSpikes: spec.initialSpikes ?? null,
  };
}

/** Where a behavior of this form stands unless it says otherwise. */
function usualPriority({
  equations,
  spike,
  sample,
  onPost,
  onPre,
  adaptive,
  bounds,
}: Omit<AnySpecification, "name">): number {
  if (sample) return Phase.Record;
  if (onPost !== undefined || (onPre !== undefined && adaptive)) return Phase.Learning;
  if (bounds !== undefined) return Phase.Bounds;
  return spike !== undefined && equations === undefined ? Phase.Firing : Phase.Dynamics;
}

const listOf = (names: string | readonly string[] | undefined): readonly string[] =>
  names === undefined ? [] : typeof names === "string" ? [names] : names;

function checkedNames<T>(record: Readonly<Record<string, T>> | undefined): Map<string, T> {
  const entries = Object.entries(record ?? {});
  for (const [name] of entries) checkSymbol(name);
  return new Map(entries);
}

/** Parameters with other defaults. Refuses defaults of what is no parameter, or outside its range. */
function withDefaults(parameters: Map<string, ParameterDeclaration>, defaults: Readonly<Record<string, ParameterValue>>): Map<string, ParameterDeclaration> {
  for (const [name, value] of Object.entries(defaults)) {
    const declaration = parameters.get(name);
    if (!declaration)
      throw new NeuroweaveError("unknown-name", `there is a default of ${name}, which is no parameter`, { remedy: `The parameters are ${[...parameters.keys()].join(", ")}.` });
    if (typeof value === "number") checkValue(name, value, declaration, 1);
    parameters.set(name, { ...declaration, default: value });
  }
  return parameters;
} // prettier-ignore

/** Gives symbols to an end. Refuses names of what is neither parameter nor variable. */
function belongTo(ends: NonNullable<BehaviorBody["per"]>, parameters: Map<string, ParameterDeclaration>, states: Map<string, StateDeclaration>): void {
  for (const [name, per] of Object.entries(ends)) {
    const [parameter, state] = [parameters.get(name), states.get(name)];
    if (parameter) parameters.set(name, { ...parameter, per });
    else if (state) states.set(name, { ...state, per });
    else throw new NeuroweaveError("unknown-name", `${name} is to belong to a ${per}, and is neither parameter nor variable`, { remedy: `There are ${[...parameters.keys(), ...states.keys()].join(", ")}.` });
  }
} // prettier-ignore

/** Refuses names that the language cannot spell or has taken. */
export function checkSymbol(name: string): void {
  if (!isName(name) || name in Object.prototype)
    throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot be the name of a symbol`, {
      remedy: "Use the letters of ASCII, digits and _, beginning with a letter or _.",
    });
  if (reservedNames.has(name) && name !== "refractory")
    throw new NeuroweaveError("reserved-name", `${name} has a meaning of its own and cannot be declared`, {
      remedy: "Choose another name.",
    });
}

function checkDisjoint(kinds: Readonly<Record<string, ReadonlyMap<string, unknown>>>): void {
  const seen = new Map<string, string>();
  for (const [kind, names] of Object.entries(kinds))
    for (const name of names.keys()) {
      const before = seen.get(name);
      if (before)
        throw new NeuroweaveError("duplicate-name", `${name} is declared as ${before} and as ${kind}`, {
          remedy: "Rename one of them.",
        });
      seen.set(name, kind);
    }
}

/** Refuses a unit that cannot be read, naming its symbol. */
export function checkUnit(symbol: string, unit: string | undefined): void {
  if (unit === undefined) return;
  try {
    parseUnit(unit);
  } catch (error) {
    throw withPlace(error, { remedy: `Check the unit of ${symbol}.` });
  }
}

function statements(text: string, prefix: string): Source<readonly Equation[]> {
  try {
    const parsed = resolveLets(parseStatements(text, { occurrencePrefix: prefix }));
    for (const equation of parsed) requireNumber(equation.value);
    return { text, parsed };
  } catch (error) {
    throw withPlace(error, { source: text });
  }
}

const reductions: readonly Signal["by"][] = ["sum", "mean", "max", "min"];

function reductionOf(symbol: string, by: Signal["by"], per: Signal["per"]): Signal["by"] {
  if (per !== null && by !== "sum")
    throw new NeuroweaveError(
      "not-supported",
      `the signal ${symbol} is taken of synapses, and can only be their sum, not their ${JSON.stringify(by)}`,
      {
        remedy: 'Give by: "sum"; a mean is the sum divided by a sum of 1.',
      },
    );
  if (reductions.includes(by)) return by;
  throw new NeuroweaveError("invalid-value", `the signal ${symbol} cannot be reduced by ${JSON.stringify(by)}`, {
    candidates: reductions,
    remedy: `Give one of ${reductions.join(", ")}.`,
  });
}

/** A start value that is given as text must be an expression of a number. */
function checkStart(text: string): void {
  try {
    requireNumber(parseExpression(text));
  } catch (error) {
    throw withPlace(error, { source: text });
  }
}

function requireNumber(expression: Expression): void {
  if (typeOf(expression) !== "number")
    throw new NeuroweaveError("type-mismatch", "a truth value stands where a number is needed", {
      ...(expression.span ? { span: expression.span } : {}),
      remedy: "Write `condition ? 1 : 0`.",
    });
}

function boundsOf(variable: string, { min, max }: { readonly min?: string; readonly max?: string }): Bounds {
  return {
    min: min === undefined ? null : numberSource(min, `b_${variable}_min`),
    max: max === undefined ? null : numberSource(max, `b_${variable}_max`),
  };
}

function everyOf({ every, equations }: Omit<AnySpecification, "name">): number | null {
  if (every === undefined) return null;
  if (!(every > 0 && every < Infinity))
    throw new NeuroweaveError("out-of-range", `${String(every)} ms is no interval`, { remedy: "Give a duration > 0 ms." });
  const derivative = equations === undefined ? undefined : statements(equations, "e").parsed.find(({ kind }) => kind === "derivative");
  if (derivative)
    throw new NeuroweaveError("not-an-equation", "a derivative advances by dt in every step, and not now and then", {
      source: equations!,
      span: derivative.span,
      remedy: "Write an assignment for what happens in the interval, or leave out `every`.",
    });
  return every;
} // prettier-ignore

function numberSource(text: string, prefix: string): Source<Expression> {
  try {
    const parsed = parseExpression(text, { occurrencePrefix: prefix });
    requireNumber(parsed);
    return { text, parsed };
  } catch (error) {
    throw withPlace(error, { source: text });
  }
}

function competitionOf({
  by,
  among,
  k,
  dimension,
  ties = false,
}: NonNullable<BehaviorBody["competition"]>): Competition {
  if (!Number.isSafeInteger(k) || k < 1)
    throw new NeuroweaveError("out-of-range", `${String(k)} is no number of winners`, {
      remedy: "Give a whole number ≥ 1.",
    });
  if (dimension !== undefined && !(Number.isSafeInteger(dimension) && dimension >= 0))
    throw new NeuroweaveError("out-of-range", `${String(dimension)} is no dimension of a grid`, {
      remedy: "Give 0 for the slowest dimension of the shape, 1 for the next.",
    });
  return { by: numberSource(by, "b"), among: condition(among, "m"), k, dimension: dimension ?? null, ties }; // prettier-ignore
}

function assignments(text: string, prefix: string): Source<readonly Equation[]> {
  const source = statements(text, prefix);
  const derivative = source.parsed.find(({ kind }) => kind === "derivative");
  if (derivative)
    throw new NeuroweaveError("not-an-equation", "a derivative cannot stand in a list of assignments", {
      source: text,
      span: derivative.span,
      remedy: "Move it to `equations`.",
    });
  return source;
}

function condition(text: string, prefix: string): Source<Expression> {
  try {
    const parsed = parseExpression(text, { occurrencePrefix: prefix });
    if (typeOf(parsed) !== "boolean")
      throw new NeuroweaveError("type-mismatch", "a number stands where a condition is needed", {
        remedy: "Write a comparison, such as `v >= threshold`.",
        ...(parsed.span ? { span: parsed.span } : {}),
      });
    return { text, parsed };
  } catch (error) {
    throw withPlace(error, { source: text });
  }
}

function holdOf({ variables, while: text }: NonNullable<BehaviorBody["hold"]>): Hold {
  const parsed = condition(text, "h").parsed;
  if (variables === "all") return { variables, while: parsed, text };
  return { variables: typeof variables === "string" ? [variables] : variables, while: parsed, text };
}
