/** Who provides which symbol of an entity, and what the names in a behavior's texts stand for. */
import {
  mapExpression,
  mapStatement,
  NeuroweaveError,
  nearest,
  parseUnit,
  sameUnit,
  withPlace,
  type Equation,
  type Expression,
  type Span,
  withoutOne,
} from "@neuroweave/equations";
import { isKnownBehavior, providersOf, type BehaviorInstance } from "./behavior.ts";
import type { InputDeclaration, ParameterDeclaration, StateDeclaration } from "./parameters.ts";

/** An instance as it is attached to an entity. A switch is another entry of another list: a list says whether anything has changed. */
export interface Attached {
  readonly instance: BehaviorInstance;
  readonly enabled: boolean;
}

/** A symbol of an entity, under its full name. */
export type SymbolEntry = {
  readonly name: string;
  /** Its name within the behavior. */
  readonly local: string;
  /** Instances that declare it. */
  readonly owners: readonly BehaviorInstance[];
} & (
  | { readonly kind: "parameter"; readonly declaration: ParameterDeclaration }
  | { readonly kind: "state"; readonly declaration: StateDeclaration }
  | { readonly kind: "input"; readonly declaration: InputDeclaration }
  | { readonly kind: "table"; readonly declaration: { readonly unit?: string } }
  /** One number for the population, or for each source or target of a projection, taken anew in every step. */
  | { readonly kind: "signal"; readonly declaration: { readonly unit?: string; readonly per?: "source" | "target" } }
);

/** Symbols that the framework provides to every population. */
export const builtins: ReadonlySet<string> = new Set(["t", "dt", "i", "n", "learning", "spike", "t_last_spike"]);

export type SymbolTable = ReadonlyMap<string, SymbolEntry>;

const fullName = ({ name, declaration }: BehaviorInstance, local: string): string =>
  declaration.scope === "instance" ? `${name}.${local}` : local;

/** Symbols that an instance declares. */
function declaredBy(instance: BehaviorInstance): SymbolEntry[] {
  const { parameters, states, inputs, tables, signals } = instance.declaration;
  const owners = [instance];
  const entry = (local: string, shared = false) => ({
    name: shared ? local : fullName(instance, local),
    local,
    owners,
  });
  return [
    ...[...parameters].map(([local, declaration]) => ({ ...entry(local), kind: "parameter" as const, declaration })),
    ...[...states].map(([local, declaration]) => ({ ...entry(local), kind: "state" as const, declaration })),
    ...[...inputs].map(([local, declaration]) => ({ ...entry(local, true), kind: "input" as const, declaration })),
    ...[...tables.keys()].map((local) => ({ ...entry(local), kind: "table" as const, declaration: {} })),
    ...[...signals].map(([local, { per }]) => ({
      ...entry(local),
      kind: "signal" as const,
      declaration: per === null ? {} : { per },
    })),
  ];
}

/** All symbols of an entity, in order of declaration. Refuses one name for two things. */
export function symbolTable(attached: readonly Attached[]): SymbolTable {
  const table = new Map<string, SymbolEntry>();
  for (const { instance } of attached)
    for (const entry of declaredBy(instance)) {
      const before = table.get(entry.name);
      if (!before) {
        table.set(entry.name, entry);
        continue;
      }
      if (before.kind !== entry.kind)
        throw new NeuroweaveError(
          "two-owners",
          `${entry.name} is a ${before.kind} of ${before.owners[0]!.name} and a ${entry.kind} of ${instance.name}`,
          {
            behavior: instance.name,
            remedy: `Rename one: ${instance.declaration.behavior}.rename({ ${entry.local}: "…" }).`,
          },
        );
      const declaration = merged(before, entry, instance);
      table.set(entry.name, { ...before, declaration, owners: [...before.owners, instance] } as SymbolEntry);
    }
  return table;
}

interface Limits {
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly onGrid?: boolean;
}

/** One declaration of a shared symbol that satisfies both; refuses two units. */
function merged(before: SymbolEntry, entry: SymbolEntry, instance: BehaviorInstance): Limits {
  const [a, b]: [Limits, Limits] = [before.declaration, entry.declaration];
  if (a.unit !== undefined && b.unit !== undefined && !sameUnit(parseUnit(a.unit), parseUnit(b.unit)))
    throw new NeuroweaveError(
      "unit-mismatch",
      `${entry.name} is in ${a.unit} for ${before.owners[0]!.name} and in ${b.unit} for ${instance.name}`,
      {
        behavior: instance.name,
        remedy: `Rename one: ${instance.declaration.behavior}.rename({ ${entry.local}: "…" }).`,
      },
    );
  const all = {
    unit: a.unit ?? b.unit,
    min: both(Math.max, a.min, b.min),
    max: both(Math.min, a.max, b.max),
    onGrid: a.onGrid || b.onGrid,
  };
  return { ...a, ...Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) };
}

