/** Where a trajectory jumps, and what makes it jump. */
import type { Population } from "neuroweave";

/** Whether a spike of a population changes one of its variables at once, as a reset does. */
export function jumpsAtSpikes({ entity }: Population, variables: readonly string[]): boolean {
  return entity.attached.some(
    ({ instance, enabled }) =>
      enabled &&
      instance.declaration.onSpike.some(({ parsed }) =>
        parsed.some((statement) => statement.kind === "assignment" && variables.includes(statement.target)),
      ),
  );
}

/** The value of a variable at which a neuron spikes, where its condition is that the variable has come to some value. */
export function thresholdOf(population: Population, variable: string, neuron: number): number | null {
  const { entity } = population;
  for (const { instance, enabled } of entity.attached) {
    const condition = enabled ? instance.declaration.spike?.parsed : undefined;
    if (condition?.kind !== "binary" || !/^>=?$/u.test(condition.op)) continue;
    const { left, right } = condition;
    if (left.kind !== "symbol" || left.name !== variable) continue;
    if (right.kind === "number") return right.value;
    if (right.kind !== "symbol") continue;
    const own = `${instance.name}.${right.name}`;
    const name = entity.symbols.has(own) ? own : right.name;
    if (entity.symbols.has(name)) return population.get(name as never)[neuron] ?? null;
  }
  return null;
}
