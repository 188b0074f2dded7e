/** Random rules on small random networks, as data: built by the framework, and as a naive twin. */
import {
  allToAll,
  defineBehavior,
  fixedProbability,
  NeuroweaveError,
  oneToOne,
  WeightBounds,
  type Connector,
  type EngineOptions,
  type Network,
  type Projection,
  type ProjectionOptions,
} from "neuroweave";
import fc from "fast-check";
import {
  NaiveLearning,
  type Domain,
  type NaiveRule,
  type NaiveStatement,
  type NaiveSymbol,
  type Term,
} from "./naive-learning.ts";
import type { NaiveNetwork, NaiveSynapse } from "./naive-network.ts";
import {
  builtNetwork,
  drawnPlan,
  drawnProjection,
  naiveTwin,
  wiringOf,
  type NetworkPlan,
  type ProjectionPlan,
} from "./random-networks.ts";

type Draw = fc.GeneratorValue;

const between = (draw: Draw, min: number, max: number): number => draw(fc.integer, { min, max });
const among = <T>(draw: Draw, list: readonly T[]): T => list[between(draw, 0, list.length - 1)]!;
const chance = (draw: Draw, percent: number): boolean => between(draw, 1, 100) <= percent;
const fraction = (draw: Draw): number => between(draw, 1, 2 ** 30) / 2 ** 30 / 3;

/** A projection that learns: its wiring, its rules, and the shares of its delays in steps. */
export interface LearningPlan {
  readonly wiring: ProjectionPlan;
  /** Instead of the synapses of the wiring. */
  readonly connector: "all" | "some" | "one" | null;
  /** Shared weights are stored as f32. */
  readonly single: boolean;
  readonly symbols: readonly (NaiveSymbol & { readonly kind: "state" | "parameter"; readonly given: "one" | "each" })[];
  readonly rules: readonly NaiveRule[];
  readonly axonal: number | readonly number[];
  readonly dendritic: number | readonly number[];
}

export interface LearningNetworkPlan extends NetworkPlan {
  readonly learning: readonly LearningPlan[];
}

const priorities = [360, 460, 500, 500, 510, 520] as const;

interface Names {
  /** What is read, and for which lanes it has a value. */
  readonly all: readonly { readonly name: string; readonly per: Domain }[];
}

const number = (x: number): Term => ({ text: String(x), value: () => x });
const symbol = (name: string): Term => ({ text: name, value: (read) => read(name) });
const product = (a: Term, b: Term): Term => ({
  text: `${a.text} * (${b.text})`,
  value: (read) => a.value(read) * b.value(read),
});
const sum = (a: Term, b: Term): Term => ({
  text: `(${a.text}) + (${b.text})`,
  value: (read) => a.value(read) + b.value(read),
});
const difference = (a: Term, b: Term): Term => ({
  text: `(${a.text}) - (${b.text})`,
  value: (read) => a.value(read) - b.value(read),
});
const kept = (a: Term): Term => ({
  text: `min(max(${a.text}, -3), 3)`,
  value: (read) => Math.min(Math.max(a.value(read), -3), 3),
});
const choice = (a: Term, b: Term, c: Term): Term => ({
  text: `(${a.text} > ${b.text} ? ${c.text} : ${a.text})`,
  value: (read) => (a.value(read) > b.value(read) ? c.value(read) : a.value(read)),
});

/** An expression of moderate size of what the lanes of a domain can read. */
function drawnTerm(draw: Draw, { all }: Names, per: Domain | "shared", depth = 2): Term {
  const names = all.filter((each) => per === "synapse" || (per === "shared" ? each.name === "w" : each.per === per)).map(({ name }) => name);
  if (depth === 0) {
    const kind = between(draw, 0, 9);
    if (kind < 2 || names.length === 0) return number(fraction(draw));
    return symbol(among(draw, names));
  }
  const inner = (): Term => drawnTerm(draw, { all }, per, depth - 1);
  const make = among(draw, [sum, difference, product, (a: Term) => a, (a: Term, b: Term) => choice(a, b, number(fraction(draw)))] as const);
  const [a, b] = [inner(), inner()];
  return make === product ? product(kept(a), kept(b)) : make(a, b);
} // prettier-ignore

/** A statement whose effect stays moderate however long it happens. */
function drawnStatement(draw: Draw, names: Names, target: string, per: Domain | "shared", operator: NaiveStatement["operator"]): NaiveStatement {
  const inner = kept(drawnTerm(draw, names, per));
  const rate = number((draw(fc.boolean) ? 1 : -1) * (target === "w" ? 0.05 : 0.4) * fraction(draw));
  return { target, operator, ...(operator === "=" && target !== "w" ? inner : product(rate, inner)) };
} // prettier-ignore

