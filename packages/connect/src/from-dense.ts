import type { Connector, Rows } from "@neuroweave/model";
import { defineConnector } from "./define-connector.ts";
import { indexArray } from "./index-array.ts";
import { numbersOf, type NumberList } from "./number-list.ts";
import { argumentsOf, callText, checkOptions, refusal } from "./options.ts";

/** How a matrix is read. */
export interface DenseOptions {
  /** Entries of at most this magnitude make no synapse; ≥ 0, 0 by default. */
  readonly threshold?: number;
}

/**
 * A matrix of weights: entry [s][t] is the weight from source s to target t, and zero makes no synapse. The matrix is copied.
 * Refuses rows of different length and a matrix of another size than the ends (wrong-length), and entries that are not finite
 * (not-finite).
 */
export function fromDense(matrix: readonly NumberList[], options: DenseOptions = {}): Connector {
  const name = "fromDense";
  checkOptions(name, options, ["threshold"]);
  const { threshold = 0 } = options;
  if (typeof threshold !== "number" || !(threshold >= 0 && threshold < Infinity))
    throw refusal("out-of-range", `threshold of ${name}() is ${String(threshold)}`, "Give a finite number ≥ 0.");
  if (!Array.isArray(matrix) || matrix.length === 0)
    throw refusal("invalid-value", `${name}() has no rows`, "Give a list of rows, one for each source.");
  const rows = matrix.map((row, s) => numbersOf(name, `row ${s}`, row));
  const width = rows[0]!.length;
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged >= 0)
    throw refusal(
      "wrong-length",
      `row ${ragged} of ${name}() has ${rows[ragged]!.length} entries, and row 0 has ${width}`,
      "Give one entry for each target in every row.",
    );
  const made = (weight: number): boolean => Math.abs(weight) > threshold;
  const text = callText(name, `${rows.length}×${width} values`, options);
  const count = rows.reduce((sum, row) => sum + row.reduce((count, weight) => count + Number(made(weight)), 0), 0);
  return defineConnector({
    name,
    text,
    arguments: [rows, ...argumentsOf(options)],
    check({ source, target }) {
      if (rows.length !== source.n || width !== target.n)
        throw refusal(
          "wrong-length",
          `${text} does not fit ${source.n} neurons of ${source.name} and ${target.n} of ${target.name}`,
          `Give ${source.n} rows of ${target.n} entries: a row for each source.`,
        );
    },
    expected: () => count,
    build({ source, target }): Rows {
      const pointers = new Uint32Array(source.n + 1);
      const targets = indexArray(target.n, count);
      const weights = new Float64Array(count);
      let j = 0;
      for (const [s, row] of rows.entries()) {
        for (let t = 0; t < width; t++)
          if (made(row[t]!)) {
            targets[j] = t;
            weights[j++] = row[t]!;
          }
        pointers[s + 1] = j;
      }
      return { pointers, targets, weights };
    },
  });
}
