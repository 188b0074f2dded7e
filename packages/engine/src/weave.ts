/** One entity's consecutive stages become one kernel: every column is loaded at most once and stored at most once. */
import { NeuroweaveError, substitute, symbolsOf, withPlace, type Expression } from "@neuroweave/equations";
import {
  createBuilder,
  exactSolution,
  isMultiplicative,
  lower,
  lowerNumber,
  methods,
  streamKey,
  verify,
  type Builder,
  type Derivative,
  type Kernel,
  type Method,
  type Point,
  type Precision,
  type Scope,
  type Slot,
  type System,
  type Value,
} from "@neuroweave/kernel";
import { stepsIn, type Entity, type MethodName } from "@neuroweave/model";
import { lanesOf, sumOf, type ComposedDerivative, type ComposedInput, type Stage } from "@neuroweave/schedule";
import { historyName, sumName } from "./names.ts";
import { slotIn, type Sight } from "./slots.ts";

export type WovenStage = Extract<Stage, { kind: "input" | "dynamics" | "assign" | "fire" }>;

/** What weaving must know beside the stages. */
export interface WeaveOptions {
  readonly precision: Precision;
  readonly dt: number;
  readonly seed: number | string;
  readonly inputs: ReadonlyMap<string, ComposedInput>;
  /** Names that must be in memory after the kernel although no one declared them: spike, sums, held terms. */
  readonly keep: (name: string) => boolean;
  /** Rows of the history of a variable, 0 for none. */
  readonly historyRows: ReadonlyMap<string, number>;
  /** Whether this is the entity's first kernel of a step. */
  readonly first: boolean;
  /** Rows of what is on its way to each receptor, by the name of what arrives. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** Inputs whose sum an earlier kernel of the step has left in memory. */
  readonly summed: ReadonlySet<string>;
  /** Rows and interval (in steps) of tables, and whether a row is one value for all. */
  readonly tables: ReadonlyMap<string, { readonly rows: number; readonly every: number; readonly narrow: boolean }>;
  /** What a lane is; neurons unless given. */
  readonly sight?: Sight;
}

/** Kernel of stages that follow one another; stages of one position are simultaneous. */
export function weave(
  name: string,
  entity: Entity,
  stages: readonly WovenStage[],
  options: WeaveOptions & { readonly sight: Sight },
): Kernel {
  const b = createBuilder({
    precision: options.precision,
    dt: options.dt,
    n: lanesIn(entity, options.sight),
  });
  const reader = createReader(b, entity, options);
  const written = new Set<string>();
  for (const group of simultaneous(stages)) {
    const updates = new Map<string, Value>();
    for (const stage of group)
      try {
        lowerStage(reader, stage, updates);
      } catch (error) {
        throw withPlace(error, { entity: entity.name, behavior: stage.behaviors[0]! });
      }
    for (const [target, value] of updates) {
      reader.values.set(target, value);
      written.add(target);
    }
  }
  const remembered = [...options.historyRows.keys()].filter((each) => lanesOf(entity, each) === options.sight);
  for (const variable of options.first ? remembered : [])
    b.effect(
      { kind: "storeRow", slot: historyName(variable), row: { kind: "ring", lag: 0, rows: options.historyRows.get(variable)! }, value: reader.atStart(variable) }, // prettier-ignore
      { name: historyName(variable), shape: "table" },
    );
  const arrived = b.instructions.filter(({ op, slot }) => op === "loadRow" && options.arrivals.has(slot!));
  for (const { slot, row } of arrived) b.effect({ kind: "storeRow", slot: slot!, row: row!, value: b.constant(0) });
  storeAll(reader, written, options);
  return verify(b.finish(name));
}

/** How many lanes a kernel of an entity has. */
function lanesIn({ n, synapses }: Entity, sight: Sight): number {
  if (sight === "source" || sight === "target") return synapses![sight].n;
  return sight === "shared" ? synapses!.shared!.values : n;
}

export type Reader = ReturnType<typeof createReader>;
type ReadOptions = Omit<WeaveOptions, "keep">;

