import type { Connector } from "@neuroweave/model";
import { defineConnector } from "./define-connector.ts";
import { indexArray } from "./index-array.ts";
import { callText, refusal } from "./options.ts";

/** Source i to target i: n synapses. Refuses ends of different size (structure). NEST's `one_to_one`. */
export function oneToOne(): Connector {
  const name = "oneToOne";
  return defineConnector({
    name,
    text: callText(name),
    arguments: [],
    check({ source, target }) {
      if (source.n !== target.n)
        throw refusal(
          "structure",
          `oneToOne() connects ${source.n} neurons of ${source.name} to ${target.n} of ${target.name}`,
          "Take populations, or slices of them, of the same size.",
        );
    },
    expected: ({ source }) => source.n,
    build: ({ source, target }) => ({
      pointers: new Uint32Array(source.n + 1).map((_, s) => s),
      targets: indexArray(target.n, source.n).map((_, t) => t),
    }),
  });
}
