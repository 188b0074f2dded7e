/** What a stage writes, for the plan and for refusing two stages that write the same at one moment. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Entity } from "@neuroweave/model";
import { unique } from "./grouping.ts";
import { compare } from "./positions.ts";
import type { Stage } from "./stages.ts";

/** Names that a stage writes. */
export function writesOf(stage: Stage): string[] {
  switch (stage.kind) {
    case "dynamics":
      return stage.derivatives.map(({ variable }) => variable);
    case "assign":
    case "sweep":
      return stage.assignments.map(({ target }) => target);
    case "sum":
      return stage.signals.map(({ name }) => name);
    case "fire":
      return ["spike", "t_last_spike", ...stage.assignments.map(({ target }) => target)];
    case "host": {
      const { declaration, name } = stage.instance;
      const own = [...declaration.states.keys()].map((local) =>
        declaration.scope === "instance" ? `${name}.${local}` : local,
      );
      return unique([...own, ...declaration.writes.map((each) => stage.entity.find(each, "variable").name)]);
    }
    case "input":
      return stage.held.map(({ name }) => name);
    case "events":
      return [stage.instance.declaration.events!.state];
    case "deliver":
      return stage.assignments.map(({ target }) => target);
    case "reduce":
      return stage.signals.map(({ name }) => name);
    case "couple":
    case "compete":
    case "sample":
      return [];
  }
}

/** Refuses two stages of one moment that write the same variable. */
export function checkWriters(entity: Entity, stages: readonly Stage[]): void {
  const seen: { stage: Stage; name: string }[] = [];
  for (const stage of stages) {
    if (stage.kind === "input" || stage.kind === "events") continue;
    for (const name of writesOf(stage)) {
      const before = seen.find((each) => each.name === name && compare(each.stage.position, stage.position) === 0);
      if (before)
        throw new NeuroweaveError(
          "two-owners",
          `${name} is written twice at the same moment, by ${before.stage.behaviors.join(", ")} and by ${stage.behaviors.join(", ")}`,
          {
            entity: entity.name,
            behavior: stage.behaviors[0]!,
            candidates: unique([...before.stage.behaviors, ...stage.behaviors]),
            remedy: `Order them with before or after, give one another priority, or rename ${name} in one of them.`,
          },
        );
      seen.push({ stage, name });
    }
  }
}