/** Reads names: values of this kernel so far, else memory. */
export function createReader(b: ReturnType<typeof createBuilder>, entity: Entity, options: ReadOptions) {
  const values = new Map<string, Value>();
  const sight = options.sight ?? "neurons";
  const column = (name: string): Slot => {
    const slot = slotIn(entity, name, sight);
    return typeof slot === "object" ? slot : { name, shape: "column" };
  };
  const fromMemory = (name: string): Value => {
    const table = options.tables.get(name);
    if (table)
      return b.loadRow(
        { name, shape: "table", narrow: table.narrow },
        { kind: "table", every: table.every, rows: table.rows },
      );
    if (name.endsWith("~arriving")) {
      const rows = options.arrivals.get(name);
      return rows === undefined ? b.constant(0) : b.loadRow({ name, shape: "table" }, { kind: "ring", lag: 0, rows });
    }
    const plain = name.endsWith("~constant") ? name.slice(0, -"~constant".length) : name;
    const found = slotIn(entity, plain, sight);
    if (plain === "refractory" && found === undefined) return b.constant(0);
    if (found === undefined) return b.load({ name, shape: "column" });
    return typeof found === "number" ? b.constant(found) : b.load(found);
  };
  const symbol = (name: string): Value => {
    if (name === "t") return b.time();
    if (name === "dt") return b.constant(options.dt);
    if (name === "i") return b.lane();
    if (name === "n") return b.constant(b.n);
    const known = values.get(name);
    if (known !== undefined) return known;
    if (options.summed.has(name)) return b.load(column(sumName(name)));
    const input = options.inputs.get(name);
    if (input && entity.symbols.get(name)?.kind === "input")
      return lowerNumber(b, inputSum(input, options.inputs), scope);
    return fromMemory(name);
  };
  const scope: Scope = {
    symbol,
    stream: ({ occurrence }) => streamKey(JSON.stringify([String(options.seed), entity.name, occurrence])),
    delayed({ variable, delay, span }) {
      if (sight === "sweep")
        throw new NeuroweaveError("structure", `delayed(${variable}, …) has no meaning in a synapse`, {
          entity: entity.name,
          remedy: "Keep it in a variable per source or per target, in an equation of its own.",
          ...(span ? { span } : {}),
        });
      if (delay.kind !== "number")
        throw new NeuroweaveError("structure", `delayed(${variable}, …) needs a number of ms`, {
          remedy: "The length of a history is part of the structure; write the number.",
          ...(delay.span ? { span: delay.span } : {}),
        });
      const lag = stepsIn(delay.value, options.dt, `the delay of ${variable}`);
      if (lag === 0 && options.first) return fromMemory(variable);
      return b.loadRow({ name: historyName(variable), shape: "table" }, { kind: "ring", lag, rows: options.historyRows.get(variable)! }); // prettier-ignore
    },
  };
  return { b, entity, options, values, scope, symbol, atStart: fromMemory, column };
}

/** The sum of an input, as if all had been written in one line, with the sums of other inputs written out. */
function inputSum(
  input: ComposedInput,
  inputs: ReadonlyMap<string, ComposedInput>,
  path: readonly string[] = [],
): Expression {
  if (path.includes(input.name))
    throw new NeuroweaveError("cyclic-order", `the inputs ${[...path, input.name].join(" → ")} need one another`, {
      remedy: "Break the circle with a state variable.",
    });
  const values = input.terms.map(({ value, heldAs }) =>
    heldAs === null ? value : ({ kind: "symbol", name: heldAs } as const),
  );
  return withInputs(sumOf(values), inputs, [...path, input.name]);
}

/** An expression with its inputs written out as sums. */
function withInputs(
  value: Expression,
  inputs: ReadonlyMap<string, ComposedInput>,
  path: readonly string[] = [],
): Expression {
  const named = [...symbolsOf(value)].filter((name) => inputs.has(name));
  return named.length === 0
    ? value
    : substitute(value, new Map(named.map((name) => [name, inputSum(inputs.get(name)!, inputs, path)])));
}

