/** What a stage reads, for the plan and for deciding what must be in memory. */
import { symbolsOf, type Expression } from "@neuroweave/equations";
import type { BehaviorInstance, Entity } from "@neuroweave/model";
import { competitionNames, signalSource, type Stage } from "./stages.ts";

/** Names that the expressions of a stage mention, inputs by their terms. Host code and recorders name theirs. */
export function readsOf(stage: Stage): Set<string> {
  const names = new Set<string>();
  const add = (e: Expression | null): void => {
    if (e) symbolsOf(e).forEach((name) => names.add(name));
  };
  switch (stage.kind) {
    case "input":
      stage.held.forEach(({ term }) => add(term.value));
      break;
    case "dynamics":
      for (const { parts, held, bounded } of stage.derivatives) {
        for (const { factor, value } of parts) [factor, value].forEach(add);
        add(held);
        add(bounded);
      }
      for (const { name, terms } of stage.inputs)
        if (names.has(name))
          for (const { value, heldAs } of terms) add(heldAs === null ? value : { kind: "symbol", name: heldAs });
      break;
    case "sum":
      stage.signals.forEach(({ term }) => add(term.value));
      break;
    case "assign":
    case "sweep":
      stage.assignments.forEach(({ value }) => add(value));
      break;
    case "fire":
      add(stage.condition);
      stage.assignments.forEach(({ value }) => add(value));
      break;
    case "sample":
      stage.entity.recordings.get(stage.instance)?.request.variables.forEach((name) => names.add(name));
      break;
    case "host":
      for (const name of hostReads(stage.entity, stage.instance)) names.add(name);
      break;
    case "deliver":
      names.add("w");
      stage.assignments.forEach(({ value }) => add(value));
      stage.efficacy.forEach(({ value }) => add(value));
      break;
    case "couple":
      stage.terms.forEach(({ value }) => add(value));
      break;
    case "reduce":
      stage.signals.forEach(({ name }) => names.add(signalSource(name)));
      break;
    case "compete":
      Object.values(competitionNames(stage.instance.name)).forEach((name) => names.add(name));
      break;
    case "events":
  }
  return names;
}

/** What host code says that it touches, under full names; it may look at more. */
function hostReads(entity: Entity, { name, declaration }: BehaviorInstance): string[] {
  const own = [...declaration.states.keys(), ...declaration.parameters.keys()];
  const others = [...declaration.requires, ...declaration.writes];
  const named = others.map((each) =>
    entity.symbols.has(each) || !findable(entity, each) ? each : entity.find(each).name,
  );
  return [...own.map((local) => (declaration.scope === "instance" ? `${name}.${local}` : local)), ...named];
}

const findable = (entity: Entity, name: string): boolean =>
  [...entity.symbols.values()].filter(({ local }) => local === name).length === 1;
