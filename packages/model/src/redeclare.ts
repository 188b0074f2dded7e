/** The same behavior with other defaults, units, ranges or documentation of its symbols. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import { checkUnit } from "./declare.ts";
import type { Declaration } from "./declaration.ts";
import type { ParameterDeclaration, ParameterValue } from "./parameters.ts";

/** What may be declared anew of a symbol: `init` of a state, `default` and range of a parameter, `default` of an input. */
export interface SymbolChange extends Partial<ParameterDeclaration> {
  readonly init?: ParameterValue | string;
}

/** Changes by name. */
export type SymbolChanges<Names extends string = string> = { readonly [Name in Names]?: SymbolChange };

const fieldsOf = {
  parameters: ["default", "unit", "min", "max", "onGrid", "doc"],
  states: ["init", "unit", "doc"],
  inputs: ["default", "unit", "doc"],
} as const;

type Kind = keyof typeof fieldsOf;

/** A declaration with changed symbols. Refuses names that it does not declare and fields that the symbol does not have. */
export function redeclare(d: Declaration, changes: SymbolChanges): Declaration {
  const changed = { parameters: new Map(d.parameters), states: new Map(d.states), inputs: new Map(d.inputs) };
  for (const [name, change] of Object.entries(changes)) {
    if (change === undefined) continue;
    const kind = (Object.keys(changed) as Kind[]).find((each) => changed[each].has(name));
    if (kind === undefined) throw unknown(d, name);
    const fields: readonly string[] = fieldsOf[kind];
    const odd = Object.keys(change).find((field) => !fields.includes(field));
    if (odd !== undefined)
      throw new NeuroweaveError("invalid-value", `${name} of ${d.behavior} has no ${odd}`, {
        behavior: d.behavior,
        remedy: `It has ${fields.join(", ")}.`,
      });
    checkUnit(name, change.unit);
    const symbols: Map<string, object> = changed[kind];
    symbols.set(name, { ...symbols.get(name), ...change });
  }
  return { ...d, ...changed };
}

function unknown(d: Declaration, name: string): NeuroweaveError {
  const declared = [...d.parameters.keys(), ...d.states.keys(), ...d.inputs.keys()];
  return new NeuroweaveError("unknown-name", `${d.behavior} does not declare ${name}`, {
    behavior: d.behavior,
    candidates: nearest(name, declared),
    remedy: `It declares ${declared.join(", ") || "nothing"}.`,
  });
}