function simultaneous(stages: readonly WovenStage[]): WovenStage[][] {
  const groups: WovenStage[][] = [];
  for (const stage of stages) {
    const last = groups.at(-1);
    const { priority, level } = stage.position;
    if (last && last[0]!.position.priority === priority && last[0]!.position.level === level) last.push(stage);
    else groups.push([stage]);
  }
  return groups;
}

export function lowerStage(reader: Reader, stage: WovenStage, updates: Map<string, Value>): void {
  const { b, scope, symbol } = reader;
  switch (stage.kind) {
    case "input":
      for (const { name, term } of stage.held) updates.set(name, lowerNumber(b, term.value, scope));
      return;
    case "dynamics":
      for (const input of stage.inputs)
        if (
          reader.options.inputs.has(input.name) &&
          !updates.has(sumName(input.name)) &&
          wantsSum(reader, input.name)
        ) {
          const value = symbol(input.name);
          updates.set(sumName(input.name), value);
          updates.set(input.name, value);
        }
      for (const [variable, value] of integrate(reader, stage.derivatives)) updates.set(variable, value);
      return;
    case "assign":
      for (const { target, value } of stage.assignments) updates.set(target, lowerNumber(b, value, scope));
      return;
    case "fire": {
      const mask = lower(b, stage.condition, scope);
      b.effect({ kind: "spikes", mask });
      b.effect({ kind: "store", slot: "t_last_spike", value: b.time(), when: mask }, reader.column("t_last_spike"));
      updates.set("t_last_spike", b.apply("rarely", mask, b.time(), symbol("t_last_spike")));
      updates.set("spike", b.apply("select", mask, b.constant(1), b.constant(0)));
      for (const { target, value } of stage.assignments)
        updates.set(target, b.apply("rarely", mask, lowerNumber(b, value, scope), symbol(target)));
    }
  }
}

const wantsSum = (reader: Reader, input: string): boolean => (reader.options as WeaveOptions).keep(sumName(input));

/** New values of the derivatives of one stage; each method advances its own, seeing exact solutions of the pinned. */
function integrate(reader: Reader, derivatives: readonly ComposedDerivative[]): Map<string, Value> {
  const advanced = advance(reader, derivatives);
  for (const { variable, bounded } of derivatives)
    if (bounded !== null) advanced.set(variable, lowerNumber(reader.b, bounded, withValue(reader, variable, advanced.get(variable)!)));
  return advanced;
} // prettier-ignore

/** A scope in which a variable has advanced already. */
const withValue = ({ scope }: Reader, variable: string, value: Value): Scope => ({
  ...scope,
  symbol: (name) => (name === variable ? value : scope.symbol(name)),
});

function advance(reader: Reader, derivatives: readonly ComposedDerivative[]): Map<string, Value> {
  const { entity } = reader;
  const byMethod = new Map<Method, ComposedDerivative[]>();
  for (const each of derivatives) {
    const method = methodNamed(each.method ?? entity.method ?? "euler");
    byMethod.set(method, [...(byMethod.get(method) ?? []), each]);
  }
  const solvedExactly = byMethod.get(methods.exact);
  const pinned = solvedExactly && byMethod.size > 1 ? solvedExactly : null;
  const none: Point = new Map();
  const exactPoints = pinned ? exactSolution(systemOf(reader, pinned, () => none)) : () => none;
  const result = new Map<string, Value>();
  for (const [method, members] of byMethod) {
    const own = members === pinned;
    const system = systemOf(reader, members, own ? () => none : exactPoints);
    requireApplicable(method, system);
    for (const [variable, value] of own ? exactPoints(1) : method.advance(system)) result.set(variable, value);
  }
  return result;
}

