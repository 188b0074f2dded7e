/** What `neuroweave new experiment` writes: a small network with parameters and measures, and its test. */
import type { ScaffoldName } from "./names.ts";

export const experimentFile = ({ kebab }: ScaffoldName): string => `\
/**
 * A balanced network of excitatory and inhibitory neurons.
 *
 *     neuroweave run ${kebab}.ts --set n=800 --record exc.v@1 --out results
 */
import { COBACell, createNetwork, fixedProbability, uniform } from "neuroweave";
import type { ExperimentFileOptions } from "neuroweave";

/** Changed with --set NAME=VALUE. */
export const parameters = { n: 400, synapses: 80 };

/** Makes the network; \`neuroweave run\` runs it. \`network\` holds what was asked for with --seed, --dt, --device, … */
export default function experiment({ network, parameters: { n, synapses } }: ExperimentFileOptions<typeof parameters>) {
  const net = createNetwork({ dt: 0.1, seed: 1, ...network });
  const cell = COBACell({ v_rest: -49, init_v: uniform(-60, -50) });
  const exc = net.population("exc", Math.round(0.8 * n), cell);
  const inh = net.population("inh", Math.round(0.2 * n), cell);
  const connect = fixedProbability(Math.min(1, synapses / n));
  for (const target of [exc, inh]) {
    net.projection(\`exc→\${target.name}\`, { source: exc, target, connect, receptor: "g_exc", weight: 0.6, delay: 0.5 });
    net.projection(\`inh→\${target.name}\`, { source: inh, target, connect, receptor: "g_inh", weight: 6.7, delay: 0.5 });
  }
  // What happens during the run: a stronger drive of a tenth of the neurons from 250 ms on.
  net.every(250, () => {
    if (net.t === 250) exc.slice(0, Math.round(0.1 * exc.n)).set({ I: 2 });
  });
  return {
    network: net,
    duration: 500, // ms
    measure: () => ({ "excitatory spikes": exc.spikes().ids.length, "inhibitory spikes": inh.spikes().ids.length }),
  };
}
`;

export const experimentTest = ({ kebab }: ScaffoldName): string => `\
import assert from "node:assert/strict";
import { test } from "node:test";
import experiment, { parameters } from "./${kebab}.ts";

async function spikesOf(seed: number) {
  const options = { network: { seed }, parameters: { ...parameters, n: 100 }, duration: undefined };
  const { network, measure } = experiment(options);
  await network.run(200);
  return measure();
}

test("the network is active, and the seed decides everything", async () => {
  const first = await spikesOf(1);
  assert.ok(Object.values(first).every((count) => count > 0));
  assert.deepEqual(await spikesOf(1), first);
  assert.notDeepEqual(await spikesOf(2), first);
});
`;
