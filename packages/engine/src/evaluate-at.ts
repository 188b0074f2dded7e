/** Evaluation of expressions of one neuron at many values of some of its columns. */
import {
  createBuilder,
  evaluateProgram,
  paddedLength,
  verify,
  type Builder,
  type Slot,
  type Value,
} from "@neuroweave/kernel";
import type { Block, Entity, StatesAsked } from "@neuroweave/model";
import { constantTerm } from "@neuroweave/schedule";
import { evaluateOnce, type EvaluateOptions, type Reader } from "./evaluate.ts";
import type { Memory } from "./memory.ts";
import { variableOf } from "./names.ts";
import { createReader } from "./weave.ts";

/** What the neuron has, of everything that is not given: read, or drawn, where the whole population is evaluated. */
type Present = (b: Builder) => Value;

/**
 * Runs a kernel of pure reads once, at step k, in which lane j is the one neuron at the j-th of the states asked for. What
 * depends on the neuron and is not given is read in a kernel over the population first, so that it has the bits of a run.
 * `follows` tells whether the past of a given variable is its present value.
 */
export function evaluateAt(
  entity: Entity,
  memory: Memory,
  k: number,
  { values: given, neuron, count }: StatesAsked,
  options: EvaluateOptions,
  lower: (reader: Reader) => ReadonlyMap<string, Value>,
  addressOf: (slot: string) => number | undefined,
  follows: (variable: string) => boolean,
): Map<string, Float64Array> {
  const { precision } = memory;
  const { dt, seed } = entity.place;
  const inner = createBuilder({ precision, dt, n: count });
  const present = new Map<string, Present>();
  const ofNeuron = (key: string, read: Present): Value => {
    present.set(key, read);
    return inner.load({ name: key, shape: "cell" });
  };
  const asked = (name: string): Value => inner.load({ name: `${name}~at`, shape: "column" });
  const b: Builder = {
    ...inner,
    n: entity.n,
    lane: () => inner.constant(neuron),
    load: (slot: Slot) =>
      given.has(slot.name) ? asked(slot.name) : ofNeuron(`${slot.name}~now`, (all) => all.load(slot)),
    loadRow(slot, row) {
      const variable = variableOf(slot.name);
      if (row.kind === "ring" && given.has(variable) && follows(variable)) return asked(variable);
      return ofNeuron(`${slot.name} ${JSON.stringify(row)}~now`, (all) => all.loadRow(slot, row));
    },
    random: (stream, word) => ofNeuron(`${stream.low}:${stream.high}:${word}~drawn`, (all) => all.random(stream, word)),
    draw: (draw) => ofNeuron(`${JSON.stringify(draw)}~drawn`, (all) => all.draw!(draw)),
  };
  const reader = createReader(b, entity, { ...options, precision, dt, seed, first: true, summed: new Set() });
  for (const name of given.keys()) {
    const { kind } = entity.symbols.get(name)!;
    reader.values.set(kind === "input" ? constantTerm(name) : name, asked(name));
  }
  const values = lower(reader);
  const outputs = [...values.keys()].map((name) => `${name}~out`);
  for (const [name, value] of values)
    inner.effect({ kind: "store", slot: `${name}~out`, value }, { name: `${name}~out`, shape: "column" });
  const kernel = verify(inner.finish(`expressions of neuron ${neuron} of ${entity.name}`));

  const reads = (all: Reader): Map<string, Value> => new Map([...present].map(([key, read]) => [key, read(all.b)]));
  const now = present.size === 0 ? null : evaluateOnce(entity, memory, k, options, reads, addressOf);
  const blocks = new Map<string, Block>();
  for (const slot of kernel.slots.values()) {
    const block = memory.allocate(slot.shape === "cell" ? 1 : paddedLength(count));
    const columns = given.get(slot.name.slice(0, -"~at".length));
    if (slot.shape === "cell") block.view()[0] = now!.get(slot.name)![neuron]!;
    else if (columns && slot.name.endsWith("~at")) block.view().set(columns);
    blocks.set(slot.name, block);
  }
  const addresses = new Map([...blocks].map(([name, { address }]) => [name, address]));
  const stage = { kind: "kernel" as const, kernel, addresses, log: null, uniforms: new Map() };
  const program = { precision, dt, suspect: 0, stages: [stage], sharedMemory: memory.shared, team: null };
  evaluateProgram(program, memory.wasm, () => {}).run(k, 1);
  const results = outputs.map((name): [string, Float64Array] => [
    name.slice(0, -"~out".length),
    Float64Array.from(blocks.get(name)!.view().subarray(0, count)),
  ]);
  for (const block of blocks.values()) memory.release(block);
  return new Map(results);
}
