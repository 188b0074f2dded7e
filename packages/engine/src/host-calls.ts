/** Calls of host behaviors: their views, random numbers and faults. */
import { NeuroweaveError } from "@neuroweave/equations";
import { counterOf, philox, streamKey, uniformF64 } from "@neuroweave/kernel";
import {
  pointersOf,
  targetsOf,
  type Entity,
  type Floats,
  type HostContext,
  type HostSignal,
  type NetworkCore,
} from "@neuroweave/model";
import { hostInput } from "@neuroweave/schedule";
import type { Compiled, HostEntry } from "./compile.ts";
import { beforeName } from "./names.ts";
import type { Memory } from "./memory.ts";
import { portableMath } from "./portable-math.ts";
import type { Scratch } from "./scratch.ts";

/** The function that a program calls at its host stages. */
export function createHostCalls(
  core: NetworkCore,
  compiled: Compiled,
  memory: Memory,
  scratch: Scratch,
  lastSpikes: ReadonlyMap<Entity, Uint32Array>,
): (index: number, k: number) => void {
  const signals = Object.freeze(
    Object.fromEntries([...core.signals].map(([name, entity]) => [name, signalOf(name, entity)])),
  );
  const contexts = compiled.hosts.map((entry) => ({ entry, buffer: null as ArrayBufferLike | null, context: null as HostContext | null })); // prettier-ignore
  return (index, k) => {
    const slot = contexts[index]!;
    const { entity, instance, writes } = slot.entry;
    if (slot.buffer !== memory.wasm.buffer || !slot.context) {
      slot.buffer = memory.wasm.buffer;
      slot.context = contextOf(core, slot.entry, compiled, scratch, memory);
    }
    const { context } = slot;
    const random = randomOf(core, slot.entry, k);
    const moment = {
      random,
      step: k,
      t: k * core.dt,
      learning: core.learning,
      spikes: spikesOf(slot.entry, compiled, lastSpikes),
    };
    core.inStep = true;
    try {
      const answer: unknown = instance.declaration.step!({
        ...context,
        ...moment,
        network: { dt: core.dt, seed: core.seed, step: k, t: k * core.dt, signals },
      });
      refusePromise(answer);
    } catch (cause) {
      if (cause instanceof NeuroweaveError && cause.code === "wrong-moment") throw cause;
      throw new NeuroweaveError(
        "host-threw",
        `${instance.name} threw at step ${k}: ${cause instanceof Error ? cause.message : String(cause)}`,
        { entity: entity.name, behavior: instance.name, remedy: "The network is back at the start of that step." },
        { cause },
      );
    } finally {
      core.inStep = false;
    }
    for (const name of writes) entity.columns.repad(name);
  };
}

/** A promise would go on when the step is over; what becomes of it then is nobody's to await. */
function refusePromise(answer: unknown): void {
  if (!(answer instanceof Promise)) return;
  answer.catch(() => undefined);
  throw new TypeError("its step returned a promise, and no step waits for one");
}

/** What host code may do with a signal in the middle of a step. */
function signalOf(name: string, { columns }: Entity): HostSignal {
  const write = (x: number): void => {
    if (typeof x !== "number" || !Number.isFinite(x))
      throw new NeuroweaveError("not-finite", `${String(x)} is written to the signal ${name}`, {
        remedy: "Give a finite number.",
      });
    columns.view("value")[0] = x;
    columns.repad("value");
  };
  return {
    get value() {
      return columns.view("value")[0]!;
    },
    set value(x) {
      write(x);
    },
    add(x) {
      write(this.value + x);
    },
  };
}

function contextOf(
  core: NetworkCore,
  { entity, instance, aside }: HostEntry,
  compiled: Compiled,
  scratch: Scratch,
  memory: Memory,
): HostContext {
  const columns: Record<string, Floats> = Object.create(null) as Record<string, Floats>;
  for (const name of entity.columns.names())
    if (entity.columns.at(name).form === "column" && !entity.columns.at(name).packed)
      columns[name] = entity.columns.view(name);
  columns["refractory"] ??= new Float64Array(entity.n);
  const scratchView = (name: string, count = entity.n): Floats | undefined =>
    scratch.find(entity, name)?.view().subarray(0, count);
  for (const name of aside) columns[name] = scratchView(beforeName(name), entity.columns.at(name).count)!;
  const { declaration, name: own } = instance;
  const full = (local: string): string => (declaration.scope === "instance" ? `${own}.${local}` : local);
  for (const local of declaration.states.keys()) columns[local] = entity.columns.view(full(local));
  const parameters = Object.fromEntries(
    [...declaration.parameters.keys()].map((local) => [local, entity.columns.view(full(local))]),
  );
  const inputs: Record<string, Floats> = {};
  const renamed = [...declaration.aliases];
  for (const input of compiled.plan.inputs.get(entity)!.keys()) {
    const view = scratchView(hostInput(input));
    if (view) inputs[input] = view;
  }
  for (const views of [columns, parameters, inputs]) {
    const known = renamed.map(([original, current]) => [original, views[current]] as const);
    for (const [original, view] of known) if (view) views[original] = view;
  }
  for (const views of [columns, parameters, inputs])
    for (const view of Object.values(views)) if (view.buffer === memory.wasm.buffer) memory.lend(view);
  // Who is connected to whom is for reading only: a device goes wherever these say.
  const synapses = entity.synapses && {
    pointers: pointersOf(entity.synapses).slice(),
    targets: targetsOf(entity.synapses).slice(),
  };
  const still = { columns, parameters, inputs, synapses, n: entity.n, dt: core.dt, math: portableMath };
  return still as unknown as HostContext;
}

/** Spikes of this step after `Firing`; of the step before ahead of it. */
function spikesOf(
  { entity, afterFiring }: HostEntry,
  compiled: Compiled,
  last: ReadonlyMap<Entity, Uint32Array>,
): Uint32Array {
  const spiking = entity.synapses?.source.entity ?? entity;
  const log = afterFiring ? compiled.logs.find((each) => each.entity === spiking) : undefined;
  if (!log) return last.get(spiking) ?? new Uint32Array(0);
  return log.ids.view().slice(0, log.cursor.view()[0]);
}

/** Uniforms in [0, 1) counted by step and draw, so that nothing is carried from step to step. */
function randomOf(core: NetworkCore, { entity, instance }: HostEntry, k: number): () => number {
  const key = streamKey(JSON.stringify([String(core.seed), entity.name, instance.name, "host"]));
  let draws = 0;
  return () => {
    const [neuron, low, high] = counterOf(draws++, k);
    const words = philox([neuron, low, high, 1], [key.low, key.high]);
    return uniformF64(words[0], words[1]);
  };
}
