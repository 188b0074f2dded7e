import type { PictureStage } from "./schedule-rows.ts";

interface Fused {
  readonly name: string;
  readonly entity: string;
  readonly stages: readonly number[];
}

/** Stages and kernels in which one lane stands for all entities that do the same. */
export interface AlikeLanes {
  readonly stages: readonly PictureStage[];
  readonly kernels: readonly Fused[];
  readonly lanes: readonly string[];
}

/**
 * Puts entities with the same stages, by kind, position, behaviors and method, into one lane, named after the first and the
 * number of the others. The order of lanes is that of `entities`.
 */
export function alikeLanes(
  entities: readonly string[],
  stages: readonly PictureStage[],
  kernels: readonly Fused[],
): AlikeLanes {
  const groups = new Map<string, string[]>();
  for (const entity of entities) {
    const own = stages.filter((stage) => stage.entity === entity);
    const key = JSON.stringify(own.map(({ kind, priority, level, behaviors, method }) => [kind, priority, level, behaviors, method])); // prettier-ignore
    if (own.length > 0) groups.set(key, [...(groups.get(key) ?? []), entity]);
  }
  const names = new Map([...groups.values()].map((members) => [members[0]!, laneName(members)]));
  return {
    stages: stages.flatMap((stage) => {
      const entity = names.get(stage.entity);
      return entity === undefined ? [] : [{ ...stage, entity }];
    }),
    kernels: kernels.flatMap((kernel) => {
      const entity = names.get(kernel.entity);
      return entity === undefined ? [] : [{ ...kernel, entity }];
    }),
    lanes: [...names.values()],
  };
}

const laneName = ([first, ...others]: readonly string[]): string =>
  others.length === 0 ? first! : `${first} and ${others.length} alike`;
