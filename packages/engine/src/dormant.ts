/** What a disabled behavior will want to know of the past when it is enabled again. */
import { expressionsOf, visitExpression, type DelayedExpression, type Expression } from "@neuroweave/equations";
import { allEquations, type BehaviorInstance, type Declaration, type Entity } from "@neuroweave/model";

/** Delayed reads of state variables in all texts of an instance, under their full names. */
export function delayedIn(entity: Entity, instance: BehaviorInstance): DelayedExpression[] {
  const found: DelayedExpression[] = [];
  for (const expression of expressionsIn(instance.declaration))
    visitExpression(expression, (inner) => {
      if (inner.kind !== "delayed") return;
      const named = [...entity.symbols.values()].filter(
        ({ kind, local }) => kind === "state" && local === inner.variable,
      );
      const own = named.find(({ owners }) => owners.includes(instance)) ?? named[0];
      const full = own ?? entity.symbols.get(inner.variable);
      if (full?.kind === "state") found.push({ ...inner, variable: full.name });
    });
  return found;
}

function expressionsIn(declaration: Declaration): Expression[] {
  const { spike, spikeRequires, bindings, holds } = declaration;
  const statements = allEquations(declaration).flatMap(({ parsed }) => parsed.flatMap(expressionsOf));
  const conditions = [...(spike ? [spike] : []), ...spikeRequires, ...bindings.values()].map(({ parsed }) => parsed);
  return [...statements, ...conditions, ...holds.map((hold) => hold.while)];
}
