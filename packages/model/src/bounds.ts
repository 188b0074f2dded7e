/** Variables that behaviors keep within bounds are within them from the beginning, and when they are set. */
import { NeuroweaveError, symbolsOf, withPlace } from "@neuroweave/equations";
import type { BehaviorInstance } from "./behavior.ts";
import type { Bounds, Source } from "./declaration.ts";
import type { Expression } from "@neuroweave/equations";
import type { Entity, Evaluate } from "./entity.ts";
import { resolver } from "./symbols.ts";

/** Whether any enabled behavior of an entity bounds a variable. */
export const hasBounds = (entity: Entity): boolean =>
  entity.enabled().some(({ declaration }) => declaration.bounds.size > 0);

/** Refuses bounds that are the wrong way round, and variables outside them, with the first that is. */
export function requireWithinBounds(entity: Entity, evaluate: Evaluate): void {
  for (const instance of entity.enabled())
    for (const [local, bounds] of instance.declaration.bounds)
      try {
        requireWithin(entity, instance, local, bounds, evaluate);
      } catch (error) {
        throw withPlace(error, { entity: entity.name, behavior: instance.name });
      }
}

function requireWithin(entity: Entity, instance: BehaviorInstance, local: string, bounds: Bounds, evaluate: Evaluate): void {
  const names = resolver(entity.symbols, entity.attached, instance, null, entity.place.signals);
  const variable = names.name(local);
  const values = entity.columns.copy(variable);
  if (values.length === 0) return;
  const numbers = (source: Source<Expression> | null): ((index: number) => number) | null => {
    if (source === null) return null;
    const expression = names.expression(source.parsed);
    const alike = [...symbolsOf(expression)].every((name) => entity.columns.get(name)?.form !== "column");
    const all = evaluate(entity, new Map([["bound", expression]]), alike ? 1 : values.length).get("bound")!;
    return (index) => all[alike ? 0 : index]!;
  };
  const [min, max] = [numbers(bounds.min), numbers(bounds.max)];
  // What is stored with fewer bits is rounded, and so may lie beyond a bound by less than that.
  const stored = entity.columns.at(variable).packed?.element === "f32" ? Math.fround : (x: number): number => x;
  for (let index = 0; index < values.length; index++) {
    const [low, high, x] = [stored(min?.(index) ?? -Infinity), stored(max?.(index) ?? Infinity), values[index]!];
    if (low > high)
      throw new NeuroweaveError("out-of-range", `the bounds of ${variable} are the wrong way round: ${low} is above ${high}`, {
        remedy: "Give a smaller lower bound, or a larger upper one.",
      });
    if (x < low || x > high)
      throw new NeuroweaveError("out-of-range", `${variable}[${index}] is ${x}, outside its bounds [${low}, ${high}]`, {
        remedy: "Begin within the bounds, or give wider ones.",
      });
  }
} // prettier-ignore
