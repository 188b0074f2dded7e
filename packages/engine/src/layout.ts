/** Addresses of everything that a program touches. */
import {
  drawGroup,
  elementBytes,
  paddedLength,
  streamName,
  streamsOfAll,
  type Kernel,
  type ProgramStage,
  type SpikeLog,
} from "@neuroweave/kernel";
import type { BehaviorInstance, Block, Entity, NetworkCore, Recording } from "@neuroweave/model";
import { competitionNames, hostInput, signalSource, type Plan, type Stage } from "@neuroweave/schedule";
import type { Channels } from "./channels.ts";
import type { Memory, WordBlock } from "./memory.ts";
import type { Histories } from "./histories.ts";
import { beforeName, sumName, variableOf } from "./names.ts";
import type { Requirements } from "./requirements.ts";
import type { Mutable } from "./saved-state.ts";
import type { Scratch } from "./scratch.ts";
import { ownerOf } from "./slots.ts";
import { firstAddress } from "./weave-synapses.ts";

/** Longest run of steps in one call of a program. */
export const longestCall = 4096;

const sampleBufferBytes = 1 << 20;

export interface LogBlocks {
  readonly log: SpikeLog;
  readonly ids: WordBlock;
  readonly cursor: WordBlock;
  readonly ends: WordBlock;
}

export interface SampleBlocks {
  readonly stage: Extract<ProgramStage, { kind: "sample" }>;
  /** Samples that fit. */
  readonly capacity: number;
  /** Elements of one sample. */
  readonly stride: number;
  readonly cursor: WordBlock;
  readonly enabled: WordBlock;
  readonly buffer: () => Float64Array | Float32Array;
}

