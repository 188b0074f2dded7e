/** What each enabled instance of an entity contributes, with names resolved and units checked. */
import {
  checkStatementUnits,
  expressionsOf,
  mapExpression,
  NeuroweaveError,
  parseUnit,
  symbolsOf,
  unitOf,
  visitExpression,
  withPlace,
  type Equation,
  type Expression,
  type Unit,
} from "@neuroweave/equations";
import {
  endTables,
  resolveEquation,
  Phase,
  resolver,
  stepsIn,
  type Competition,
  type Signal,
  type Source,
  type BehaviorInstance,
  type Entity,
} from "@neuroweave/model";
import { checkBound, checkNames, checkReach, type TextKind } from "./reach.ts";

/** One resolved equation and where it came from. */
export interface Contribution {
  readonly instance: BehaviorInstance;
  readonly equation: Equation;
  readonly source: string;
}

export interface EntityContributions {
  readonly equations: readonly Contribution[];
  readonly onSpike: readonly Contribution[];
  readonly onArrival: readonly Contribution[];
  readonly onPre: readonly Contribution[];
  readonly onPost: readonly Contribution[];
  readonly onLose: readonly Contribution[];
  readonly couplings: readonly Value[];
  readonly signals: readonly (Value & {
    readonly name: string;
    readonly by: Signal["by"];
    readonly per: Signal["per"];
  })[];
  /** By full name of the variable. */
  readonly bounds: readonly BoundsOf[];
  readonly competitions: readonly (Pick<Competition, "k" | "dimension" | "ties"> & {
    readonly instance: BehaviorInstance;
    readonly by: Value;
    readonly among: Condition;
  })[];
  readonly spike: readonly Condition[];
  readonly spikeRequires: readonly Condition[];
  readonly holds: readonly (Condition & { readonly variables: readonly string[] | "all" })[];
}

/** Resolved bounds of a variable and where they came from. */
export interface BoundsOf {
  readonly instance: BehaviorInstance;
  readonly variable: string;
  readonly min: Expression | null;
  readonly max: Expression | null;
}

/** A resolved number and where it came from. */
export interface Value {
  readonly instance: BehaviorInstance;
  readonly value: Expression;
  readonly source: string;
}

/** A resolved condition and where it came from. */
export interface Condition {
  readonly instance: BehaviorInstance;
  readonly condition: Expression;
  readonly source: string;
}

const nothing = (): { -readonly [K in keyof EntityContributions]: EntityContributions[K][number][] } => ({
  equations: [],
  onSpike: [],
  onArrival: [],
  onPre: [],
  onPost: [],
  bounds: [],
  onLose: [],
  couplings: [],
  signals: [],
  competitions: [],
  spike: [],
  spikeRequires: [],
  holds: [],
});

/**
 * Resolves every text of an entity. Errors name the entity, the behavior and the place in its text. Without `learning`, what
 * adaptive behaviors would do is checked and left out.
 */
export function contributions(entity: Entity, learning = true): EntityContributions {
  const units = unitsOf(entity);
  const [all, dropped] = [nothing(), nothing()];
  for (const instance of entity.enabled()) {
    const result = instance.declaration.adaptive && !learning ? dropped : all;
    const { declaration } = instance;
    const names = resolver(entity.symbols, entity.attached, instance, endTables(entity), entity.place.signals);
    const place = { entity: entity.name, behavior: instance.name };
    const within = <T>(source: string, make: () => T): T => {
      try {
        return make();
      } catch (error) {
        throw withPlace(error, { ...place, source });
      }
    };
    const condition = (parsed: Expression, source: string, kind: TextKind = "condition"): Condition =>
      within(source, () => {
        const resolved = settled(names.expression(parsed), instance, learning);
        checkNames(entity, kind, symbolsOf(resolved));
        checkDelays(entity, resolved);
        unitOf(resolved, units);
        return { instance, condition: resolved, source };
      });
    const equation = (each: Equation, source: string, kind: TextKind): Contribution =>
      within(source, () => {
        const resolved = settledEquation(resolveEquation(each, names), instance, learning);
        at(each.span, () => checkReach(entity, kind, resolved));
        checkTarget(entity, resolved);
        for (const expression of expressionsOf(resolved)) checkDelays(entity, expression);
        checkStatementUnits(resolved, units);
        return { instance, equation: resolved, source };
      });
    const value = (parsed: Expression, source: string, kind?: TextKind): Value => {
      const { condition: resolved } = condition(parsed, source, kind);
      return { instance, value: resolved, source };
    };
    requirePlace(entity, instance);
    for (const kind of ["equations", "onSpike", "onArrival", "onPre", "onPost", "onLose"] as const)
      for (const { text, parsed } of declaration[kind])
        result[kind].push(
          ...parsed.map((each) =>
            equation(each, text, kind === "onPre" && isBehindFiring(instance) ? "onPreLater" : kind),
          ),
        );
    const { coupling, competition } = declaration;
    if (coupling) result.couplings.push(value(coupling.parsed, coupling.text, "coupling"));
    for (const [local, { of, by, per }] of declaration.signals)
      result.signals.push({
        ...value(of.parsed, of.text, per === null ? undefined : "sum"),
        name: names.name(local),
        by,
        per,
      });
    for (const [local, { min, max }] of declaration.bounds) {
      const variable = boundName(entity, instance, names.name, local);
      const bound = (each: Source<Expression> | null): Expression | null => {
        if (each === null) return null;
        const expression = value(each.parsed, each.text, "bound").value;
        within(each.text, () => checkBound(entity, variable, symbolsOf(expression)));
        return expression;
      };
      result.bounds.push({ instance, variable, min: bound(min), max: bound(max) });
    }
    if (competition) {
      const { by, among, k, dimension, ties } = competition;
      checkDimension(entity, instance, dimension);
      result.competitions.push({
        instance,
        k,
        dimension,
        ties,
        by: value(by.parsed, by.text),
        among: condition(among.parsed, among.text),
      });
    }
    const { spike } = declaration;
    if (spike) result.spike.push(condition(spike.parsed, spike.text));
    for (const { text, parsed } of declaration.spikeRequires) result.spikeRequires.push(condition(parsed, text));
    for (const hold of declaration.holds) {
      const variables = hold.variables === "all" ? hold.variables : hold.variables.map((name) => heldName(entity, instance, names.name, name)); // prettier-ignore
      result.holds.push({ ...condition(hold.while, hold.text), variables });
    }
    checkCompanions(entity, instance, names.name);
  }
  return all;
}

