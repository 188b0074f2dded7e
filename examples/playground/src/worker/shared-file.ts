/** What the page accepts from others. */
import { NeuroweaveError } from "neuroweave";
import type { NetworkDocument } from "../document.ts";

/** Neurons of a network from elsewhere, at most. */
const mostNeurons = 50_000;

export function checkShared(text: string): NetworkDocument {
  let file: NetworkDocument;
  try {
    file = JSON.parse(text) as NetworkDocument;
  } catch (cause) {
    throw new NeuroweaveError("syntax", "this is no network file", { remedy: "Give the JSON of a network." }, { cause });
  }
  const neurons = file.populations.reduce((sum, { n }) => sum + n, 0);
  if (!(neurons <= mostNeurons))
    throw new NeuroweaveError("out-of-range", `the network has ${neurons} neurons`, {
      remedy: `The page opens networks of up to ${mostNeurons}. Run larger ones in Node.`,
    });
  return file;
}
