/** What a stage reads, for the plan and for deciding what must be in memory. */
import { symbolsOf, type Expression } from "@neuroweave/equations";
import type { Stage } from "./stages.ts";

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
      for (const { parts, held } of stage.derivatives) {
        for (const { factor, value } of parts) [factor, value].forEach(add);
        add(held);
      }
      for (const { name, terms } of stage.inputs) if (names.has(name)) terms.forEach(({ value }) => add(value));
      break;
    case "assign":
      stage.assignments.forEach(({ value }) => add(value));
      break;
    case "fire":
      add(stage.condition);
      stage.assignments.forEach(({ value }) => add(value));
      break;
    case "sample":
      stage.instance.declaration.sample!.variables.forEach((name) => names.add(name));
      break;
    case "host":
      for (const name of [...stage.instance.declaration.states.keys(), ...stage.instance.declaration.parameters.keys()])
        names.add(name);
      break;
    case "events":
  }
  return names;
}
