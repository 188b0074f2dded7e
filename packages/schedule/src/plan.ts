/** From the entities of a network to its plan: every stage of a step, in order. */
import { NeuroweaveError, symbolsOf, visitExpression, withPlace, type Expression } from "@neuroweave/equations";
import { Phase, type BehaviorInstance, type Entity } from "@neuroweave/model";
import { composeAssignments, composeInput, composeParts } from "./compose.ts";
import { contributions, type Contribution, type EntityContributions } from "./contributions.ts";
import { atInput, atSamePosition, conditionTerm, firePosition, joined, unique, variableOf } from "./grouping.ts";
import { compare, createOrder, within, type Order, type Places, type Position, type Where } from "./positions.ts";
import { lanesOf, lanesOrder } from "./lanes.ts";
import { bounded, byInterval, planSums, planSweeps, withinBounds } from "./learning.ts";
import type { ComposedAssignment, ComposedDerivative, ComposedInput, Lanes, Plan, Stage, Term } from "./stages.ts";
import { readersFirst } from "./readers-first.ts";
import { creationOrder, type TieOrder } from "./tie-order.ts";
import { planTransmission } from "./transmission.ts";
import { checkWriters } from "./writes.ts";
import { planCompetitions, planReductions } from "./whole-population.ts";

/**
 * Plans a network, or the `wanted` ones among its entities, whose positions all others may bear on. The same entities give the
 * same plan, whatever `order` has seen before. Without `learning`, adaptive behaviors do nothing. `ties` orders what may be in any order.
 */
export function planNetwork(
  entities: readonly Entity[],
  wanted: readonly Entity[] = entities,
  learning: boolean = true,
  ties: TieOrder = creationOrder,
  order: Order = createOrder(),
): Plan {
  const places = order(entities);
  const inputs = new Map<Entity, ReadonlyMap<string, ComposedInput>>();
  const stages: Stage[] = [];
  for (const entity of wanted) {
    try {
      const planned = planEntity(entity, places, learning);
      inputs.set(entity, planned.inputs);
      stages.push(...planned.stages);
    } catch (error) {
      throw withPlace(error, { entity: entity.name });
    }
  }
  stages.sort(
    (a, b) =>
      compare(a.position, b.position) ||
      Number(transmits(b)) - Number(transmits(a)) ||
      ties.rank(a.entity) - ties.rank(b.entity) ||
      a.entity.order - b.entity.order ||
      lanesRank(a) - lanesRank(b) ||
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
  );
  return { stages: readersFirst(stages, ties), inputs };
}

const kinds: readonly Stage["kind"][] = [
  "deliver",
  "couple",
  "sample",
  "events",
  "input",
  "dynamics",
  "assign",
  "sweep",
  "sum",
  "fire",
  "reduce",
  "compete",
  "host",
];

const lanesRank = (stage: Stage): number => ("lanes" in stage ? lanesOrder.indexOf(stage.lanes) : 0);

/** What projections hand over is there before anybody else at `Input` takes it. */
const transmits = ({ kind }: Stage): boolean => kind === "deliver" || kind === "couple";

function planEntity(entity: Entity, places: Places, learning: boolean) {
  const where = places(entity);
  const given = contributions(entity, learning);
  const derivatives = given.equations.filter(({ equation }) => equation.kind === "derivative");
  const integrated = new Set(derivatives.map(({ equation }) => variableOf(equation)));
  const isInput = ({ equation }: Contribution): boolean => entity.symbols.get(variableOf(equation))?.kind === "input";
  const assignments = given.equations.filter((each) => each.equation.kind === "assignment" && !isInput(each));
  const inputs = planInputs(entity, given.equations.filter(isInput), integrated);
  const fire = planFire(entity, given, where);
  const stages = [
    ...planHeld(entity, inputs, given.equations.filter(isInput), where),
    ...planDerivatives(entity, derivatives, given, inputs, where),
    ...planAssignments(entity, assignments, given, where),
    ...planTransmission(entity, given),
    ...planSums(entity, given, where),
    ...planSweeps(entity, given, places),
    ...planReductions(entity, given, where),
    ...planCompetitions(entity, given, where),
    ...fire,
    ...planSpecial(entity, where),
  ];
  checkWriters(entity, stages);
  return { stages: stages.filter(hasLanes), inputs };
}

/** A projection without synapses has nothing to do for each of them. */
const hasLanes = (stage: Stage): boolean =>
  stage.entity.n > 0 || !("lanes" in stage) || (stage.lanes !== "synapses" && stage.lanes !== "shared");

function planInputs(
  entity: Entity,
  contributions: readonly Contribution[],
  integrated: ReadonlySet<string>,
): Map<string, ComposedInput> {
  const enabled = new Set(entity.enabled());
  const names = [...entity.symbols.values()]
    .filter(({ kind, owners }) => kind === "input" && owners.some((owner) => enabled.has(owner)))
    .map(({ name }) => name);
  const hosts = entity.enabled().flatMap(({ name, declaration }) => (declaration.step === null ? [] : [name]));
  return new Map(
    names.map((name) => {
      const members = contributions.filter(({ equation }) => variableOf(equation) === name);
      return [name, composeInput(entity, name, members, { integrated, hosts })];
    }),
  );
}

