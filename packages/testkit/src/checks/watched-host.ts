/** Host code under watch: what it reads, what it changes, and what it calls that is not the same everywhere. */
import type { BehaviorInstance, HostContext, HostStep } from "@neuroweave/model";
import type { Network } from "neuroweave";
import { entitiesOf } from "../bits.ts";

export interface HostRecord {
  readonly reads: Set<string>;
  readonly undeclared: Set<string>;
  readonly changed: Set<string>;
  readonly calls: Set<string>;
  draws: number;
}

export const emptyRecord = (): HostRecord => ({ reads: new Set(), undeclared: new Set(), changed: new Set(), calls: new Set(), draws: 0 }); // prettier-ignore

/** Functions whose last bits, or whose values, are not the same on every machine and in every run. */
const unportable: readonly (readonly [object: object, label: string, names: readonly string[]])[] = [
  [Math, "Math", ["exp", "expm1", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "pow", "cbrt", "hypot", "random"]],
  [Date, "Date", ["now"]],
  [performance, "performance", ["now"]],
]; // prettier-ignore

/** The same instance, whose step is written down in `record`. `networkOf` gives the network once it is there. */
export function watched(instance: BehaviorInstance, record: HostRecord, networkOf: () => Network | undefined): BehaviorInstance {
  const { step } = instance.declaration;
  if (step === null) return instance;
  const call: HostStep = (context) => watchedCall(step, instance, context, record, networkOf());
  return { ...instance, declaration: { ...instance.declaration, step: call } };
} // prettier-ignore

function watchedCall(step: HostStep, instance: BehaviorInstance, context: HostContext, record: HostRecord, net: Network | undefined): void {
  const { declaration } = instance;
  const named = (name: string): readonly string[] => [name, `${instance.name}.${name}`, declaration.aliases.get(name) ?? name];
  const states = [...declaration.states.keys()].flatMap(named);
  const renamed = [...declaration.aliases].flatMap(([original, current]) => (declaration.states.has(current) ? [original] : []));
  const writable = new Set([...states, ...renamed, ...declaration.writes.flatMap(named)]);
  const columns = context.columns as Readonly<Record<string, Float64Array>>;
  const writableViews = new Set([...writable].map((name) => columns[name]).filter((view) => view !== undefined));
  const foreign = new Map(
    entitiesOf(net!).flatMap(({ name, columns: all, attached, isSignal }) =>
      isSignal || attached.some((each) => each.instance.name === instance.name) ? [] : all.names().map((each) => [`${name}.${each}`, () => all.copy(each)] as const),
    ),
  );
  const views = [...Object.entries(columns), ...Object.entries(context.parameters)].filter(([, view]) => !writableViews.has(view as Float64Array));
  const before = views.map(([, view]) => Float64Array.from(view));
  const beforeOthers = [...foreign.values()].map((copy) => copy());
  const tracked = new Proxy(columns, {
    get(target, name) {
      if (typeof name === "string" && name in target) record.reads.add(name);
      return target[name as string];
    },
  });
  const random = (): number => {
    record.draws++;
    return context.random();
  };
  const own = [...writableViews].map((view) => Float64Array.from(view));
  withTraps(record.calls, () => step({ ...context, columns: tracked, random }));
  for (const [k, [name, view]] of views.entries()) if (!before[k]!.every((x, i) => Object.is(x, (view as Float64Array)[i]))) record.undeclared.add(name);
  for (const [k, [name, copy]] of [...foreign].entries()) {
    const after = copy();
    if (!beforeOthers[k]!.every((x, i) => Object.is(x, after[i]))) record.undeclared.add(name);
  }
  for (const [k, view] of [...writableViews].entries())
    if (!own[k]!.every((x, i) => Object.is(x, view[i]))) for (const name of writable) if (columns[name] === view) record.changed.add(name);
} // prettier-ignore

/** Calls something while functions that are not portable tell that they have been called. */
function withTraps(calls: Set<string>, call: () => void): void {
  const originals: (() => void)[] = [];
  try {
    for (const [object, label, names] of unportable)
      for (const name of names) {
        const functions = object as Record<string, (...args: unknown[]) => unknown>;
        const original = functions[name]!;
        const isOwn = Object.hasOwn(object, name);
        functions[name] = (...args) => {
          calls.add(`${label}.${name}`);
          return Reflect.apply(original, object, args);
        };
        originals.push(() => (isOwn ? void (functions[name] = original) : void delete functions[name]));
      }
    call();
  } finally {
    for (const restore of originals) restore();
  }
}
