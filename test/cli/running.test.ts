import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { csvOf, parquetOf, spikeTable, traceTable } from "@neuroweave/export";
import { COBACell, createNetwork, fixedProbability, formatNetworkFile, Recorder, uniform } from "neuroweave";
import { beforeAll, describe, expect, it } from "vitest";
import { bin, folderWith, neuroweave, start } from "./command.ts";

/** Talks on standard output, and waits at 60 ms for whoever stops it where HOLD is set. */
const experiment = `
import { COBACell, createNetwork, fixedProbability, uniform } from "neuroweave";
export const parameters = { n: 100, label: "none", loud: false };
export default async ({ network, parameters: { n } }) => {
  console.log("the experiment says something");
  const net = createNetwork({ dt: 0.1, seed: 7, ...network });
  const cells = net.population("cells", n, COBACell({ v_rest: -49, init_v: uniform(-60, -50) }));
  net.projection("inhibition", { source: cells.slice(0, n / 5), target: cells, connect: fixedProbability(0.2), receptor: "g_inh", weight: 6.7, delay: 1 });
  net.every(20, async () => {
    if (net.t === 40) cells.set({ I: 2 });
    if (net.t !== 60 || !process.env.HOLD) return;
    console.error("at 60 ms");
    await new Promise((resolve) => { process.once("SIGINT", resolve); setTimeout(resolve, 30_000); });
  });
  return { network: net, duration: 120, measure: () => ({ spikes: cells.spikes().ids.length, n }) };
};
`;

/** The network of the experiment, made here. */
function twin({ dt = 0.1, seed = 7, n = 100 }) {
  const net = createNetwork({ dt, seed });
  const cells = net.population("cells", n, COBACell({ v_rest: -49, init_v: uniform(-60, -50) }));
  net.projection("inhibition", { source: cells.slice(0, n / 5), target: cells, connect: fixedProbability(0.2), receptor: "g_inh", weight: 6.7, delay: 1 });
  net.every(20, () => {
    if (net.t === 40) cells.set({ I: 2 });
  });
  return { net, cells };
} // prettier-ignore

const folder = folderWith({ "network.ts": experiment });
const at = (...path: string[]): Buffer => readFileSync(join(folder, ...path));

describe("neuroweave run", () => {
  it("gives what the same network gives in a program, with what was set, and one document on standard output", async () => {
    const asked = ["--seed=3", "--dt=0.2", "--set", "n=60", "--set", "cells.tau=15", "--set", "inhibition.weight=4"];
    const written = ["--record", "cells.v@1", "--format", "csv,parquet", "--out", "results", "--json"];
    const { code, out } = await neuroweave(["run", "network.ts", ...asked, ...written], { cwd: folder });
    expect(code).toBe(0);
    const { net, cells } = twin({ dt: 0.2, seed: 3, n: 60 });
    cells.set({ tau: 15 });
    net.findProjection("inhibition").set({ w: 4 });
    cells.attach(Recorder({ variables: ["v"], every: 1 }));
    await net.run(120);
    const spikes = spikeTable([{ name: "cells", n: 60, ...cells.spikes() }]);
    expect(at("results", "spikes.csv").toString()).toBe(csvOf(spikes));
    expect(new Uint8Array(at("results", "spikes.parquet"))).toEqual(parquetOf(spikes));
    const trace = traceTable(cells.recorded("v"), { variable: "v", unit: "mV" });
    expect(at("results", "cells.v.csv").toString()).toBe(csvOf(trace));
    const document = JSON.parse(out) as Record<string, unknown>;
    const count = cells.spikes().ids.length;
    expect(document).toMatchObject({ command: "run", status: "complete", t: 120, dt: 0.2, seed: 3, measures: { spikes: count, n: 60 } });
    expect(document["populations"]).toMatchObject([{ name: "cells", n: 60, spikes: count, rate: count / 60 / 0.12 }]);
  }); // prettier-ignore

  it("runs a network file like the program that it was written by, with what was set", async () => {
    const { net, cells } = twin({ n: 50 });
    writeFileSync(join(folder, "cells.json"), formatNetworkFile({ ...net.toJSON(), run: { duration: 30 } }));
    const args = ["run", "cells.json", "--set", "cells.tau=15", "--set", "cells.v=-55", "--out", "file", "-q"];
    const { code, out, err } = await neuroweave(args, { cwd: folder });
    expect({ code, out, err }).toEqual({ code: 0, out: "", err: "" });
    cells.set({ tau: 15, v: -55 });
    await net.run(30);
    expect(at("file", "spikes.csv").toString()).toBe(csvOf(spikeTable([{ name: "cells", n: 50, ...cells.spikes() }])));
  });
});

