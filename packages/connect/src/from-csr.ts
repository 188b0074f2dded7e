import type { Connector, Rows } from "@neuroweave/model";
import { defineConnector } from "./define-connector.ts";
import { indexArray } from "./index-array.ts";
import { checkBelow, checkSameLength, indicesOf, listText, numbersOf, type NumberList } from "./number-list.ts";
import { callText, checkOptions, givenOf, refusal } from "./options.ts";

/** Synapses as compressed rows by source. */
export interface CompressedRows {
  /** Number of sources + 1 values, ascending from 0: the synapses of source s are [pointers[s], pointers[s + 1]). */
  readonly pointers: NumberList;
  /** Index of the target of each synapse, in any order within a row. */
  readonly targets: NumberList;
  /** Weight of each synapse; without them, the projection's. */
  readonly weights?: NumberList;
  /** Delay of each synapse in ms, ≥ 0; without them, the projection's. */
  readonly delays?: NumberList;
}

/**
 * The synapses of a sparse matrix in compressed rows, one row for each source, kept in the order given (`scipy.sparse.csr_array`:
 * `indptr`, `indices`, `data`). The arrays are copied. Refuses pointers that do not ascend from 0 to the number of targets
 * (out-of-range), arrays of different length and pointers for another number of sources (wrong-length), targets that do not
 * exist and delays below 0 (out-of-range), and weights or delays that are not finite (not-finite).
 */
export function fromCSR(rows: CompressedRows): Connector {
  const name = "fromCSR";
  checkOptions(name, rows, ["pointers", "targets", "weights", "delays"]);
  const pointers = indicesOf(name, "pointers", rows.pointers);
  const targets = indicesOf(name, "targets", rows.targets);
  const weights = rows.weights === undefined ? undefined : numbersOf(name, "weights", rows.weights);
  const delays = rows.delays === undefined ? undefined : numbersOf(name, "delays", rows.delays, 0);
  checkSameLength(name, { targets, weights, delays });
  checkPointers(name, pointers, targets.length);
  const text = callText(name, {
    pointers: listText(pointers),
    targets: listText(targets),
    weights: listText(weights),
    delays: listText(delays),
  });
  return defineConnector({
    name,
    text,
    arguments: [givenOf({ pointers, targets, weights, delays })],
    check({ source, target }) {
      if (pointers.length !== source.n + 1)
        throw refusal(
          "wrong-length",
          `${text} has rows for ${pointers.length - 1} sources, but ${source.name} has ${source.n} neurons`,
          `Give ${source.n + 1} pointers, one more than there are sources.`,
        );
      checkBelow(text, "targets", targets, target);
    },
    expected: () => targets.length,
    build({ target }): Rows {
      const indices = indexArray(target.n, targets.length);
      indices.set(targets);
      return {
        pointers: pointers.slice(),
        targets: indices,
        ...(weights && { weights: weights.slice() }),
        ...(delays && { delays: delays.slice() }),
      };
    },
  });
}

function checkPointers(name: string, pointers: Uint32Array, count: number): void {
  const wrong = (what: string): Error =>
    refusal("out-of-range", what, `Give pointers that ascend from 0 to ${count}, the number of targets.`);
  if (pointers.length < 2)
    throw refusal("wrong-length", `${name}() has ${pointers.length} pointers`, "Give one more than there are sources.");
  if (pointers[0] !== 0) throw wrong(`pointers[0] of ${name}() is ${pointers[0]}`);
  for (let s = 1; s < pointers.length; s++)
    if (pointers[s]! < pointers[s - 1]!)
      throw wrong(`pointers[${s}] of ${name}() is ${pointers[s]}, below the one before it, ${pointers[s - 1]}`);
  if (pointers.at(-1) !== count) throw wrong(`the last of the pointers of ${name}() is ${pointers.at(-1)}`);
}
