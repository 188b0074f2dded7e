import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as neuroweave from "neuroweave";
import {
  allToAll,
  createNetwork,
  DeltaReceptor,
  LIF,
  type ExperimentFileOptions,
  type NetworkFile,
  type PreparedExperiment,
} from "neuroweave";
import { afterAll, describe, expect, it } from "vitest";
import { networkSource } from "../../packages/cli/src/source/network-source.ts";
import { models } from "../devices/models.ts";
import { networks } from "../devices/networks.ts";

// Below the root, so that the files find what they import.
const folder = mkdtempSync(join(resolve("node_modules"), ".network-source-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

/** Behaviors of a file that TypeScript cannot import, as they are parts of models only or code of whoever made the network. */
function unnamed({ behaviors = {}, populations, projections = [] }: NetworkFile): string[] {
  const used = [...populations, ...projections].flatMap((each) => (each.behaviors ?? []).map(({ use }) => use));
  return used.filter((use) => !Object.hasOwn(neuroweave, use) && !Object.hasOwn(behaviors, use));
}

async function expectSame(file: NetworkFile): Promise<void> {
  const [name] = unnamed(file);
  if (name === undefined) expect(await throughTypeScript(file)).toEqual(file);
  else expect(() => networkSource(file)).toThrow(/ has no name in TypeScript/u);
}

/** The network file of the network that the TypeScript of a network file makes. */
async function throughTypeScript(file: NetworkFile): Promise<NetworkFile> {
  const path = join(folder, `network-${count++}.ts`);
  writeFileSync(path, networkSource(file));
  const { default: experiment } = (await import(pathToFileURL(path).href)) as {
    readonly default: (options: ExperimentFileOptions) => PreparedExperiment;
  };
  const { network, duration } = experiment({ network: {}, parameters: {}, duration: undefined });
  return { ...network.toJSON(), ...(duration === undefined ? {} : { run: { duration } }) };
}

describe("TypeScript that is made from a network file makes the same network", () => {
  it.each(networks)("$name", async ({ make, change, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: "a seed" });
    make(net, "f64");
    change?.(net);
    await expectSame({ ...net.toJSON(), run: { duration: 12 } });
  });

  it.each(models)("$name", async ({ make, method, dt = 0.1 }) => {
    const net = createNetwork({ dt, seed: 3, precision: "f32" });
    net.population("some cells", [2, 3], make(6) as never, method === undefined ? {} : { method });
    await expectSame(net.toJSON());
  });

  it("with regions, learning switched off, and names that are no identifiers", async () => {
    const net = createNetwork({ dt: 0.1 });
    const cells = net.population("class", 3, [LIF, DeltaReceptor({ name: "in" })], { tags: ['a "tag"'] });
    const others = net.population("1 `${x}`\n*", 2, LIF);
    const wires = net.projection("→", { source: others, target: cells, connect: allToAll(), receptor: "in", weight: 0.5 });
    net.region("L4").add(cells, wires);
    net.learning = false;
    expect(await throughTypeScript(net.toJSON())).toEqual(net.toJSON());
  }); // prettier-ignore
});