describe("a run that is interrupted", () => {
  const args = ["network.ts", "--record", "cells.v@2", "--record", "cells.spike", "--format", "csv,parquet,sonata"];
  let stopped: Awaited<ReturnType<typeof neuroweave>>;
  beforeAll(async () => {
    const whole = neuroweave(["run", ...args, "--out", "whole", "-q"], { cwd: folder });
    const started = start(process.execPath, [bin, "run", ...args, "--out", "parts"], { cwd: folder, env: { HOLD: "1" } });
    await started.says("at 60 ms");
    started.interrupt();
    stopped = await started.ended;
    expect((await whole).code).toBe(0);
  }); // prettier-ignore

  it("stops at a step border, writes what there is, and says how to go on", () => {
    expect(stopped.code).toBe(130);
    expect(stopped.out).toContain("stopped at 60 ms of 120 ms");
    expect(stopped.err).toContain("neuroweave run network.ts --resume parts");
    const manifest = JSON.parse(at("parts", "manifest.json").toString()) as Record<string, unknown>;
    expect(manifest).toMatchObject({ complete: false, interrupted: { step: 600 } });
    const names = (manifest["files"] as { readonly name: string }[]).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["spikes.csv", "cells.v.parquet"]));
    expect(readdirSync(join(folder, "parts", "resume"))).toEqual(["step-000000000600.snapshot"]);
    const before = at("whole", "spikes.csv").toString().split("\n").filter((line) => Number(line.split(",")[1]) < 60); // prettier-ignore
    expect(at("parts", "spikes.csv").toString().trimEnd().split("\n").slice(1)).toEqual(before);
  });

  it("is not resumed with another file or other options", async () => {
    writeFileSync(join(folder, "other.ts"), `${experiment}\n`);
    const other = await neuroweave(["run", "other.ts", "--resume", "parts", "--json"], { cwd: folder });
    expect({ code: other.code, error: (JSON.parse(other.out) as { error: object }).error }).toMatchObject({
      code: 2,
      error: { code: "not-resumable", what: expect.stringContaining("which was network.ts") as string },
    });
    const options = await neuroweave(["run", "network.ts", "--resume", "parts", "--seed", "3"], { cwd: folder });
    expect(options).toMatchObject({ code: 2, err: expect.stringContaining("--seed cannot be given") as string });
  });

  it("ends, when it is resumed, with the bytes of a run that was not interrupted", async () => {
    const { code } = await neuroweave(["run", "network.ts", "--resume", "parts", "-q"], { cwd: folder });
    expect(code).toBe(0);
    const names = readdirSync(join(folder, "whole")).sort();
    expect(readdirSync(join(folder, "parts")).sort()).toEqual(names);
    for (const name of names) expect(at("parts", name).equals(at("whole", name)), name).toBe(true);
    const again = await neuroweave(["run", "network.ts", "--resume", "parts"], { cwd: folder });
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining("is complete") as string });
  });

  it("ends in the same bytes where it was killed, with what the experiment has changed until its last checkpoint", async () => {
    const kept = [...args, "--checkpoint", "20"];
    const whole = neuroweave(["run", ...kept, "--out", "kept", "-q"], { cwd: folder });
    const started = start(process.execPath, [bin, "run", ...kept, "--out", "killed"], { cwd: folder, env: { HOLD: "1" } });
    await started.says("at 60 ms");
    started.interrupt("SIGKILL");
    expect((await started.ended).code).toBe(null);
    expect((await whole).code).toBe(0);
    const resumed = await neuroweave(["run", "network.ts", "--resume", "killed"], { cwd: folder });
    // What happens at 60 ms comes before the checkpoint of 60 ms; that of 40 ms came behind what was set then.
    expect(resumed).toMatchObject({ code: 0, err: expect.stringContaining("Going on at 40 ms") as string });
    const names = readdirSync(join(folder, "kept")).sort();
    expect(readdirSync(join(folder, "killed")).sort()).toEqual(names);
    for (const name of names) expect(at("killed", name).equals(at("kept", name)), name).toBe(true);
  }); // prettier-ignore

  it("is not resumed where it has changed its own structure before its last checkpoint, and says to begin anew", async () => {
    const growing = experiment
      .replace("{ COBACell,", "{ NoisyCurrent, COBACell,")
      .replace("cells.set({ I: 2 })", 'cells.attach(NoisyCurrent({ sigma: 1 }))');
    writeFileSync(join(folder, "growing.ts"), growing);
    const begun = ["run", "growing.ts", "--checkpoint", "20"];
    const started = start(process.execPath, [bin, ...begun, "--out", "grown"], { cwd: folder, env: { HOLD: "1" } });
    await started.says("at 60 ms");
    started.interrupt("SIGKILL");
    expect((await started.ended).code).toBe(null);
    const { code, out } = await neuroweave(["run", "growing.ts", "--resume", "grown", "--json"], { cwd: folder });
    expect({ code, error: (JSON.parse(out) as { error: object }).error }).toMatchObject({
      code: 2,
      error: {
        code: "not-resumable",
        what: expect.stringMatching(/checkpoint at 40 ms does not fit what growing\.ts begins with: .*the behavior list of cells/u) as string,
        remedy: expect.stringContaining("--overwrite") as string,
      },
    });
    const anew = await neuroweave([...begun, "--out", "grown", "--overwrite", "-q"], { cwd: folder });
    expect(anew).toMatchObject({ code: 0, err: "" });
  }); // prettier-ignore

  it("ends at once at the second signal", async () => {
    const held = `
      import { createNetwork, LIF } from "neuroweave";
      const net = createNetwork({ dt: 0.1 });
      net.population("cells", 1, LIF);
      net.every(1, async () => { console.error("held"); await new Promise((resolve) => setTimeout(resolve, 60_000)); });
      export default net;`;
    writeFileSync(join(folder, "held.ts"), held);
    const started = start(process.execPath, [bin, "run", "held.ts", "--duration", "9", "--out", "held"], { cwd: folder });
    await started.says("held");
    started.interrupt("SIGTERM");
    await started.says("once more");
    started.interrupt();
    const { code, out } = await started.ended;
    expect({ code, out }).toEqual({ code: 130, out: "" });
  }); // prettier-ignore
});
