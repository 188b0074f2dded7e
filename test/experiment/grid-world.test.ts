import { gridWorld, type GridPosition, type GridWorldOptions } from "@neuroweave/experiment";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const directions = [[-1, 0], [0, 1], [1, 0], [0, -1]] as const; // prettier-ignore

/** A second grid world, over text: "#" is a wall. */
const naiveMove = (map: readonly string[], [row, column]: GridPosition, action: number): GridPosition => {
  const [rows, columns] = directions[action]!;
  const next = map[row + rows]?.[column + columns];
  return next === undefined || next === "#" ? [row, column] : [row + rows, column + columns];
};

const placesOf = (map: readonly string[], sign: string): GridPosition[] =>
  map.flatMap((line, row) => [...line].flatMap((c, column): GridPosition[] => (c === sign ? [[row, column]] : [])));

const worldOf = (map: readonly string[], more: Partial<GridWorldOptions> = {}) =>
  gridWorld({
    width: map[0]!.length,
    height: map.length,
    start: placesOf(map, "S")[0]!,
    goal: placesOf(map, "G")[0]!,
    walls: placesOf(map, "#"),
    ...more,
  });

const maze = ["S.#.", "..#G", "....", ".#.."];

describe("a grid world", () => {
  it("moves as its twin over text does, whatever the actions", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }), (actions) => {
        const world = worldOf(maze, { stepReward: -1, bumpReward: -5, goalReward: 10 });
        let at: GridPosition = [0, 0];
        expect(world.reset(0).indexOf(1)).toBe(0);
        for (const action of actions) {
          const next = naiveMove(maze, at, action);
          const { observation, reward, done } = world.step(action);
          expect([...observation]).toEqual(Array.from({ length: 16 }, (_, k) => Number(k === 4 * next[0] + next[1])));
          expect(done).toBe(maze[next[0]]![next[1]] === "G");
          expect(reward).toBe(done ? 10 : next === at || String(next) === String(at) ? -5 : -1);
          if (done) return;
          at = next;
        }
      }),
      { numRuns: 100 },
    );
  });

  it("gives the best policy the return that value iteration computes, also where moves slip", () => {
    const slip = 0.3;
    const floor = [...placesOf(maze, "."), ...placesOf(maze, "S")];
    const key = String;
    const value = new Map<string, number>(placesOf(maze, "G").map((goal) => [key(goal), 0]));
    /** Sutton and Barto 2018, equation 4.10, with a reward of −1 for every step. */
    const worth = (at: GridPosition, action: number) =>
      [[0, 1 - slip], [3, slip / 2], [1, slip / 2]].reduce((sum, [turn, chance]) => {
        const next = naiveMove(maze, at, (action + turn!) % 4);
        return sum + chance! * (-1 + (value.get(key(next)) ?? 0));
      }, 0); // prettier-ignore
    for (let sweep = 0; sweep < 200; sweep++)
      for (const at of floor) value.set(key(at), Math.max(...[0, 1, 2, 3].map((action) => worth(at, action))));
    const best = (at: GridPosition) => [0, 1, 2, 3].toSorted((a, b) => worth(at, b) - worth(at, a))[0]!;

    const world = worldOf(maze, { slip, stepReward: -1, goalReward: -1 });
    const returns = Array.from({ length: 4000 }, (_, seed) => {
      let seen = world.reset(seed);
      for (let sum = 0; ;) {
        const cell = seen.indexOf(1);
        const { observation, reward, done } = world.step(best([Math.floor(cell / 4), cell % 4]));
        sum += reward;
        if (done) return sum;
        seen = observation;
      }
    });
    const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
    const deviation = Math.sqrt(returns.reduce((sum, x) => sum + (x - mean) ** 2, 0) / returns.length ** 2);
    expect(deviation).toBeLessThan(0.1);
    expect(Math.abs(mean - value.get("0,0")!)).toBeLessThan(4 * deviation);
  });

  it("begins anywhere that leads to the goal, equally often, from the seed alone", () => {
    const world = worldOf(["..G", "###", ".S."], { start: "random" });
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 2000; seed++) {
      const cell = world.reset(seed).indexOf(1);
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
      expect(world.reset(seed).indexOf(1)).toBe(cell);
    }
    expect([...counts.keys()].toSorted()).toEqual([0, 1]);
    expect(Math.abs(counts.get(0)! - 1000)).toBeLessThan(4.5 * Math.sqrt(500));
  });

  it("refuses places outside, walls in the way, and a goal that cannot be reached", () => {
    expect(() => worldOf(["S#G"])).toThrow("no path leads from the start to the goal [0, 2]");
    expect(() => worldOf(["S.G"], { start: [0, 2] })).toThrow("no path leads");
    expect(() => worldOf(["G"], { start: "random" })).toThrow("no path leads");
    expect(() => worldOf(["S.G"], { walls: [[0, 2]] })).toThrow("goal is a wall");
    expect(() => worldOf(["S.G"], { goal: [0, 3] })).toThrow("Rows go from 0 to 0, columns from 0 to 2");
    expect(() => worldOf(["S.G"], { walls: [[0, 0.5]] })).toThrow("walls[0][1] is 0.5");
    expect(() => worldOf(["S.G"], { slip: 1.1 })).toThrow("slip is 1.1");
    expect(() => worldOf(["S.G"], { stepReward: Number.NaN })).toThrow("stepReward is NaN");
    const world = worldOf(["SG"]);
    world.reset(0);
    expect(() => world.step(4)).toThrow("4 is no action of gridWorld");
    expect(world.step(1).done).toBe(true);
    expect(() => world.step(1)).toThrow("not in an episode");
  });
});
