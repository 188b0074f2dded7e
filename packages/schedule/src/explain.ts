/** The plan as data for people: stages, equations with the behavior of each term, parameters. */
import { print, printLatex, renameSymbols, type Expression } from "@neuroweave/equations";
import {
  delaySteps,
  endText,
  isDistribution,
  phaseLabel,
  type Entity,
  type PlannedBehavior,
  type PlannedEquation,
  type PlannedParameter,
  type PlannedPopulation,
  type PlannedProjection,
  type PlannedStage,
  type PlannedState,
  type PlannedTerm,
  type SymbolEntry,
} from "@neuroweave/model";
import { readsOf } from "./reads.ts";
import {
  constantTerm,
  hostInput,
  type ComposedDerivative,
  type Part,
  type Plan,
  type Stage,
  type Term,
} from "./stages.ts";
import { writesOf } from "./writes.ts";

/** What arrives at a receptor, under a name that can be read. */
const shown = (expression: Expression): Expression =>
  renameSymbols(expression, (name) => name.replace("~arriving", ".arriving"));

const termsOf = (terms: readonly Term[]): PlannedTerm[] =>
  terms.map(({ value, behavior }) => ({ text: print(shown(value)), behavior }));

/** `tau * dv/dt = …`; parts with other factors are divided by them. */
function derivativeOf({ variable, parts, holds }: ComposedDerivative): PlannedEquation {
  const [only] = parts;
  const single = parts.length === 1;
  const factor = single ? only!.factor : null;
  const value = (part: Part): Expression =>
    single || part.factor === null ? part.value : { kind: "binary", op: "/", left: part.value, right: part.factor };
  const right = parts.map(value).reduce((left, each) => ({ kind: "binary", op: "+", left, right: each }));
  const left = factor ? `${print(factor).match(/^[\w.]+$/) ? print(factor) : `(${print(factor)})`} * ` : "";
  const statement = {
    kind: "derivative",
    variable,
    operator: "=",
    factor,
    value: right,
    span: { start: 0, end: 0 },
  } as const;
  const still = holds.map(({ value, behavior }) => ({ text: `0 while ${print(value)}`, behavior }));
  return {
    text: [`${left}d${variable}/dt = ${print(right)}`, ...still.map(({ text }) => text)].join(", "),
    latex: [printLatex(statement), ...holds.map(({ value }) => `0\\text{ while }${printLatex(value)}`)].join(",\\; "),
    terms: [...parts.flatMap(({ terms }) => termsOf(terms)), ...still],
  };
}

function assignmentOf(target: string, operator: "=" | "+=", terms: readonly Term[]): PlannedEquation {
  const right = terms
    .map(({ value }) => print(shown(value)))
    .join(" + ")
    .replaceAll("+ -", "- ");
  const value = terms
    .map((term) => shown(term.value))
    .reduce((left, each) => ({ kind: "binary", op: "+", left, right: each }));
  const statement = { kind: "assignment", target, operator, value, span: { start: 0, end: 0 } } as const;
  return { text: `${target} ${operator} ${right}`, latex: printLatex(statement), terms: termsOf(terms) };
}

/** A term of an input with names that can be read for its constant part and for what host code adds. */
function readable(input: string, term: Term): Term {
  const names = new Map([
    [constantTerm(input), `${input}_constant`],
    [hostInput(input), `${input}_host`],
  ]);
  return { ...term, value: renameSymbols(term.value, (name) => names.get(name) ?? name) };
}

