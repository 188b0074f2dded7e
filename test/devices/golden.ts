/**
 * Digests of what the models and networks of these lists have become after a while, by which devices on machines that never met are
 * compared: versions of Node, browsers, processors. Runs in browsers too: nothing here needs Node or the test runner.
 */
import { createNetwork, type EngineOptions, type Network } from "neuroweave";
import { allBits } from "../kernel/bits.ts";
import { models } from "./models.ts";
import { networks } from "./networks.ts";
import { stateOf } from "./state-of.ts";

export type Precision = "f64" | "f32";
export const precisions: readonly Precision[] = ["f64", "f32"];

/** Digests by precision and name. */
export type Digests = Record<Precision, Record<string, string>>;

export interface GoldenRun {
  readonly name: string;
  /** The network after all its steps and changes, on a device. */
  run(device: Pick<EngineOptions, "device" | "threads">, precision: Precision): Promise<Network>;
}

/** As in the tests of these lists, where nothing grows out of all bounds. */
const seed = "networks";
const cells = 67;

export const goldenRuns: readonly GoldenRun[] = [
  ...models.map(({ name, make, method, dt = 0.1 }): GoldenRun => ({
    name: `model: ${name}`,
    async run(device, precision) {
      const net = createNetwork({ dt, seed, precision, ...device });
      net.population("cells", cells, make(cells) as never, method === undefined ? {} : { method });
      await net.step(100);
      return net;
    },
  })),
  ...networks.map(({ name, make, change, dt = 0.1 }): GoldenRun => ({
    name: `network: ${name}`,
    async run(device, precision) {
      const net = createNetwork({ dt, seed, precision, ...device });
      make(net, precision);
      await net.step(41);
      change?.(net);
      await net.step(44);
      return net;
    },
  })),
];

/** SHA-256, its first half in hexadecimal digits, of all bits that a network shows, weights and who is connected among them. */
export async function digestOf(net: Network): Promise<string> {
  const wiring = net.projections.map((projection) => {
    const { sources, targets, values } = projection.weights();
    const delays = allBits(projection.delays().values);
    return [projection.name, Array.from(sources), Array.from(targets), allBits(values), delays];
  });
  const state = Object.entries(stateOf(net)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const bytes = new TextEncoder().encode(JSON.stringify([state, wiring]));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The digests of all runs on one device. */
export async function digestsOn(device: Pick<EngineOptions, "device" | "threads">): Promise<Digests> {
  const digests: Digests = { f64: {}, f32: {} };
  for (const precision of precisions)
    for (const { name, run } of goldenRuns) digests[precision][name] = await digestOf(await run(device, precision));
  return digests;
}