export function createLayout(
  core: NetworkCore,
  memory: Memory,
  scratch: Scratch,
  histories: Histories,
  channels: Channels,
) {
  const bytes = elementBytes(memory.precision);
  const suspect = scratch.words(null, "suspect", 1);
  suspect.view()[0] = 0;

  /** Address of a column of an entity, or of the scratch under that name. */
  const columnAddress = (entity: Entity, name: string): number => {
    const { owner, column: own, from } = ownerOf(entity, name);
    if (owner !== entity) return from === 0 ? firstAddress(entity, name, bytes) : alignedCopy(entity, name).address;
    const column = entity.columns.get(own);
    if (column?.block) return column.block.address;
    return scratch.floats(entity, name, paddedLength(entity.n)).block.address;
  };

  /** Room for what a part of a population has, where vectors may begin. */
  const alignedCopy = (entity: Entity, name: string): Block =>
    scratch.floats(entity, `aligned/${name}`, paddedLength(laneCount(entity, name))).block;

  const ringAddress = (entity: Entity, variable: string, rows: ReadonlyMap<string, number>): number =>
    histories.ring(entity, variable, rows.get(variable)!, core.step).address;

  return {
    suspect: suspect.address,

    addresses(entity: Entity, kernel: Kernel, { historyRows, tables }: Requirements): Map<string, number> {
      const result = new Map<string, number>();
      for (const slot of kernel.slots.values()) {
        const table = tables.get(slot.name);
        const receptor = slot.name.endsWith("~arriving") ? slot.name.slice(0, -"~arriving".length) : undefined;
        if (receptor !== undefined) result.set(slot.name, channels.arrivals(entity, receptor).block.address);
        else if (table) result.set(slot.name, tableAddress(entity, slot.name, table, scratch));
        else if (slot.shape === "table") result.set(slot.name, ringAddress(entity, variableOf(slot.name), historyRows));
        else if (slot.draw)
          result.set(slot.name, scratch.floats(entity, slot.name, drawnLength(kernel.n)).block.address);
        else result.set(slot.name, columnAddress(entity, slot.name));
      }
      return result;
    },

    /** Stages that copy what a kernel reads of a part of a population to where vectors may begin. */
    aligned: (entity: Entity, kernel: Kernel): ProgramStage[] =>
      [...kernel.slots.values()].flatMap(({ name, shape }) => {
        const { owner, from } = ownerOf(entity, name);
        if (owner === entity || from === 0 || shape !== "column") return [];
        const length = laneCount(entity, name) * bytes;
        return [
          {
            kind: "copy",
            from: firstAddress(entity, name, bytes),
            to: alignedCopy(entity, name).address,
            bytes: length,
          },
        ];
      }),

    /** The stage that empties a sum over synapses ahead of taking it. */
    clearSum: (entity: Entity, name: string, every: number): ProgramStage => ({
      kind: "clear",
      address: columnAddress(entity, name),
      bytes: paddedLength(entity.columns.at(name).count) * bytes,
      every,
    }),

    /** Stages that fill the columns of random numbers that a kernel reads. */
    draws: (entity: Entity, kernel: Kernel): ProgramStage[] =>
      drawsOf(kernel, kernel.n, (name) => scratch.floats(entity, name, drawnLength(kernel.n)).block.address),

    /** Stages that draw ahead the uniforms which every neuron needs. */
    uniforms: (entity: Entity, kernel: Kernel): Extract<ProgramStage, { kind: "uniforms" }>[] =>
      streamsOfAll(kernel).map((stream) => {
        const column = (word: 0 | 1): number =>
          scratch.floats(entity, `${streamName(stream)} ${word}`, paddedLength(kernel.n)).block.address;
        return { kind: "uniforms", stream, columns: [column(0), column(1)], n: kernel.n };
      }),

    spikeLog(entity: Entity): LogBlocks {
      const capacity = Math.max(2 * entity.n, 16384);
      const ids = scratch.words(entity, "log/ids", capacity);
      const cursor = scratch.words(entity, "log/cursor", 1);
      const ends = scratch.words(entity, "log/ends", longestCall);
      return { ids, cursor, ends, log: { ids: ids.address, capacity, cursor: cursor.address, ends: ends.address } };
    },

    samples(entity: Entity, instance: BehaviorInstance, recording: Recording): SampleBlocks {
      const { variables } = recording.request;
      const countOf = (name: string): number => entity.columns.get(name)?.count ?? entity.n;
      const stride = variables.reduce((sum, name) => sum + countOf(name), 0);
      const capacity = Math.max(1, Math.min(longestCall, Math.floor(sampleBufferBytes / (stride * bytes))));
      const { block } = scratch.floats(entity, `${instance.name}/samples`, capacity * stride);
      const cursor = scratch.words(entity, `${instance.name}/cursor`, 1);
      const enabled = scratch.words(entity, `${instance.name}/enabled`, 1);
      const sources = variables.map((name) => {
        const full = entity.symbols.get(name)?.kind === "input" ? sumName(name) : name;
        return { address: columnAddress(entity, full), bytes: countOf(full) * bytes };
      });
      const at = { buffer: block.address, cursor: cursor.address, enabled: enabled.address };
      return { stage: { kind: "sample", every: recording.every, sources, ...at }, capacity, stride, cursor, enabled, buffer: () => block.view() }; // prettier-ignore
    },

    /** Stages that empty what host code adds to inputs, at the start of a step. */
    clearHostInputs(plan: Plan): ProgramStage[] {
      return [...plan.inputs].flatMap(([entity, inputs]) =>
        [...inputs.values()]
          .filter(({ name, terms }) =>
            terms.some(({ value }) => value.kind === "symbol" && value.name === hostInput(name)),
          )
          .map(({ name }) => ({
            kind: "clear" as const,
            address: columnAddress(entity, hostInput(name)),
            bytes: paddedLength(entity.n) * bytes,
            every: 1,
          })),
      );
    },

    /** Stages by which variables that are integrated come to rest at 0. */
    settle: (plan: Plan): { readonly entity: Entity; readonly stage: ProgramStage }[] =>
      plan.stages.flatMap((stage) =>
        stage.kind !== "dynamics"
          ? []
          : stage.derivatives.map(({ variable }) => ({
              entity: stage.entity,
              stage: {
                kind: "settle" as const,
                column: columnAddress(stage.entity, variable),
                n: stage.entity.columns.at(variable).count,
              },
            })),
      ),

    /** Stages that copy columns to where host code of a group finds what they were before it. */
    setAside(entity: Entity, names: readonly string[]): ProgramStage[] {
      return names.map((name) => {
        const { count, packed } = entity.columns.at(name);
        const length = paddedLength(count);
        const to = scratch.floats(entity, beforeName(name), length).block.address;
        if (packed) return { kind: "copy" as const, from: packed.bytes.address, to, bytes: packed.bytes.length };
        return { kind: "copy" as const, from: columnAddress(entity, name), to, bytes: length * bytes };
      });
    },

    reductions(entity: Entity, { signals }: Extract<Stage, { kind: "reduce" }>): ProgramStage[] {
      return signals.map(({ name, by }) => ({
        kind: "reduce" as const,
        by,
        from: columnAddress(entity, signalSource(name)),
        to: entity.columns.at(name).block!.address,
        n: entity.n,
      }));
    },

    competition(entity: Entity, { instance, k, dimension, ties }: Extract<Stage, { kind: "compete" }>): ProgramStage {
      const names = competitionNames(instance.name);
      const length = dimension === null ? entity.n : entity.shape[dimension]!;
      const inner =
        dimension === null ? 1 : entity.shape.slice(dimension + 1).reduce((product, each) => product * each, 1);
      const winners = Math.min(k, length);
      const room = scratch.words(entity, `${instance.name}/winners`, winners);
      const at = {
        by: columnAddress(entity, names.by),
        marks: columnAddress(entity, names.among),
        winners: room.address,
      };
      return { kind: "compete", ...at, k: winners, ties, n: entity.n, length, inner };
    },

    /** Everything that a run changes and a roll-back must bring back. */
    mutable(requirements: ReadonlyMap<Entity, Requirements>): Mutable {
      const own = core.entities.flatMap((entity) => {
        const columns = entity.columns.names().flatMap((name) => {
          if (!changes(entity, name)) return [];
          const { block, packed } = entity.columns.at(name);
          if (packed) return [[packed.bytes.address, packed.bytes.length] as const];
          return block ? [[block.address, block.length * bytes] as const] : [];
        });
        const rings = [...requirements.get(entity)!.historyRows].map(([variable, rows]) => {
          const block = histories.ring(entity, variable, rows, core.step);
          return [block.address, block.length * bytes] as const;
        });
        return [...columns, ...rings];
      });
      return { pieces: [...own, ...channels.pieces()], rings: channels.rings() };
    },
  };
}

