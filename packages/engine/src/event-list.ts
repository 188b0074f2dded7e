/** Listed or streamed moments (spike trains) as sorted steps and neurons in memory. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import type { ProgramStage } from "@neuroweave/kernel";
import type { BehaviorInstance, Entity, EventStream, NetworkCore } from "@neuroweave/model";
import type { Memory } from "./memory.ts";
import type { Scratch } from "./scratch.ts";

export interface EventWords {
  readonly stage: Extract<ProgramStage, { kind: "events" }>;
  readonly entity: Entity;
  readonly instance: BehaviorInstance;
  /** Events that were not on the grid. */
  readonly rounded: number;
  /** Makes ready for `steps` steps from step k on, or for fewer, whose number it gives: those of which there is room. */
  readonly seek: (k: number, steps: number) => number;
}

interface Listed {
  readonly steps: Uint32Array;
  readonly ids: Uint32Array;
  readonly rounded: number;
}

/** Events of a stream that are held at once, at least. */
const streamRoom = 1 << 16;

/** The step of no event. */
const never = 0xffffffff;

/** Steps and neurons of events, by step, then neuron. Times are rounded to the grid. */
function sorted(entity: Entity, times: ArrayLike<number>, ids: ArrayLike<number>): Listed {
  const { n } = entity;
  const { dt } = entity.place;
  if (times.length !== ids.length)
    throw new NeuroweaveError("wrong-length", `there are ${times.length} times and ${ids.length} ids`, { remedy: "Give one id for each time." }); // prettier-ignore
  let rounded = 0;
  const keys = new Float64Array(times.length);
  for (let index = 0; index < keys.length; index++) {
    const [time, id] = [times[index]!, ids[index]!];
    if (!Number.isFinite(time) || time < 0)
      throw new NeuroweaveError("out-of-range", `times[${index}] is ${time}`, { remedy: "Give times ≥ 0 ms." });
    if (!Number.isInteger(id) || id < 0 || id >= n)
      throw new NeuroweaveError("out-of-range", `ids[${index}] is ${id}, and there are ${n} neurons`, { remedy: `Give ids from 0 to ${n - 1}.` }); // prettier-ignore
    const step = Math.round(time / dt);
    if (step >= never || step * n > Number.MAX_SAFE_INTEGER)
      throw new NeuroweaveError("out-of-range", `times[${index}] lies beyond step 2³²`, {
        remedy: "Give earlier times.",
      });
    if (Math.abs(time / dt - step) > 1e-6) rounded++;
    keys[index] = step * n + id;
  }
  keys.sort();
  const steps = Uint32Array.from(keys, (key) => Math.floor(key / n));
  return { steps, ids: Uint32Array.from(keys, (key, index) => key - steps[index]! * n), rounded };
}

/** The listed events of an instance; none where they are streamed. */
export function listEvents(entity: Entity, instance: BehaviorInstance): Listed {
  const { times, ids, stream } = instance.declaration.events!;
  try {
    return stream ? sorted(entity, [], []) : sorted(entity, times, ids);
  } catch (error) {
    throw withPlace(error, { entity: entity.name, behavior: instance.name });
  }
}

/** Lays an instance's events out in memory. */
export function eventWords(
  core: NetworkCore,
  entity: Entity,
  instance: BehaviorInstance,
  memory: Memory,
  scratch: Scratch,
): EventWords {
  const listed = listEvents(entity, instance);
  const { declaration, name } = instance;
  const { state: local, stream } = declaration.events!;
  const room = stream ? Math.max(streamRoom, 4 * entity.n) : Math.max(1, listed.steps.length);
  const block = (part: string, length: number) => scratch.words(entity, `${name}/${part}`, length);
  const [stepWords, idWords, cursors] = [block("steps", room), block("ids", room), block("cursors", 2)];
  const put = ({ steps, ids }: Listed): void => {
    stepWords.view().fill(never).set(steps);
    idWords.view().set(ids);
  };
  put(listed);
  const point = (k: number): void =>
    cursors.view().set([lowerBound(stepWords.view(), k - 1), lowerBound(stepWords.view(), k)]);
  const seek = (k: number, steps: number): number => {
    let fitting = steps;
    if (stream)
      for (; ; fitting = Math.ceil(fitting / 2)) {
        const part = streamed(entity, instance, stream, k, fitting);
        if (part.steps.length > room && fitting > 1) continue;
        put(part);
        break;
      }
    point(k);
    return fitting;
  };
  const state = declaration.scope === "instance" ? `${name}.${local}` : local;
  return {
    entity,
    instance,
    rounded: listed.rounded,
    seek,
    stage: {
      kind: "events",
      column: entity.columns.at(state).block!.address,
      steps: stepWords.address,
      ids: idWords.address,
      count: room,
      cursors: cursors.address,
      n: entity.n,
    },
  };
}

/** Events of the steps from k − 1, which are over in step k, to k + steps, each neuron at most once in a step. */
function streamed(entity: Entity, instance: BehaviorInstance, stream: EventStream, k: number, steps: number): Listed {
  const { dt } = entity.place;
  const first = Math.max(0, k - 1);
  const last = k + steps;
  const place = { entity: entity.name, behavior: instance.name };
  try {
    const { times, ids } = stream(Math.max(0, (first - 0.5) * dt), (last - 0.5) * dt);
    const all = sorted(entity, times, ids);
    const kept: number[] = [];
    for (let index = 0; index < all.steps.length; index++) {
      const [step, id] = [all.steps[index]!, all.ids[index]!];
      const again = index > 0 && step === all.steps[index - 1] && id === all.ids[index - 1];
      if (step >= first && step < last && !again) kept.push(index);
    }
    return {
      steps: Uint32Array.from(kept, (index) => all.steps[index]!),
      ids: Uint32Array.from(kept, (index) => all.ids[index]!),
      rounded: 0,
    };
  } catch (cause) {
    if (cause instanceof NeuroweaveError) throw withPlace(cause, place);
    throw new NeuroweaveError(
      "host-threw",
      `the stream of ${instance.name} threw at step ${k}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { ...place, remedy: "The network is at the start of that step." },
      { cause },
    );
  }
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
