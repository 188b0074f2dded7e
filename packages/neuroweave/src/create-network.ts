/** `createNetwork`: a model, an engine and records make a network. */
import { createEngine, type EngineOptions } from "@neuroweave/engine";
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import { Network, type Describe, type NetworkOptions } from "@neuroweave/model";
import { describeNetwork, vocabularyOf, type Plugin } from "@neuroweave/network-file";
import { createRecords } from "@neuroweave/record";

const known = ["dt", "seed", "device", "precision", "threads", "largestRing", "shuffle", "debug", "plugins"];

/**
 * An empty network. `dt` in ms is required; `seed` (0), `device` ("wasm"), `precision` ("f64") and `threads` (1) and
 * `largestRing` (2¹⁸ bytes) have defaults. Refuses unknown options and values that make no sense.
 */
export function createNetwork(options: CreateOptions): Network {
  return makeNetwork(options, describeNetwork({}, vocabularyOf(options?.plugins)));
}

export type CreateOptions = NetworkOptions &
  EngineOptions & {
    /** Plugins whose names the network is written with: only `toJSON` asks for them. */
    readonly plugins?: readonly Plugin[];
  };

/** The same, for whoever has more to say about it when it is written as data. */
export function makeNetwork(options: NetworkOptions & EngineOptions, describe: Describe): Network {
  if (typeof options !== "object" || options === null)
    throw new NeuroweaveError("invalid-value", `the options of a network are ${String(options)}`, {
      remedy: "Give at least the step size: { dt: 0.1 }.",
    });
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw new NeuroweaveError("unknown-name", `a network has no option ${key}`, {
        candidates: nearest(key, known),
        remedy: `The options are ${known.join(", ")}.`,
      });
  return new Network(options, () => createEngine(options, createRecords()), describe);
}