function equationsOf(stage: Stage): PlannedEquation[] {
  switch (stage.kind) {
    case "dynamics": {
      const used = stage.inputs.filter(({ name }) => readsOf(stage).has(name));
      const inputs = used.map(({ name, terms }) =>
        assignmentOf(
          name,
          "=",
          terms.map((term) => readable(name, term)),
        ),
      );
      return [...inputs, ...stage.derivatives.map(derivativeOf)];
    }
    case "sum":
      return stage.signals.map(({ name, per, term }) => ({
        text: `${name} = sum over the synapses of a ${per} of ${print(term.value)}`,
        latex: `\\mathrm{${name.replaceAll("_", "\\_")}} = \\sum_{\\mathrm{${per}}}\\left(${printLatex(term.value)}\\right)`,
        terms: termsOf([term]),
      }));
    case "assign":
    case "sweep":
      return stage.assignments.map(({ target, operator, terms }) => assignmentOf(target, operator, terms));
    case "fire": {
      const condition = {
        text: `spike = ${print(stage.condition)}`,
        latex: `\\mathrm{spike} = ${printLatex(stage.condition)}`,
        terms: termsOf(stage.conditions),
      };
      return [
        condition,
        ...stage.assignments.map(({ target, operator, terms }) => assignmentOf(target, operator, terms)),
      ];
    }
    case "input":
      return stage.held.map(({ term }) => ({
        text: print(term.value),
        latex: printLatex(term.value),
        terms: termsOf([term]),
      }));
    case "deliver": {
      const sent = [{ value: symbol("w"), behavior: stage.behaviors[0]!, source: "" }, ...stage.efficacy];
      const product = sent
        .map(({ value }) => value)
        .reduce((left, right) => ({ kind: "binary", op: "*", left, right }));
      return [
        { ...assignmentOf("arriving", "+=", [{ ...sent[0]!, value: product }]), terms: termsOf(sent) },
        ...stage.assignments.map(({ target, operator, terms }) => assignmentOf(target, operator, terms)),
      ];
    }
    case "couple":
      return [assignmentOf("arriving", "+=", stage.terms)];
    case "reduce":
      return stage.signals.map(({ name, by, term }) => ({
        text: `${name} = ${by} of ${print(term.value)}`,
        latex: `\\mathrm{${name.replaceAll("_", "\\_")}} = \\mathrm{${by}}\\left(${printLatex(term.value)}\\right)`,
        terms: termsOf([term]),
      }));
    case "compete": {
      const [by, among] = stage.terms;
      const text = `the ${stage.k} largest of ${print(by!.value)} win${stage.dimension === null ? "" : ` along dimension ${stage.dimension}`} among ${print(among!.value)}`;
      return [{ text, latex: `\\text{${text.replaceAll("_", "\\_")}}`, terms: termsOf([by!]) }];
    }
    default:
      return [];
  }
}

const symbol = (name: string): Expression => ({ kind: "symbol", name });

/** Stages as data. `kernelOf` tells what each was fused into. */
export function describeStages(plan: Plan, kernelOf: (stage: Stage) => string | null): PlannedStage[] {
  // A held term is shown as the input that it is part of.
  const visible = (names: Iterable<string>): string[] =>
    [...new Set([...names].map((name) => name.replace(/~\d+$/, "")))].filter((name) => !name.includes("~")).sort();
  return plan.stages.map((stage, index) => ({
    index,
    kind: stage.kind,
    priority: stage.position.priority,
    phase: phaseLabel(stage.position.priority),
    level: stage.position.level,
    entity: stage.entity.name,
    behaviors: stage.behaviors,
    reads: visible(readsOf(stage)),
    writes: visible(writesOf(stage)),
    method: stage.kind === "dynamics" ? methodsOf(stage) : null,
    equations: equationsOf(stage),
    kernel: kernelOf(stage),
  }));
}

function methodsOf(stage: Extract<Stage, { kind: "dynamics" }>): string {
  const own = stage.entity.method ?? "euler";
  return [...new Set(stage.derivatives.map(({ method }) => method ?? own))].join(", ");
}

/** A population as data. */
export function describePopulation(entity: Entity): PlannedPopulation {
  return {
    name: entity.name,
    n: entity.n,
    method: entity.method ?? "euler",
    behaviors: entity.attached.map(behaviorOf),
    parameters: parametersOf(entity),
    states: statesOf(entity),
  };
}

const behaviorOf = ({ instance, enabled }: Entity["attached"][number]): PlannedBehavior => ({
  name: instance.name,
  behavior: instance.declaration.behavior,
  priority: instance.declaration.priority,
  enabled,
  doc: instance.declaration.doc,
  source: instance.declaration.source,
});