/** What a method sees of a list of derivatives. */
export function systemOf(
  reader: Reader,
  members: readonly ComposedDerivative[],
  others: (fraction: number) => Point,
): System {
  const { b, scope, symbol, entity } = reader;
  const equations: Derivative[] = members.map(({ variable, parts }) => ({
    variable,
    parts: parts.map(({ factor, value }) => ({
      factor: factor && withInputs(factor, reader.options.inputs),
      value: withInputs(value, reader.options.inputs),
    })),
  }));
  const member = new Map(members.map((each) => [each.variable, each]));
  const lowered = (e: Expression | null | undefined): Value | undefined => (e ? lower(b, e, scope) : undefined);
  return {
    b,
    equations,
    start: new Map(members.map(({ variable }) => [variable, symbol(variable)])),
    scope,
    others,
    held: (variable) => lowered(member.get(variable)?.held),
    ceiling: (variable) => lowered(member.get(variable)?.ceiling),
    isConstant: (name) =>
      name === "dt" ||
      name === "n" ||
      name === "i" ||
      entity.symbols.get(name.replace(/~constant$/, ""))?.kind === "parameter",
  };
}

const methodsByName: Readonly<Record<MethodName, Method>> = methods;

/** The method of a name; refuses one that does not exist. */
export function methodNamed(name: MethodName): Method {
  if (Object.hasOwn(methodsByName, name)) return methodsByName[name];
  throw new NeuroweaveError("method-does-not-apply", `there is no method ${name}`, {
    candidates: Object.keys(methods),
    remedy: `The methods are ${Object.keys(methods).join(", ")}.`,
  });
}

function requireApplicable(method: Method, system: System): void {
  if (method.noise === "multiplicative") return;
  const variables = new Set(system.start.keys());
  for (const { variable, parts } of system.equations)
    for (const { factor, value } of parts)
      if (isMultiplicative(value, variables, factor))
        throw new NeuroweaveError(
          "method-does-not-apply",
          `${method.name} takes additive noise only, and the noise in d${variable}/dt depends on an integrated variable`,
          { remedy: "Choose eulerMaruyama or milstein." },
        );
}

/** Stores what changed, and asks for a check of every state that did. */
function storeAll({ b, entity, values, column }: Reader, written: ReadonlySet<string>, { keep }: WeaveOptions): void {
  const states: Value[] = [];
  for (const name of [...written].sort()) {
    const declared = entity.symbols.get(name);
    if (name === "t_last_spike" || declared?.kind === "input" || (!declared && !keep(name))) continue;
    const value = values.get(name)!;
    const { op, args } = b.instructions[value]!;
    const kept = declared?.kind === "state" || declared?.kind === "parameter";
    if (kept && !staysFinite(b, value)) states.push(value);
    const unchanged = (each: Value): boolean => {
      const instruction = b.instructions[each]!;
      return instruction.op === "load" && instruction.slot === name;
    };
    if (unchanged(value)) continue;
    if (op === "rarely" && unchanged(args[2]!))
      b.effect({ kind: "store", slot: name, value: args[1]!, when: args[0]! }, column(name));
    else b.effect({ kind: "store", slot: name, value }, column(name));
  }
  if (states.length > 0) b.effect({ kind: "finite", values: states });
}

/** A constant below this leaves every finite number finite when it is added. */
const negligible = { f64: 2 ** 969, f32: 2 ** 102 };

/**
 * Whether a value is finite as long as states and parameters are: choices between them and sums of them with moderate
 * constants. What the engine keeps under names with ~ may come from host code.
 */
function staysFinite(b: Builder, value: Value): boolean {
  const { op, args, number, slot } = b.instructions[value]!;
  const small = (each: Value): boolean => {
    const constant = b.constantOf(each);
    return constant !== undefined && Math.abs(constant) < negligible[b.precision];
  };
  if (op === "constant") return Number.isFinite(number);
  if (op === "load") return !slot!.includes("~");
  if (op === "time" || op === "lane") return true;
  if (op === "select" || op === "rarely") return staysFinite(b, args[1]!) && staysFinite(b, args[2]!);
  if (op === "greater" || op === "lesser") return staysFinite(b, args[0]!) && staysFinite(b, args[1]!);
  if (op === "sub" && small(args[1]!)) return staysFinite(b, args[0]!);
  return (
    op === "add" && ((small(args[1]!) && staysFinite(b, args[0]!)) || (small(args[0]!) && staysFinite(b, args[1]!)))
  );
}
