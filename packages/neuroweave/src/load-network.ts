/** `loadNetwork`: a network from a file. */
import type { EngineOptions } from "@neuroweave/engine";
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { Network } from "@neuroweave/model";
import {
  buildNetwork,
  parseNetworkFile,
  vocabularyOf,
  type BuildOptions,
  type ParseOptions,
} from "@neuroweave/network-file";
import { deviceOf, makeNetwork } from "./create-network.ts";

/** The device is the choice of whoever runs a network, and not the file's. */
export type LoadOptions = BuildOptions & ParseOptions & EngineOptions;

const ofEngine = ["device", "threads", "largestRing"] as const;
const known = [
  ...ofEngine,
  "dt",
  "seed",
  "precision",
  "set",
  "plugins",
  "behaviors",
  "connectors",
  "maxBytes",
  "maxNeurons",
  "maxSynapses",
];

/**
 * The network that a file describes: the text of it, or what `net.toJSON()` returned. It stands at step 0. `set` replaces values, such as
 * `{ "cells.tau": 12, "exc→inh.weight": 0.4 }`; `plugins` are those whose names the file
 * and `device` use; `behaviors` and `connectors` are those of your own that it uses and data cannot say.
 * Refuses files that are no network, that use what is unknown, or that are larger than `maxBytes`, `maxNeurons` and `maxSynapses` allow,
 * with the place in the file and the cure. Equations are checked as those of `defineBehavior` are; nothing of a file is run as code.
 */
export function loadNetwork(file: string | object, options: LoadOptions = {}): Network {
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw new NeuroweaveError("unknown-name", `loadNetwork has no option ${key}`, {
        candidates: nearest(key, known),
        remedy: `The options are ${known.join(", ")}.`,
      });
  const engine = Object.fromEntries(
    ofEngine.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])),
  );
  const device = deviceOf(options.device, vocabularyOf(options.plugins));
  return buildNetwork(
    parseNetworkFile(file, options),
    (settings, describe) => makeNetwork({ ...settings, ...engine }, describe, device),
    options,
  );
}