const states: readonly { readonly name: string; readonly per: Domain }[] = [
  { name: "a", per: "source" },
  { name: "x", per: "source" },
  { name: "b", per: "target" },
  { name: "y", per: "target" },
  { name: "c", per: "synapse" },
  { name: "z", per: "synapse" },
];
const parameters: readonly { readonly name: string; readonly per: Domain }[] = [
  { name: "p_source", per: "source" },
  { name: "p_target", per: "target" },
  { name: "p_synapse", per: "synapse" },
];

/** Rules of one priority that do not contradict one another. */
function drawnRules(draw: Draw, priority: number, index: number, names: Names, weights: ProjectionPlan["weights"]): NaiveRule[] {
  const often = among(draw, [1, 1, 2, 5]);
  // Rules that happen at other intervals must not read one another's results at the same moment: that is refused.
  const every = [often, chance(draw, 70) ? often : 1];
  const lists = [0, 1].map(() => ({
    equations: [] as NaiveStatement[],
    onPre: [] as NaiveStatement[],
    onPost: [] as NaiveStatement[],
    sums: [] as NaiveRule["sums"][number][],
  }));
  for (const [rule, { sums }] of lists.entries())
    for (const per of ["source", "target"] as const)
      if (chance(draw, 25)) sums.push({ name: `sum_${index}_${rule}_${per}`, per, ...kept(drawnTerm(draw, { all: names.all.filter(({ name }) => !name.startsWith(`sum_${index}`)) }, "synapse")) });
  const readable: Names = { all: [...names.all, ...lists.flatMap(({ sums }) => sums)] };
  const targets = [...states, ...(weights === "i16" ? [] : [{ name: "w", per: "synapse" as const }])];
  for (const list of ["equations", "onPre", "onPost"] as const)
    for (const { name, per } of targets) {
      if (!chance(draw, list === "equations" ? 25 : 35) || (per === "target" && list === "onPre") || (per === "source" && list === "onPost")) continue;
      const shared = name === "w" && weights === "shared";
      const lanes = shared && list === "equations" ? "shared" : per;
      const increments = (shared && list !== "equations") || draw(fc.boolean);
      const rule = between(draw, 0, 1);
      const statement = (): NaiveStatement => drawnStatement(draw, readable, name, lanes, increments ? "+=" : "=");
      lists[rule]![list].push(statement());
      // Equations of one variable happen equally often.
      if (increments && draw(fc.boolean)) lists[list === "equations" ? rule : 1 - rule]![list].push(statement());
    }
  return lists.map((each, rule) => ({ ...each, name: `rule_${index}_${rule}`, priority, adaptive: draw(fc.boolean), every: every[rule]!, bounds: null }));
} // prettier-ignore

function drawnLag(draw: Draw, n: number): number | readonly number[] {
  const kind = between(draw, 0, 2);
  if (kind === 0) return 0;
  return kind === 1 ? between(draw, 1, 7) : Array.from({ length: n }, () => between(draw, 0, 7));
}

