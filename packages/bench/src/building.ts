/** How long it takes to make synapses by chance. */
import { createNetwork, DeltaReceptor, Fire, fixedInDegree, fixedProbability, Leak, type Connector } from "neuroweave";
import { NeuroweaveError } from "@neuroweave/equations";
import { interleave } from "./measure.ts";
import { plainRows } from "./network-loops/plain-rows.ts";
import { dt } from "./networks.ts";
import type { Row } from "./outcome.ts";
import type { Benchmark } from "./section.ts";
import { scaled, speedup } from "./spread.ts";

/** Builds a network of n neurons with one projection onto themselves and does a step; gives its number of synapses. */
async function build(n: number, connect: Connector): Promise<number> {
  const network = createNetwork({ dt, seed: 7 });
  const cells = network.population("cells", n, [Leak(), Fire(), DeltaReceptor()]);
  const projection = network.projection("cells→cells", { source: cells, target: cells, connect, delay: 1.5 });
  await network.step();
  return projection.n;
}

const cases = [
  { n: 12_500, p: 0.1 },
  { n: 20_000, p: 0.01 },
] as const;

export const building: Benchmark = async ({ quick, report }) => {
  const rows: Row[] = [];
  const notes: string[] = [];
  const rounds = quick ? 5 : 7;
  for (const [index, { n, p }] of cases.entries()) {
    const expected = n * n * p;
    const degree = n * p;
    const contenders = [
      { name: "plain JavaScript", make: () => plainRows(n, n, p).targets.length },
      { name: `fixedProbability(${p})`, make: () => build(n, fixedProbability(p)) },
      { name: `fixedInDegree(${degree})`, make: () => build(n, fixedInDegree(degree)) },
    ];
    for (const { name, make } of contenders) {
      const counted = await make();
      if (Math.abs(counted - expected) > 6 * Math.sqrt(expected))
        throw new NeuroweaveError("internal", `${name} makes ${counted} synapses, not ${expected}`, {
          remedy: "Find out why there are so many or so few.",
        });
    }
    const times = await interleave(
      contenders.map(({ name, make }) => ({ name, run: make, work: 1 })),
      { rounds, samples: 1 },
      (round) => report(index * rounds + round, cases.length * rounds),
    );
    const millions = `${(expected / 1e6).toFixed(1)} million`;
    contenders.forEach(({ name }, k) => {
      const time = scaled(times[k]!, 1e-9);
      const against = { speedup: speedup(scaled(times[0]!, 1e-9), time), goal: { of: "time", atMost: 3 } as const };
      rows.push({ name: `${millions} among ${n.toLocaleString("en-US")}, ${name}`, time, ...(k === 0 ? {} : against) });
    });
  }
  notes.push(
    "ours: network, population, projection, compilation and one step; the loop makes targets and pointers alone",
  );
  return { title: "making synapses", unit: "s", reference: "plain JavaScript", rows, notes };
};