/** Neurons at the end of a projection whose variable a name is. */
const laneCount = ({ synapses }: Entity, name: string): number =>
  name.startsWith("pre.") ? synapses!.source.n : synapses!.target.n;

/** Whether a run can change a column: states, sums, what behaviors write, and the parameters that host code is handed. */
function changes(entity: Entity, name: string): boolean {
  const entry = entity.symbols.get(name);
  if (!entry || entry.kind === "state" || entry.kind === "signal" || entity.columns.at(name).written) return true;
  return entry.owners.some(({ declaration }) => declaration.step !== null);
}

/** Elements of a column of random numbers for n neurons. */
export const drawnLength = (n: number): number => Math.ceil(n / drawGroup) * drawGroup;

/** Stages that fill the columns of random numbers that a kernel of n neurons reads. */
export function drawsOf(kernel: Kernel, n: number, addressOf: (slot: string) => number): ProgramStage[] {
  return [...kernel.slots.values()].flatMap(({ name, draw }) =>
    draw ? [{ kind: "draw" as const, draw, column: addressOf(name), n }] : [],
  );
}

function tableAddress(
  entity: Entity,
  name: string,
  { rows, narrow, values }: { rows: number; narrow: boolean; values: Float64Array },
  scratch: Scratch,
): number {
  const width = narrow ? 1 : paddedLength(entity.n);
  const { block } = scratch.floats(entity, `table/${name}`, rows * width);
  const data = block.view();
  if (narrow) data.set(values);
  else
    for (let row = 0; row < rows; row++) {
      const own = values.subarray(row * entity.n, (row + 1) * entity.n);
      data.set(own, row * width);
      data.fill(own[entity.n - 1]!, row * width + entity.n, (row + 1) * width);
    }
  return block.address;
}
