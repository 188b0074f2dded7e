/** One-off evaluation of expressions over an entity's columns, with the bits of every device. */
import type { Expression } from "@neuroweave/equations";
import {
  createBuilder,
  elementBytes,
  evaluateProgram,
  lowerNumber,
  paddedLength,
  verify,
  type Builder,
  type Value,
} from "@neuroweave/kernel";
import type { Block, Entity } from "@neuroweave/model";
import type { ComposedInput } from "@neuroweave/schedule";
import { drawnLength, drawsOf } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { createReader } from "./weave.ts";
import { firstAddress } from "./weave-synapses.ts";

export type Reader = ReturnType<typeof createReader>;
export type EvaluateOptions = Pick<
  Parameters<typeof createReader>[2],
  "inputs" | "historyRows" | "tables" | "arrivals"
>;

const noInputs: ReadonlyMap<string, ComposedInput> = new Map();

/** Values of expressions, one per neuron, from the columns as they are. */
export function evaluateExpressions(
  entity: Entity,
  expressions: ReadonlyMap<string, Expression>,
  memory: Memory,
  count = entity.n,
): Map<string, Float64Array> {
  return evaluateOnce(
    entity,
    memory,
    0,
    { inputs: noInputs, historyRows: new Map(), tables: new Map(), arrivals: new Map() },
    (reader) =>
      new Map([...expressions].map(([name, expression]) => [name, lowerNumber(reader.b, expression, reader.scope)])),
    () => undefined,
    count,
  );
}

/** Runs a kernel of pure reads once, at step k, and gives its values. */
export function evaluateOnce(
  entity: Entity,
  memory: Memory,
  k: number,
  options: EvaluateOptions,
  lower: (reader: Reader) => ReadonlyMap<string, Value>,
  addressOf: (slot: string) => number | undefined,
  count?: number,
): Map<string, Float64Array> {
  const { precision } = memory;
  const { dt, seed } = entity.place;
  const n = count ?? entity.n;
  if (n === 0) return new Map();
  const b: Builder = createBuilder({ precision, dt, n });
  const values = lower(createReader(b, entity, { ...options, precision, dt, seed, first: true, summed: new Set() }));
  const outputs = new Map([...values.keys()].map((name) => [name, memory.allocate(paddedLength(n))]));
  for (const [name, value] of values)
    b.effect({ kind: "store", slot: `${name}~out`, value }, { name: `${name}~out`, shape: "column" });
  const kernel = verify(b.finish(`expressions of ${entity.name}`));
  const addresses = new Map<string, number>();
  const drawn: Block[] = [];
  for (const slot of kernel.slots.keys()) {
    if (kernel.slots.get(slot)!.draw) {
      const column = memory.allocate(drawnLength(n));
      drawn.push(column);
      addresses.set(slot, column.address);
      continue;
    }
    const output = slot.endsWith("~out") ? outputs.get(slot.slice(0, -"~out".length)) : undefined;
    addresses.set(slot, output?.address ?? addressOf(slot) ?? firstAddress(entity, slot, elementBytes(precision)));
  }
  const draws = drawsOf(kernel, n, (slot) => addresses.get(slot)!);
  const stages = [...draws, { kind: "kernel" as const, kernel, addresses, log: null, uniforms: new Map() }];
  const program = { precision, dt, suspect: 0, stages, sharedMemory: memory.shared, team: null };
  evaluateProgram(program, memory.wasm, () => {}).run(k, 1);
  const results = new Map([...outputs].map(([name, block]) => [name, Float64Array.from(block.view().subarray(0, n))]));
  for (const block of [...outputs.values(), ...drawn]) memory.release(block);
  return results;
}