function drawnLearning(draw: Draw, name: string, plan: NetworkPlan): LearningPlan {
  const wiring = drawnProjection(draw, name, plan, 6);
  const { source, target } = wiring;
  const connectors = ["all", "some", ...(source.n === target.n ? ["one"] : [])] as const;
  const connector = ["one", "array"].includes(wiring.weights) && wiring.delays === "one" && draw(fc.boolean) ? (among(draw, connectors) as LearningPlan["connector"]) : null;
  const isCell = (population: string): boolean => plan.cells.some((each) => each.name === population);
  const ends = [
    { name: "pre.spike", per: "source" as const },
    { name: "post.spike", per: "target" as const },
    ...(isCell(source.population) ? [{ name: "pre.v", per: "source" as const }] : []),
    { name: "post.v", per: "target" as const },
  ];
  const count = { source: source.n, target: target.n, synapse: wiring.synapses.length };
  const symbols = [...states.map((each) => ({ ...each, kind: "state" as const })), ...parameters.map((each) => ({ ...each, kind: "parameter" as const }))].map((each) => {
    const one = fraction(draw);
    // A list for each synapse must be as long as the connector makes it.
    const given = connector === null && draw(fc.boolean) ? ("each" as const) : ("one" as const);
    return { ...each, given, start: Array.from({ length: count[each.per] }, () => (given === "one" ? one : fraction(draw))) };
  });
  let names: Names = { all: [...states, ...parameters, ...ends, { name: "w", per: "synapse" as const }] };
  const rules: NaiveRule[] = [];
  for (const [index, priority] of [...new Set(Array.from({ length: between(draw, 1, 3) }, () => among(draw, priorities)))].entries()) {
    rules.push(...drawnRules(draw, priority, index, names, wiring.weights));
    names = { all: [...names.all, ...rules.flatMap(({ sums }) => sums)] };
  }
  const derived = states.filter(() => chance(draw, 20)).map(({ name: target, per }) => drawnStatement(draw, names, target, per, "d/dt"));
  // A derivative stands by itself: a variable is advanced or assigned at one moment, not both.
  const own = { name: "states", priority: 480, adaptive: false, every: 1, equations: derived, onPre: [], onPost: [], sums: [], bounds: null };
  const each = (mean: number): number | number[] => connector === null && wiring.weights !== "shared" && draw(fc.boolean) ? wiring.synapses.map(() => mean + 0.1 * fraction(draw)) : mean;
  const bounds = { ...own, name: "bounds", priority: 540, equations: [], bounds: { min: each(-0.2), max: each(0.15) } };
  const isBounded = chance(draw, 60);
  return {
    wiring,
    connector,
    single: wiring.weights === "shared" && !isBounded && !rules.some(({ equations }) => equations.some(({ target }) => target === "w")) && draw(fc.boolean),
    symbols,
    rules: [own, ...rules, ...(isBounded ? [bounds] : [])],
    axonal: drawnLag(draw, source.n),
    dendritic: drawnLag(draw, target.n),
  };
} // prettier-ignore

/** Cells and trains with one or two projections that learn, beside those that do not. */
export function drawnLearningPlan(draw: Draw, steps: number, most = 8): LearningNetworkPlan {
  const plan = drawnPlan(draw, steps, most);
  const learning = ["learns", "a learns"].slice(0, between(draw, 1, 2)).map((name) => drawnLearning(draw, name, plan));
  return { ...plan, projections: plan.projections.slice(0, 2), learning };
}

/** The behavior that a rule stands for; the first one declares what all share. */
function behaviorOf(rule: NaiveRule, plan: LearningPlan, dt: number): object {
  const text = (statements: readonly NaiveStatement[]): string =>
    statements.map(({ target, operator, text: right }) => (operator === "d/dt" ? `d${target}/dt = ${right}` : `${target} ${operator} ${right}`)).join("\n");
  if (rule.bounds) return WeightBounds({ name: rule.name, min: rule.bounds.min as number, max: rule.bounds.max as number });
  const declared = (kind: "state" | "parameter") =>
    plan.symbols
      .filter((each) => each.kind === kind && rule.name === "states")
      .map(({ name, per, given, start }) => {
        const value = given === "one" ? (start[0] ?? 0.5) : [...start];
        return [name, { [kind === "state" ? "init" : "default"]: value, ...(per === "synapse" ? {} : { per }) }];
      });
  return defineBehavior({
    name: rule.name,
    priority: rule.priority,
    adaptive: rule.adaptive,
    parameters: Object.fromEntries(declared("parameter")) as Record<string, { default: number }>,
    state: Object.fromEntries(declared("state")) as Record<string, { init: number }>,
    signals: Object.fromEntries(rule.sums.map(({ name, per, text: of }) => [name, { of, by: "sum" as const, per }])),
    ...(rule.every > 1 ? { every: rule.every * dt } : {}),
    ...(rule.equations.length > 0 ? { equations: text(rule.equations) } : {}),
    ...(rule.onPre.length > 0 ? { onPre: text(rule.onPre) } : {}),
    ...(rule.onPost.length > 0 ? { onPost: text(rule.onPost) } : {}),
  })();
} // prettier-ignore

function connectorOf({ connector, wiring }: LearningPlan, listed: Connector): Connector {
  if (connector === "all") return allToAll();
  if (connector === "some") return fixedProbability(0.5);
  return connector === "one" && wiring.source.n === wiring.target.n ? oneToOne() : listed;
}

const inMs = (lag: number | readonly number[], dt: number): number | number[] =>
  typeof lag === "number" ? lag * dt : lag.map((steps) => steps * dt);

