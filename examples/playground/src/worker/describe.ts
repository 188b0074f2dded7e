/** What the page is told of a network: behaviors with their parameters, equations, variables. */
import type { BehaviorInstance, Explanation, Network, Population, Projection } from "neuroweave";
import { isDistribution, phaseLabel } from "neuroweave";
import type { NetworkDocument } from "../document.ts";
import type { Description, ShownBehavior, ShownEquation, ShownParameter, ShownPopulation, ShownProjection } from "../protocol.ts"; // prettier-ignore
import { textsOf, whyFixed } from "./behavior-text.ts";
import { placesOf, type Placed } from "./entries.ts";
import { isThere } from "./screen.ts";
import { typeset } from "./typeset.ts";
import { theoryOf } from "./theory.ts";

/** Methods that are offered; a model may have another, which stays. */
const methods = ["euler", "heun", "midpoint", "rk4", "exponentialEuler", "exact", "eulerMaruyama"];

/** Longest list of values that the page is given. */
const longestList = 64;

type Owner = { readonly entity: Population["entity"]; get(name: never): Float64Array };

export function describeNetwork(file: NetworkDocument, net: Network, hidden: ReadonlySet<string>): Description {
  const explanation = net.explain();
  const populations = file.populations.map((entry, index) => {
    const population = net.populations[index]!;
    const attached = population.entity.attached.filter(({ instance }) => !hidden.has(instance.name));
    return describePopulation(population, placesOf(file, entry.behaviors, attached), explanation, file);
  });
  const projections = (file.projections ?? []).map((entry, index) => {
    const projection = net.projections[index]!;
    const places = placesOf(file, entry.behaviors ?? [], projection.entity.attached.slice(1));
    return describeProjection(projection, places, explanation, file);
  });
  return {
    name: file.name ?? "Network",
    doc: file.doc ?? "",
    dt: net.dt,
    seed: net.seed,
    duration: file.run?.duration ?? null,
    device: explanation.device,
    methods,
    populations,
    projections,
    theory: theoryOf(net),
  };
}

function describePopulation(population: Population, places: readonly Placed[], explanation: Explanation, file: NetworkDocument): ShownPopulation {
  const planned = explanation.populations.find(({ name }) => name === population.name)!;
  const stages = explanation.stages.filter(({ entity }) => entity === population.name);
  const equations = stages.flatMap((stage) => stage.equations.filter(({ text }) => /^[^?<>!]*[^<>!=]=[^=]/u.test(text)).map((equation): ShownEquation => ({
    mathml: typeset(equation.latex),
    text: equation.text,
    terms: equation.terms.map(({ text, behavior }) => ({ text, behavior })),
  })));
  const integrated = Object.keys(population.derivatives());
  const variables = planned.states.filter(({ name }) => isThere(population, name)).map(({ name, unit, doc }) => ({ name, unit, doc }));
  return {
    name: population.name,
    n: population.n,
    method: planned.method,
    spikes: population.entity.attached.some(({ instance, enabled }) => enabled && (instance.declaration.spike !== null || instance.declaration.events !== null)),
    behaviors: describeBehaviors(population as unknown as Owner, places, file),
    variables: variables.sort((a, b) => rank(a.name) - rank(b.name)),
    integrated,
    inputs: [...population.entity.symbols].filter(([, { kind }]) => kind === "input").map(([name]) => name),
    equations,
  };
} // prettier-ignore

/** The voltage first, counts of steps last. */
const rank = (name: string): number => (name === "v" ? 0 : name === "refractory" ? 2 : 1);

function describeProjection(projection: Projection, places: readonly Placed[], explanation: Explanation, file: NetworkDocument): ShownProjection {
  const planned = explanation.projections.find(({ name }) => name === projection.name)!;
  const weight = Number(planned.weight.split(/[ ,]/u)[0]);
  return {
    name: projection.name,
    source: planned.source,
    target: planned.target,
    receptor: planned.receptor,
    connector: planned.connector,
    synapses: planned.synapses,
    delay: planned.delay,
    enabled: projection.enabled,
    plastic: places.some(({ instance }) => instance.declaration.adaptive),
    weight: Number.isFinite(weight) && !/\bto\b|…|–/u.test(planned.weight) ? weight : null,
    behaviors: describeBehaviors(projection as unknown as Owner, places, file),
  };
} // prettier-ignore

const describeBehaviors = (owner: Owner, places: readonly Placed[], file: NetworkDocument): ShownBehavior[] =>
  places.map((place) => describeBehavior(owner, place, file)).sort((a, b) => a.priority - b.priority);

function describeBehavior(owner: Owner, { instance, enabled, entry, model }: Placed, file: NetworkDocument): ShownBehavior {
  const { declaration: d } = instance;
  const bound = [...d.bindings].map(([name, { text }]): ShownParameter => ({ name, unit: "", doc: "", min: null, max: null, standard: null, value: null, text: "", bound: text }));
  const free = [...d.parameters, ...[...d.inputs].map(([name, each]) => [name, { default: 0, ...each }] as const)];
  return {
    name: instance.name,
    behavior: d.behavior,
    doc: d.doc,
    source: d.source,
    priority: d.priority,
    phase: phaseLabel(d.priority),
    enabled,
    entry,
    model,
    shares: d.scope === "shared",
    own: Object.hasOwn(file.behaviors ?? {}, d.behavior),
    parameters: [...free.map(([name, each]) => describeParameter(owner, instance, name, each)), ...bound],
    states: [...d.states].map(([name, { unit = "", doc = "" }]) => ({ name, unit, doc })),
    texts: textsOf(d),
    fixed: whyFixed(d),
  };
} // prettier-ignore

type Declared = {
  readonly default?: unknown;
  readonly unit?: string;
  readonly doc?: string;
  readonly min?: number;
  readonly max?: number;
};

function describeParameter(owner: Owner, instance: BehaviorInstance, name: string, declared: Declared): ShownParameter {
  const own = `${instance.name}.${name}`;
  const values = valuesOf(owner, owner.entity.symbols.has(own) ? own : name);
  const [first = 0] = values ?? [];
  const alike = values?.every((x) => x === first) ?? false;
  const shown = values === null ? null : alike ? first : values.length <= longestList ? Array.from(values) : null;
  return {
    name,
    unit: declared.unit ?? "",
    doc: declared.doc ?? "",
    min: declared.min ?? null,
    max: declared.max ?? null,
    standard: typeof declared.default === "number" ? declared.default : null,
    value: shown,
    text: shown === null ? inWords(instance, name, values) : "",
    bound: null,
  };
} // prettier-ignore

function valuesOf(owner: Owner, name: string): Float64Array | null {
  const kind = owner.entity.symbols.get(name)?.kind;
  return kind === "parameter" || kind === "input" ? owner.get(name as never) : null;
}

function inWords(instance: BehaviorInstance, name: string, values: Float64Array | null): string {
  const given = instance.values.get(name);
  if (isDistribution(given)) return given.text;
  if (values === null) return "set by its options";
  const short = (x: number): string => Number(x.toPrecision(3)).toString();
  return `${values.length} values from ${short(values.reduce((a, b) => Math.min(a, b)))} to ${short(values.reduce((a, b) => Math.max(a, b)))}`; // prettier-ignore
}
