/**
 * What holds at every step border, whatever has been run, switched or restored. Costs a pass over all synapses: for tests, and for networks
 * made with `debug`.
 */
import { NeuroweaveError } from "@neuroweave/equations";
import {
  delaySteps,
  pointersOf,
  requireWithinBounds,
  targetsOf,
  type Entity,
  type Evaluate,
  type NetworkCore,
} from "@neuroweave/model";
import type { Channels } from "./channels.ts";
import type { Memory } from "./memory.ts";

interface Seen {
  readonly core: NetworkCore;
  readonly memory: Memory;
  readonly channels: Channels;
  readonly evaluate: Evaluate;
  /** The neurons that fired in the last step, where runs keep them. */
  readonly lastSpikes: ReadonlyMap<Entity, Uint32Array>;
}

/** Refuses (`broken-invariant`) the first invariant that does not hold, by entity. */
export function requireInvariants(seen: Seen): void {
  for (const entity of seen.core.entities) {
    const broken = entity.synapses ? brokenSynapses(entity, seen) : brokenNeurons(entity, seen);
    if (broken === null) continue;
    throw new NeuroweaveError("broken-invariant", `${broken} (step ${seen.core.step})`, {
      entity: entity.name,
      remedy: "If host code writes to views of columns, look there first; otherwise this is a defect of the framework.",
    });
  }
}

function brokenSynapses(entity: Entity, { evaluate, core }: Seen): string | null {
  const synapses = entity.synapses!;
  const { source, target, count } = synapses;
  const pointers = pointersOf(synapses);
  if (pointers[0] !== 0 || pointers[source.n] !== count) return "the rows do not hold the synapses";
  const [targets, delays] = [targetsOf(synapses), delaySteps(synapses)];
  for (let s = 0; s < source.n; s++) {
    if (pointers[s]! > pointers[s + 1]!) return `row ${s} ends before it begins`;
    for (let j = pointers[s]!; j < pointers[s + 1]!; j++) {
      if (targets[j]! >= target.n) return `synapse ${j} leads to neuron ${targets[j]} of ${target.n}`;
      if (delays[j]! < 1) return `synapse ${j} has no delay`;
      const behind = j + 1 < pointers[s + 1]! ? j + 1 : j;
      if (delays[behind]! < delays[j]! || (delays[behind] === delays[j] && targets[behind]! < targets[j]!))
        return `row ${s} is not in order`;
    }
  }
  // What learning does not touch may have been set when it was off.
  if (core.learning) requireWithinBounds(entity, evaluate);
  return null;
}

function brokenNeurons(entity: Entity, { core, memory, channels, lastSpikes }: Seen): string | null {
  const { n, columns } = entity;
  const spike = columns.copy("spike");
  const odd = spike.findIndex((x) => x !== 0 && x !== 1);
  if (odd >= 0 && entity.enabled().some(({ declaration }) => declaration.spike !== null))
    return `spike of neuron ${odd} is ${spike[odd]}`;
  const last = lastSpikes.get(entity);
  if (last && core.step > 0) {
    const fired = spike.reduce((sum, x) => sum + x, 0);
    if (last.length !== fired || last.some((id) => spike[id] !== 1))
      return `${last.length} neurons are listed to have fired, and ${fired} have`;
  }
  const refractory = columns.get("refractory") ? columns.copy("refractory") : new Float64Array(0);
  const wrong = refractory.findIndex((x) => !Number.isInteger(x) || x < 0);
  if (wrong >= 0) return `neuron ${wrong} is refractory for ${refractory[wrong]} steps`;
  if (!channels.hasSpikes(entity)) return null;
  const ring = channels.spikes(entity);
  const counts = new Uint32Array(memory.wasm.buffer, ring.counts, ring.rows);
  const ids = new Uint32Array(memory.wasm.buffer, ring.ids, ring.rows * n);
  for (let row = 0; row < ring.rows; row++) {
    if (counts[row]! > n) return `row ${row} of its spikes holds ${counts[row]} of ${n} neurons`;
    const listed = ids.subarray(row * n, row * n + counts[row]!);
    const bad = listed.findIndex((id, j) => id >= n || (j > 0 && id <= listed[j - 1]!));
    if (bad >= 0) return `row ${row} of its spikes lists neuron ${listed[bad]} behind ${listed[bad - 1] ?? "none"}`;
  }
  return null;
} // prettier-ignore