/** Everything that `net.projection` is told of a plan. */
export function learningOptions(net: Network, plan: LearningPlan): ProjectionOptions {
  const { wiring } = plan;
  const part = ({ population, from, n }: ProjectionPlan["source"]) => {
    const found = net.find(population);
    return n === found.n ? found : found.slice(from, from + n);
  };
  const wired = wiringOf(wiring, net.dt);
  return {
    source: part(wiring.source),
    target: part(wiring.target),
    receptor: wiring.receptor,
    ...wired,
    connect: connectorOf(plan, wired.connect),
    ...(plan.single ? { weights: "f32" } : {}),
    ...(plan.connector === null ? {} : { weight: wiring.synapses[0]?.weight ?? 0.05 }),
    axonal: inMs(plan.axonal, net.dt),
    dendritic: inMs(plan.dendritic, net.dt),
    behaviors: plan.rules.map((rule) => behaviorOf(rule, plan, net.dt)) as never,
  };
}

/** The network of a plan. */
export function builtLearning(plan: LearningNetworkPlan, options: EngineOptions): Network {
  const net = builtNetwork(plan, options);
  for (const each of plan.learning) net.projection(each.wiring.name, learningOptions(net, each));
  return net;
}

/** The network of a plan; undefined where rules at different intervals read one another's results at one moment. */
export function builtOrRefused(plan: LearningNetworkPlan, options: EngineOptions): Network | undefined {
  try {
    return builtLearning(plan, options);
  } catch (error) {
    if (error instanceof NeuroweaveError && error.code === "cyclic-order") return undefined;
    throw error;
  }
}

export interface LearningTwin {
  readonly naive: NaiveNetwork;
  readonly learning: ReadonlyMap<string, NaiveLearning>;
}

/** The naive twin of a plan, over the synapses that the network has before its first step. */
export function learningTwin(plan: LearningNetworkPlan, net: Network): LearningTwin {
  const naive = naiveTwin(plan);
  return { naive, learning: new Map(plan.learning.map((each) => [each.wiring.name, learningOf(each, naive, net.findProjection(each.wiring.name))])) };
} // prettier-ignore

function learningOf(plan: LearningPlan, naive: NaiveNetwork, made: Projection): NaiveLearning {
  const { wiring, symbols, rules, axonal, dendritic } = plan;
  const synapses = synapsesNow(made, naive.dt);
  const each = (lag: number | readonly number[], n: number): readonly number[] => (typeof lag === "number" ? Array.from({ length: n }, () => lag) : lag);
  const projection = naive.add({ ...wiring, synapses, enabled: true, axonal: each(axonal, wiring.source.n) });
  return new NaiveLearning(naive, projection, {
    rules,
    symbols: symbols.map(({ name, per, given, start }) => ({ name, per, start: given === "each" && start.length > 0 ? start : [start[0] ?? 0.5] })),
    lags: { axonal: each(axonal, wiring.source.n), dendritic: each(dendritic, wiring.target.n) },
    round: wiring.weights === "f32" || plan.single ? Math.fround : (x) => x,
    share: shareOf(plan, synapses),
  });
} // prettier-ignore

function synapsesNow(made: Projection, dt: number): NaiveSynapse[] {
  const [{ sources, targets, values }, delays] = [made.weights(), made.delays()];
  return Array.from(sources, (source, j) => ({ source, target: targets[j]!, weight: values[j]!, delay: Math.round(delays.values[j]! / dt) })); // prettier-ignore
}

/** Which of the shared weights each synapse has, by their values at the beginning. */
function shareOf({ wiring, single }: LearningPlan, synapses: readonly NaiveSynapse[]): readonly number[] | null {
  if (wiring.weights !== "shared") return null;
  const distinct = [...new Set(wiring.synapses.map(({ weight }) => (single ? Math.fround(weight) : weight)))];
  return synapses.map(({ weight }) => distinct.indexOf(weight));
}

/** The naive twin of wiring a projection anew: what the projection has now, with variables that begin anew. */
export function rewireTwin({ naive, learning }: LearningTwin, plan: LearningNetworkPlan, made: Projection): void {
  const own = plan.learning.find(({ wiring }) => wiring.name === made.name)!;
  const synapses = synapsesNow(made, naive.dt);
  naive.rewire(made.name, synapses);
  const twin = learning.get(made.name)!;
  twin.learnsFrom = naive.step;
  twin.restart(shareOf(own, synapses));
}

/** A rule of a plan as it is attached later. */
export const attachedRule = (plan: LearningNetworkPlan, projection: string, rule: NaiveRule, dt: number): object =>
  behaviorOf(
    rule,
    plan.learning.find(({ wiring }) => wiring.name === projection)!,
    dt,
  );

/** One step of both halves of a twin. */
export function advanceTwin({ naive, learning }: LearningTwin, steps = 1): void {
  for (let k = 0; k < steps; k++) {
    naive.advance(1);
    for (const each of learning.values()) each.follow();
  }
}