/** Stages that evaluate the held terms of inputs, at the positions of their behaviors. */
function planHeld(
  entity: Entity,
  inputs: ReadonlyMap<string, ComposedInput>,
  contributions: readonly Contribution[],
  where: Where,
): Stage[] {
  const held = [...inputs.values()].flatMap(({ name: input, terms }) => {
    const members = contributions.filter(({ equation }) => variableOf(equation) === input);
    const summed = terms.slice(terms.length - members.length);
    return summed.flatMap((term, index) =>
      term.heldAs === null ? [] : [{ name: term.heldAs, term: term as Term, instance: members[index]!.instance }],
    );
  });
  return atSamePosition(held, ({ instance }) => where.get(instance)!).map(([position, members]) => ({
    kind: "input",
    entity,
    position,
    behaviors: unique(members.map(({ instance }) => instance.name)),
    held: members.map(({ name, term }) => ({ name, term })),
  }));
}

/**
 * A variable advances where the behavior stands that declares it, with the terms of all behaviors; weights, which nobody in particular
 * declares, where the behaviors stand that have terms.
 */
function planDerivatives(
  entity: Entity,
  contributions: readonly Contribution[],
  given: EntityContributions,
  inputs: ReadonlyMap<string, ComposedInput>,
  where: Where,
): Stage[] {
  const variables = unique(contributions.map(({ equation }) => variableOf(equation)));
  const ceilings = ceilingsOf(given, contributions);
  const advancing = variables.flatMap((variable): [string, BehaviorInstance, Contribution[]][] => {
    const members = contributions.filter(({ equation }) => variableOf(equation) === variable);
    if (!entity.synapses || variable !== "w") return [[variable, ownerOf(entity, variable, where), members]];
    return atSamePosition(members, ({ instance }) => where.get(instance)!).map(([, own]) => [variable, own[0]!.instance, own]);
  }); // prettier-ignore
  const placed = advancing.map(([variable, owner, members]) => {
    const holds = given.holds.filter(({ variables }) =>
      variables === "all" ? owner.declaration.scope === "shared" : variables.includes(variable),
    );
    const derivative: ComposedDerivative = {
      variable,
      parts: composeParts(entity, variable, members),
      method: owner.declaration.method,
      held: joined("or", holds),
      holds: holds.map(conditionTerm),
      ceiling: ceilings.get(variable) ?? null,
      bounded: given.bounds.some((each) => each.variable === variable)
        ? bounded({ kind: "symbol", name: variable }, variable, given.bounds)
        : null,
    };
    return { derivative, position: where.get(owner)!, behaviors: members.map(({ instance }) => instance.name) };
  });
  return atSamePosition(placed, ({ position }) => position).flatMap(([position, all]) =>
    byLanes(entity, all, ({ derivative }) => derivative.variable).map(([lanes, members]) => ({
      kind: "dynamics",
      entity,
      lanes,
      position,
      behaviors: unique(members.flatMap(({ behaviors }) => behaviors)),
      derivatives: members.map(({ derivative }) => derivative),
      inputs: [...inputs.values()],
    })),
  );
}

/** Members by what they are done for. */
function byLanes<T>(entity: Entity, members: readonly T[], variableOf: (member: T) => string): [Lanes, T[]][] {
  return lanesOrder.flatMap((lanes): [Lanes, T[]][] => {
    const own = members.filter((member) => lanesOf(entity, variableOf(member)) === lanes);
    return own.length === 0 ? [] : [[lanes, own]];
  });
}

/** The enabled instance that declares a state; several must agree on when it advances. */
function ownerOf(entity: Entity, variable: string, where: Where): BehaviorInstance {
  const owners = entity.symbols.get(variable)!.owners.filter((owner) => where.has(owner));
  // A variable of which all owners are disabled has been refused where it is named.
  const first = owners[0]!;
  const other = owners.find((owner) => compare(where.get(owner)!, where.get(first)!) !== 0);
  if (other)
    throw new NeuroweaveError(
      "two-owners",
      `${variable} is declared by ${first.name} and by ${other.name}, which run at different moments`,
      { behavior: other.name, remedy: `Declare ${variable} in one of them, or give both one priority.` },
    );
  return first;
}

/**
 * Thresholds `variable >= expression` at which Runge–Kutta stages are clipped: those of variables that a spike resets and
 * whose own equation grows exponentially with them. A stage beyond the threshold would be reset anyway, and could overflow.
 */