const parametersOf = (entity: Entity): PlannedParameter[] =>
  [...entity.symbols.values()]
    .filter(({ kind }) => kind === "parameter" || kind === "input")
    .map((entry) => parameterOf(entity, entry));

const statesOf = (entity: Entity): PlannedState[] =>
  [...entity.symbols.values()]
    .filter(({ kind }) => kind === "state")
    .map(({ name, declaration }) => ({ name, unit: declaration.unit ?? "", doc: docOf(declaration) }));

const short = (x: number): string => String(Number(x.toPrecision(6)));

/** The range of some numbers as text. */
function rangeText(values: ArrayLike<number>): string {
  let [low, high] = [Infinity, -Infinity];
  for (let j = 0; j < values.length; j++) [low, high] = [Math.min(low, values[j]!), Math.max(high, values[j]!)];
  return low === high ? short(low) : `${short(low)} … ${short(high)}`;
}

/** A projection as data; `more` are bytes that it takes beside its columns, rows and delays. */
export function describeProjection(entity: Entity, more = 0): PlannedProjection {
  const synapses = entity.synapses!;
  const { delays, shared } = synapses;
  const bytes = entity.columns.names().reduce((sum, name) => {
    const { block, packed } = entity.columns.at(name);
    return sum + (packed?.bytes.length ?? (block ? block.length * block.view().BYTES_PER_ELEMENT : 0));
  }, 0);
  const rows = synapses.pointers.length + synapses.targets.length + (shared?.block.length ?? 0);
  const late = delays.kind === "one" ? 0 : delays.block.length;
  const { form, packed } = entity.columns.at("w");
  const how = packed?.element ?? (shared ? `${shared.values} shared values` : form);
  return {
    name: entity.name,
    source: endText(synapses.source),
    target: endText(synapses.target),
    receptor: synapses.receptor,
    connector: synapses.text,
    enabled: synapses.enabled,
    synapses: entity.n,
    weight: entity.n === 0 ? "–" : `${rangeText(entity.columns.copy("w"))} (${form === "column" ? how : "one for all"})`,
    delay: `${delays.kind === "one" ? short(delays.steps * entity.place.dt) : rangeText(delaySteps(synapses).map((k) => k))}${delays.kind === "one" ? " ms" : ` steps, per ${delays.kind}`}`,
    bytesPerSynapse: entity.n === 0 ? 0 : (bytes + rows + late + more) / entity.n,
    behaviors: entity.attached.slice(1).map(({ instance, enabled }) => `${instance.name}${enabled ? "" : " (disabled)"}`),
    attached: entity.attached.slice(1).map(behaviorOf),
    parameters: parametersOf(entity),
    states: statesOf(entity),
  };
} // prettier-ignore

const docOf = (declaration: { readonly unit?: string }): string =>
  "doc" in declaration && typeof declaration.doc === "string" ? declaration.doc : "";

function parameterOf(entity: Entity, { name, declaration, owners }: SymbolEntry): PlannedParameter {
  const { form } = entity.columns.at(name);
  const values = entity.columns.copy(name).map((x) => x + 0);
  return {
    name,
    value: valuesText(values),
    default: "default" in declaration ? givenText(declaration.default) : "0",
    owners: owners.map((owner) => owner.name),
    unit: declaration.unit ?? "",
    doc: docOf(declaration),
    form,
  };
}

function valuesText(values: ArrayLike<number>): string {
  if (values.length === 0) return "–";
  const all = Array.from({ length: Math.min(values.length, 4) }, (_, j) => short(values[j]!));
  if (values.length > 4) return rangeText(values);
  return all.every((text) => text === all[0]) ? all[0]! : all.join(", ");
}

function givenText(value: unknown): string {
  if (typeof value === "number") return short(value);
  if (isDistribution(value)) return value.text;
  if (typeof value === "object" && value !== null && "length" in value) return valuesText(value as ArrayLike<number>);
  return value === undefined ? "0" : String(value);
}
