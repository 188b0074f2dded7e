import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { csvOf, readCsv, spikeTable } from "@neuroweave/export";
import {
  createNetwork,
  DeltaReceptor,
  LIF,
  loadNetwork,
  oneToOne,
  parseNetworkFile,
  PoissonSource,
  standardCatalog,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { folderWith, neuroweave } from "./command.ts";

const experiment = `
import { createNetwork, DeltaReceptor, LIF, oneToOne, PoissonSource } from "neuroweave";
export const parameters = { rate: 40 };
export default ({ network, parameters: { rate } }) => {
  const net = createNetwork({ dt: 0.5, ...network });
  const source = net.population("source", 20, PoissonSource({ rate }));
  const target = net.population("target", 20, [LIF, DeltaReceptor({ name: "in" })]);
  net.projection("wires", { source, target, connect: oneToOne(), receptor: "in", weight: 20 });
  return { network: net, duration: 50 };
};
`;
const folder = folderWith({ "relay.ts": experiment });
const place = { cwd: folder };
const text = (name: string): string => readFileSync(join(folder, name), "utf8");

/** The network of the experiment, made here. */
function relay(rate: number, seed: number) {
  const net = createNetwork({ dt: 0.5, seed });
  const source = net.population("source", 20, PoissonSource({ rate }));
  const target = net.population("target", 20, [LIF, DeltaReceptor({ name: "in" })]);
  net.projection("wires", { source, target, connect: oneToOne(), receptor: "in", weight: 20 });
  return net;
}

describe("neuroweave convert", () => {
  it("makes a network file of an experiment, and TypeScript of it, which is the same network", async () => {
    const there = await neuroweave(["convert", "relay.ts", "relay.json", "--seed", "5", "--set", "rate=60"], place);
    expect(there).toMatchObject({ code: 0, err: "" });
    const file = parseNetworkFile(text("relay.json"));
    expect(file).toEqual({ ...relay(60, 5).toJSON(), run: { duration: 50 } });
    const back = await neuroweave(["convert", "relay.json", "again.ts"], place);
    expect(back).toMatchObject({ code: 0, err: "" });
    const { code, out } = await neuroweave(["run", "again.ts", "--json"], place);
    expect(code).toBe(0);
    const net = loadNetwork(file);
    await net.run(50);
    const spikes = net.populations.map((each) => ({ name: each.name, spikes: each.spikes().ids.length }));
    expect(JSON.parse(out)).toMatchObject({ seed: 5, dt: 0.5, t: 50, populations: spikes });
  });

  it("takes spikes through SONATA without changing one, and replaces no file unasked", async () => {
    const net = relay(80, 1);
    await net.run(50);
    const spikes = spikeTable(net.populations.map((each) => ({ name: each.name, n: each.n, ...each.spikes() })));
    writeFileSync(join(folder, "spikes.csv"), csvOf(spikes));
    expect(await neuroweave(["convert", "spikes.csv", "spikes.h5"], place)).toMatchObject({ code: 0, err: "" });
    const refused = await neuroweave(["convert", "spikes.h5", "spikes.csv"], place);
    expect(refused).toMatchObject({ code: 3, out: "", err: expect.stringContaining("--overwrite") as string });
    expect(await neuroweave(["convert", "spikes.h5", "back.csv"], place)).toMatchObject({ code: 0, err: "" });
    const rows = (csv: string): string[] => csv.trimEnd().split("\n").slice(1).sort();
    expect(readCsv(text("back.csv")).columns[0]!.values.length).toBeGreaterThan(20);
    expect(rows(text("back.csv"))).toEqual(rows(text("spikes.csv")));
  });
}); // prettier-ignore

describe("what else is asked", () => {
  it("list says as data what the catalogue has, and explain the plan", async () => {
    const [all, explained] = await Promise.all([neuroweave(["list", "--json"], place), neuroweave(["explain", "relay.ts", "--json"], place)]);
    expect(JSON.parse(all.out)).toEqual({ command: "list", ...(JSON.parse(JSON.stringify(standardCatalog())) as object) });
    const { stages, populations } = JSON.parse(JSON.stringify(relay(40, 0).explain())) as { readonly stages: object; readonly populations: object };
    expect(JSON.parse(explained.out)).toMatchObject({ command: "explain", dt: 0.5, stages, populations });
  });

  it("report writes one page with the figures of the run, and bench compares on the same spikes", async () => {
    const [report, bench] = await Promise.all([
      neuroweave(["report", "relay.ts", "-o", "relay.html", "--record", "target.v", "-q"], place),
      neuroweave(["bench", "relay.ts", "--duration", "5", "--rounds", "1", "--most-threads", "1", "--json"], place),
    ]);
    expect(report).toMatchObject({ code: 0, out: "Written: relay.html\n", err: "" });
    const page = text("relay.html");
    expect(page.startsWith("<!doctype html>")).toBe(true);
    expect(page.match(/<svg/gu)!.length).toBeGreaterThanOrEqual(5);
    for (const part of ["Spikes", "Population rates", "v of target", "oneToOne", "&quot;format&quot;"]) expect(page).toContain(part);
    expect(bench.code).toBe(0);
    const { contenders, sameSpikes } = JSON.parse(bench.out) as { readonly contenders: readonly { readonly name: string; readonly speedup: number }[]; readonly sameSpikes: boolean };
    expect(sameSpikes).toBe(true);
    expect(contenders[0]).toMatchObject({ name: "wasm, 1 thread", speedup: 1 });
  });
}); // prettier-ignore
