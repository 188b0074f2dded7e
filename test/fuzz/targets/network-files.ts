import { createNetwork, formatNetworkFile, LIF, loadNetwork } from "neuroweave";
import { isRefusal, must, textOf, type Target } from "../target.ts";

function smallFile(): string {
  const net = createNetwork({ dt: 0.5, seed: 1 });
  net.population("cells", 3, LIF({ R: 5, I: 3 }) as never);
  return JSON.stringify(net.toJSON());
}

/** Network files: what is accepted is a network that is written as it was read, and that runs or says why not. */
export const networkFiles: Target = {
  name: "network-files",
  seeds: [smallFile()],
  words: [
    "{", "}", "[", "]", ",", ":", "null", "true", "1e999", "-1", "0", "1e15", "4294967296", '""', '"__proto__":', '"constructor":', '"name":"x",',
    '"use":"Leak"', '"use":"AdEx"', '"behaviors":[', '"n":', '"values":{', '"distribution":"uniform","arguments":[0,1]', '"projections":[', "\\u0000",
    "\\ud800", '"equations":"dv/dt = -v"', '"toString":', '"every":', '"keep":', '"delay":', '"weight":', "\u0000", "é",
  ],
  enter: async (input) => {
    const net = loadNetwork(textOf(input), { maxNeurons: 5000, maxSynapses: 100_000 });
    const text = formatNetworkFile(net.toJSON());
    must(formatNetworkFile(loadNetwork(text).toJSON()) === text, "a file is written otherwise when it has been read");
    await net.step(2).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
    });
  },
}; // prettier-ignore
