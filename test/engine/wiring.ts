/** Connectors of the tests' own, from lists. */
import type { Connector, Rows } from "neuroweave";

export interface Pair {
  readonly source: number;
  readonly target: number;
}

/** Synapses in the order of a list, which is by source, with the weights and delays that are given. */
export function listed(pairs: readonly Pair[], decided: Pick<Rows, "weights" | "shared" | "delays"> = {}): Connector {
  return {
    kind: "connector",
    name: "listed",
    text: `listed(${pairs.length})`,
    expected: () => pairs.length,
    build({ source, target }) {
      const pointers = new Uint32Array(source.n + 1);
      for (const pair of pairs) pointers[pair.source + 1]!++;
      for (let s = 0; s < source.n; s++) pointers[s + 1]! += pointers[s]!;
      const targets = pairs.map((pair) => pair.target);
      return {
        pointers,
        targets: target.n <= 65536 ? Uint16Array.from(targets) : Uint32Array.from(targets),
        ...decided,
      };
    },
  };
}

/** Every neuron to the one of the same index. */
export const paired = (n: number): Connector => listed(Array.from({ length: n }, (_, i) => ({ source: i, target: i })));