/** Draws are named by their instance, so that two instances draw different numbers; `learning` is a number of the plan. */
const settled = (expression: Expression, { name }: BehaviorInstance, learning: boolean): Expression =>
  mapExpression(expression, (inner) => {
    if (inner.kind === "draw") return { ...inner, occurrence: `${name}/${inner.occurrence}` };
    return inner.kind === "symbol" && inner.name === "learning" ? { kind: "number", value: learning ? 1 : 0 } : inner;
  });

function settledEquation(equation: Equation, instance: BehaviorInstance, learning: boolean): Equation {
  const value = settled(equation.value, instance, learning);
  if (equation.kind === "assignment") return { ...equation, value };
  return { ...equation, value, factor: equation.factor && settled(equation.factor, instance, learning) };
}

/** Full name of a variable to hold; refuses what is no state. */
function heldName(entity: Entity, instance: BehaviorInstance, full: (name: string) => string, name: string): string {
  const place = { entity: entity.name, behavior: instance.name };
  try {
    const found = full(name);
    if (entity.symbols.get(found)?.kind === "state") return found;
    throw new NeuroweaveError("unknown-name", `${instance.name} is to hold ${name}, which is no state variable`, {
      candidates: [...entity.symbols.values()].filter(({ kind }) => kind === "state").map((entry) => entry.name),
      remedy: 'Name state variables, or "all".',
    });
  } catch (error) {
    throw withPlace(error, place);
  }
}

/** Full name of a variable to keep within bounds; refuses what is neither a state nor a parameter. */
function boundName(entity: Entity, instance: BehaviorInstance, full: (name: string) => string, name: string): string {
  try {
    const found = full(name);
    const kind = entity.symbols.get(found)?.kind;
    if (kind === "state" || kind === "parameter") return found;
    throw new NeuroweaveError("unknown-name", `${instance.name} is to bound ${name}, which is no variable of ${entity.name}`, {
      remedy: "Name w, or a state variable.",
    });
  } catch (error) {
    throw withPlace(error, { entity: entity.name, behavior: instance.name });
  }
} // prettier-ignore

/** Whether what a behavior does on presynaptic spikes happens at its priority, and not with the transmission. */
export const isBehindFiring = ({ declaration }: BehaviorInstance): boolean => declaration.priority > Phase.Firing;

/** Refuses an instance whose host code or recorder needs names that no enabled instance provides. */
function checkCompanions(entity: Entity, instance: BehaviorInstance, full: (name: string) => string): void {
  const { requires, writes, step } = instance.declaration;
  const sampled = entity.recordings.get(instance)?.request.variables ?? [];
  try {
    for (const name of [...requires, ...sampled]) full(name);
    for (const name of step ? writes : []) {
      const kind = entity.symbols.get(full(name))?.kind;
      if (kind === "state" || kind === "parameter") continue;
      throw new NeuroweaveError(
        "unknown-name",
        `${instance.name} is to write ${name}, which is no state variable or parameter`,
        {
          remedy:
            kind === "input" ? `Add to it in the step: inputs.${name}.` : "Name what it may write, or leave it out.",
        },
      );
    }
  } catch (error) {
    throw withPlace(error, { entity: entity.name, behavior: instance.name });
  }
}

