/** Synapses in snapshots: the rows of projections that are no longer as their connectors made them. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Entity } from "../entity.ts";
import type { Rearranged } from "../rearranged.ts";
import { restructuredText } from "../restructuring.ts";
import { delaySteps, pointersOf, targetsOf } from "../synapses.ts";

/** How a projection came to rows that a network made anew does not have. */
export interface RowsOrigin {
  readonly text: string;
  readonly wirings: number;
}

/** What the header says of saved rows; null where connector, seed and options give the same synapses. */
export function rowsOrigin({ synapses }: Entity): RowsOrigin | null {
  const { text, wirings, shared } = synapses!;
  return shared === null && (wirings > 0 || text.endsWith(restructuredText)) ? { text, wirings } : null;
}

/** Saved rows as named arrays. */
export function savedRows({ name, synapses }: Entity): [string, Float64Array][] {
  const all = { pointers: pointersOf(synapses!), targets: targetsOf(synapses!), steps: delaySteps(synapses!) };
  return Object.entries(all).map(([what, values]) => [`${name}/rows/${what}`, Float64Array.from(values)]);
}

/** Rows from named arrays, none of whose synapses was there before. Refuses what cannot be rows of this projection. */
export function readRows({ name, synapses }: Entity, arrays: ReadonlyMap<string, Float64Array>): Rearranged {
  const { source, target, targetWidth } = synapses!;
  const [pointers, targets, steps] = ["pointers", "targets", "steps"].map((what) => arrays.get(`${name}/rows/${what}`));
  const whole = (values: Float64Array, from: number, to: number): boolean =>
    values.every((x) => Number.isInteger(x) && x >= from && x <= to);
  const fits =
    pointers?.length === source.n + 1 &&
    pointers[0] === 0 &&
    pointers.every((x, s) => Number.isInteger(x) && (s === 0 || x >= pointers[s - 1]!)) &&
    targets?.length === pointers[source.n] &&
    steps?.length === targets!.length &&
    whole(targets!, 0, target.n - 1) &&
    whole(steps!, 1, 65535);
  if (!fits)
    throw new NeuroweaveError("snapshot", `the saved synapses of ${name} are none between ${source.n} and ${target.n} neurons`, {
      entity: name,
      remedy: "Build the same network, then restore.",
    });
  return {
    pointers: Uint32Array.from(pointers),
    targets: targetWidth === 2 ? Uint16Array.from(targets!) : Uint32Array.from(targets!),
    steps: Uint16Array.from(steps!),
    origin: Int32Array.from(targets!, (_, k) => -1 - k),
    // Weights are those of the column, which is saved beside the rows.
    weights: new Float64Array(0),
  };
} // prettier-ignore
