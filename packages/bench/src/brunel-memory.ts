/** What Brunel's network takes in memory, in processes that build nothing else. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { NeuroweaveError } from "@neuroweave/equations";
import type { Footprint } from "./brunel-footprint.ts";
import type { Benchmark } from "./section.ts";
import { spreadOf } from "./spread.ts";

/** Builds the network in a fresh process. */
function footprint(): Promise<Footprint> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("brunel-footprint.ts", import.meta.url)));
    let answer: Footprint | undefined;
    child.on("message", (message) => (answer = message as Footprint));
    child.on("error", reject);
    child.on("exit", (code) => {
      if (answer) resolve(answer);
      else reject(new NeuroweaveError("internal", `the process that builds the network ended with ${code}`));
    });
  });
}

const megabytes = 1e-6;

export const brunelMemory: Benchmark = async ({ quick, report }) => {
  const processes = quick ? 3 : 5;
  const all: Footprint[] = [];
  for (let k = 0; k < processes; k++) {
    all.push(await footprint());
    report(k + 1, processes);
  }
  const over = (of: (each: Footprint) => number) => spreadOf(all.map((each) => of(each) * megabytes));
  const { synapses, bytesPerSynapse } = all[0]!;
  return {
    title: `Brunel's network, ${(synapses / 1e6).toFixed(1)} million synapses, ${processes} fresh processes`,
    unit: "MB",
    rows: [
      {
        name: "synapses",
        time: over((each) => each.synapses * each.bytesPerSynapse),
        goal: { of: "time", atMost: 80 },
      },
      { name: "process before building", time: over(({ before }) => before) },
      {
        name: "  more at the peak of building",
        time: over(({ peak, before }) => peak - before),
        goal: { of: "time", atMost: 160 },
      },
      { name: "  more after building and a step", time: over(({ after, before }) => after - before) },
    ],
    notes: [
      `${bytesPerSynapse.toFixed(2)} bytes per synapse, rows and delays included`,
      "resident memory of the process",
    ],
  };
};