/** Refuses delayed reads of what has no past, and delays that are no number of ms on the grid. */
function checkDelays(entity: Entity, expression: Expression): void {
  visitExpression(expression, (inner) => {
    if (inner.kind !== "delayed") return;
    const { variable, delay } = inner;
    const span = inner.span ?? delay.span;
    try {
      if (entity.symbols.get(variable)?.kind !== "state")
        throw new NeuroweaveError("unknown-symbol", `delayed(${variable}, …) needs a state variable`, {
          remedy: "Delay a state variable: only those have a past.",
        });
      const ms = literalOf(delay);
      if (ms === undefined)
        throw new NeuroweaveError("structure", `delayed(${variable}, …) needs a number of ms`, {
          remedy: "The length of a history is part of the structure; write the number.",
        });
      stepsIn(ms, entity.place.dt, `the delay of ${variable}`);
    } catch (error) {
      throw span ? withPlace(error, { span }) : error;
    }
  });
}

function literalOf(e: Expression): number | undefined {
  if (e.kind === "number") return e.value;
  return e.kind === "unary" && e.op === "-" && e.operand.kind === "number" ? -e.operand.value : undefined;
}

/** Refuses what belongs on the other kind of entity. */
function requirePlace(entity: Entity, { name, declaration }: BehaviorInstance): void {
  const {
    onArrival,
    onPre,
    onPost,
    onSpike,
    coupling,
    spike,
    spikeRequires,
    initialSpikes,
    competition,
    signals,
    events,
    bounds,
    every,
  } = declaration;
  const sums = [...signals.values()].filter(({ per }) => per !== null).length;
  const ofPopulations = {
    onArrival: onArrival.length,
    onSpike: onSpike.length,
    spike,
    spikeRequires: spikeRequires.length,
  };
  const onlyHere = entity.synapses
    ? { ...ofPopulations, initialSpikes, competition, signals: signals.size - sums, events }
    : {
        onPre: onPre.length,
        onPost: onPost.length,
        coupling,
        bounds: bounds.size,
        every,
        "signals per source or target": sums,
      };
  const misplaced = Object.entries(onlyHere).find(([, given]) => given !== null && given !== 0);
  if (!misplaced) return;
  const [here, there] = entity.synapses ? ["projection", "population"] : ["population", "projection"];
  throw new NeuroweaveError("structure", `${name} has ${misplaced[0]}, which means nothing on a ${here}`, {
    entity: entity.name,
    behavior: name,
    remedy: `Attach it to a ${there}.`,
  });
}

/** Refuses dimensions that the grid lacks. */
function checkDimension(entity: Entity, { name }: BehaviorInstance, dimension: number | null): void {
  if (dimension === null || dimension < entity.shape.length) return;
  throw new NeuroweaveError(
    "out-of-range",
    `${entity.name} has ${entity.shape.length} dimensions, and no dimension ${dimension}`,
    {
      entity: entity.name,
      behavior: name,
      remedy: "Dimensions count from 0, the slowest of the shape.",
    },
  );
}

function at(span: Equation["span"], check: () => void): void {
  try {
    check();
  } catch (error) {
    throw span ? withPlace(error, { span }) : error;
  }
}

function checkTarget(entity: Entity, equation: Equation): void {
  const { span } = equation;
  if (equation.kind === "assignment" && equation.target.endsWith("~efficacy")) {
    if (equation.operator === "=") return;
    throw new NeuroweaveError("two-owners", "efficacy is this behavior's factor, and is assigned", {
      span,
      remedy: "Write efficacy = …; the factors of several behaviors multiply.",
    });
  }
  if (equation.kind === "derivative") {
    const kind = entity.symbols.get(equation.variable)?.kind;
    // Weights are what every synapse has, and what rules are equations of.
    if (kind === "state" || (entity.synapses && equation.variable === "w")) return;
    throw new NeuroweaveError(
      "unknown-symbol",
      `d${equation.variable}/dt is given, but ${equation.variable} is no state`,
      {
        span,
        remedy: `Declare it: state: { ${equation.variable}: { init: 0 } }.`,
      },
    );
  }
  const kind = entity.symbols.get(equation.target)?.kind;
  if (kind === "state" || kind === "parameter") return;
  if (kind === "input") {
    if (equation.operator === "+=") return;
    throw new NeuroweaveError("two-owners", `${equation.target} is an input, a sum that every behavior may add to`, {
      span,
      remedy: `Write ${equation.target} += …`,
    });
  }
  throw new NeuroweaveError("not-an-equation", `${equation.target} cannot be assigned`, {
    span,
    remedy: "Assign a state variable or a parameter; for an intermediate write `let`.",
  });
}

function unitsOf(entity: Entity): (name: string) => Unit | undefined {
  const known = new Map<string, Unit>();
  for (const [name, { declaration }] of entity.symbols)
    if (declaration.unit !== undefined) known.set(name, parseUnit(declaration.unit));
  const ms = parseUnit("ms");
  return (name) => (name === "t" || name === "dt" || name === "t_last_spike" ? ms : known.get(name));
}
