/** `createNetwork`: a model, an engine and records make a network. */
import { createEngine, type EngineOptions } from "@neuroweave/engine";
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import { isDevice, type Device } from "@neuroweave/kernel";
import { Network, type Describe, type NetworkOptions } from "@neuroweave/model";
import { describeNetwork, vocabularyOf, type Plugin, type Vocabulary } from "@neuroweave/network-file";
import { createRecords } from "@neuroweave/record";

const known = ["dt", "seed", "device", "precision", "threads", "largestRing", "shuffle", "debug", "plugins"];

/**
 * An empty network. `dt` in ms is required; `seed` (0), `device` ("wasm"), `precision` ("f64") and `threads` (1) and
 * `largestRing` (2¹⁸ bytes) have defaults. Refuses unknown options and values that make no sense.
 */
export function createNetwork(options: CreateOptions): Network {
  const vocabulary = vocabularyOf(options?.plugins);
  return makeNetwork(options, describeNetwork({}, vocabulary), deviceOf(options?.device, vocabulary));
}

export type CreateOptions = NetworkOptions &
  EngineOptions & {
    /** Plugins whose names `toJSON` writes, and whose devices `device` may name. */
    readonly plugins?: readonly Plugin[];
  };

/** The same, for whoever has more to say about it when it is written as data. */
export function makeNetwork(options: NetworkOptions & EngineOptions, describe: Describe, device: Device): Network {
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
  return new Network(options, () => createEngine(device, options, createRecords()), describe);
}

/** A device itself, or the one that has a name. */
export function deviceOf(given: unknown, vocabulary: Vocabulary): Device {
  if (given === undefined) return vocabulary.device("wasm");
  if (isDevice(given)) return given;
  if (typeof given === "string") return vocabulary.device(given);
  throw new NeuroweaveError("not-supported", `the device is ${given === null ? "null" : `a value of type ${typeof given}`}`, {
    remedy: "Give the name of a device, or what defineDevice returns.",
  });
} // prettier-ignore
