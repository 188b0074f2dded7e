/** Whether programs follow one another, and stand beside one another, without knowing of each other. */
import type { Device } from "@neuroweave/kernel";
import { fixedProbability, LIF, NoisyCurrent, uniform, type Network } from "neuroweave";
import { failed, passed, type Finding } from "../checks/finding.ts";
import { compareRuns, networkOf } from "./course.ts";
import { draws, learning } from "./scenes.ts";

/** Changes of the structure of a network while it runs; each is another program. */
const changes: readonly (readonly [what: string, change: (net: Network) => void])[] = [
  ["a behavior is switched off", (net) => net.findProjection("normalized").disable("weightNormalization")],
  [
    "synapses are pruned and grown",
    (net) =>
      void net
        .findProjection("paired")
        .restructure({ prune: [0, 1, 20], grow: { sources: [22, 5], targets: [0, 18], weight: 0.3 } }),
  ],
  [
    "a projection is wired anew",
    (net) =>
      void net
        .findProjection("rewarded")
        .rewire({ connect: fixedProbability(0.2), weight: uniform(0, 1), delay: uniform(0, 2) }),
  ],
  ["a behavior is attached", (net) => void net.find("target").attach(NoisyCurrent({ sigma: 1 }))],
  ["a population is added", (net) => void net.population("more", 9000, LIF({ I: 3 }))],
  ["it is removed again", (net) => net.remove(net.find("more"))],
];

export async function checkStructure(device: Device): Promise<Finding> {
  const [actual, expected] = [networkOf(learning, device), networkOf(learning, "reference")];
  const before = await compareRuns(actual, expected, [6], "before anything changes");
  if (before !== null) return failed(before);
  for (const [what, change] of changes) {
    change(actual);
    change(expected);
    const found = await compareRuns(actual, expected, [1, 4], `when ${what}`);
    if (found !== null) return failed(found);
  }
  return passed(`${changes.length} changes of a network that runs`);
}

/** Two networks take turns; one of them is thrown away, and the other goes on. */
export async function checkNeighbours(device: Device): Promise<Finding> {
  const [actual, expected] = [networkOf(draws, device), networkOf(draws, "reference")];
  const [other, twin] = [networkOf(learning, device), networkOf(learning, "reference")];
  for (let turn = 0; turn < 3; turn++) {
    const found =
      (await compareRuns(actual, expected, [3], "two networks that take turns")) ??
      (await compareRuns(other, twin, [2], "two networks that take turns"));
    if (found !== null) return failed(found);
  }
  other.remove(other.findProjection("paired"));
  await other.step(1);
  const found = await compareRuns(actual, expected, [5], "beside a network whose structure changes");
  return found === null ? passed("two networks on one device, which take turns") : failed(found);
}
