/** Whether a network that has gone through a file is the same: the file of it, and every bit of its runs. */
import { formatNetworkFile, loadNetwork, type LoadOptions, type Network } from "neuroweave";
import { expect } from "vitest";
import { stateOf } from "../devices/state-of.ts";

/** What a network shows of its synapses. */
function synapsesOf(net: Network): Record<string, unknown> {
  return Object.fromEntries(
    net.projections.map((projection) => {
      const { sources, targets, values } = projection.weights();
      return [projection.name, [sources, targets, values, projection.delays().values, projection.receptor, projection.enabled]];
    }),
  );
} // prettier-ignore

const shown = (net: Network) => ({ ...stateOf(net), ...synapsesOf(net) });

/**
 * Writes the network, reads the text, writes it again, and runs both, from step 0 on. Host behaviors and connectors of its own are given as
 * `options`. Gives the network that was read.
 */
export async function expectSameNetwork(net: Network, steps = 60, options: LoadOptions = {}): Promise<Network> {
  const text = formatNetworkFile(net.toJSON());
  const copy = loadNetwork(text, options);
  expect(formatNetworkFile(copy.toJSON())).toBe(text);
  if (net.steps > 0) net.reset();
  expect(shown(copy)).toEqual(shown(net));
  await Promise.all([copy.step(steps), net.step(steps)]);
  expect(shown(copy)).toEqual(shown(net));
  return copy;
}
