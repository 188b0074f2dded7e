/**
 * The past of delayed variables: one ring of rows per variable, in which row k mod rows holds the values at the start of
 * step k. Rings belong to variables, not to plans: a plan that needs a longer one gets it with the past that is known.
 */
import { paddedLength } from "@neuroweave/kernel";
import type { Block, Column, Entity, NetworkCore } from "@neuroweave/model";
import type { Memory } from "./memory.ts";

interface Ring {
  readonly block: Block;
  readonly rows: number;
  /** The column whose past it is: a variable that begins anew has another. */
  readonly column: Column;
  /** Nothing has run since it was made: its rows follow the present value until something does. */
  provisional: boolean;
}

/** Rows of each ring, by variable. */
type RowsOf = (entity: Entity) => ReadonlyMap<string, number>;

export interface Histories {
  /** The ring of a variable, made or resized if need be; `step` is the next step to run. */
  ring(entity: Entity, variable: string, rows: number, step: number): Block;
  find(entity: Entity, variable: string): Block | undefined;
  /** Whether nobody has lived the past of a variable, so that it is the present value. */
  follows(core: NetworkCore, entity: Entity, variable: string): boolean;
  /** Releases the rings that nobody needs any more. */
  keepOnly(core: NetworkCore, rowsOf: RowsOf): void;
  /** Makes the past that nobody has lived the present value: all of it before step 0, new rings later. */
  refresh(core: NetworkCore): void;
  /** The same, at the moment from which the past is lived. */
  settle(core: NetworkCore): void;
  /** Rings that have been lived, by `population/variable`. */
  dump(core: NetworkCore): Map<string, Float64Array>;
  /** Names the first ring of a dump that has another length than is needed here, or null. */
  misfit(core: NetworkCore, dump: ReadonlyMap<string, Float64Array>, rowsOf: RowsOf): string | null;
  load(core: NetworkCore, dump: ReadonlyMap<string, Float64Array>): void;
}

export function createHistories(memory: Memory): Histories {
  const rings = new Map<Entity, Map<string, Ring>>();
  const of = (entity: Entity): Map<string, Ring> => {
    const own = rings.get(entity) ?? new Map<string, Ring>();
    rings.set(entity, own);
    return own;
  };
  const drop = (own: Map<string, Ring>, variable: string): void => {
    const ring = own.get(variable);
    if (ring) memory.release(ring.block);
    own.delete(variable);
  };
  const make = (entity: Entity, variable: string, rows: number): Ring => {
    const block = memory.allocate(rows * widthOf(entity, variable));
    return { block, rows, column: entity.columns.at(variable), provisional: true };
  };
  const each = (core: NetworkCore, visit: (entity: Entity, variable: string, ring: Ring) => void): void => {
    for (const entity of core.entities)
      for (const [variable, ring] of of(entity))
        if (entity.columns.get(variable) === ring.column) visit(entity, variable, ring);
  };
  const refresh = (core: NetworkCore): void =>
    each(core, (_, __, ring) => {
      if (ring.provisional || core.step === 0) fill(ring);
    });

  return {
    ring(entity, variable, rows, step) {
      const own = of(entity);
      const before = own.get(variable);
      const known = before?.column === entity.columns.at(variable);
      if (before && known && before.rows === rows) return before.block;
      const ring = make(entity, variable, rows);
      if (before && known && !before.provisional) {
        transfer(before, ring, step);
        ring.provisional = false;
      } else fill(ring);
      drop(own, variable);
      own.set(variable, ring);
      return ring.block;
    },
    find: (entity, variable) => rings.get(entity)?.get(variable)?.block,
    follows: (core, entity, variable) => core.step === 0 || rings.get(entity)?.get(variable)?.provisional === true,
    keepOnly(core, rowsOf) {
      const present = new Set(core.entities);
      for (const [entity, own] of rings) {
        const needed = present.has(entity) ? rowsOf(entity) : null;
        for (const variable of own.keys()) if (!needed?.has(variable)) drop(own, variable);
        if (needed === null) rings.delete(entity);
      }
    },
    refresh,
    settle(core) {
      refresh(core);
      each(core, (_, __, ring) => void (ring.provisional = false));
    },
    dump(core) {
      const result = new Map<string, Float64Array>();
      each(core, ({ name }, variable, { block, provisional }) => {
        if (!provisional && core.step > 0) result.set(`${name}/${variable}`, Float64Array.from(block.view()));
      });
      return result;
    },
    misfit(core, dump, rowsOf) {
      for (const entity of core.entities)
        for (const [variable, rows] of rowsOf(entity)) {
          const there = dump.get(`${entity.name}/${variable}`)?.length;
          if (there !== undefined && there !== rows * widthOf(entity, variable)) return `${variable} of ${entity.name}`;
        }
      return null;
    },
    load(core, dump) {
      for (const entity of core.entities) {
        const own = of(entity);
        for (const variable of own.keys()) drop(own, variable);
        for (const [key, values] of dump) {
          const variable = key.slice(key.indexOf("/") + 1);
          if (key !== `${entity.name}/${variable}` || !entity.columns.get(variable)) continue;
          const ring = make(entity, variable, values.length / widthOf(entity, variable));
          ring.block.view().set(values);
          ring.provisional = false;
          own.set(variable, ring);
        }
      }
    },
  };
}

/** Elements of one row: variables of the ends of a projection have as many values as neurons there. */
const widthOf = (entity: Entity, variable: string): number => paddedLength(entity.columns.at(variable).count);

/** Writes the present value of a variable into every row. */
function fill({ block, column }: Ring): void {
  const present = column.block!.view();
  const rows = block.view();
  for (let at = 0; at < rows.length; at += present.length) rows.set(present, at);
}

/** The values that one ring holds of the steps before `step`, put into another; what is older is what is oldest. */
function transfer(from: Ring, to: Ring, step: number): void {
  const width = to.block.length / to.rows;
  const [source, target] = [from.block.view(), to.block.view()];
  const row = (ring: Ring, lag: number): number => (((step - lag) % ring.rows) + ring.rows) % ring.rows;
  for (let lag = 1; lag <= to.rows; lag++) {
    const known = row(from, Math.min(lag, from.rows - 1)) * width;
    target.set(source.subarray(known, known + width), row(to, lag) * width);
  }
}