const both = (
  of: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined => (a === undefined || b === undefined ? (a ?? b) : of(a, b));

/** The symbol of a name as people write it: full, or bare while only one instance has it. */
export function findSymbol(table: SymbolTable, name: string, what = "variable or parameter"): SymbolEntry {
  const exact = table.get(name);
  if (exact) return exact;
  const bare = [...table.values()].filter((entry) => entry.local === name);
  if (bare.length === 1) return bare[0]!;
  if (bare.length > 1) {
    const candidates = bare.map((entry) => entry.name);
    throw new NeuroweaveError("ambiguous-name", `${name} could be ${candidates.join(" or ")}`, {
      candidates,
      remedy: "Write the full name.",
    });
  }
  const candidates = nearest(name, [...table.keys(), ...[...table.values()].map((entry) => entry.local)]);
  throw new NeuroweaveError("unknown-name", `there is no ${what} ${name}`, {
    candidates,
    remedy:
      candidates.length > 0
        ? `Did you mean ${candidates.join(" or ")}?`
        : `There are ${[...table.keys()].sort().join(", ") || "none"}.`,
  });
}

/** Tables of the ends of a projection: what `pre.x` and `post.x` may name. */
export interface EndTables {
  readonly pre: SymbolTable;
  readonly post: SymbolTable;
}

/** The symbol of the part of a name after `pre.` or `post.`, among states, parameters and what every population has. */
function endName(symbol: string, ends: EndTables | null): string | undefined {
  const side = symbol.startsWith("pre.") ? "pre" : symbol.startsWith("post.") ? "post" : undefined;
  if (side === undefined) return undefined;
  if (!ends)
    throw new NeuroweaveError("unknown-symbol", `${symbol} has a meaning on projections only`, {
      remedy: "Attach the behavior to a projection.",
    });
  const local = symbol.slice(side.length + 1);
  if (local === "spike" || local === "t_last_spike") return symbol;
  const found = symbolOfEnd(ends[side], side, local);
  if (found.kind === "state" || found.kind === "parameter") return `${side}.${found.name}`;
  throw new NeuroweaveError("unknown-symbol", `${symbol} is no state variable or parameter`, {
    remedy: "Name a state variable or parameter of that population.",
  });
}

/** A symbol of an end; where the library has a behavior that would provide a missing one, the refusal says which. */
function symbolOfEnd(table: SymbolTable, side: "pre" | "post", local: string): SymbolEntry {
  try {
    return findSymbol(table, local);
  } catch (error) {
    const providers = providersOf(local);
    if (!(error instanceof NeuroweaveError) || providers.length === 0) throw error;
    throw new NeuroweaveError(error.code, error.summary, {
      candidates: [...new Set([...(error.candidates ?? []), ...providers])],
      remedy: `Give the ${side === "pre" ? "source" : "target"} a behavior that provides ${local}: ${providers.join(", ")}.`,
    });
  }
}

/** `dopamine` is the value of the signal of this name, `dopamine.mean` another variable of it. */
function signalName(symbol: string, signals: ReadonlyMap<string, { readonly symbols: SymbolTable }>): string | undefined {
  if (signals.has(symbol)) return `${symbol}.value`;
  const dot = symbol.indexOf(".");
  const table = dot < 0 ? undefined : signals.get(symbol.slice(0, dot))?.symbols;
  return table && `${symbol.slice(0, dot)}.${findSymbol(table, symbol.slice(dot + 1)).name}`;
} // prettier-ignore

/** Resolves the names in one instance's texts. Entries must be provided by enabled instances. */
export function resolver(
  table: SymbolTable,
  attached: readonly Attached[],
  instance: BehaviorInstance,
  ends: EndTables | null = null,
  signals: ReadonlyMap<string, { readonly symbols: SymbolTable }> = new Map(),
): { readonly expression: (e: Expression) => Expression; readonly name: (name: string) => string } {
  const enabled = new Set(attached.filter((each) => each.enabled).map((each) => each.instance));
  const provided = (entry: SymbolEntry | undefined): entry is SymbolEntry =>
    entry !== undefined && entry.owners.some((owner) => enabled.has(owner));

  const name = (symbol: string): string => {
    const own = table.get(fullName(instance, symbol));
    if (own?.owners.includes(instance)) return own.name;
    if (builtins.has(symbol)) return symbol;
    const end = endName(symbol, ends);
    if (end !== undefined) return end;
    if (symbol === "arriving" || symbol === "efficacy") return `${instance.name}~${symbol}`;
    const entry = table.get(symbol);
    if (provided(entry)) return symbol;
    const bare = [...table.values()].filter((each) => each.local === symbol && provided(each));
    if (bare.length === 1) return bare[0]!.name;
    if (bare.length > 1) {
      const candidates = bare.map((each) => each.name);
      throw new NeuroweaveError("ambiguous-name", `${symbol} could be ${candidates.join(" or ")}`, {
        candidates,
        remedy: "Write the full name, or rename one.",
      });
    }
    if (symbol === "refractory") return symbol;
    const signal = signalName(symbol, signals);
    if (signal !== undefined) return signal;
    throw missing(table, symbol, entry);
  };
  const missing = (all: SymbolTable, symbol: string, off: SymbolEntry | undefined): NeuroweaveError => {
    if (off)
      return new NeuroweaveError("missing-companion", `${symbol} is needed, but ${off.owners[0]!.name} is disabled`, {
        remedy: `Enable ${off.owners[0]!.name}, or disable what needs it.`,
      });
    const providers = providersOf(symbol).filter((each) => each !== instance.declaration.behavior);
    const known = [...all.values()].filter(provided).flatMap((entry) => [entry.name, entry.local]);
    const candidates = nearest(symbol, [...known, ...builtins, ...signals.keys()]);
    if (providers.length > 0)
      return new NeuroweaveError("missing-companion", `${symbol} is needed, and no behavior here provides it`, {
        candidates: [...new Set([...candidates, ...providers])],
        remedy: `It is provided by ${providers.join(", ")}.${candidates.length > 0 ? ` Or did you mean ${candidates.join(" or ")}?` : ""}`,
      });
    return new NeuroweaveError("unknown-symbol", `${symbol} is not known`, {
      candidates,
      remedy:
        candidates.length > 0
          ? `Did you mean ${candidates.join(" or ")}? Otherwise declare it, or add a behavior that provides it.`
          : "Declare it, or add a behavior that provides it.",
    });
  };
  const expression = (e: Expression, bound: readonly string[] = []): Expression =>
    mapExpression(e, (inner) => {
      try {
        if (inner.kind === "delayed") return { ...inner, variable: name(inner.variable) };
        // A parameter that is bound to 1 leaves no factor: what it is bound to has no span. A 1 of the text itself has one, and stays.
        if (inner.kind === "binary") return withoutOne(inner);
        if (inner.kind !== "symbol") return inner;
        const binding = instance.declaration.bindings.get(inner.name);
        if (!binding || bound.includes(inner.name)) return { ...inner, name: name(inner.name) };
        try {
          return withoutSpans(expression(binding.parsed, [...bound, inner.name]));
        } catch (error) {
          throw withPlace(error, { source: binding.text });
        }
      } catch (error) {
        throw inner.span ? withPlace(error, { span: inner.span }) : error;
      }
    });
  return { expression: (e) => expression(e), name };
}

const withoutSpans = (e: Expression): Expression =>
  mapExpression(e, (inner) => {
    const { span: _, ...rest } = inner;
    return rest;
  });

/** An equation of an instance with all names resolved. */
export function resolveEquation(equation: Equation, names: ReturnType<typeof resolver>): Equation {
  const target = (name: string): string => at(equation.span, () => names.name(name));
  const mapped = mapStatement(equation, names.expression) as Equation;
  if (mapped.kind === "derivative") return { ...mapped, variable: target(mapped.variable) };
  return { ...mapped, target: target(mapped.target) };
}

function at<T>(span: Span, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw withPlace(error, { span });
  }
}

/** Refuses `before` and `after` names that nobody has ever defined. */
export function checkOrderNames(instance: BehaviorInstance, present: readonly string[]): void {
  for (const other of [...instance.declaration.before, ...instance.declaration.after]) {
    if (present.includes(other) || isKnownBehavior(other)) continue;
    const candidates = nearest(other, present);
    throw new NeuroweaveError("unknown-name", `${instance.name} is ordered against ${other}, which is no behavior`, {
      behavior: instance.name,
      candidates,
      remedy: candidates.length > 0 ? `Did you mean ${candidates.join(" or ")}?` : `There are ${present.join(", ")}.`,
    });
  }
}
