/** Listed moments (spike trains) as sorted steps and neurons in memory. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { ProgramStage } from "@neuroweave/kernel";
import type { BehaviorInstance, Entity, NetworkCore } from "@neuroweave/model";
import type { Memory } from "./memory.ts";
import type { Scratch } from "./scratch.ts";

export interface EventWords {
  readonly stage: Extract<ProgramStage, { kind: "events" }>;
  readonly entity: Entity;
  readonly instance: BehaviorInstance;
  /** Events that were not on the grid. */
  readonly rounded: number;
  /** Points the cursors at what lies before step k. */
  readonly seek: (k: number) => void;
}

/** Steps and neurons of an instance's events, by step, then neuron. Times are rounded to the grid. */
export function listEvents(
  entity: Entity,
  instance: BehaviorInstance,
): { steps: number[]; ids: number[]; rounded: number } {
  const { times, ids } = instance.declaration.events!;
  const place = { entity: entity.name, behavior: instance.name };
  const { dt } = entity.place;
  if (times.length !== ids.length)
    throw new NeuroweaveError("wrong-length", `there are ${times.length} times and ${ids.length} ids`, { ...place, remedy: "Give one id for each time." }); // prettier-ignore
  let rounded = 0;
  const pairs = Array.from(times, (time, index): [number, number] => {
    const id = ids[index]!;
    if (!Number.isFinite(time) || time < 0)
      throw new NeuroweaveError("out-of-range", `times[${index}] is ${time}`, {
        ...place,
        remedy: "Give times ≥ 0 ms.",
      });
    if (!Number.isInteger(id) || id < 0 || id >= entity.n)
      throw new NeuroweaveError("out-of-range", `ids[${index}] is ${id}, and there are ${entity.n} neurons`, { ...place, remedy: `Give ids from 0 to ${entity.n - 1}.` }); // prettier-ignore
    const step = Math.round(time / dt);
    if (step > 0xffffffff)
      throw new NeuroweaveError("out-of-range", `times[${index}] lies beyond step 2³²`, { ...place, remedy: "Give earlier times." }); // prettier-ignore
    if (Math.abs(time / dt - step) > 1e-6) rounded++;
    return [step, id];
  });
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { steps: pairs.map(([step]) => step), ids: pairs.map(([, id]) => id), rounded };
}

/** Lays an instance's events out in memory. */
export function eventWords(
  core: NetworkCore,
  entity: Entity,
  instance: BehaviorInstance,
  memory: Memory,
  scratch: Scratch,
): EventWords {
  const { steps, ids, rounded } = listEvents(entity, instance);
  const { declaration, name } = instance;
  const block = (part: string, length: number) => scratch.words(entity, `${name}/${part}`, Math.max(1, length));
  const [stepWords, idWords, cursors] = [block("steps", steps.length), block("ids", ids.length), block("cursors", 2)];
  stepWords.view().set(steps);
  idWords.view().set(ids);
  const local = declaration.events!.state;
  const state = declaration.scope === "instance" ? `${name}.${local}` : local;
  const seek = (k: number): void => {
    const list = stepWords.view().subarray(0, steps.length);
    const from = lowerBound(list, k - 1);
    cursors.view().set([from, lowerBound(list, k)]);
  };
  return {
    entity,
    instance,
    rounded,
    seek,
    stage: {
      kind: "events",
      column: entity.columns.at(state).block!.address,
      steps: stepWords.address,
      ids: idWords.address,
      count: steps.length,
      cursors: cursors.address,
      n: entity.n,
    },
  };
}

/** First index whose step is not below k. */
function lowerBound(steps: Uint32Array, k: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (steps[middle]! < k) low = middle + 1;
    else high = middle;
  }
  return low;
}
