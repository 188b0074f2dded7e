/** Network files: JSON that describes a network. */
import { readFileSync } from "node:fs";
import { NeuroweaveError } from "@neuroweave/equations";
import { loadNetwork, parseNetworkFile } from "neuroweave";
import { exitCodes } from "../exit-codes.ts";
import { Failure, usageFailure } from "../failure.ts";
import { isDotted, numberOf } from "./assignments.ts";
import type { MadeExperiment } from "./load-experiment.ts";
import type { NetworkRequest } from "./network-request.ts";

/** Reads a file and gives a function that makes its network, each time another one. */
export function loadNetworkFile(path: string): (request: NetworkRequest) => MadeExperiment {
  const file = parseNetworkFile(readFileSync(path, "utf8"));
  return ({ network: settings, assignments }) => {
    const plain = assignments.find((each) => !isDotted(each));
    if (plain)
      throw usageFailure("unknown-name", `a network file has no parameter ${plain.name} of its own`, {
        remedy: "Write population.parameter.",
      });
    const set = Object.fromEntries(assignments.map((each) => [each.name, numberOf(each)]));
    try {
      const network = loadNetwork(file, { ...settings, ...(assignments.length > 0 ? { set } : {}) });
      return { network, parameters: {}, ...(file.run === undefined ? {} : { duration: file.run.duration }) };
    } catch (error) {
      // Names that only the person has given are not the file's.
      const mistyped = error instanceof NeuroweaveError && /^(?:\["set of |nothing is called )/u.test(error.summary);
      throw mistyped ? new Failure(exitCodes.usage, error) : error;
    }
  };
}
