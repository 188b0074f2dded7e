import { bandit, cartPole, closedLoop, createNetwork, gridWorld, LIF, loopEpisodes, NeuroweaveError } from "neuroweave";
import type { ClosedLoopOptions, Environment, EpisodeRow } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";

/** Four neurons, of which the one that is driven fires. */
function fourCells() {
  const net = createNetwork({ dt: 0.5, seed: 3 });
  const cells = net.population("cells", 4, LIF({ R: 5, tau: 5, I: [0, 0, 0, 0] } as never));
  return { net, cells };
}

const drive = (k: number) => [0, 1, 2, 3].map((each) => (each === k ? 20 : 0));

describe("a closed loop", () => {
  it("lets a network that is told the way walk it in the fewest steps", async () => {
    const { net, cells } = fourCells();
    // The way around the wall in the middle: right, right, down, down.
    const world = gridWorld({ width: 3, height: 3, goal: [2, 2], walls: [[1, 1]], stepReward: -1, goalReward: 10 });
    const way = new Map([[0, 1], [1, 1], [2, 2], [5, 2]]); // prettier-ignore
    const rewards: number[] = [];
    let since = 0;
    const rows = await closedLoop(net, world, {
      every: 20,
      episodes: 2,
      maxSteps: 50,
      observe(observation) {
        since = net.steps;
        cells.set({ I: drive(way.get(observation.indexOf(1))!) });
      },
      act() {
        const { steps, ids } = cells.spikes();
        const recent = ids.filter((_, k) => steps[k]! >= since);
        expect(new Set(recent).size).toBe(1);
        return recent[0]!;
      },
      reward: (reward) => void rewards.push(reward),
    });
    expect(rows).toEqual([
      { episode: 0, return: 7, length: 4, ended: "done", t: 80 },
      { episode: 1, return: 7, length: 4, ended: "done", t: 160 },
    ]);
    expect(rewards).toEqual([-1, -1, -1, 10, -1, -1, -1, 10]);
  });
});