function ceilingsOf(given: EntityContributions, derivatives: readonly Contribution[]): Map<string, Expression> {
  const variables = new Set(derivatives.map(({ equation }) => variableOf(equation)));
  const reset = new Set(given.onSpike.map(({ equation }) => variableOf(equation)));
  const ceilings = new Map<string, Expression>();
  for (const { condition } of given.spike) {
    if (condition.kind !== "binary" || (condition.op !== ">=" && condition.op !== ">")) continue;
    const { left, right } = condition;
    if (left.kind !== "symbol" || !variables.has(left.name) || !reset.has(left.name)) continue;
    const own = derivatives.filter(({ equation }) => variableOf(equation) === left.name);
    if (!own.some(({ equation }) => growsExponentially(equation.value, left.name))) continue;
    if (![...symbolsOf(right)].some((name) => variables.has(name))) ceilings.set(left.name, right);
  }
  return ceilings;
}

const exponentials: ReadonlySet<string> = new Set(["exp", "sinh", "cosh", "exprel"]);

function growsExponentially(expression: Expression, variable: string): boolean {
  let found = false;
  visitExpression(expression, (inner) => {
    if (inner.kind === "call" && exponentials.has(inner.name) && symbolsOf(inner).has(variable)) found = true;
  });
  return found;
}

function planAssignments(
  entity: Entity,
  contributions: readonly Contribution[],
  given: EntityContributions,
  where: Where,
): Stage[] {
  const placed = [
    ...contributions.map((each) => ({ each, position: inputOr(where.get(each.instance)!) })),
    ...given.onArrival.map((each) => ({ each, position: atInput })),
  ];
  return atSamePosition(placed, ({ position }) => position).flatMap(([position, all]) =>
    byLanes(entity, all, ({ each }) => variableOf(each.equation)).flatMap(([lanes, some]) =>
      byInterval(entity, some, ({ each }) => each.instance).map(([every, members]): Stage => {
        const composed = composeAssignments(
          entity,
          members.map(({ each }) => each),
        ).map((each) => (position === atInput && each.operator === "+=" ? standingStill(each, given, entity) : each));
        return {
          kind: "assign",
          entity,
          lanes,
          every,
          position,
          behaviors: unique(members.map(({ each }) => each.instance.name)),
          assignments: withinBounds(composed, given.bounds),
        };
      }),
    ),
  );
}

const inputOr = (position: Position): Position => (compare(position, atInput) === 0 ? atInput : position);

/** What is held does not move by what is added at `Input` either: that is lost, as in NEST and in Brian 2. */
function standingStill(
  assignment: ComposedAssignment,
  { holds }: EntityContributions,
  entity: Entity,
): ComposedAssignment {
  const { target, value } = assignment;
  const shared = entity.symbols.get(target)?.owners[0]?.declaration.scope === "shared";
  const still = joined(
    "or",
    holds.filter(({ variables }) => (variables === "all" ? shared : variables.includes(target))),
  );
  if (still === null) return assignment;
  return {
    ...assignment,
    value: { kind: "conditional", test: still, then: { kind: "symbol", name: target }, otherwise: value },
  };
}

function planFire(entity: Entity, given: EntityContributions, where: Where): Stage[] {
  const [first, second] = given.spike;
  if (second)
    throw new NeuroweaveError(
      "two-owners",
      `${first!.instance.name} and ${second.instance.name} both say when a neuron spikes`,
      {
        behavior: second.instance.name,
        source: second.source,
        candidates: [first!.instance.name, second.instance.name],
        remedy: "Detach or disable one; a further condition can be given as `spikeRequires`.",
      },
    );
  const [orphan] = given.onSpike;
  if (!first) {
    if (!orphan) return [];
    throw new NeuroweaveError(
      "missing-companion",
      `${orphan.instance.name} acts on spikes, and no behavior here says when a neuron spikes`,
      {
        behavior: orphan.instance.name,
        source: orphan.source,
        span: orphan.equation.span,
        remedy: "Add a behavior with a spike condition, such as fire.",
      },
    );
  }
  const conditions = [first, ...given.spikeRequires];
  return [
    {
      kind: "fire",
      entity,
      position: firePosition(first.instance, where),
      behaviors: unique([...conditions, ...given.onSpike].map(({ instance }) => instance.name)),
      condition: joined("and", conditions)!,
      conditions: conditions.map(conditionTerm),
      assignments: composeAssignments(entity, given.onSpike),
    },
  ];
}

function planSpecial(entity: Entity, where: Where): Stage[] {
  return entity.enabled().flatMap((instance) => {
    const at = { entity, behaviors: [instance.name], instance };
    const position = where.get(instance)!;
    const { step, sample, events } = instance.declaration;
    return [
      ...(events ? [{ ...at, kind: "events" as const, position: eventPosition(position) }] : []),
      ...(step ? [{ ...at, kind: "host" as const, position }] : []),
      ...(sample ? [{ ...at, kind: "sample" as const, position }] : []),
    ];
  });
}

/** At `Input`, or where the behavior stands earlier just ahead of it, so that its equations know of the events of their step. */
const eventPosition = (position: Position): Position =>
  position.priority < Phase.Input ? within(position, -0.5) : { priority: Phase.Input, level: 0 };
